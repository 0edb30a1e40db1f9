"""Every rule that holds, with the file and line that it stands in."""

from pathlib import Path

import pytest

from assay.model.rules import Rule
from assay.policy import load, of_files
from assay.policy.reading import DEFAULT, pair
from assay.policy.rules import rules


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.yaml"


def found_in(file: Path) -> tuple[Rule, ...]:
    files = pair(file)
    return rules(*files, of_files(*files))


def held(file: Path, text: str) -> dict[str, Rule]:
    file.write_text(text, encoding="utf-8")
    return {rule.path: rule for rule in found_in(file)}


def test_every_shipped_rule_stands_in_the_line_that_it_names() -> None:
    lines, found = DEFAULT.read_text(encoding="utf-8").splitlines(), found_in(DEFAULT)
    assert len(found) > 100
    assert all(rule.shipped and rule.usual is None for rule in found)
    for rule in found:
        key = rule.path.rsplit(".", 1)[1]
        assert key in lines[rule.line - 1], rule
    assert len({rule.path for rule in found}) == len(found)
    by_path = {rule.path: rule.value for rule in found}
    assert by_path["scorecards.guide.metrics.f1_score.threshold"] == "> 0.75"
    assert by_path["statistics.seeds"] == (42, 123, 456, 789, 1011)
    assert by_path["objectives.serving"] == ("ttft_ms:min", "throughput_qps:max", "cost_per_1k_queries_usd:min")


def test_a_rule_of_the_teams_comes_first_and_names_what_is_shipped_in_its_place(own: Path) -> None:
    found = held(own, "statistics:\n  minimum_runs: 5\n  level: 0.95\nmetrics:\n  cost: {unknown: 0}\n")
    assert list(found)[:3] == ["statistics.minimum_runs", "statistics.level", "metrics.cost.unknown"]
    first, same, new = list(found.values())[:3]
    assert first == Rule(("statistics", "minimum_runs"), 5, str(own), 2, shipped=False, usual=3)
    assert (same.repeats, new.usual, new.line) == (True, None, 5)
    assert found["statistics.method"].file == str(DEFAULT)


def test_scorecards_of_the_teams_leave_none_of_the_shipped_ones(own: Path) -> None:
    card = (
        "scorecards:\n- name: a.b\n  metrics:\n    f1: {group: g, threshold: '> 1', weight: 1}\n  promotion: [x, y]\n"
    )
    found = {path: rule for path, rule in held(own, card).items() if rule.part == "scorecards"}
    assert [(path, rule.value, rule.line) for path, rule in found.items()] == [
        ("scorecards.a.b.metrics.f1.group", "g", 4),
        ("scorecards.a.b.metrics.f1.threshold", "> 1", 4),
        ("scorecards.a.b.metrics.f1.weight", 1, 4),
        ("scorecards.a.b.promotion", "- x\n- y", 5),
    ]
    none = held(own, "scorecards: []\n")
    assert [rule.value for rule in none.values() if rule.part == "scorecards"] == [()]
    guide = held(own, "evaluation: {q: {f1: {threshold: '>1', weight: 1}}}\npromotion_criteria: all\n")
    assert "scorecards" not in {rule.part for rule in guide.values()}
    assert (guide["evaluation.q.f1.threshold"].value, guide["promotion_criteria"].value) == (">1", "all")


def test_a_shipped_rule_that_an_entry_of_the_teams_covers_holds_no_longer(own: Path) -> None:
    found = held(own, "metrics:\n  'F1*': {direction: minimize}\n  Accuracy: {unit: ''}\n")
    assert "metrics.f1_score.direction" not in found
    assert "metrics.f1_score.unit" in found
    assert "metrics.*f1.unit" in found
    assert "metrics.accuracy.unit" not in found
    assert "metrics.accuracy.smallest_effect" not in found, "it is in another unit"
    assert "metrics.accuracy.direction" in found
    assert found["metrics.Accuracy.unit"].usual == "share"


def test_a_set_of_objectives_replaces_the_one_of_its_name_alone(own: Path) -> None:
    found = held(own, "objectives: {serving: [f1]}\n")
    assert (found["objectives.serving"].value, found["objectives.serving"].shipped) == (("f1",), False)
    assert found["objectives.rag"].shipped


def test_what_is_called_as_a_key_of_text_is_what_it_is_where_it_stands(own: Path) -> None:
    text = """metrics: {promotion: {unknown: [0, -1]}}
objectives: {promotion: [a, b]}
scorecards:
- name: promotion
  metrics: {promotion_criteria: {group: promotion, threshold: "> 1", weight: 1}}
  promotion: [x]
"""
    found = held(own, text)
    assert {path: rule.value for path, rule in found.items() if not rule.shipped} == {
        "metrics.promotion.unknown": (0, -1),
        "objectives.promotion": ("a", "b"),
        "scorecards.promotion.metrics.promotion_criteria.group": "promotion",
        "scorecards.promotion.metrics.promotion_criteria.threshold": "> 1",
        "scorecards.promotion.metrics.promotion_criteria.weight": 1,
        "scorecards.promotion.promotion": "- x",
    }


def test_what_is_written_otherwise_and_means_the_same_repeats_what_is_shipped(own: Path) -> None:
    text = """metrics: {ACCURACY: {direction: maximize}}
scorecards:
- name: guide
  metrics:
    f1_score: {group: quality, threshold: ">0.75", alert: "<.7", weight: 0.2}
"""
    found = {path: rule for path, rule in held(own, text).items() if not rule.shipped}
    assert {path.rpartition(".")[2]: rule.repeats for path, rule in found.items()} == {
        "direction": True, "group": True, "threshold": True, "alert": True, "weight": False,
    }  # fmt: skip
    assert found["scorecards.guide.metrics.f1_score.threshold"].usual == "> 0.75"


def test_names_of_cards_and_objectives_of_another_case_are_others(own: Path) -> None:
    card = "scorecards: [{name: Guide, metrics: {f1_score: {group: g, threshold: '> 0.75', weight: 1}}}]\n"
    found = held(own, f"{card}objectives: {{Serving: [a]}}\n")
    assert found["scorecards.Guide.metrics.f1_score.threshold"].usual is None
    assert (found["objectives.Serving"].usual, found["objectives.serving"].shipped) == (None, True)


def test_a_pattern_that_matches_the_letters_of_a_shipped_one_covers_it_only_where_it_has_its_names(own: Path) -> None:
    assert "metrics.*accuracy.unit" in held(own, "metrics: {'?accuracy': {unit: s}}")
    assert "metrics.*accuracy.unit" not in held(own, "metrics: {'*acc*': {unit: s}}")
    assert "metrics.accuracy.direction" not in held(own, "metrics: {'a?curacy': {direction: minimize}}")


def test_a_pattern_with_a_set_of_letters_covers_itself(own: Path) -> None:
    found = held(own, "metrics: {accuracy: {unit: s}}")
    assert found["metrics.*loss[_/]*.unit"].shipped
    found = held(own, "metrics: {'*loss*': {unit: s}}")
    assert "metrics.*loss[_/]*.unit" not in found


def test_no_shipped_wildcard_has_a_smallest_effect_which_an_entry_of_the_teams_might_cover_by_half() -> None:
    entries = load().metrics
    assert [entry.pattern for entry in entries if entry.smallest_effect and set("*?[") & set(entry.pattern)] == []
