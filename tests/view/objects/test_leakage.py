"""The documented JSON object of leakage."""

from dataclasses import replace

from assay.model.evidence.leakage import LeakageCheck, LeakageQuestion
from assay.view.objects import plain
from assay.view.objects.leakage import finding, leakage
from leaked import FAIL, WORTH, found, leaked

KEY = ("moved-before-split-0", str(LeakageCheck.GROUP_OVERLAP))


def test_every_row_has_every_check_with_message_and_evidence() -> None:
    made = plain(leakage(leaked()))
    first = made["runs"][0]
    assert (first["label"], first["run_id"], len(first["run_ids"])) == ("moved-before-split", "moved-before-split-0", 5)
    assert [one["check"] for one in first["checks"]] == [*LeakageCheck]
    groups = first["checks"][1]
    assert (groups["status"], groups["limit"], groups["worth"]) == (FAIL, 0.0, None)
    assert groups["message"]
    assert groups["evidence"]["sources"] == ["evidence/splits.parquet"]
    assert (groups["evidence"]["n"], len(groups["evidence"]["ids"])) == (142, 100)
    missing = made["runs"][3]["checks"][1]
    assert (missing["status"], missing["evidence"]) == ("not_logged", None)


def test_the_summary_counts_every_run() -> None:
    made = plain(leakage(leaked()))
    assert made["summary"]["group_overlap"] == {"pass": 10, "not_logged": 5, "warn": 0, "fail": 10}
    assert (made["rows"], made["found"], made["read"]) == (5, 25, 25)


def test_a_worth_has_numbers_as_logged_or_the_reason_why_there_is_none() -> None:
    made = leakage(leaked(), {KEY: found()})["runs"][0]["checks"][1]
    assert made["worth"]["logged"] == {"mean": 0.966, "n": 360, "interval": (0.960, 0.972)}
    assert (made["worth"]["difference"], made["worth"]["over"]) == (0.021, "seeds")
    none = leakage(leaked(), {KEY: found(None)})["runs"][0]["checks"][1]
    assert none["worth"] is None
    assert none["reason"]
    empty = replace(WORTH, without=None, difference=None, interval=None)
    made = leakage(leaked(), {KEY: found(empty)})["runs"][0]["checks"][1]["worth"]
    assert (made["without"], made["reason"]) == (None, "no clean test row is left")


def test_what_was_asked_is_told_so_that_it_can_be_asked_again() -> None:
    asked = LeakageQuestion(("a",), "metrics.x > 1", ignore=("p",), single=True, first=50)
    assert leakage(leaked(question=asked))["asked"] == {
        "experiments": ("a",), "filter": "metrics.x > 1", "deleted": False, "ignore": ("p",), "rows": "runs",
        "first": 50, "most": 100,
    }  # fmt: skip


def test_a_finding_has_its_examples_and_its_twin() -> None:
    made = plain(finding(found()))
    assert made["examples"][0] == {
        "example_id": "img-0000-m0", "shared": "img-0000", "others": 3, "label": "8", "predicted": "3",
    }  # fmt: skip
    assert made["twin"]["label"] == "moved-after-split"
    assert plain(finding(found(twin=None)))["twin"] is None
