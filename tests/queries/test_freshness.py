"""What is said of a cache that nobody keeps up to date?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assay import sync
from assay.cache.snapshots import Cache
from assay.errors import CacheError
from assay.model.sync import SyncStatus
from assay.queries import freshness
from assay.settings import Settings
from saying import said


def aged(settings: Settings, **ago: float) -> Cache:
    """The cache of a store that was last looked at so long ago."""
    sync.sync(settings)
    cache, then = Cache(settings.data / "cache", settings.tracking_uri), datetime.now(UTC) - timedelta(**ago)
    with cache.lock():
        cache.confirm(then)
        cache.note(SyncStatus(checked_at=then))
    return cache


def blocked(cache: Cache) -> Path:
    """Makes every sync fail before it can note that it does."""
    lock = cache.folder / f"{cache.stem}.lock"
    lock.unlink()
    lock.mkdir()
    return lock


def test_a_folder_that_cannot_be_written_is_a_problem_after_a_few_syncs_that_did_not_come_through(
    settings: Settings,
) -> None:
    cache = aged(settings, seconds=100)
    lock = blocked(cache)
    with pytest.raises(CacheError):
        sync.sync(settings)

    assert freshness.current(settings).problem is None
    late = freshness.current(replace(settings, sync_seconds=15))
    assert said(late.problem) == f"{lock} cannot be used: it is of the wrong kind; " + (
        "let this user write there, or name another folder in ASSAY_DATA."
    )
    assert late.snapshot is not None


def test_syncs_that_do_not_come_through_for_a_reason_nobody_knows_are_a_problem(settings: Settings) -> None:
    cache = aged(settings, minutes=3)

    assert said(freshness.current(settings).problem) == (
        "No sync has come through for more than 150 s, though one is due every 30 s; the server's log may say why."
    )
    assert freshness.current(replace(settings, sync_seconds=60)).problem is None
    with cache.lock():
        assert freshness.current(settings).problem is None
    sync.sync(settings)
    assert freshness.current(settings).problem is None


def test_a_few_seconds_are_not_late_however_short_the_pause(settings: Settings) -> None:
    aged(settings, seconds=10)

    assert freshness.current(replace(settings, sync_seconds=0.1)).problem is None
