"""Which data are we looking at, and how old are they?"""

from dataclasses import replace
from datetime import UTC, datetime

from assay.cache.snapshots import Cache
from assay.errors import CacheError
from assay.model.note import Note, note
from assay.model.problems import Caches
from assay.model.sync import Freshness
from assay.settings import Settings

MISSED = 5
"""Syncs that do not come through before it is a problem: whoever cannot write may have another process sync."""
LEAST_SECONDS = 60.0
"""How long syncs that nothing keeps from writing may take."""


def current(settings: Settings) -> Freshness:
    """Reads two tiny files: cheap enough for every rerun of a page. Raises nothing."""
    cache = Cache(settings.data / "cache", settings.tracking_uri)
    status = cache.status()
    try:
        found = Freshness(cache.latest(), status, status.problem)
        return found if found.problem else replace(found, problem=_unnoted(found, cache, settings.sync_seconds))
    except CacheError as error:
        return Freshness(None, status, error.note)


def _unnoted(found: Freshness, cache: Cache, seconds: float) -> Note | None:
    """What keeps the cache from being filled, or from being kept up to date, where a sync can note nothing."""
    age, late = found.age_seconds(datetime.now(UTC)), MISSED * seconds
    if age is None:
        return cache.obstacle()
    if age <= late or cache.is_syncing():
        return None
    if (obstacle := cache.obstacle()) or age <= LEAST_SECONDS:
        return obstacle
    return note(Caches.SYNC_LATE, waited=float(max(late, LEAST_SECONDS)), every=float(seconds))
