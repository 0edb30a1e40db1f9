"""Which rules hold, which of them decides, and what is doubtful of them."""

import os
from pathlib import Path

import pytest

from assay.errors import PolicyError, SelectionError
from assay.model.rules import PolicyNote, RuleBook
from assay.policy.reading import DEFAULT
from assay.queries.policies import book, current, rule
from noted import has, only
from saying import refused, said

CARD = "{{name: {name}, experiments: [{where}], metrics: {{f1: {{group: g, threshold: '> 1', weight: {weight}}}}}}}"


def read(folder: Path, text: str) -> RuleBook:
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return book(file)


def card(name: str, where: str, weight: float) -> str:
    return CARD.format(name=name, where=where, weight=weight)


def test_the_shipped_rules_are_beyond_doubt() -> None:
    found = book(DEFAULT)
    assert (found.own, found.notes) == (0, ())
    assert found.policy is current(DEFAULT)


def test_a_file_is_read_again_when_it_changed(tmp_path: Path) -> None:
    first = read(tmp_path, "statistics: {level: 0.9}")
    assert book(tmp_path / "own.yaml") is first
    (tmp_path / "own.yaml").write_text("statistics: {level: 0.8}", encoding="utf-8")
    os.utime(tmp_path / "own.yaml", ns=(1, 1))
    assert current(tmp_path / "own.yaml").statistics.level == 0.8


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with refused(PolicyError, "There is no policy file"):
        book(tmp_path / "own.yaml")


def test_weights_that_are_not_one_are_said_with_their_sum_and_refused_by_nobody(tmp_path: Path) -> None:
    found = read(tmp_path, f"scorecards:\n- {card('a', 'x', 0.9)}\n- {card('b', 'y', 1)}\n")
    [doubt] = found.notes
    assert said(doubt) == "The weights of scorecard a (line 2) add up to 0.9, not 1: scores are shares of that sum."


def test_no_scorecard_at_all_is_said(tmp_path: Path) -> None:
    assert [one.code for one in read(tmp_path, "scorecards: []").notes] == [PolicyNote.NO_SCORECARDS]


def test_a_scorecard_behind_one_for_everything_is_said_to_be_reached_by_name_alone(tmp_path: Path) -> None:
    behind = read(tmp_path, f"scorecards:\n- {card('a', chr(34) + '*' + chr(34), 1)}\n- {card('b', 'y', 1)}\n")
    assert said(only(behind.notes, PolicyNote.SCORECARD_UNREACHED)) == (
        "Scorecard b (line 3) is used by its name alone: a, before it, speaks of every experiment."
    )
    assert not has(book(DEFAULT).notes, PolicyNote.SCORECARD_UNREACHED)


def test_a_shipped_threshold_that_the_teams_direction_turns_round_is_said(tmp_path: Path) -> None:
    [doubt] = read(tmp_path, "metrics: {accuracy: {direction: minimize}}").notes
    assert said(doubt) == (
        "The shipped scorecard digits asks for accuracy > 0.965, but your policy says that it is better the lower it "
        "is: write scorecards of your own."
    )


def test_a_limit_of_a_share_beyond_nought_and_one_is_said_with_its_line(tmp_path: Path) -> None:
    criteria = """
    auc: {group: g, threshold: "> 75", alert: "< 0.7", weight: 0.4}
    f1_score: {group: g, threshold: "> 0", alert: "< -1", weight: 0.2}
    error_rate: {group: g, threshold: "<= 1", weight: 0.2}
    latency_ms: {group: g, threshold: "< 300", weight: 0.2}
"""
    found = read(tmp_path, f"scorecards:\n- name: own\n  metrics:{criteria}")
    assert [said(doubt) for doubt in found.notes] == [
        "Scorecard own (line 4) has auc > 75, but auc is a share and goes from 0 to 1: 75 % is written 0.75.",
        "Scorecard own (line 5) has f1_score < -1, but f1_score is a share and goes from 0 to 1: 75 % is written 0.75.",
    ]
    found = read(tmp_path, f"metrics: {{auc: {{unit: '%'}}}}\nscorecards:\n- name: own\n  metrics:{criteria}")
    assert [doubt["metric"] for doubt in found.notes] == ["f1_score"]


def test_promotion_criteria_without_an_evaluation_are_said_to_be_shown_nowhere(tmp_path: Path) -> None:
    [doubt] = read(tmp_path, "\npromotion_criteria: all of it").notes
    assert said(doubt) == "promotion_criteria (line 2) stand beside no evaluation: no scorecard shows them."


@pytest.mark.parametrize(
    ("path", "decides", "value"),
    [
        ("metrics.accuracy.direction", "metrics.accuracy.direction", "maximize"),
        ("METRICS.Accuracy.unit", "metrics.accuracy.unit", "share"),
        ("metrics.val/accuracy.unit", "metrics.*accuracy.unit", "share"),
        ("metrics.f1_macro.direction", "metrics.f1*.direction", "minimize"),
        ("metrics.my.cost.unknown", "metrics.*cost.unknown", 0),
        ("statistics.level", "statistics.level", 0.95),
        ("scorecards.guide.metrics.f1_score.alert", "scorecards.guide.metrics.f1_score.alert", "< 0.70"),
    ],
)
def test_a_path_leads_to_the_rule_that_decides(tmp_path: Path, path: str, decides: str, value: object) -> None:
    found = read(tmp_path, "metrics: {'f1*': {direction: minimize}, '*cost': {unknown: 0}}")
    assert (rule(found, path).path, rule(found, path).value) == (decides, value)


def test_the_rule_that_is_printed_is_the_one_that_is_applied(tmp_path: Path) -> None:
    text = "metrics: {'lat*': {unit: s}, 'latency*': {smallest_effect: 5, unit: ms}, '*_x': {smallest_effect: 0.1}}"
    found = read(tmp_path, text)
    decided = rule(found, "metrics.latency_x.smallest_effect")
    assert (decided.path, decided.value) == ("metrics.*_x.smallest_effect", 0.1)
    assert found.policy.metric("latency_x").smallest_effect == 0.1
    assert rule(found, "metrics.latency_x.unit").path == "metrics.lat*.unit"


def test_a_path_leads_to_the_rule_of_its_own_case_first(tmp_path: Path) -> None:
    one, other = card("guide", "x", 0.25), card("Guide", "y", 0.75)
    found = read(tmp_path, f"scorecards:\n- {one}\n- {other}\n")
    weights = [rule(found, f"scorecards.{name}.metrics.f1.weight").value for name in ("guide", "Guide", "GUIDE")]
    assert weights == [0.25, 0.75, 0.25]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("statistics.levl", "no rule 'statistics.levl'. Near to it: statistics.level"),
        ("metrics.wibble.unit", "no rule 'metrics.wibble.unit'"),
        ("metrics.accuracy.colour", "no rule"),
        ("metrics.accuracy", "no single rule; below it stand metrics.accuracy.direction, metrics.accuracy.unit"),
        ("scorecards", "below it stand .* and [0-9]+ more"),
        ("§", "no rule '§'. `assay policy tree` prints all"),
        ("", "no rule ''"),
    ],
)
def test_a_path_without_a_rule_of_its_own_is_refused_with_what_there_is(path: str, sentence: str) -> None:
    with refused(SelectionError, sentence):
        rule(book(DEFAULT), path)
