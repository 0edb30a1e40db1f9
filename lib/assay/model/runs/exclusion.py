"""Why a run is in no mean."""

from dataclasses import dataclass
from enum import StrEnum


class Exclusion(StrEnum):
    """The first four are states of a run, the next two are of the runs beside it, the last two of its task, the others
    of its score.
    """

    FAILED = "failed"
    KILLED = "killed"
    RUNNING = "running"
    SCHEDULED = "scheduled"
    REPEAT = "repeat"
    NESTED = "nested"
    NOT_LOGGED = "not_logged"
    NAN = "nan"
    INFINITE = "infinite"
    NOT_FINITE = "not_finite"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    VANISHED = "vanished"
    WITHOUT_TASK = "without_task"
    OTHER_TASK = "other_task"


@dataclass(frozen=True, slots=True)
class LeftOutRuns:
    """Runs of one configuration that are left out for one reason; `whole`: nothing of the configuration is left.

    `metrics`: those that the runs lack, where that is why.
    """

    label: str
    run_ids: tuple[str, ...]
    reason: Exclusion
    metrics: tuple[str, ...] = ()
    whole: bool = False
