"""What is SQLite's own: how its file is opened, locked and kept from being rewritten, and what its errors mean."""

import errno
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from assay.errors import JournalError
from assay.journal.schema import KEYS
from assay.model.review.notes import JournalNote

PATIENCE = 30.0
"""Seconds for which one waits for another's transaction."""
_PAUSE = 0.02

_CODES = {
    sqlite3.SQLITE_BUSY: JournalNote.JOURNAL_BUSY,
    sqlite3.SQLITE_LOCKED: JournalNote.JOURNAL_BUSY,
    sqlite3.SQLITE_READONLY: JournalNote.JOURNAL_READ_ONLY,
    sqlite3.SQLITE_PERM: JournalNote.JOURNAL_CLOSED,
    sqlite3.SQLITE_AUTH: JournalNote.JOURNAL_CLOSED,
    sqlite3.SQLITE_CANTOPEN: JournalNote.JOURNAL_GONE,
    sqlite3.SQLITE_FULL: JournalNote.JOURNAL_FULL,
    sqlite3.SQLITE_IOERR: JournalNote.JOURNAL_FULL,
}
"""A file that may not grow fails like a disk that has no room, and is told alike."""
_ERRNOS = {
    errno.EACCES: JournalNote.JOURNAL_READ_ONLY,
    errno.EROFS: JournalNote.JOURNAL_READ_ONLY,
    errno.ENOSPC: JournalNote.JOURNAL_FULL,
}


def path_of(url: str) -> Path:
    """The file that `url` names; a query after it is none of its name."""
    return Path(re.split(r"\?(?=\w+=)", url.partition(":///")[2])[0]).absolute()


@lru_cache(maxsize=8)
def reading(path: Path) -> Engine:
    """For looking alone: the file is neither made nor changed, and may be one that nobody can write to."""

    def connect() -> sqlite3.Connection:
        found = _connected(path, "ro")
        try:
            found.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            found.close()
            if not _is_still(path) or error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise
            found = _connected(path, "ro&immutable=1")  # the log beside a file may not be made here, and there is none
        return found

    return _engine(connect, "BEGIN")


def _is_still(path: Path) -> bool:
    """Whether nobody writes to the file, in a folder that this user may not write to."""
    log = path.with_name(f"{path.name}-wal")
    return not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


@lru_cache(maxsize=8)
def writing(path: Path) -> Engine:
    """For appending: the file is made where it is missing, and one transaction at a time has it."""
    return _engine(lambda: _logged(_connected(path, "rwc")), "BEGIN IMMEDIATE")


def settle(path: Path) -> None:
    """Empties the log, which still has what was erased; whoever is looking meanwhile keeps it for a while."""
    with writing(path).connect() as connection:
        connection.rollback()
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _logged(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Writes go to a log beside the file and are on the disk when they are done; what is erased is overwritten."""
    until = time.monotonic() + PATIENCE
    try:
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:  # nobody is waited for here
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _engine(connect: Any, begin: str) -> Engine:
    """One that opens the file whenever it is needed: it may have been replaced since."""
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begins(
        connection: Connection,
    ) -> None:  # Python's own sqlite3 begins at the first INSERT, and never immediately
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def told(file: str) -> Iterator[None]:
    """Raises what SQLite or the system says as a JournalError about `file`."""
    try:
        yield
    except DBAPIError as error:
        raise _meant(error.orig, file) from error
    except sqlite3.Error as error:
        raise _meant(error, file) from error
    except OSError as error:
        code = _ERRNOS.get(error.errno or 0, JournalNote.JOURNAL_GONE)
        raise JournalError(code, file=file, error=error.strerror or "") from error


def _meant(error: BaseException | None, file: str) -> JournalError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return JournalError(_CODES.get(code, JournalNote.JOURNAL_DAMAGED), file=file, error=str(error))


def tables(connection: Connection) -> set[str]:
    """The names of its tables."""
    return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))


def guards() -> dict[str, str]:
    """Triggers by name: rows of the chain can be added, and that is all.

    `INSERT OR REPLACE` removes a row without asking the trigger of DELETE, so an existing key is refused before.
    """
    found = {}
    for table, keys in KEYS.items():
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{one} = NEW.{one}' for one in key)})" for key in keys
        )
        erasable = {"bodies": _BODY_NAMED, "people": _PERSON_NAMED}.get(table)
        for act, when in (("UPDATE", ""), ("DELETE", erasable or ""), ("INSERT", f" WHEN {taken}")):
            name = f"{table}_no_{act.lower()}"
            found[name] = (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table}{when} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
    return found


_SAID = "FROM entries AS erased JOIN bodies AS said ON said.hash = erased.body_hash"
_BODY_NAMED = (
    f" WHEN NOT EXISTS (SELECT 1 {_SAID} JOIN entries AS named ON named.seq = json_extract(said.text, '$.entry') "
    "WHERE erased.kind = 'erased' AND named.body_hash = OLD.hash AND named.kind <> 'erased')"
)
_PERSON_NAMED = (
    f" WHEN NOT EXISTS (SELECT 1 {_SAID} WHERE erased.kind = 'erased' AND json_extract(said.text, '$.person') = OLD.id)"
)


def guard(connection: Connection) -> None:
    """Makes the triggers."""
    for sql in guards().values():
        connection.exec_driver_sql(sql)


def missing_guards(connection: Connection) -> list[str]:
    """Triggers that are gone or not as they were made."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    there = {row.name: row.sql for row in rows}
    return [name for name, sql in guards().items() if there.get(name) != sql]
