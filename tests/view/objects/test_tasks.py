"""The documented object of several tasks."""

import json
from dataclasses import replace
from typing import Any

import pytest

from assay.model.comparison.notes import TaskNote
from assay.model.comparison.tasks import Efficiency, LeftOutTask
from assay.model.metric import Direction
from assay.model.note import note
from assay.view.objects import plain
from assay.view.objects.comparison import comparison
from tasked import answer

LOW, HIGH = [[0.1, 0.2, 0.3], [0.3, 0.4, 0.5]], [[0.4, 0.5, 0.6], [0.8, 0.7, 0.9]]
PARTS = {
    "param", "scale", "scale_means", "better", "target", "tasks", "aggregate", "profile", "per_task", "left_out",
    "efficiency",
}  # fmt: skip


def made(*sides: Any, **how: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(plain(comparison(answer(*sides, **how)))))
    return found


def test_the_sides_hold_the_interquartile_mean_and_tasks_all_the_rest() -> None:
    found = made(LOW, HIGH, LOW, one=1.0)
    tasks = found["tasks"]
    assert set(tasks) == PARTS
    assert found["statistic"] == "iqm"
    iqm = tasks["aggregate"]["iqm"]
    assert found["baseline"]["value"] == iqm["baseline"]["value"] == pytest.approx(0.3)
    assert found["candidates"][0]["difference"]["interval"] == iqm["candidates"][0]["difference"]["interval"]
    assert [one["label"] for one in tasks["aggregate"]["improvement"]["candidates"]] == ["b", "c"]
    assert set(tasks["aggregate"]) == {"iqm", "median", "mean", "optimality_gap", "improvement"}
    assert len(tasks["profile"]["thresholds"]) == len(tasks["profile"]["candidates"][1]["high"])
    assert [(row["task"], row["label"]) for row in tasks["per_task"]] == [
        ("task 0", "b"), ("task 1", "b"), ("task 0", "c"), ("task 1", "c"),
    ]  # fmt: skip
    assert tasks["per_task"][0]["n"] == [3, 3]
    assert tasks["efficiency"] is None
    assert tasks["better"] == "higher"


def test_the_direction_is_that_of_what_was_logged_and_better_that_of_the_scale() -> None:
    plainly = made(LOW, HIGH, way=Direction.MINIMIZE)
    assert (plainly["direction"], plainly["tasks"]["better"]) == ("minimize", "lower")
    scaled = made(LOW, HIGH, way=Direction.MINIMIZE, one=1.0)
    assert (scaled["direction"], scaled["tasks"]["better"]) == ("minimize", "higher")


def test_what_there_is_not_is_null_with_its_reason() -> None:
    gap = made(LOW, HIGH)["tasks"]["aggregate"]["optimality_gap"]
    assert gap["baseline"] is None
    assert gap["reason"] == "the optimality gap needs a scale on which 1 is the target (--normalise)"
    found = answer([], [])
    assert found.first.tasks is not None
    why = note(TaskNote.NO_HISTORIES, metric="m")
    over = replace(
        found.first.tasks,
        left_out=(LeftOutTask("x", note(TaskNote.NO_REFERENCE)),),
        efficiency=Efficiency(runs=2, missing=2, reason=why),
    )
    empty = comparison(replace(found, metrics=(replace(found.first, tasks=over),)))
    assert empty["candidates"][0]["difference"]["reason"].startswith("no value of env")
    assert empty["tasks"]["aggregate"]["iqm"] == {"baseline": None, "candidates": []}
    assert empty["tasks"]["left_out"][0]["note"] == {"code": TaskNote.NO_REFERENCE}
    assert empty["tasks"]["efficiency"]["missing"] == 2
    assert "logged m at several steps" in empty["tasks"]["efficiency"]["reason"]
