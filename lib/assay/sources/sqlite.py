"""Reads SQLite files without changing a byte of them or of their folder, also while others write."""

import os
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from assay.errors import SourceError
from assay.model.problems import Stores
from assay.uri import fixed, is_there

MAGIC = b"SQLite format 3\0"
PATIENCE = 10.0
"""Seconds to wait for a store that others lock or change under our eyes."""
PROBE = 0.02
"""Seconds that one attempt waits for a lock: SQLite asks ever less often the longer it waits."""
TICK = 0.025
"""Seconds within which two writes may leave the same time stamp."""

Fingerprint = Mapping[str, list[int] | None]
T = TypeVar("T")

# Closing any descriptor of a file drops every lock that this process holds on it (POSIX), also those of a
# client that is writing; so those that look at headers stay open, of as many stores as one process may read.
_heads: dict[Path, int] = {}
_heads_kept = 64
_looking = threading.Lock()
# Not every system has both: never wait for a pipe that took the file's place, and read bytes as they are.
_OPENING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _ChangedError(Exception):
    """The files changed while they were read without a lock."""


def fingerprint(path: Path) -> Fingerprint:
    """What changes with every commit: inode, size and times of the database and of its `-wal` (None: absent)."""
    return {"database": _stamp(path), "wal": _stamp(_beside(path, "-wal"))}


def settle(path: Path) -> tuple[Fingerprint, bool]:
    """The fingerprint, and whether any later commit is sure to change it; waits some milliseconds for that."""
    found = fingerprint(path)
    if not _settled(found):
        time.sleep(TICK)
        found = fingerprint(path)
    return found, _settled(found)


def read(path: Path, work: Callable[[str], T], errors: tuple[type[Exception], ...]) -> T:
    """What `work` makes of a `file:` URI that SQLite can open; it may be called again after a lock or a change.

    `errors`: what the SQLite library in use raises. Raises SourceError when the file is no database, is
    damaged, cannot be opened, or stays locked.
    """
    path = path.resolve() if fixed(path).is_absolute() else path
    _check(path)
    deadline = time.monotonic() + PATIENCE
    while True:
        before = fingerprint(path)
        try:
            result = _attempt(path, before, work, errors)
        except errors as error:
            passing = _passing(error) or fingerprint(path) != before
            if not passing or time.monotonic() > deadline:
                raise _explained(path, error) from error
        except _ChangedError:
            if time.monotonic() > deadline:
                raise SourceError(Stores.CHANGING, path=str(path)) from None
        else:
            if _torn(path):
                raise _damaged(path)
            return result
        time.sleep(TICK / 5)


def head(path: Path) -> bytes:
    """The first 100 bytes of a file; b"" when it cannot be read."""
    with _looking:
        try:
            held = _descriptor(path)
            os.lseek(held, 0, os.SEEK_SET)
            return os.read(held, 100)
        except OSError:
            return b""


def _descriptor(path: Path) -> int:
    held, found = _heads.get(path), path.stat()
    if held is not None and os.path.samestat(os.fstat(held), found):
        return held
    if not stat.S_ISREG(found.st_mode):
        raise OSError(f"no regular file: {path}")
    fresh = os.open(path, os.O_RDONLY | _OPENING)
    if held is not None:
        os.close(held)
    elif len(_heads) >= _heads_kept:
        os.close(_heads.pop(next(iter(_heads))))
    _heads[path] = fresh
    return fresh


def _attempt(path: Path, before: Fingerprint, work: Callable[[str], T], errors: tuple[type[Exception], ...]) -> T:
    wal = before["wal"]
    if wal is None and not _write_ahead(path):
        return _locked(path, work, errors)
    if wal is not None and _beside(path, "-shm").exists():
        return work(_uri(path, "mode=ro&readonly_shm=1"))
    if wal is not None and wal[1]:
        return _copied(path, "-wal", work)
    # Nobody is connected. With mode=ro SQLite would create a -wal here; immutable=1 takes no lock, so look twice.
    result = work(_uri(path, "immutable=1"))
    if fingerprint(path) != before:
        raise _ChangedError
    return result


def _locked(path: Path, work: Callable[[str], T], errors: tuple[type[Exception], ...]) -> T:
    try:
        return work(_uri(path, "mode=ro&readonly_shm=1"))
    except errors as error:
        journal = _stamp(_beside(path, "-journal"))
        if journal is None or not journal[1] or _passing(error):
            raise
    return _copied(path, "-journal", work)


