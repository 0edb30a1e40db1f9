"""Who leaks, in a sentence, and what a reader has to know beside it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import LeakageCheck, LeakageQuestion
from assay.view.text.escape import flat
from assay.view.text.evidence.leakage import badges, basis, follows, heading, headline
from assay.view.text.evidence.rows import mark, reading
from leaked import FAIL, LEAKY, NOT_LOGGED, PASS, WARN, leaked, nowhere, row

HOSTILE = "[x](http://evil.example) <b>`y`"
Statuses = Mapping[LeakageCheck, CheckStatus]


def test_who_leaks_comes_first_then_the_worst_of_them() -> None:
    found = leaked()
    assert headline(found).startswith("4 of 5 configurations leak. `moved-before-split`: ")
    assert headline(found, name=flat).startswith("4 of 5 configurations leak. moved-before-split: ")
    assert mark(found).label == "✕ fail"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"a": {LeakageCheck.GROUP_OVERLAP: FAIL}, "b": {LeakageCheck.SHARED_IDS: FAIL}}, "All 2 configurations leak. "),
        ({"a": {LeakageCheck.GROUP_OVERLAP: FAIL}, "b": {}}, "1 of 2 configurations leaks. `a`: "),
        ({"a": {LeakageCheck.GROUP_OVERLAP: FAIL}}, "`a` leaks. "),
        ({"a": {LeakageCheck.SPLIT_SIZES: FAIL}, "b": {}}, "1 of 2 configurations fails a check. `a`: "),
        ({"a": {LeakageCheck.TRAIN_EQUALS_TEST: FAIL}, "b": {LeakageCheck.SHARED_IDS: FAIL}}, "All 2 configurations fail a "),
        ({"a": {LeakageCheck.TEST_LOOKS: WARN}, "b": {}}, "No check fails. 1 of 2 configurations has a warning. `a`: "),
        ({"a": {LeakageCheck.TEST_LOOKS: WARN}}, "No check fails. `a` has a warning. "),
        ({"a": {LeakageCheck.TEST_LOOKS: NOT_LOGGED}, "b": {}}, "No check found anything, but not all could look at 2 "),
        ({"a": nowhere(NOT_LOGGED)}, "Nothing that a check could look at is logged in 1 configuration."),
        ({"a": {}, "b": {}}, "Every check passes in 2 configurations."),
        ({}, "No run to check."),
    ],
)  # fmt: skip
def test_every_standing_has_its_sentence(rows: Mapping[str, Statuses], said: str) -> None:
    assert headline(leaked(rows)).startswith(said)


def test_runs_are_called_runs_and_a_part_of_all_rows_is_said_to_be_one() -> None:
    found = leaked(question=LeakageQuestion(single=True), total=80)
    assert headline(found).startswith("4 of 5 runs in view leak. ")
    assert heading(found, [LeakageCheck.SHARED_IDS]) == "5 runs × 1 of 15 checks"
    assert basis(found).startswith("A row is one run.")
    warned = leaked({"a": {LeakageCheck.TEST_LOOKS: WARN}, "b": {}}, total=80, runs=400)
    assert headline(warned).startswith(
        "No check fails in view; files of 390 runs are unread. 1 of 2 configurations in view has a warning. `a`: "
    )
    assert headline(leaked({"a": {}}, total=80)) == "Every check passes in 1 configuration in view."


def test_leaks_of_other_pages_count_and_a_page_without_any_speaks_for_itself_alone() -> None:
    other = row("b", {LeakageCheck.SHARED_IDS: FAIL})
    first = leaked({"a": {LeakageCheck.SHARED_IDS: FAIL}, "c": {}}, total=3, beyond=(other,))
    assert headline(first).startswith("2 of 3 configurations leak. `a`: ")
    second = leaked({"a": {LeakageCheck.TEST_LOOKS: WARN}, "c": {}}, total=3, beyond=(other,))
    assert headline(second).startswith("No check fails in view. 1 of 2 configurations in view has a warning. `a`: ")


def test_a_name_that_wants_to_act_stands_as_code_and_flat_where_nobody_reads_markdown() -> None:
    found = leaked({HOSTILE: {LeakageCheck.GROUP_OVERLAP: FAIL}})
    assert headline(found).startswith(f"`` {HOSTILE} `` leaks. ")
    assert headline(found, name=flat).startswith(f"{HOSTILE} leaks. ")


def test_two_rows_of_one_name_are_told_apart_by_their_experiments() -> None:
    found = leaked({"a": {LeakageCheck.GROUP_OVERLAP: FAIL}, "b": {}})
    found = replace(found, rows=(found.rows[0], replace(found.rows[1], label="a", experiment="other")))
    assert headline(found).startswith("1 of 2 configurations leaks. `a` of `leak-images`: ")
    assert headline(found, name=flat).startswith("1 of 2 configurations leaks. a of leak-images: ")


def test_cells_are_counted_by_status_whatever_is_shown() -> None:
    found = leaked()
    assert [fact.text for fact in badges(found)] == [
        "✕ 4 fail", "! 2 warn", "✓ 67 pass", "– 2 not logged", "9 checks of 15 pass everywhere",
    ]  # fmt: skip
    assert sum(found.cells.values()) == 5 * len(LeakageCheck)
    assert [fact.text for fact in badges(leaked({"a": {}}))] == ["✓ 15 pass"]


def test_checks_that_had_nothing_to_look_at_anywhere_are_named() -> None:
    blind: Statuses = {LeakageCheck.GROUP_OVERLAP: NOT_LOGGED, LeakageCheck.FOLD_SPREAD: NOT_LOGGED}
    assert follows(leaked({"a": blind, "b": blind})).startswith(
        "2 checks have nothing to look at in any row: **groups apart**, **fold spread**."
    )
    assert follows(leaked({"a": blind, "b": {}})) == ""
    one: Statuses = {LeakageCheck.FOLD_SPREAD: NOT_LOGGED}
    assert follows(leaked({"a": one})).endswith("Show it under Checks; a cell says what to log.")
    assert follows(leaked({"a": nowhere(NOT_LOGGED)})) == ""


def test_what_was_read_is_counted_where_that_is_not_all() -> None:
    assert basis(leaked()).endswith("25 runs were looked at.")
    assert "Evidence files were read of 25 of 400 runs: those of the rows in view" in basis(leaked(runs=400))
    assert reading(12, 40) == "Reading evidence, 12 of 40 runs"


def test_the_gravest_row_has_most_fails_then_most_offenders() -> None:
    rows: Mapping[str, Statuses] = {
        "warned": {LeakageCheck.TEST_LOOKS: WARN},
        "small": {LeakageCheck.SPLIT_SIZES: FAIL},
        "grouped": {LeakageCheck.GROUP_OVERLAP: FAIL},
        "passes": {},
    }
    found = leaked(rows)
    assert found.worst is not None
    assert found.worst.label == "grouped"
    assert [row.label for row in found.gravest_first] == ["grouped", "small", "warned", "passes"]
    assert found.telling == (LeakageCheck.GROUP_OVERLAP, LeakageCheck.SPLIT_SIZES, LeakageCheck.TEST_LOOKS)
    assert leaked({name: nowhere(PASS) for name in LEAKY}).telling == ()


def test_a_twin_is_sought_where_the_check_passes_and_nothing_fails() -> None:
    found = leaked()
    first = found.rows[0]
    assert found.honest(first, LeakageCheck.GROUP_OVERLAP) == (found.rows[1].run_ids,)
    assert found.honest(found.rows[3], LeakageCheck.PREPROCESSING_FIT) == (found.rows[1].run_ids,)
    elsewhere = replace(first, experiment="other")
    assert found.honest(elsewhere, LeakageCheck.GROUP_OVERLAP) == ()
