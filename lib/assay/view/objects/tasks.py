"""The documented JSON object of a comparison over several tasks."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assay.model.comparison.notes import TaskNote
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Normalisation
from assay.model.comparison.tasks import Aggregate, Curve, Efficiency, Estimate, OverTasks, TaskDifference
from assay.model.metric import Direction
from assay.model.note import note
from assay.view.objects import reasoned
from assay.view.text.comparison.tasks import scale

Json = dict[str, Any]
Labels = Sequence[str]


def tasks(over: OverTasks, labels: Labels) -> Json:
    """Every number over tasks, unrounded; candidates in the order asked for."""
    better = over.logged.direction if over.scale is Normalisation.NONE else Direction.MAXIMIZE
    return {
        "param": over.param,
        "scale": over.scale,
        "scale_means": scale(over),
        "better": better.better,
        "target": over.target,
        "tasks": over.tasks,
        "aggregate": _aggregates(over, labels),
        "profile": {"thresholds": over.thresholds, **_curves([side.profile for side in over.sides], labels)},
        "per_task": [_row(row, labels) for row in over.rows],
        "left_out": [{"task": one.task, **reasoned(one.reason, labels)} for one in over.left_out],
        "efficiency": _efficiency(over.efficiency, labels),
    }


def _aggregates(over: OverTasks, labels: Labels) -> Json:
    found: Json = {name.value: _aggregate(over, name, labels) for name in Aggregate}
    improved = [_estimate(one.improvement) for one in over.candidates]
    named = [{"label": label, **one} for label, one in zip(labels[1:], improved, strict=False)]
    return {**found, "improvement": {"candidates": named}}


def _aggregate(over: OverTasks, name: Aggregate, labels: Labels) -> Json | None:
    if name is Aggregate.OPTIMALITY_GAP and over.target is None:
        return {"baseline": None, "candidates": [], **reasoned(note(TaskNote.NO_TARGET), labels)}
    sides = [_estimate(side.aggregates.get(name)) for side in over.sides]
    apart = [_estimate(one.differences.get(name)) for one in over.candidates]
    made = zip(labels[1:], sides[1:], apart, strict=False)
    return {
        "baseline": sides[0] if sides else None,
        "candidates": [{"label": label, **own, "difference": beside} for label, own, beside in made],
    }


def _row(row: TaskDifference, labels: Labels) -> Json:
    found = row.difference
    return {
        "task": row.task,
        "label": labels[row.place],
        "n": [row.baseline.replicates, row.candidate.replicates],
        "baseline": row.baseline.value,
        "candidate": row.candidate.value,
        "difference": found.value,
        "interval": _ends(found.interval),
        "method": found.interval.method if found.interval else None,
        "p_value": found.p_value,
        "p_adjusted": found.p_adjusted,
        "p_method": found.p_method,
        "paired": found.paired,
        "verdict": found.verdict,
        **reasoned(found.reason, labels),
    }


def _efficiency(found: Efficiency | None, labels: Labels) -> Json | None:
    if found is None:
        return None
    counts = {"runs": found.runs, "values": found.values, "missing": found.missing}
    return {"steps": found.steps, **_curves(found.curves, labels), **counts, **reasoned(found.reason, labels)}


def _curves(curves: Sequence[Curve], labels: Labels) -> Json:
    made = [asdict(curve) for curve in curves]
    named = [{"label": label, **curve} for label, curve in zip(labels[1:], made[1:], strict=False)]
    return {"baseline": made[0] if made else None, "candidates": named}


def _estimate(found: Estimate | None) -> Json:
    if found is None:
        return {"value": None, "interval": None}
    return {"value": found.value, "interval": _ends(found.interval)}


def _ends(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None
