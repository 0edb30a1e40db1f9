"""The JSON of reviews: the gate's whole answer, and the list; the tables beside them keep formulas quiet."""

import json
from dataclasses import replace

from assay.model.people import Role
from assay.model.review.evidence import Fresh
from assay.view.objects import review as objects
from assay.view.tables import review as tables
from standing import CAME, HOSTILE, line, made, review, standing


def test_the_object_has_what_a_gate_is_read_for_and_the_binding_reason_first() -> None:
    found = json.loads(json.dumps(objects.review(standing()), allow_nan=False))
    assert (found["review"], found["decision"], found["state"]) == ("R-001", "KEEP_TESTING", "waiting")
    assert found["missing"] == ["production"]
    assert found["stale"] is True
    assert found["checklist"] == {"answered": 2, "open": 1, "blocking_open": 1}
    assert [one["criterion"] for one in found["criteria"]] == ["signatures", "significant", "thresholds", "complete"]
    signatures, significant, thresholds, _ = found["criteria"]
    assert (signatures["met"], thresholds["met"], thresholds["waiver"]["until"]) == (False, True, "2026-12-11")
    assert {"criterion", "met", "value", "limit", "reason", "blocking"} <= set(significant)
    assert (significant["value"], significant["limit"]) == (0.004, 0.05)
    assert found["reasons"][0]["next_step"].startswith("Read below what changed")
    assert [one["fresh"] for one in found["signoffs"]] == [False, True]
    assert found["signoffs"][0]["changes"][0]["before"] == "n = 3"
    assert found["evidence"]["sha256"].startswith("9f3c1e07")
    assert found["evidence"]["shown"]["run_ids"] == [["a"], ["b"]]
    assert objects.opened(standing(), "http://x")["evidence_sha256"] == found["evidence"]["sha256"]


def test_what_is_gone_and_what_is_no_number_is_null() -> None:
    bare = replace(review(), made=made(1, None), evidences=())
    gate = standing().gate
    odd = tuple(replace(one, value=float("nan")) for one in gate.criteria)
    found = replace(standing(own=bare, criteria=odd), evidence=None, fresh=Fresh(None, (CAME,)))
    shown = json.loads(json.dumps(objects.review(found), allow_nan=False))
    assert shown["opened"]["by"] is None
    assert shown["evidence"] == {
        "sha256": None, "inputs_sha256": None, "inputs_now": None, "frozen": None, "shown": None, "reason": None,
    }  # fmt: skip
    assert shown["criteria"][0]["value"] is None
    assert "value is NaN" in shown["criteria"][0]["reason"]


def test_the_list_has_a_row_a_review_and_no_cell_starts_a_formula() -> None:
    lines = (
        line("R-002", (Role.PRODUCTION,)),
        replace(line("R-001", ()), review=replace(review(HOSTILE), made=made(1, None))),
    )
    found = objects.reviews(lines)
    assert [one["review"] for one in found["reviews"]] == ["R-002", "R-001"]
    assert found["reviews"][0]["waits_for"] == ["production"]
    shown = tables.reviews(lines).frame
    assert list(shown["waits"]) == ["production approver", ""]
    assert shown["title"][1].startswith("'=1+1")
    assert shown["by"][1] == "somebody erased"
    linked = tables.reviews(lines, linked=("http://a/review?review=R-002", "http://a/review?review=R-001"))
    assert linked.columns["id"].kind == "link"
    assert list(tables.criteria(standing()).frame["blocks"]) == ["yes", "yes", "yes", "no"]
    assert tables.answers(standing()).frame["basis"][2] == "10 of 10 runs that match are in"
    assert list(tables.changes((CAME,), ("a", "b")).frame["now"]) == ["n = 5"]
