"""Reads runs' example scores into tables of a database, and drops and counts the rows that cannot be used."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from assay.cache.score_files import ScoreFile, UnreadableError, stream, unreadable
from assay.model.note import Note

Ids = tuple[int, int, int]
"""Count and two checksums of a table's ids: equal where the ids are."""


@dataclass(frozen=True, slots=True)
class Half:
    """Counts of one side; as in model.examples.ExampleSide."""

    examples: int
    uneven: int
    only_here: int
    undefined: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read of every run: `columns` of its file, as `select` (SQL, names after AS), where `usable` (SQL).

    `without`: what is wrong with a run that has no usable row, but for its `file`. `about`: SQL of one value on a
    whole table, kept with it.
    """

    columns: tuple[str, ...]
    select: tuple[str, ...]
    usable: str
    without: Note
    about: str = "NULL"


@dataclass(frozen=True, slots=True)
class Loaded:
    """One run's table, what it left out, and the answer to `Reading.about`."""

    undefined: int
    repeated: int
    ids: Ids
    about: Any


class Loader:
    """Makes the tables of runs, `{side}_0`, `{side}_1` …: h, the hash of an example's id, and what is selected."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._known: dict[Ids, int] = {}

    def load(self, table: str, file: ScoreFile, rows: Reading, *, beside: pa.Table, named: bool) -> Loaded:
        """Reading with an id that are usable; ids that stand more than once are left out altogether.

        `beside`: further columns of the table, as many rows. `named`: with the id itself. Raises UnreadableError.
        """
        identity = f"CAST({quoted(file.id_column)} AS VARCHAR)"
        parts = [
            f"hash({identity}) AS h",
            *rows.select,
            *([f"{identity} AS id"] if named else []),
            *beside.column_names,
        ]
        self._read(
            file,
            rows.columns,
            beside,
            f"""CREATE TABLE {table} AS SELECT * FROM (
                SELECT {", ".join(parts)} FROM scores WHERE {quoted(file.id_column)} IS NOT NULL)
            WHERE {rows.usable}""",
        )
        kept, mixed, total, about = self.row(f"SELECT count(*), bit_xor(h), sum(h::HUGEINT), {rows.about} FROM {table}")
        if not kept:
            raise UnreadableError(rows.without.code, file.path, **dict(rows.without.values))
        repeated = self._drop_repeated(table, (kept, mixed, total))
        return Loaded(file.rows - kept, repeated, (kept, mixed, total), about)

    def half(self, side: str, runs: Sequence[Loaded], paired: int) -> Half:
        """Counts of a side, of which so many examples are paired; drops the tables of its runs but a single one's."""
        complete = union = int(self.row(f"SELECT count(*) FROM {side}")[0])
        if len({run.ids for run in runs}) > 1:
            tables = " UNION ALL ".join(f"SELECT h FROM {side}_{k}" for k in range(len(runs)))
            union = int(self.row(f"SELECT count(DISTINCT h) FROM ({tables})")[0])
        for k in range(len(runs) if len(runs) > 1 else 0):
            self._database.execute(f"DROP TABLE {side}_{k}")
        undefined, repeated = sum(run.undefined for run in runs), sum(run.repeated for run in runs)
        return Half(complete, union - complete, complete - paired, undefined, repeated)

    def row(self, statement: str) -> tuple[Any, ...]:
        """The only row of an answer."""
        row = self._database.execute(statement).fetchone()
        assert row is not None
        return row

    def _drop_repeated(self, table: str, ids: Ids) -> int:
        if ids not in self._known:
            self._known[ids] = ids[0] - int(self.row(f"SELECT count(DISTINCT h) FROM {table}")[0])
        if not self._known[ids]:
            return 0
        return int(
            self.row(f"DELETE FROM {table} WHERE h IN (SELECT h FROM {table} GROUP BY h HAVING count(*) > 1)")[0]
        )

    def _read(self, file: ScoreFile, columns: Sequence[str], beside: pa.Table, statement: str) -> None:
        try:
            with self._database.cursor() as connection:
                connection.register("scores", stream(file, [file.id_column, *columns], beside))
                connection.execute(statement)
        except (
            pa.ArrowException,
            OSError,
            duckdb.InvalidInputException,
            duckdb.IOException,
            duckdb.NotSupportedError,
        ) as error:
            raise unreadable(file.path, error) from None


def database() -> duckdb.DuckDBPyConnection:
    """One of its own, in memory."""
    options: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "temp_directory": tempfile.gettempdir(),
    }
    return duckdb.connect(config=options)


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'
