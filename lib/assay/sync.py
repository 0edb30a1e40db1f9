"""Brings the cache up to date with the tracking store, once or for as long as its server lives."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from traceback import format_tb
from types import TracebackType
from typing import Any, NoReturn

from assay import logs, sources
from assay.cache.snapshots import Cache, Published
from assay.errors import AssayError, CacheBusyError, CacheError
from assay.model.note import Note, note
from assay.model.problems import Caches
from assay.model.sync import Snapshot, SyncReport, SyncStatus
from assay.settings import Settings, read
from assay.sources.source import Progress
from assay.uri import shown
from assay.view.text.notes import words

_log = logging.getLogger("assay.sync")  # not __name__: this runs as a program
WAIT_SECONDS = 60.0
_PROGRESS_SECONDS = 0.25
_GRACE_SECONDS = 10.0


def sync(
    settings: Settings, *, full: bool = False, progress: Progress | None = None, wait: float = WAIT_SECONDS
) -> SyncReport:
    """Reads what changed in the store (`full`: everything) and publishes it.

    Belongs in a process that holds no MlflowClient. Raises SourceError when the store cannot be read and
    CacheError when the cache cannot be written, both noted for readers too; CacheBusyError when another sync
    still runs after `wait` seconds.
    """
    started = time.monotonic()
    cache = Cache(settings.data / "cache", settings.tracking_uri)
    with cache.lock(wait), _Notes(cache, progress) as notes:
        published, warnings = _step(settings, cache, full, notes)
        notes.warnings = warnings
    snapshot = published.snapshot
    return SyncReport(
        tracking_uri=shown(settings.tracking_uri),
        experiments=snapshot.experiments,
        runs=snapshot.runs,
        new=published.new,
        changed=published.changed,
        removed=published.removed,
        seconds=time.monotonic() - started,
        version=snapshot.version,
        complete_as_of=snapshot.complete_as_of,
        warnings=warnings,
    )


def _step(settings: Settings, cache: Cache, full: bool, notes: "_Notes") -> tuple[Published, tuple[Note, ...]]:
    # Warnings are noted with the time of a look only; without one they have to be found again.
    last, cursor = (None, None) if full or notes.before.checked_at is None else _last(cache)
    asked = datetime.now(UTC)
    extract = sources.open(settings.tracking_uri).extract(cursor, notes.progress)
    if extract is None:
        if last is None:
            raise CacheError(Caches.STORE_GAVE_NOTHING, uri=shown(settings.tracking_uri))
        return Published(cache.confirm(asked), 0, 0, 0), notes.before.warnings
    published = cache.publish(
        extract.tables,
        full=extract.full,
        gone=extract.gone,
        cursor=extract.cursor,
        complete_as_of=extract.complete_as_of,
        rebuild=full,
    )
    return published, tuple(extract.warnings)


def _last(cache: Cache) -> tuple[Snapshot | None, Mapping[str, Any] | None]:
    """The newest snapshot and the cursor that belongs to it; neither when it is damaged, so that it is rebuilt."""
    try:
        snapshot = cache.latest()
        return (None, None) if snapshot is None else (snapshot, cache.cursor())
    except CacheError:
        return None, None


class _Notes:
    """Keeps the cache's status true while a sync runs, and after it ended in whatever way."""

    def __init__(self, cache: Cache, also: Progress | None) -> None:
        self.before = cache.status()
        self.warnings: tuple[Note, ...] = ()
        self._cache = cache
        self._also = also
        self._next = 0.0

    def progress(self, done: int, expected: int | None) -> None:
        """What sources call on long readings."""
        if time.monotonic() >= self._next:
            self._cache.note(replace(self.before, progress=(done, expected)))
            self._next = time.monotonic() + _PROGRESS_SECONDS
        if self._also is not None:
            self._also(done, expected)

    def __enter__(self) -> "_Notes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self._cache.note(SyncStatus(checked_at=datetime.now(UTC), warnings=self.warnings))
        elif isinstance(error, Exception):
            self._cache.note(_failed(self.before, _problem(error)))
        else:
            self._cache.note(replace(self.before, progress=None))


def _problem(error: Exception) -> Note:
    """What went wrong; of an unexpected error the name alone, for its text may hold anything."""
    if isinstance(error, AssayError):
        return error.note
    return note(Caches.SYNC_STOPPED, error=type(error).__name__)


def _failed(before: SyncStatus, problem: Note) -> SyncStatus:
    since = before.problem_since or datetime.now(UTC)
    return replace(before, problem=problem, problem_since=since, progress=None)


def watch(settings: Settings) -> NoReturn:
    """Syncs every `sync_seconds` until stdin ends or SIGTERM comes; what goes wrong is noted and tried again."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    told = None
    while True:
        error = _attempt(settings)
        problem = None if error is None else _problem(error)
        if error and problem and problem != told:
            _log.error("%s%s", words(problem), _where(error))
        told = problem
        time.sleep(settings.sync_seconds)


def _where(error: Exception) -> str:
    """Where an unexpected error arose, without its text, which may hold anything."""
    return "" if isinstance(error, AssayError) else "\n" + "".join(format_tb(error.__traceback__)).rstrip()


def _attempt(settings: Settings) -> Exception | None:
    try:
        # Long enough for a reader that only looks whether the lock is held.
        report = sync(settings, wait=1.0)
    except CacheBusyError:
        return None
    except Exception as error:  # noqa: BLE001  (whatever it is, pages must hear of it and the next try may go well)
        _note(settings, _problem(error))
        return error
    level = logging.INFO if report.new or report.changed or report.removed else logging.DEBUG
    counts = (report.runs, report.tracking_uri, report.new, report.changed, report.removed, report.seconds)
    _log.log(level, "%d runs from %s: %d new, %d changed, %d removed, in %.2f s.", *counts)
    return None


def _note(settings: Settings, problem: Note) -> None:
    """Notes what went wrong before or after the sync could note it itself, where anything can be noted."""
    cache = Cache(settings.data / "cache", settings.tracking_uri)
    with suppress(CacheError):
        if cache.status().problem != problem:
            cache.note(_failed(cache.status(), problem))


def _end_with_parent() -> None:
    """Whoever started us holds the other end of stdin; it closes however that process ends."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


def main() -> None:
    """What `python -m assay.sync` does, for as long as its parent lives."""
    settings = read()
    logs.configure(settings.log)
    watch(settings)


if __name__ == "__main__":
    main()
