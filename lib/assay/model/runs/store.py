"""What a tracking store holds: experiments, runs and the points of a metric's history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assay.model.runs.data import Dataset


class RunStatus(StrEnum):
    """MLflow's run states; only FINISHED runs enter statistics unless a filter names a status."""

    RUNNING = "RUNNING"
    SCHEDULED = "SCHEDULED"
    FINISHED = "FINISHED"
    FAILED = "FAILED"
    KILLED = "KILLED"


class LifecycleStage(StrEnum):
    """MLflow's two stages: a deleted run stays in the store until it is garbage collected."""

    ACTIVE = "active"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment and how many runs the cache holds of it (`runs`: active ones, `deleted`: the others)."""

    experiment_id: str
    name: str
    lifecycle_stage: LifecycleStage
    runs: int = 0
    deleted: int = 0


MOST_VALUES = 5_000_000
"""Of one metric of one run, as many as are read of its history."""


@dataclass(frozen=True, slots=True)
class MetricPoint:
    """One logged value; `timestamp` in milliseconds since the epoch, UTC. NaN and infinities are kept."""

    value: float
    step: int
    timestamp: int


MODELS = "models:"
"""The folder among a run's artifacts below which those of the models are that it logged in MLflow 3: `models:/m-…`,
which is also how MLflow addresses them. Only who asks for it sees it."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file or folder below a run's artifact root; `path` is relative to it, `size` in bytes.

    `modified`: when it was last written, in nanoseconds since the epoch; None where the store does not say.
    """

    path: str
    is_folder: bool
    size: int | None = None
    modified: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """One run with the latest value of each metric; times are UTC, None when the store has none."""

    run_id: str
    name: str
    experiment_id: str
    experiment: str
    status: RunStatus
    lifecycle_stage: LifecycleStage
    start_time: datetime | None
    end_time: datetime | None
    artifact_uri: str
    params: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    datasets: tuple[Dataset, ...] = ()
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the runs of a selection log, most frequent first, then by name; `counts`: runs by kind and name."""

    params: tuple[str, ...]
    metrics: tuple[str, ...]
    tags: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
