"""Opens a snapshot for one reading, and finds the runs that are meant in it."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from assay.cache import filters
from assay.errors import CacheError
from assay.model.problems import Caches
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot

Chosen = Selection | Sequence[str]
Integers = npt.NDArray[np.int64]

NEWEST_FIRST = "ORDER BY start_time DESC NULLS LAST, run_id"

# One thread a reading leaves the others to other people.
_OPTIONS: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "autoinstall_known_extensions": False}
_KEPT = 2
_STARTING = Lock()
_log = logging.getLogger(__name__)
_held: ContextVar[tuple[Path, duckdb.DuckDBPyConnection] | None] = ContextVar("held", default=None)


@contextmanager
def reading(snapshot: Snapshot) -> Iterator[None]:
    """Everything that is read of `snapshot` meanwhile shares one connection."""
    with opened(snapshot) as connection:
        token = _held.set((snapshot.path, connection))
        try:
            yield
        finally:
            _held.reset(token)


@contextmanager
def opened(snapshot: Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection for as long as one reading takes, or the one that `reading` holds.

    Raises CacheError when the snapshot is gone (a newer one took its place long ago) or unreadable.
    """
    held = _held.get()
    if held is not None and held[0] == snapshot.path:
        yield held[1]
        return
    try:
        with _instance(snapshot.path).cursor() as connection:
            _log.debug("opened %s", snapshot.name)
            yield connection
    except duckdb.ProgrammingError:
        raise  # a mistake in a query says nothing about the file
    except duckdb.Error:
        if not snapshot.path.exists():
            raise CacheError(Caches.REPLACED) from None
        raise CacheError(Caches.SNAPSHOT_CLOSED, file=snapshot.path.name) from None


def _instance(path: Path) -> duckdb.DuckDBPyConnection:
    """What all readings of a snapshot share: starting DuckDB takes 12 ms, a cursor 0.3 ms.

    One thread at a time: a second one would be handed the instance before it knows Arrow tables.
    """
    with _STARTING:
        return _started(path)


@lru_cache(maxsize=_KEPT)
def _started(path: Path) -> duckdb.DuckDBPyConnection:
    """Holding it is safe because no process ever writes to a snapshot's path again, nor uses the path for another."""
    return duckdb.connect(path, read_only=True, config=_OPTIONS)


def choose(connection: duckdb.DuckDBPyConnection, chosen: Chosen) -> tuple[str, list[Any]]:
    """A query for the numbers (`run`) of the chosen runs, in no order, and what to bind to it."""
    if isinstance(chosen, Selection):
        return filters.runs(chosen)
    connection.register("wanted", pa.table({"run_id": pa.array(list(chosen), pa.string())}))
    return "SELECT run FROM runs WHERE run_id IN (SELECT run_id FROM wanted)", []


def rows(connection: duckdb.DuckDBPyConnection, chosen: Chosen) -> pa.Table:
    """`run_id` and `run` of the chosen runs.

    A selection's runs come newest first, then by run id; run ids as given, once each, without a number if unknown.
    """
    if isinstance(chosen, Selection):
        query, values = filters.runs(chosen)
        return arrow(connection, f"SELECT run_id, run FROM runs WHERE run IN ({query}) {NEWEST_FIRST}", values)
    ids = list(dict.fromkeys(chosen))
    places = pa.array(range(len(ids)), pa.int32())
    connection.register("wanted", pa.table({"run_id": pa.array(ids, pa.string()), "place": places}))
    return arrow(connection, "SELECT run_id, run FROM wanted LEFT JOIN runs USING (run_id) ORDER BY place")


def arrow(connection: duckdb.DuckDBPyConnection, statement: str, values: Sequence[Any] = ()) -> pa.Table:
    """What `statement` gives."""
    return connection.sql(statement, params=list(values)).to_arrow_table()


def keys(connection: duckdb.DuckDBPyConnection, kind: str, names: Sequence[str]) -> dict[str, int]:
    """The numbers of those `names` that the snapshot knows; `kind`: params, metrics or tags."""
    rows = connection.execute("SELECT name, key FROM keys WHERE kind = ?", [kind]).fetchall()
    known = dict(rows)
    return {name: known[name] for name in dict.fromkeys(names) if name in known}


def listed(numbers: Sequence[int]) -> str:
    """Numbers of keys as they stand inside IN (…)."""
    return ", ".join(map(str, numbers)) or "NULL"