def _copied(path: Path, companion: str, work: Callable[[str], T]) -> T:
    """A crashed writer left `companion`; SQLite would recover in place, so it may do that to a copy."""
    beside = _beside(path, companion)
    before = fingerprint(path), _stamp(beside)
    with tempfile.TemporaryDirectory(prefix="assay-") as folder:
        copy = Path(folder) / "store.db"
        try:
            shutil.copyfile(path, copy)
            shutil.copyfile(beside, _beside(copy, companion))
        except FileNotFoundError:
            raise _ChangedError from None
        except OSError as error:
            raise SourceError(Stores.NOT_COPIED, path=str(path), folder=folder, error=error.strerror) from error
        if (fingerprint(path), _stamp(beside)) != before:
            raise _ChangedError
        return work(_uri(copy, "mode=rw"))


def _uri(path: Path, options: str) -> str:
    return f"file:{quote(str(path))}?{options}"


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _stamp(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SourceError(Stores.FILE_HIDDEN, path=str(path), error=error.strerror) from error
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _settled(found: Fingerprint) -> bool:
    return all(_old(stamp[2]) for stamp in found.values() if stamp)


def _old(modified: int) -> bool:
    coarse = modified % 1_000_000_000 == 0
    return abs(time.time_ns() - modified) > (2.0 if coarse else TICK) * 1e9


def _write_ahead(path: Path) -> bool:
    header = head(path)
    return header.startswith(MAGIC) and header[18:20] == b"\2\2"


def _passing(error: Exception) -> bool:
    text = str(error)
    return any(words in text for words in ("is locked", "is busy", "locking protocol", "schema has changed"))


def _nowhere(path: Path, home: Path) -> SourceError:
    """For a file that is not there; an absolute path whose first slash was left out starts at `home`."""
    meant = Path("/", path.relative_to(home)) if path.is_relative_to(home) else path
    if is_there(meant):
        return SourceError(Stores.SLASH_MISSING, path=str(path), home=str(home), meant=str(meant))
    return SourceError(Stores.FILE_MISSING, path=str(path), home=str(home))


def _check(path: Path) -> None:
    """Raises SourceError for what needs no SQLite to be refused."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise _nowhere(path, fixed(Path())) from None
    except OSError as error:
        raise SourceError(Stores.FILE_CLOSED, path=str(path), error=error.strerror) from error
    if stat.S_ISDIR(found.st_mode):
        raise SourceError(Stores.FOLDER_FOR_FILE, path=str(path))
    if not stat.S_ISREG(found.st_mode):
        raise SourceError(Stores.IRREGULAR, path=str(path))
    if not os.access(path, os.R_OK):
        raise SourceError(Stores.FILE_FORBIDDEN, path=str(path))
    if found.st_size == 0:
        raise SourceError(Stores.FILE_EMPTY, path=str(path))
    start = head(path)
    if not start.startswith(MAGIC):
        raise SourceError(_looks(start), path=str(path))


def _looks(start: bytes) -> Stores:
    """What a file is that is no SQLite database."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<head", b"<?xml")):
        return Stores.WEB_PAGE
    if text.startswith(b"version https://git-lfs"):
        return Stores.LFS_POINTER
    return Stores.NO_DATABASE


def _explained(path: Path, error: Exception) -> SourceError:
    text = str(error)
    if _passing(error):
        return SourceError(Stores.LOCKED, path=str(path), seconds=PATIENCE)
    if "malformed" in text or "not a database" in text:
        return _damaged(path)
    if "no such table" in text or "no such column" in text:
        return SourceError(Stores.NO_STORE, path=str(path), error=_first(text))
    return SourceError(Stores.NOT_READ, path=str(path), error=_first(text))


def _damaged(path: Path) -> SourceError:
    header = head(path)
    if len(header) < 100:
        return SourceError(Stores.DAMAGED_HEAD, path=str(path), size=len(header))
    expected = _page_size(header) * int.from_bytes(header[28:32], "big")
    size = path.stat().st_size
    if size < expected:
        return SourceError(Stores.TRUNCATED, path=str(path), size=size, expected=expected)
    return SourceError(Stores.DAMAGED, path=str(path))


def _first(text: str) -> str:
    return text.splitlines()[0].rpartition("] ")[2].rpartition(": ")[2] if text else ""


def _page_size(header: bytes) -> int:
    size = int.from_bytes(header[16:18], "big")
    return 65536 if size == 1 else size


def _torn(path: Path) -> bool:
    """Whether the last page ends in the middle, which SQLite fills with zeros and reads."""
    page = _page_size(head(path))
    return page == 0 or path.stat().st_size % page != 0
