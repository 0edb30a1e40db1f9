"""What a tracking server answers about runs, as rows."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from assay.model.runs.store import LifecycleStage, RunStatus
from assay.sources.datasets import CONTEXT, DatasetRow
from assay.sources.datasets import row as dataset_row
from assay.sources.rows import number
from assay.sources.server import Json

INSTEAD: Mapping[str, tuple[type[StrEnum], StrEnum]] = {
    "status": (RunStatus, RunStatus.RUNNING),
    "lifecycle_stage": (LifecycleStage, LifecycleStage.ACTIVE),
}
"""What a run's status and stage may be, and what is taken where a server says something else."""


class Parts(NamedTuple):
    """One run in the form of SCHEMAS: its row, and its metrics, params, tags and inputs without the run's id.

    `strange`: which of its words MLflow does not have; RUNNING and active stand in their place.
    """

    run: tuple[str, str, str, str, str, int | None, int | None, str, str]
    metrics: list[tuple[str, float, int, int]]
    params: list[tuple[str, str]]
    tags: list[tuple[str, str]]
    inputs: list[tuple[DatasetRow, str]]
    strange: tuple[str, ...]


def point(metric: Json) -> tuple[float, int, int]:
    """Value, step and timestamp of a metric; NaN and infinities come as words."""
    return number(float(metric.get("value", 0.0))), int(metric.get("step", 0)), int(metric.get("timestamp", 0))


def parts(run: Json) -> Parts:
    """One run of a server's answer; KeyError, TypeError, ValueError or AttributeError when it has another form."""
    info, data = run["info"], run.get("data", {})
    tags = _pairs(data.get("tags", ()))
    words = {name: str(info.get(name) or instead) for name, (_, instead) in INSTEAD.items()}
    strange = tuple(name for name, (known, _) in INSTEAD.items() if words[name] not in {str(word) for word in known})
    words |= {name: str(INSTEAD[name][1]) for name in strange}
    start, end = info.get("start_time"), info.get("end_time")
    row = (
        str(info.get("run_id") or info["run_uuid"]),
        info.get("run_name") or dict(tags).get("mlflow.runName", ""),
        str(info["experiment_id"]),
        words["status"],
        words["lifecycle_stage"],
        None if start is None else int(start),
        # MLflow's protocol takes 0 for "has not ended".
        int(end) if end and int(end) else None,
        str(info.get("artifact_uri", "")),
        str(info.get("user_id", "")),
    )
    metrics = [(metric["key"], *point(metric)) for metric in data.get("metrics", ())]
    inputs = [_input(found) for found in run.get("inputs", {}).get("dataset_inputs", ())]
    return Parts(row, metrics, _pairs(data.get("params", ())), tags, inputs, strange)


def _input(found: Json) -> tuple[DatasetRow, str]:
    return dataset_row(found["dataset"]), dict(_pairs(found.get("tags", ()))).get(CONTEXT, "")


def _pairs(items: Iterable[Json]) -> list[tuple[str, str]]:
    return [(item["key"], item.get("value", "")) for item in items]
