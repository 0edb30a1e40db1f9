"""Scorecards and objectives: what is shipped, what a team writes, and what is refused."""

from pathlib import Path

import pytest

from assay import policy
from assay.errors import PolicyError
from assay.model.criteria import Criterion, Limit, Objective
from assay.model.metric import Direction
from assay.model.policy import Policy
from assay.policy.cards import lines
from assay.policy.reading import read
from saying import refused

CARD = "scorecards:\n  - name: own\n    metrics:\n"
GUIDE = """evaluation:
  quality:
    f1_score:
      threshold: '>0.75'
      weight: 0.15
      alert_below: 0.70
  performance:
    latency_p50_ms: {threshold: '<100', weight: 0.10, alert_above: 150}
    tokens: {threshold: '<=2000', weight: 0.05}
promotion_criteria:
  - all thresholds met
  - p < 0.05
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.yaml"


def loaded(file: Path, text: str) -> Policy:
    file.write_text(text, encoding="utf-8")
    return policy.load(file)


def test_the_first_scorecard_that_speaks_of_all_experiments_is_used_and_another_by_its_name() -> None:
    shipped = policy.load()

    def used(*experiments: str, name: str = "") -> str | None:
        card = shipped.scorecard(experiments, name)
        return card.name if card else None

    assert used("digits-classifiers") == "digits"
    assert used("Digits-A", "digits-b") == "digits"
    assert used("digits-a", "chat-rag") == "guide"
    assert used("chat-rag") == "rag"
    assert used("storage") == "guide"
    assert used("digits-a", name="rag") == "rag"
    assert used("digits-a", name="nobody's") is None


def test_the_guides_eleven_figures_are_shipped_value_for_value() -> None:
    card = policy.load().scorecard((), "guide")
    assert card is not None
    found = [f"{c.group} {c.metric} {c.threshold.text} w {c.weight:g} {c.alert.text}" for c in card.criteria if c.alert]
    assert found == [
        "quality f1_score > 0.75 w 0.15 < 0.7",
        "quality faithfulness > 0.9 w 0.15 < 0.85",
        "quality answer_relevancy > 0.85 w 0.1 < 0.8",
        "performance latency_p50_ms < 100 w 0.1 > 150",
        "performance latency_p95_ms < 300 w 0.1 > 450",
        "performance latency_p99_ms < 1000 w 0.1 > 1500",
        "performance throughput_qps > 100 w 0.05 < 50",
        "cost cost_per_1k_queries_usd < 1 w 0.1 > 1.5",
        "cost tokens_per_query < 2000 w 0.05 > 3000",
        "reliability error_rate < 0.001 w 0.05 > 0.01",
        "reliability availability > 0.999 w 0.05 < 0.99",
    ]
    groups = {g: sum(c.weight for c in card.criteria if c.group == g) for g in ("quality", "performance", "cost")}
    assert groups == pytest.approx({"quality": 0.40, "performance": 0.35, "cost": 0.15})


def test_weights_of_every_shipped_scorecard_are_one_whole() -> None:
    sums = [sum(c.weight for c in card.criteria) for card in policy.load().scorecards]
    assert sums == pytest.approx([1.0, 1.0, 1.0])


def test_a_teams_scorecards_replace_the_shipped_ones_whole_and_know_their_lines(own: Path) -> None:
    text = CARD + "      f1_score: {group: quality, threshold: '>= .8', alert: '<.7', weight: 2}\n"
    [card] = loaded(own, text + "    promotion: |\n      All of it.\n").scorecards
    assert (card.name, card.experiments, card.promotion, card.shipped) == ("own", ("*",), "All of it.", False)
    assert card.criteria == (Criterion("f1_score", "quality", Limit(">=", 0.8), 2.0, Limit("<", 0.7)),)
    assert lines(read(own)) == {("own",): 2, ("own", "f1_score"): 4}
    assert all(one.shipped for one in policy.load().scorecards)


def test_an_empty_list_is_no_scorecard_and_silence_the_shipped_ones(own: Path) -> None:
    assert loaded(own, "scorecards: []\n").scorecard(("digits-a",)) is None
    assert loaded(own, "statistics: {level: 0.9}\n").scorecards == policy.load().scorecards


def test_the_guides_own_file_is_read_as_it_is(own: Path) -> None:
    [card] = loaded(own, GUIDE).scorecards
    assert (card.name, card.experiments) == ("evaluation", ("*",))
    assert card.promotion == "- all thresholds met\n- p < 0.05"
    assert card.criteria == (
        Criterion("f1_score", "quality", Limit(">", 0.75), 0.15, Limit("<", 0.70)),
        Criterion("latency_p50_ms", "performance", Limit("<", 100.0), 0.10, Limit(">", 150.0)),
        Criterion("tokens", "performance", Limit("<=", 2000.0), 0.05),
    )
    metrics = {"f1_score": 3, "latency_p50_ms": 8, "tokens": 9}
    assert lines(read(own)) == {("evaluation",): 1} | {("evaluation", name): line for name, line in metrics.items()}


def test_the_guides_form_stands_behind_scorecards_of_the_same_file(own: Path) -> None:
    text = CARD + "      f1: {group: quality, threshold: '> 0.8', weight: 1}\n" + GUIDE
    assert [card.name for card in loaded(own, text).scorecards] == ["own", "evaluation"]


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ("threshold: 0.75", "own.yaml, line 4: .*threshold is 0.75; allowed: >, >=, < or <= and a number"),
        ("threshold: '0.75'", "threshold is '0.75'; allowed: >"),
        ("threshold: '> x'", "threshold is '> x'"),
        ("threshold: '> nan'", "threshold is '> nan'"),
        ("threshold: '> inf'", "threshold is '> inf'"),
        ("threshold: '=> 0.75'", "threshold is '=> 0.75'"),
        (
            "threshold: '< 0.75'",
            "line 4: scorecards.0.metrics.f1_score.threshold is '< 0.75', but the policy says that f1_score is better"
            " the higher it is; allowed: >, >=",
        ),
        ("threshold: '> 0.75', alert: '< 0.80'", "alert is '< 0.80', which warns .*'> 0.75'; allowed: < 0.75"),
        ("threshold: '> 0.75', alert: '> 0.90'", "alert is '> 0.90', which warns"),
        ("threshold: '>= 0.75', alert: '<= 0.75'", "alert is '<= 0.75', which warns"),
        ("threshold: '> 0.75', alert: 0.7", "alert is 0.7; allowed: >, >="),
        ("threshold: '> 0.75', alert_below: 0.7", "alert_below is no key .* group, threshold, alert, weight"),
        (
            "threshold: '> 0.75', weight: 0",
            r"weight is 0; allowed: a number from 0\.000001 to 1,000,000\. Leave out what does not count\.$",
        ),
        ("threshold: '> 0.75', weight: -1", "weight is -1; allowed: a number from"),
        ("threshold: '> 0.75', weight: .nan", "weight is nan; allowed: a number from"),
        ("threshold: '> 0.75', weight: x", "weight is 'x'; it should be a number"),
        ("threshold: '> 0.75', weight: true", "weight is True; it should be a number"),
        ("threshold: '> 0.75', weight: 1.0e+308", r"weight is 1e\+308; allowed: a number from 0\.000001 to 1,000,000"),
        ("threshold: '> 0.75', weight: 1.0e-14", "weight is 1e-14; allowed: a number from"),
        ("threshold: '> 0.75', weight: .inf", "weight is inf; allowed: a number from"),
    ],
)
def test_a_criterion_that_cannot_be_meant_is_refused(own: Path, criterion: str, sentence: str) -> None:
    weight = "" if "weight" in criterion else ", weight: 1"
    with refused(PolicyError, sentence):
        loaded(own, f"{CARD}      f1_score: {{group: quality, {criterion}{weight}}}\n")


@pytest.mark.parametrize("alert", ["'<= 0.75'", "'< 0.75'", "'< 0.1'"])
def test_an_alert_may_begin_where_the_threshold_ends(own: Path, alert: str) -> None:
    [card] = loaded(own, f"{CARD}      f1: {{group: g, threshold: '> 0.75', alert: {alert}, weight: 1}}\n").scorecards
    assert card.criteria[0].alert is not None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (CARD + "      f1: {group: g, threshold: '> 1'}\n", "line 4: scorecards.0.metrics.f1.weight is missing"),
        (CARD + "      f1: {threshold: '> 1', weight: 1}\n", "scorecards.0.metrics.f1.group is missing"),
        ("scorecards:\n  - metrics: {f1: {group: g, threshold: '> 1', weight: 1}}\n", "line 2: .*name is missing"),
        (
            "scorecards:\n  - {name: a, metrics: {}}\n",
            "line 2: scorecards.0.metrics is empty, and would judge nothing; it needs one metric at least",
        ),
        ("scorecards:\n  - {name: a, colour: red}\n", "colour is no key .*: name, experiments, metrics, promotion"),
        ("scorecards: {a: 1}\n", "scorecards is {'a': 1}; it should be a list"),
        (
            "scorecards:\n" + 2 * "  - {name: a, metrics: {f1: {group: g, threshold: '> 1', weight: 1}}}\n",
            "line 3: scorecards.1.name is a second 'a'",
        ),
        (CARD + 2 * "      f1: {group: g, threshold: '> 1', weight: 1}\n", "line 5: .*f1 stands here a second time"),
        (
            CARD + "".join(f"      {name}: {{group: g, threshold: '> 1', weight: 1}}\n" for name in ("f1", "F1")),
            "line 5: scorecards.0.metrics.F1 stands here a second time, as f1, which is no other metric; keep one",
        ),
        (GUIDE.replace("tokens", "F1_score"), "line 9: evaluation.performance.F1_score is a second 'f1_score'"),
        (GUIDE.replace("'>0.75'", "0.75"), "line 4: evaluation.quality.f1_score.threshold is 0.75; allowed: >"),
        (
            GUIDE.replace("alert_below: 0.70", "").replace(">0.75", "<.7"),
            "line 4: .*is '<.7', but .* better the higher",
        ),
        (GUIDE.replace("0.70", "0.80"), "line 6: evaluation.quality.f1_score.alert_below is 0.8, which warns"),
        (GUIDE.replace("alert_below: 0.70", "alert_above: 0.70"), "alert_above is 0.7, which warns"),
        (GUIDE.replace("tokens", "f1_score"), "line 9: evaluation.performance.f1_score is a second 'f1_score'"),
        (GUIDE.replace("weight: 0.15", "weigth: 0.15"), "weigth is no key .*threshold, weight, alert_below"),
        ("evaluation: {}\n", "evaluation is empty, and would judge nothing"),
        ("evaluation: {quality: {}}\n", "evaluation.quality is empty, and would judge nothing"),
        ("scorecards: &a [*a]\n", "scorecards.0 is .*; it should hold keys and values"),
        ("evaluation: {quality: {weight: 0.4}}\n", "evaluation.quality.weight is 0.4; it should hold keys and values"),
    ],
)
def test_a_scorecard_that_cannot_be_meant_is_refused(own: Path, text: str, sentence: str) -> None:
    with refused(PolicyError, sentence):
        loaded(own, text)


def test_the_lightest_and_the_heaviest_weight_count(own: Path) -> None:
    weights = ("1.0e-6", "1000000")
    text = "".join(f"      m{w[0:3]}: {{group: g, threshold: '> 1', weight: {w}}}\n" for w in weights)
    assert loaded(own, CARD + text).scorecards[0].weight == 1_000_000.000001


def test_a_metric_of_which_the_policy_says_no_direction_may_be_limited_from_either_side(own: Path) -> None:
    for threshold in ("> 1", "< 1"):
        assert loaded(own, f"{CARD}      wibble: {{group: g, threshold: '{threshold}', weight: 1}}\n").scorecards


def test_the_teams_own_direction_is_the_one_that_thresholds_follow(own: Path) -> None:
    text = (
        CARD + "      accuracy: {group: g, threshold: '< 1', weight: 1}\nmetrics: {accuracy: {direction: minimize}}\n"
    )
    assert loaded(own, text).scorecards[0].criteria[0].threshold == Limit("<", 1.0)
    assert loaded(own, "metrics: {accuracy: {direction: minimize}}\n").scorecards, "the shipped ones are nobody's error"


def test_objectives_of_ones_own_come_before_the_shipped_ones_and_replace_those_of_their_name(own: Path) -> None:
    found = loaded(own, "objectives:\n  mine: [f1, 'a:b:min']\n  rag: [f1:max]\n").objectives
    assert [(one.name, one.shipped) for one in found[:2]] == [("mine", False), ("rag", False)]
    assert found[0].objectives == (Objective("f1"), Objective("a:b", Direction.MINIMIZE))
    assert [(one.name, one.shipped) for one in found[2:]] == [("digits", True), ("serving", True)]
    serving = [(one.metric, one.direction) for one in found[3].objectives]
    assert serving == [
        ("ttft_ms", Direction.MINIMIZE),
        ("throughput_qps", Direction.MAXIMIZE),
        ("cost_per_1k_queries_usd", Direction.MINIMIZE),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("objectives: {a: []}", "objectives.a is empty; something has to stand there"),
        ("objectives: {a: [1]}", "objectives.a.0 is 1; allowed: a metric, METRIC:max or METRIC:min"),
        ("objectives: {a: [':max']}", "objectives.a.0 is ':max'"),
        ("objectives: {a: f1}", "objectives.a is 'f1'; it should be a list"),
        ("metrics: {cost: {unknown: []}}", "metrics.cost.unknown is empty; something has to stand there"),
        ("metrics: {cost: {unknown: none}}", "metrics.cost.unknown is 'none'; it should be a list"),
        ("metrics: {cost: {unknown: [.nan]}}", "metrics.cost.unknown.0 is nan; it should be a finite number"),
        ("metrics: {cost: {unknown: true}}", "metrics.cost.unknown is True; it should be a number"),
        ("metrics: {cost: {unknown: [0, false]}}", "metrics.cost.unknown.1 is False; it should be a number"),
    ],
)
def test_objectives_and_unknown_values_that_cannot_be_meant_are_refused(own: Path, text: str, sentence: str) -> None:
    with refused(PolicyError, sentence):
        loaded(own, text)


def test_an_objective_is_written_as_it_is_read() -> None:
    assert [Objective.of(text).text for text in ("f1", "f1:max", "a:b:min", "a:b")] == [
        "f1",
        "f1:max",
        "a:b:min",
        "a:b",
    ]


def test_unknown_values_are_one_or_several_and_come_from_the_first_entry_that_says_them(own: Path) -> None:
    found = loaded(own, "metrics:\n  '*cost*': {unknown: 0}\n  my_cost: {unknown: [-1, 0]}\n  cost_b: {unit: USD}\n")
    assert [found.metric(name).unknown for name in ("my_cost", "cost_b", "accuracy")] == [(-1.0, 0.0), (0.0,), ()]


MERGED = """scorecards:
- name: own
  metrics: &both
    f1: &usual {group: g, threshold: '> 0.75', weight: 0.5}
    recall:
      <<: *usual
      threshold: '> 0.8'
- name: other
  metrics:
    <<: *both
    loss: {group: g, threshold: '< 1', weight: 1}
    recall: {<<: *usual, weight: 0.25}
"""


def test_keys_are_merged_as_yaml_says_and_stand_on_the_lines_where_they_were_written(own: Path) -> None:
    first, second = loaded(own, MERGED).scorecards
    assert [(c.metric, c.threshold.value, c.weight) for c in first.criteria] == [
        ("f1", 0.75, 0.5),
        ("recall", 0.8, 0.5),
    ]
    own_criteria = {c.metric: (c.threshold.value, c.weight) for c in second.criteria}
    assert own_criteria == {"f1": (0.75, 0.5), "recall": (0.75, 0.25), "loss": (1.0, 1.0)}
    found = lines(read(own))
    assert [found["other", name] for name in ("f1", "recall", "loss")] == [4, 12, 11]
    with refused(PolicyError, "line 7: scorecards.0.metrics.recall.<< stands here a second time; keep one"):
        loaded(own, MERGED.replace("      threshold: '> 0.8'", "      <<: *usual"))
    with refused(PolicyError, "line 12: scorecards.1.metrics.recall.weight is 'x'"):
        loaded(own, MERGED.replace("0.25", "x"))
