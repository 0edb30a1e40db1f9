"""Rows × checks, findings and offenders as tables."""

from dataclasses import replace

from assay.model.evidence.check import Offender
from assay.model.evidence.leakage import FindingQuestion, LeakageCheck, OffenderRow
from assay.view.exports import comma_separated
from assay.view.tables.evidence.leakage import findings, matrix, offenders, short
from leaked import FAIL, found, leaked, offended


def test_every_cell_has_glyph_and_word() -> None:
    shown = matrix(leaked(), (LeakageCheck.GROUP_OVERLAP, LeakageCheck.TEST_LOOKS))
    assert list(shown.columns) == ["label", "group_overlap", "test_looks"]
    assert shown.frame["group_overlap"].tolist() == [["✕ fail"], ["✓ pass"], ["✕ fail"], ["– not logged"], ["✓ pass"]]
    assert {mark for cell in shown.frame["group_overlap"] for mark in cell} <= {*shown.columns["group_overlap"].colours}


def test_the_download_has_every_check_and_the_runs_behind_each_row() -> None:
    shown = matrix(leaked(), (LeakageCheck.GROUP_OVERLAP,))
    text = comma_separated(shown)
    assert text.splitlines()[0].startswith("label,experiment,run_id,runs,filter,shared_ids,group_overlap")
    assert "moved-before-split,leak-images,moved-before-split-0,5," in text


def test_a_name_that_is_a_formula_or_long_does_no_harm() -> None:
    shown = matrix(leaked({"=cmd()": {}, "긴 이름 " * 20: {}}))
    assert shown.frame["label"].iloc[0] == "'=cmd()"
    assert len(shown.frame["label"].iloc[1]) <= 30


def test_findings_stand_with_fails_first() -> None:
    shown = findings(leaked())
    assert [status for [status] in shown.frame["status"]] == ["✕ fail"] * 4 + ["! warn"] * 2
    assert shown.frame["check"].iloc[0] == "groups apart"
    assert shown.frame["runs"].iloc[0] == "5 of 5"
    assert shown.data is not None
    assert shown.data["examples"].tolist()[:2] == [142, 142]
    assert findings(leaked({"a": {}})).frame.empty


def test_offenders_show_what_they_share_and_hide_what_was_not_logged() -> None:
    shown = offenders(found())
    assert [column.header for column in shown.columns.values()] == [
        "test example", "group", "its rows in train", "label", "predicted",
    ]  # fmt: skip
    bare = tuple(OffenderRow(one) for one in offended(3, 9, ["=1+1", "b-1", "c"]).named)
    shown = offenders(found(rows=bare))
    assert list(shown.columns) == ["example", "shared", "others"]
    assert shown.frame["example"].tolist() == ["'=1+1", "b-1", "c"]


def test_training_rows_that_nobody_counted_are_no_column() -> None:
    shown = offenders(found(question=FindingQuestion(("a",), LeakageCheck.TEMPORAL_OVERLAP)))
    assert [column.header for column in shown.columns.values()][:3] == ["test example", "time", "label"]


def test_a_terminal_gets_ticks_so_that_findings_stand_out() -> None:
    shown = short(leaked())
    assert list(shown.columns)[1:] == [str(check) for check in leaked().telling]
    assert shown.frame.iloc[0].tolist()[:2] == ["moved-before-split", "✕ fail"]
    assert len(short(leaked({"a": {}})).columns) == 1 + len(LeakageCheck)


def test_hashes_that_nobody_names_are_no_column() -> None:
    bare = tuple(OffenderRow(Offender(name, "", 2)) for name in "ab")
    asked = FindingQuestion(("a",), LeakageCheck.DUPLICATE_ROWS)
    assert list(offenders(found(question=asked, rows=bare)).columns) == ["example", "others"]


def test_rows_of_several_experiments_say_which() -> None:
    two = leaked({"a": {LeakageCheck.GROUP_OVERLAP: FAIL}, "b": {LeakageCheck.GROUP_OVERLAP: FAIL}})
    two = replace(two, rows=(two.rows[0], replace(two.rows[1], label="a", experiment="other")))
    assert short(two).frame["experiment"].tolist() == ["leak-images", "other"]
    assert "experiment" in short(two).columns
    assert findings(two).frame["experiment"].tolist() == ["leak-images", "other"]
    assert {"experiment"} == {*findings(two).columns} - {*findings(leaked()).columns}
