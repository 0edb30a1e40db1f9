"""Who meets the team's thresholds, asked of real runs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.errors import FilterError, SelectionError
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Question
from assay.model.criteria import Scorecard
from assay.model.metric import Direction, MetricUnit
from assay.model.policy import Policy
from assay.model.rules import PolicyNote
from assay.model.runs.notes import RunNote
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.question import ScorecardQuestion
from assay.model.tradeoffs.scorecard import Judgement, Scored, Status
from assay.policy import load
from assay.queries.comparison.answer import compare
from assay.queries.tradeoffs.scorecard import scorecard
from assay.view.text.notes import words
from assay.workspace import Workspace
from carded import DIGITS, carrying, criterion, filled
from looking import looked_at
from noted import has, of, only
from saying import refused
from stores import Store

Cards = tuple[Scorecard, ...]


@pytest.fixture(scope="module")
def look(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("carded")
    return looked_at(filled(folder), folder / "data", carrying(policy, DIGITS))


def model(name: str) -> str:
    return f"params.model = '{name}'"


def ask(look: Workspace, name: str, cards: Cards = (DIGITS,), **more: Any) -> Scored:
    usual: dict[str, Any] = {"experiments": ("digits",)}
    return scorecard(
        replace(look, policy=carrying(look.policy, *cards)), ScorecardQuestion(model(name), **usual | more)
    )


def on(found: Scored, metric: str) -> Judgement:
    [one] = [one for one in found.judgements if one.metric.name == metric]
    return one


@pytest.mark.parametrize(
    ("name", "status", "score", "possible"),
    [
        ("a", Status.MET, 0.8, 0.8), ("b", Status.UNCERTAIN, 0.2, 0.8), ("c", Status.MISSED, 0.2, 0.2),
        ("d", Status.ALERT, 0.0, 0.0),
    ],
)  # fmt: skip
def test_every_status_of_real_runs(look: Workspace, name: str, status: Status, score: float, possible: float) -> None:
    found = ask(look, name)
    assert (found.card, found.candidate, found.baseline, found.regressions) == (DIGITS, name, "", ())
    assert on(found, "accuracy").status is status
    assert on(found, "availability").status is Status.NOT_LOGGED
    assert (found.score, found.possible) == (score, possible)
    assert found.notes == ()


def test_mean_and_interval_are_the_comparisons_own_with_and_without_a_baseline(look: Workspace) -> None:
    compared = compare(look, Question(("accuracy",), model("a"), (model("b"),), ("digits",)))
    alone, beside = ask(look, "b"), ask(look, "b", baseline=model("a"))
    assert on(alone, "accuracy").side == on(beside, "accuracy").side == compared.first.candidates[0].side
    assert (alone.judgements, alone.score) == (beside.judgements, beside.score)


def test_all_metrics_of_both_sides_are_one_family_whatever_is_on_the_card(look: Workspace) -> None:
    found = ask(look, "d", baseline=model("c"))
    assert (found.family, found.labels) == (2, ("c", "d"))
    assert [(own.metric.name, own.lost) for own in found.regressions] == [("accuracy", True), ("latency_p95_ms", True)]
    for own in found.regressions:
        assert own.difference.p_value is not None
        assert own.difference.p_adjusted == pytest.approx(own.difference.p_value * (2 if own is _smaller(found) else 1))
    assert ask(look, "d", (), baseline=model("c")).regressions == found.regressions


def _smaller(found: Scored) -> object:
    return min(found.regressions, key=lambda own: own.difference.p_value or 1.0)


def test_a_loss_that_the_interval_reaches_cannot_be_excluded_and_what_has_no_size_or_way_is_said(
    look: Workspace,
) -> None:
    found = ask(look, "few", baseline=model("a"))
    assert [(own.metric.name, own.lost) for own in found.regressions] == [("accuracy", False)]
    assert found.regressions[0].difference.verdict is Verdict.TOO_FEW
    assert ask(look, "a", baseline=model("b")).regressions == ()
    equal = ask(look, "b", baseline=model("b"))
    unsized = of(only(equal.notes, ScorecardNote.EFFECT_UNKNOWN), ScorecardNote.EFFECT_UNKNOWN)
    assert unsized["metrics"] == ("latency_p95_ms",)
    assert of(only(equal.notes, ScorecardNote.WAY_UNKNOWN), ScorecardNote.WAY_UNKNOWN)["metrics"] == ("grue",)
    assert has(equal.notes, ComparisonNote.RUNS_SHARED)


def test_of_a_metric_that_one_side_lacks_nobody_asks_which_way_is_better(look: Workspace) -> None:
    for name, base in (("few", "a"), ("a", "few")):
        found = ask(look, name, baseline=model(base))
        assert found.family == 1
        assert not has(found.notes, ScorecardNote.WAY_UNKNOWN)


def test_a_comparator_tells_which_way_is_better_where_nobody_else_does(look: Workspace) -> None:
    card = replace(DIGITS, criteria=(criterion("grue", "< 0.9"),))
    found = ask(look, "c", (card,), baseline=model("d"))
    assert on(found, "grue").metric.direction is Direction.MINIMIZE
    assert on(found, "grue").status is Status.MISSED
    assert [(own.metric.name, own.difference.verdict) for own in found.regressions] == [("grue", Verdict.WORSE)]
    assert found.family == 3


def test_fewer_runs_than_a_verdict_needs_are_uncertain(look: Workspace) -> None:
    found = on(ask(look, "few"), "accuracy")
    assert found.status is Status.UNCERTAIN
    assert of(found.reason, ScorecardNote.TOO_FEW_FOR_STATUS) == {"n": 2, "needed": 3}


def test_without_variation_a_strict_threshold_is_not_met_by_its_own_value(look: Workspace) -> None:
    loose = replace(DIGITS, criteria=(criterion("accuracy", ">= 0.965"),))
    assert on(ask(look, "still"), "accuracy").status is Status.MISSED
    found = on(ask(look, "still", (loose,)), "accuracy")
    assert found.status is Status.MET
    assert of(found.reason, ScorecardNote.JUDGED_BY_VALUE) == {"n": 3}
    assert found.notes == on(ask(look, "still"), "accuracy").notes == ()


def test_shares_logged_per_cent_meet_a_threshold_of_shares_per_cent(look: Workspace) -> None:
    found = on(ask(look, "percent"), "accuracy")
    assert (found.metric.unit, found.criterion.threshold.value) == (MetricUnit.PERCENT, 96.5)
    assert found.status is Status.MET
    low = replace(DIGITS, criteria=(criterion("accuracy", "> 0.98"),))
    assert on(ask(look, "percent", (low,)), "accuracy").status is Status.MISSED


def test_scores_of_mixed_scales_fit_no_threshold(look: Workspace) -> None:
    found = on(ask(look, "mixed", (replace(DIGITS, criteria=(criterion("accuracy", "> -1000"),)),)), "accuracy")
    assert found.status is Status.UNCERTAIN
    assert of(found.reason, ComparisonNote.OFF_SCALE) == {"metric": "accuracy"}


def test_a_candidate_that_logs_nothing_of_the_card_has_no_score_and_a_sentence(look: Workspace) -> None:
    found = ask(look, "silent")
    assert (found.score, found.possible, found.groups) == (None, None, ())
    assert {one.status for one in found.judgements} == {Status.NOT_LOGGED}
    said = only(found.notes, ScorecardNote.NONE_LOGGED)
    assert (dict(said.values), said.sides) == ({"card": "digits", "n": 3}, (0,))


def test_what_is_only_nan_is_not_logged_and_says_that_it_is_no_number(look: Workspace) -> None:
    found = on(ask(look, "nan"), "accuracy")
    assert found.status is Status.NOT_LOGGED
    assert found.reason is not None
    assert words(found.reason) == "accuracy is NaN"
    against = ask(look, "nan", baseline=model("a"))
    assert against.family == 0
    assert has(against.notes, ScorecardNote.NOTHING_SHARED)


def test_a_filter_that_finds_nothing_is_said_with_what_there_is(look: Workspace) -> None:
    found = ask(look, "nobody", baseline=model("a"))
    assert found.score is None
    assert only(found.notes, ScorecardNote.NO_RUN_FOUND).sides == (1,)
    assert has(found.notes, RunNote.UNKNOWN_VALUE)
    assert has(found.notes, ScorecardNote.NOTHING_SHARED)
    assert not has(found.notes, ScorecardNote.NONE_LOGGED)


def test_the_first_card_that_speaks_of_all_experiments_is_taken_and_a_name_chooses(look: Workspace) -> None:
    wine, every = replace(DIGITS, name="wine", experiments=("wine",)), replace(DIGITS, name="every", experiments=("*",))
    cards = (wine, DIGITS, every)
    assert ask(look, "b", cards).card is DIGITS
    assert ask(look, "b", cards, card="every").card is every
    assert ask(look, "b", cards, card="wine").card is wine
    assert ask(look, "a", cards, experiments=()).card is every
    assert ask(look, "a", cards, experiments=("wine",)).card is wine


def test_an_unknown_card_is_refused_with_those_that_there_are(look: Workspace) -> None:
    with refused(SelectionError, "There is no scorecard 'guide'; the policy has digits."):
        ask(look, "a", card="guide")
    with refused(SelectionError, "There is no scorecard 'guide'; the policy has none."):
        ask(look, "a", (), card="guide")


def test_without_a_card_the_rest_goes_on(look: Workspace) -> None:
    for cards, code in (((), ScorecardNote.NO_CARDS), ((DIGITS,), ScorecardNote.NO_MATCHING_CARD)):
        found = ask(look, "a", cards, experiments=("wine",), baseline=model("a"))
        assert (found.card, found.score, found.judgements, found.family) == (None, None, (), 1)
        assert has(found.notes, code)


def test_weights_that_do_not_add_up_are_said(look: Workspace) -> None:
    light = replace(DIGITS, criteria=(criterion("accuracy", "> 0.965", weight=0.9),))
    found = ask(look, "a", (light,))
    assert only(found.notes, PolicyNote.WEIGHTS_NOT_ONE)["total"] == 0.9
    assert found.score == 1.0


def test_an_answer_holds_no_line_of_the_file_which_moves_with_its_comments(look: Workspace, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("\n\nscorecards:\n- {name: x, metrics: {accuracy: {group: g, threshold: '> 0', weight: 0.9}}}\n")
    found = scorecard(replace(look, policy=load(own)), ScorecardQuestion(model("a"), experiments=("digits",)))
    assert dict(only(found.notes, PolicyNote.WEIGHTS_NOT_ONE).values) == {"name": "x", "total": 0.9}


def test_doubts_about_a_side_are_said_once_and_those_of_one_metric_with_it(look: Workspace) -> None:
    several = scorecard(look, ScorecardQuestion("metrics.latency_p95_ms < 2", experiments=("digits",)))
    assert of(only(several.notes, ComparisonNote.SEVERAL_CONFIGURATIONS), ComparisonNote.SEVERAL_CONFIGURATIONS) == {
        "n": 4
    }
    skewed = ask(look, "skewed")
    assert [own.code for own in on(skewed, "accuracy").notes] == [ComparisonNote.NEAR_END]
    assert on(skewed, "latency_p95_ms").notes == skewed.notes == ()
    picked = ask(look, "a", within="metrics.accuracy > 0.978")
    assert only(picked.notes, ComparisonNote.REPLICATES_FILTERED_OUT).sides == (0,)


def test_the_card_is_that_of_the_experiments_asked_for_and_none_speaks_of_none(look: Workspace) -> None:
    every, wine = replace(DIGITS, name="every", experiments=("*",)), replace(DIGITS, name="wine", experiments=("wine",))
    assert ask(look, "nobody", (wine, DIGITS)).card == DIGITS
    assert ask(look, "d", (DIGITS, every), experiments=("digits", "wine")).card == every
    nothing = ask(look, "nobody", (wine, every), experiments=())
    assert nothing.card is None
    assert "No run is found" in words(only(nothing.notes, ScorecardNote.NO_MATCHING_CARD))
    assert ask(look, "nobody", (wine,), experiments=(), card="wine").card == wine


def test_names_with_wildcards_and_markup_are_names_like_any_other(look: Workspace, tmp_path: Path) -> None:
    odd = replace(DIGITS, name="<b>", criteria=(criterion("gr[u]e*", "> 1"), criterion("<b>f1</b>", "> 0.5")))
    found = ask(look, "a", (odd,), baseline=model("c"))
    assert found.score is None
    assert [own.metric.name for own in found.regressions] == []
    assert of(only(found.notes, ScorecardNote.WAY_UNKNOWN), ScorecardNote.WAY_UNKNOWN)["metrics"] == ("grue",)


def test_a_filter_that_cannot_be_read_is_refused(look: Workspace) -> None:
    with refused(FilterError, "params"):
        scorecard(look, ScorecardQuestion("model = 'a'"))


def test_what_never_varied_and_got_worse_is_lost_and_mixed_scales_are_said(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for own, up, share in (("old", 0.999, 0.8), ("new", 0.5, 75.0)):
        for seed in range(4):
            store.run(
                "e", params={"model": own, "seed": seed}, metrics={"availability": up, "f1_score": share + seed / 100}
            )
    found = scorecard(work_of(store), ScorecardQuestion("params.model = 'new'", "params.model = 'old'"))
    assert ("availability", True) in [(own.metric.name, own.lost) for own in found.regressions]
    assert of(only(found.notes, ComparisonNote.OFF_SCALE), ComparisonNote.OFF_SCALE)["metric"] == "f1_score"
