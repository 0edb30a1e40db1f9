"""Which data are we looking at, and how old are they?"""

from dataclasses import dataclass
from datetime import datetime

from assay.cache.snapshots import Cache
from assay.errors import CacheError
from assay.model.sync import Snapshot, SyncStatus
from assay.settings import Settings


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest snapshot, if any, and how syncing goes.

    `problem`: the sentence to show when the cache is unusable or the store does not answer; there may still be a
    snapshot then.
    """

    snapshot: Snapshot | None
    status: SyncStatus
    problem: str | None

    def age_seconds(self, now: datetime) -> float | None:
        """Seconds since the store was last asked for what is in the snapshot; None without a snapshot."""
        if self.snapshot is None:
            return None
        seen = max(filter(None, (self.snapshot.complete_as_of, self.status.checked_at)))
        return max((now - seen).total_seconds(), 0.0)


def current(settings: Settings) -> Freshness:
    """Reads two tiny files: cheap enough for every rerun of a page. Raises nothing."""
    cache = Cache(settings.data / "cache", settings.tracking_uri)
    status = cache.status()
    try:
        snapshot = cache.latest()
        # Where a sync can note nothing, its first page would wait for ever.
        problem = status.problem or (cache.obstacle() if snapshot is None else None)
        return Freshness(snapshot, status, problem)
    except CacheError as error:
        return Freshness(None, status, str(error))
