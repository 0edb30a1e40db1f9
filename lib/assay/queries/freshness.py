"""Which data are we looking at, and how old are they?"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assay.cache.snapshots import Cache
from assay.errors import CacheError
from assay.model.sync import Snapshot, SyncStatus
from assay.settings import Settings

MISSED = 5
"""Syncs that do not come through before it is a problem: whoever cannot write may have another process sync."""
LEAST_SECONDS = 60.0
"""How long syncs that nothing keeps from writing may take."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest snapshot, if any, and how syncing goes.

    `problem`: the sentence to show when the cache is unusable or out of date, or the store does not answer; there
    may still be a snapshot then.
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
        found = Freshness(cache.latest(), status, status.problem)
        return found if found.problem else replace(found, problem=_unnoted(found, cache, settings.sync_seconds))
    except CacheError as error:
        return Freshness(None, status, str(error))


def _unnoted(found: Freshness, cache: Cache, seconds: float) -> str | None:
    """What keeps the cache from being filled, or from being kept up to date, where a sync can note nothing."""
    age, late = found.age_seconds(datetime.now(UTC)), MISSED * seconds
    if age is None:
        return cache.obstacle()
    if age <= late or cache.is_syncing():
        return None
    if (obstacle := cache.obstacle()) or age <= LEAST_SECONDS:
        return obstacle
    waited = max(late, LEAST_SECONDS)
    return (
        f"No sync has come through for more than {waited:g} s, though one is due every {seconds:g} s; the server's log "
        "may say why."
    )
