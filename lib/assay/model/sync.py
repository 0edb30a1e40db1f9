"""What a sync found, and the immutable snapshot it left behind."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assay.model.note import Note


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One immutable cache file. Its `name` identifies its content: memoise by it.

    `complete_as_of`: every change made in the store before this time is in the snapshot.
    """

    name: str
    path: Path
    tracking_uri: str
    version: int
    created_at: datetime
    complete_as_of: datetime
    experiments: int
    runs: int


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How the cache of one tracking URI is doing, read in microseconds from a small file.

    `checked_at`: when the store was last asked and answered. `problem`: what is wrong while it does not,
    and since when. `progress`: (runs read, runs expected or None) while a sync is under way.
    """

    checked_at: datetime | None = None
    problem: Note | None = None
    problem_since: datetime | None = None
    progress: tuple[int, int | None] | None = None
    warnings: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did; counts are runs, `seconds` is wall time. `runs` and `experiments`: in the cache now."""

    tracking_uri: str
    experiments: int
    runs: int
    new: int
    changed: int
    removed: int
    seconds: float
    version: int
    complete_as_of: datetime
    warnings: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest snapshot, if any, and how syncing goes.

    `problem`: what is wrong when the cache is unusable or out of date, or the store does not answer; there may still
    be a snapshot then.
    """

    snapshot: Snapshot | None
    status: SyncStatus
    problem: Note | None

    def age_seconds(self, now: datetime) -> float | None:
        """Seconds since the store was last asked for what is in the snapshot; None without a snapshot."""
        if self.snapshot is None:
            return None
        seen = max(filter(None, (self.snapshot.complete_as_of, self.status.checked_at)))
        return max((now - seen).total_seconds(), 0.0)
