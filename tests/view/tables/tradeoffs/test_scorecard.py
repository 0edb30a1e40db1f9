"""The scorecard as a table, and what was lost beside it."""

from dataclasses import replace

import pandas as pd

from assay.model.criteria import Scorecard
from assay.view.exports import comma_separated, latex, markdown
from assay.view.tables.tradeoffs.scorecard import criteria, regressions
from carded import DIGITS, LOST, OPEN, around, criterion, lost, scored

VALUES = {"accuracy": around(0.965, 0.003), "latency_p95_ms": around(0.56, 0.07)}


def test_a_row_a_criterion_with_its_limits_in_the_shown_unit() -> None:
    made = criteria(scored(DIGITS, VALUES))
    rows = made.frame.to_dict("records")
    assert [(row["metric"], row["status"]) for row in rows] == [
        ("accuracy", ["≈ uncertain"]), ("latency_p95_ms", ["✓ met"]), ("availability", ["– not logged"])
    ]  # fmt: skip
    first, _, last = rows
    assert (first["value"], first["interval"], first["needs"], first["alert"]) == (
        "96.50 %", "96.13 to 96.87", "> 96.5 %", "< 90 %"
    )  # fmt: skip
    assert (last["value"], last["interval"], last["needs"], last["n"]) == ("–", "–", "> 99.9 %", 0)
    assert last["why"] == "no run that counts logged availability"
    assert made.alt == "Scorecard of it"
    assert "why" not in criteria(scored(replace(DIGITS, criteria=DIGITS.criteria[1:2]), VALUES)).columns


def test_criteria_of_a_group_stand_together_with_its_name() -> None:
    card = Scorecard(
        "card", ("*",), tuple(criterion(name, "> 0.5", "", 0.2, group) for name, group in zip("abcde", "xyxxz", strict=True))
    )  # fmt: skip
    made = criteria(scored(card, {"a": (0.9,) * 3, "c": around(0.5, 0.1)})).frame
    assert list(zip(made["metric"], made["group"], strict=True)) == [
        ("a", "x"), ("c", "x"), ("d", "x"), ("b", "y"), ("e", "z")
    ]  # fmt: skip


def test_a_card_of_which_nothing_is_logged_shows_its_thresholds_without_scores() -> None:
    made = criteria(scored(DIGITS, {})).frame
    assert list(made["group"]) == ["quality", "performance", "reliability"]
    assert list(made["needs"]) == ["> 96.5 %", "< 5", "> 99.9 %"]


def test_a_program_gets_numbers() -> None:
    data = criteria(scored(DIGITS, VALUES)).data
    assert data is not None
    first, _, last = data.to_dict("records")
    limits = ("threshold", "alert", "comparator", "alert_comparator", "weight", "replicates")
    assert [first[name] for name in limits] == [0.965, 0.9, ">", "<", 0.6, 5]
    assert [last[name] for name in ("mean", "sd", "low", "high")] == [None] * 4
    assert data["status"].tolist() == ["uncertain", "met", "not_logged"]


def test_what_was_lost_with_its_interval_and_corrected_p() -> None:
    made = regressions(scored(DIGITS, VALUES, **lost(LOST, OPEN)))
    rows = made.frame.to_dict("records")
    assert [row["finding"] for row in rows] == [["▼ worse"], ["! cannot exclude"]]
    assert (rows[0]["difference"], rows[0]["interval"], rows[0]["matters"], rows[0]["p"]) == (
        "−2.0 points", "−3.0 to −1.0", "1 point", "0.004"
    )  # fmt: skip
    assert (rows[1]["metric"], rows[1]["interval"], rows[1]["p"]) == ("'=f1", "–", "–")
    assert made.columns["p"].header == "p, Holm over 4"
    assert made.data is not None
    assert made.data["finding"].tolist() == ["worse", "cannot_exclude"]


def test_tables_can_be_taken_along_and_are_empty_without_rows() -> None:
    found = scored(DIGITS, VALUES, **lost(LOST, OPEN))
    for made in (criteria(found), regressions(found)):
        assert all(write(made) for write in (markdown, latex, comma_separated))
    assert isinstance(regressions(scored(DIGITS, VALUES, **lost())).frame, pd.DataFrame)
    assert regressions(scored(DIGITS, VALUES, **lost())).frame.empty
