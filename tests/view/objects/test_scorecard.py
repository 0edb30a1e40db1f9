"""The documented JSON object of a scorecard."""

import json
from dataclasses import replace
from typing import Any

from assay.model.note import note
from assay.model.rules import PolicyNote
from assay.model.tradeoffs.question import ScorecardQuestion
from assay.model.tradeoffs.scorecard import Scored
from assay.view.objects import plain
from assay.view.objects.scorecard import scorecard
from carded import DIGITS, LOST, OPEN, around, lost, scored

PARTS = {
    *(
        "scorecard",
        "candidate",
        "baseline",
        "asked",
        "level",
        "correction",
        "minimum_runs",
        "metrics",
        "score",
        "score_possible",
        "groups",
    ),
    *("groups_possible", "regressions", "comparisons", "promotion", "notes", "warnings"),
}
VALUES = {"accuracy": around(0.965, 0.003), "latency_p95_ms": around(0.56, 0.07)}


def made(found: Scored) -> dict[str, Any]:
    plainly: dict[str, Any] = json.loads(json.dumps(plain(scorecard(found))))
    return plainly


def test_json_is_the_documented_object() -> None:
    found = made(scored(DIGITS, VALUES, **lost(LOST, OPEN)))
    assert set(found) == PARTS
    assert (found["scorecard"], found["candidate"], found["baseline"], found["comparisons"]) == (
        "digits",
        "it",
        "base",
        4,
    )
    assert found["correction"] == "holm"
    assert (found["score"], found["score_possible"]) == (0.2, 0.8)
    assert found["groups"] == {"quality": 0.0, "performance": 1.0, "reliability": 0.0}
    assert found["groups_possible"] == {"quality": 1.0, "performance": 1.0, "reliability": 0.0}
    first = found["metrics"][0]
    assert {name: first[name] for name in ("metric", "group", "status", "threshold", "comparator", "alert", "weight")} == {
        "metric": "accuracy", "group": "quality", "status": "uncertain", "threshold": 0.965, "comparator": ">",
        "alert": 0.9, "weight": 0.6,
    }  # fmt: skip
    assert first["interval"][0] < 0.965 < first["interval"][1]
    assert first["reason"] == "the interval reaches to both sides of the threshold"
    assert "reason" not in found["metrics"][1]


def test_what_is_not_logged_is_null_with_its_reason() -> None:
    last = made(scored(DIGITS, VALUES))["metrics"][2]
    assert (last["status"], last["value"], last["interval"], last["method"]) == ("not_logged", None, None, None)
    assert last["reason"] == "no run that counts logged availability"
    assert last["note"] == {"code": "criterion_not_logged", "metric": "availability"}


def test_losses_have_numbers_and_what_p_was_corrected_over() -> None:
    worse, open_ = made(scored(DIGITS, VALUES, **lost(LOST, OPEN)))["regressions"]
    assert (worse["metric"], worse["status"], worse["difference"], worse["interval"]) == (
        "accuracy", "worse", -0.02, [-0.03, -0.01]
    )  # fmt: skip
    assert (worse["p_value"], worse["p_adjusted"], worse["smallest_effect"]) == (0.001, 0.004, 0.01)
    assert (open_["metric"], open_["status"], open_["interval"], open_["p_value"]) == (
        "=f1",
        "cannot_exclude",
        None,
        None,
    )


def test_no_score_has_its_reason_and_warnings_are_sentences() -> None:
    found = made(scored(DIGITS, {}, note(PolicyNote.WEIGHTS_NOT_ONE, name="digits", total=0.9, line=7)))
    assert (found["score"], found["score_possible"], found["groups"]) == (None, None, {})
    assert found["reason"] == "it logged no metric of scorecard digits, so there is no score"
    assert found["warnings"][0] == "it logged no metric of scorecard digits, so there is no score."
    assert "weights" in found["notes"][1]["code"]
    assert found["baseline"] is None


def test_what_was_asked_stands_in_the_answer() -> None:
    question = ScorecardQuestion(
        "params.a = 'b'", within="metrics.f1 > 0", experiments=("1",), unknown=(("f1", (0.0,)), ("f1", (-1.0,)))
    )
    assert made(replace(scored(DIGITS, VALUES), question=question))["asked"] == {
        "candidate": "params.a = 'b'", "baseline": None, "card": None, "experiments": ["1"], "within": "metrics.f1 > 0",
        "deleted": False, "ignore": [], "unknown": {"f1": [0.0, -1.0]},
    }  # fmt: skip
