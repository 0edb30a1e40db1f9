"""The documented JSON objects of runs and configurations."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from assay.model.note import Note
from assay.model.runs.listing import Configurations, Replication
from assay.model.runs.store import Run
from assay.view.objects import noted, odd_name
from assay.view.objects.data import datasets
from assay.view.text.notes import words
from assay.view.text.notes.exclusions import reason


def runs(found: Sequence[Run], notes: Sequence[Note]) -> dict[str, Any]:
    """Every run with all that it logged."""
    return {"runs": [_run(run) for run in found], **_notes(notes)}


def configurations(found: Configurations) -> dict[str, Any]:
    """Every configuration with all its metrics."""
    return {
        "configurations": [
            {
                "label": one.label,
                "experiment": one.experiment,
                "experiment_id": one.experiment_id,
                "key": one.key,
                "n": one.n,
                "replicates": one.replicates,
                "run_ids": one.run_ids,
                "metrics": {key: _replication(own) for key, own in one.metrics.items()},
            }
            for one in found.configurations
        ],
        "excluded": {reason(why, ""): n for why, n in found.excluded.items()},
        "left_out": dict(found.excluded),
        **_notes(found.notes),
    }


def _notes(notes: Sequence[Note]) -> dict[str, Any]:
    return {"notes": [noted(note) for note in notes], "warnings": [words(note) for note in notes]}


def _run(run: Run) -> dict[str, Any]:
    odd = {key: value for key, value in run.metrics.items() if not math.isfinite(value)}
    record: dict[str, Any] = {
        "run_id": run.run_id,
        "name": run.name,
        "experiment": run.experiment,
        "experiment_id": run.experiment_id,
        "status": run.status,
        "lifecycle_stage": run.lifecycle_stage,
        "start_time": _time(run.start_time),
        "end_time": _time(run.end_time),
        "params": run.params,
        "metrics": {key: value if key not in odd else None for key, value in run.metrics.items()},
        "tags": run.tags,
        "datasets": datasets(run.datasets),
    }
    if odd:
        record["reason"] = "; ".join(f"metrics.{key} is {odd_name(value)}" for key, value in odd.items())
    return record


def _replication(found: Replication) -> dict[str, Any]:
    record: dict[str, Any] = {"n": found.n, "mean": found.mean, "std": found.std}
    return record | {"std": None, "reason": "std needs two replicates"} if found.n == 1 else record


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="milliseconds")
