"""The small files beside the snapshots: pointer, cursor, status and lock."""

import errno
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Final

from filelock import lock_descriptor, unlock_descriptor

from assay.errors import CacheBusyError, CacheError
from assay.model.note import Note, as_record, from_record, note
from assay.model.problems import Caches
from assay.model.sync import Snapshot, SyncStatus

MISSING: Final = object()
UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)
"""What reading the fields of a damaged file may raise."""
_MAGIC = b"DUCK"
_LOOKS = 3
"""How often a reader looks whether a lock is held: for some microseconds it may be another process's look."""
_looking = threading.Lock()


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def read_json(path: Path) -> Any:
    """What `path` holds; MISSING when there is no such file, None when it cannot be understood."""
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return MISSING
    except (OSError, ValueError, RecursionError):
        return None


def write_json(path: Path, content: Mapping[str, Any], *, durable: bool = False) -> None:
    """Replaces `path` in one step; `durable`: it is on the disk before this returns."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with partial.open("w") as file:
            json.dump(content, file)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise unusable(Caches.FILE_UNWRITTEN, path, error) from None


def unusable(code: Caches, path: Path, error: OSError) -> CacheError:
    """For a file or folder of the cache that the system keeps from us."""
    return CacheError(code, path=str(path), error=error.strerror)


def obstacle(folder: Path, lock: Path) -> Note | None:
    """What keeps this user from making `folder` or taking `lock`, as far as can be told without trying."""
    place = next(place for place in (folder, *folder.parents) if place.exists())
    for path, is_right in ((place, place.is_dir()), (lock, lock.is_file() or not lock.exists())):
        if not is_right:
            return note(Caches.WRONG_KIND, path=str(path))
        if path.exists() and not os.access(path, os.W_OK):
            return note(Caches.FILE_UNWRITTEN, path=str(path), error=os.strerror(errno.EACCES))
    return None


@contextmanager
def lock(path: Path, wait: float) -> Iterator[None]:
    """An advisory lock that the system releases when its process ends, however it ends."""
    deadline = time.monotonic() + wait
    with _opened(path) as file:
        while not _taken(path, file):
            if time.monotonic() >= deadline:
                raise CacheBusyError(Caches.BUSY) from None
            time.sleep(0.02)
        try:
            yield
        finally:
            unlock_descriptor(file.fileno())


def _taken(path: Path, file: BinaryIO) -> bool:
    try:
        return lock_descriptor(file.fileno(), blocking=False)
    except OSError as error:
        raise unusable(Caches.FILE_UNLOCKED, path, error) from None


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("ab")
    except OSError as error:
        raise unusable(Caches.FILE_UNWRITTEN, path, error) from None


def is_locked(path: Path) -> bool:
    """Whether a living process holds the lock; a user who may only read the file is told too."""
    try:
        with _looking, path.open("rb") as file:
            return not any(_is_free(file) for _ in range(_LOOKS))
    except OSError:
        return False


def _is_free(file: BinaryIO) -> bool:
    if lock_descriptor(file.fileno(), blocking=False):
        unlock_descriptor(file.fileno())
        return True
    time.sleep(0.001)
    return False


def is_whole(path: Path, size: int) -> bool:
    """Whether `path` is a DuckDB file of `size` bytes."""
    try:
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size == size and file.read(12)[8:] == _MAGIC
    except OSError:
        return False


def versions(folder: Path, stem: str) -> list[tuple[int, Path]]:
    """The versions of all snapshots in `folder`, finished or not, the oldest first."""
    found = ((re.match(rf"{stem}-(\d+)-[0-9a-f]+\.duckdb", path.name), path) for path in folder.glob(f"{stem}-*"))
    return sorted((int(match[1]), path) for match, path in found if match)


def sweep(folder: Path, stem: str, in_use: frozenset[str], keep_seconds: float) -> None:
    """Removes what killed writers left, and the snapshots that nobody has needed for `keep_seconds`.

    A snapshot is needed until the next one exists; a reader may hold its name a little longer.
    """
    try:
        for path in folder.glob(f"{stem}*.part*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        for path in folder.glob(f"{stem}-cursor-*.json"):
            if path.name not in in_use:
                path.unlink(missing_ok=True)
        for (_, path), (_, following) in pairwise(versions(folder, stem)):
            superseded = following.stat().st_mtime
            if path.name not in in_use and time.time() - superseded > keep_seconds:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise unusable(Caches.FILE_UNREMOVED, Path(error.filename or folder), error) from None


def store_cursor(folder: Path, stem: str, cursor: Mapping[str, Any]) -> str:
    """Writes a source's cursor to a file of its own and returns its name, for the pointer."""
    path = folder / f"{stem}-cursor-{time.time_ns():x}.json"
    write_json(path, cursor, durable=True)
    return path.name


def pointer_to(snapshot: Snapshot, format_: str, cursor: str) -> dict[str, Any]:
    """The pointer's content; CacheError when the snapshot's file is not there any more."""
    try:
        size = snapshot.path.stat().st_size
    except OSError as error:
        raise unusable(Caches.FILE_UNREAD, snapshot.path, error) from None
    return {
        "format": format_,
        "name": snapshot.name,
        "file": snapshot.path.name,
        "bytes": size,
        "version": snapshot.version,
        "created_at": snapshot.created_at.isoformat(),
        "complete_as_of": snapshot.complete_as_of.isoformat(),
        "experiments": snapshot.experiments,
        "runs": snapshot.runs,
        "cursor": cursor,
    }


def snapshot_from(pointer: Mapping[str, Any], folder: Path, tracking_uri: str) -> Snapshot:
    """The snapshot that a pointer describes; one of UNREADABLE when it describes none."""
    return Snapshot(
        name=str(pointer["name"]),
        path=folder / Path(pointer["file"]).name,
        tracking_uri=tracking_uri,
        version=int(pointer["version"]),
        created_at=_moment(pointer["created_at"]),
        complete_as_of=_moment(pointer["complete_as_of"]),
        experiments=int(pointer["experiments"]),
        runs=int(pointer["runs"]),
    )


def status_to(status: SyncStatus) -> dict[str, Any]:
    """A status as JSON."""
    return {
        "checked_at": status.checked_at and status.checked_at.isoformat(),
        "problem": status.problem and as_record(status.problem),
        "problem_since": status.problem_since and status.problem_since.isoformat(),
        "progress": status.progress,
        "warnings": [as_record(warning) for warning in status.warnings],
    }


def status_from(noted: Mapping[str, Any]) -> SyncStatus:
    """The reverse of `status_to`; one of UNREADABLE for what is none."""
    noted = _sound(noted)
    done, expected = noted["progress"] or (None, None)
    return SyncStatus(
        checked_at=_time(noted["checked_at"]),
        problem=noted["problem"] and from_record(noted["problem"]),
        problem_since=_time(noted["problem_since"]),
        progress=None if done is None else (int(done), None if expected is None else int(expected)),
        warnings=tuple(map(from_record, noted["warnings"])),
    )


def _sound(noted: Mapping[str, Any]) -> Any:
    """The same as any reader of JSON takes it: halves of characters replaced; ValueError for NaN and infinities."""
    return json.loads(json.dumps(noted, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))


def _time(text: str | None) -> datetime | None:
    return None if text is None else _moment(text)


def _moment(text: str) -> datetime:
    """A time in UTC, as which one without a zone is taken."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
