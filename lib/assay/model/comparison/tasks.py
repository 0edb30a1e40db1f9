"""What runs on several tasks say together, on a scale that makes the tasks comparable."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.model.comparison.difference import Difference
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Normalisation
from assay.model.comparison.side import Side
from assay.model.metric import Direction, Metric
from assay.model.note import Note


class Aggregate(StrEnum):
    """What scores on all tasks are summed up by; the optimality gap is better where it is lower."""

    IQM = "iqm"
    MEDIAN = "median"
    MEAN = "mean"
    OPTIMALITY_GAP = "optimality_gap"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval."""

    value: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A figure at several places, one after another, with its pointwise band."""

    values: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SideOverTasks:
    """`profile`: the share of runs that are better than each threshold, every task weighing the same."""

    aggregates: Mapping[Aggregate, Estimate]
    profile: Curve


@dataclass(frozen=True, slots=True)
class CandidateOverTasks:
    """Candidate − baseline of every aggregate, and the chance that a run of it beats one of the baseline's; nothing
    for a candidate that is on no task.
    """

    differences: Mapping[Aggregate, Estimate]
    improvement: Estimate | None


@dataclass(frozen=True, slots=True)
class TaskDifference:
    """One candidate on one task, in the unit that was logged; `place`: the candidate's among the sides."""

    task: str
    place: int
    baseline: Side
    candidate: Side
    difference: Difference


@dataclass(frozen=True, slots=True)
class LeftOutTask:
    """A task that is in no figure, and why."""

    task: str
    reason: Note


@dataclass(frozen=True, slots=True)
class Efficiency:
    """The interquartile mean of every side at each of `steps`, which all runs have reached.

    `runs`, `values`: how many histories were read, and how many values these hold; `missing`: how many had none. No
    steps: `reason` says why.
    """

    steps: tuple[int, ...] = ()
    curves: tuple[Curve, ...] = ()
    runs: int = 0
    values: int = 0
    missing: int = 0
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class OverTasks:
    """One metric over the tasks that every side has; `sides` as asked for, the baseline first, `candidates` likewise.

    `param`: the one whose values the tasks are. `logged`: the metric as it was logged; the comparison's own is of the
    scores on `scale`. `target`: the score from which on nothing is missing in the optimality gap, None without a
    scale. `thresholds`: of the profiles, ascending. `rows`: every task of every candidate. `efficiency`: None where
    nobody asked. Without a task, `sides`, `candidates` and what goes with them are empty.
    """

    param: str
    scale: Normalisation
    logged: Metric
    tasks: tuple[str, ...] = ()
    target: float | None = None
    sides: tuple[SideOverTasks, ...] = ()
    candidates: tuple[CandidateOverTasks, ...] = ()
    thresholds: tuple[float, ...] = ()
    rows: tuple[TaskDifference, ...] = ()
    left_out: tuple[LeftOutTask, ...] = ()
    efficiency: Efficiency | None = None

    @property
    def keeps_seconds(self) -> float:
        """How long the answer holds while the data stay: a store that is away may be back any moment."""
        return 60.0 if self.efficiency and self.efficiency.reason else float("inf")

    @property
    def flipped(self) -> bool:
        """Whether higher is better on the scale though lower was in what was logged."""
        return self.scale is not Normalisation.NONE and self.logged.direction is Direction.MINIMIZE
