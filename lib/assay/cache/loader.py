"""Reads runs' example scores into tables of a database, and drops and counts the rows that cannot be used."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    averaged: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read of every run: `columns` of its file, as `select` (SQL, names after AS), where `usable` (SQL).

    `without`: what is wrong with a run that has no usable row, but for its `file`. `about`: SQL of one value on a
    whole table, kept with it. `averaged`: column but h → SQL of what several rows of one example are
    together; without it such rows are left out.
    """

    columns: tuple[str, ...]
    select: tuple[str, ...]
    usable: str
    without: Note
    about: str = "NULL"
    averaged: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One run's table, what it left out, and the answer to `Reading.about`.

    `averaged`: rows of examples that have several, and how many examples these are.
    """

    undefined: int
    repeated: int
    ids: Ids
    about: Any
    averaged: tuple[int, int] = (0, 0)


class Loader:
    """Makes the tables of runs, `{side}_0`, `{side}_1` …: h, the hash of an example's id, and what is selected."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._known: dict[Ids, int] = {}

    def load(self, table: str, file: ScoreFile, rows: Reading, *, beside: pa.Table, named: bool) -> Loaded:
        """Reading with an id that are usable; ids that stand more than once are averaged, or left out altogether.

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
        ids = kept, mixed, total
        repeated = self._repeated(table, ids)
        if repeated and rows.averaged:
            together = self._average(table, rows.averaged)
            ids = self.row(f"SELECT count(*), bit_xor(h), sum(h::HUGEINT) FROM {table}")
            return Loaded(file.rows - kept, 0, ids, about, (together + repeated, together))
        return Loaded(file.rows - kept, self._drop(table) if repeated else 0, ids, about)

    def half(self, side: str, runs: Sequence[Loaded], paired: int) -> Half:
        """Counts of a side, of which so many examples are paired; drops the tables of its runs but a single one's."""
        complete = union = int(self.row(f"SELECT count(*) FROM {side}")[0])
        if len({run.ids for run in runs}) > 1:
            tables = " UNION ALL ".join(f"SELECT h FROM {side}_{k}" for k in range(len(runs)))
            union = int(self.row(f"SELECT count(DISTINCT h) FROM ({tables})")[0])
        for k in range(len(runs) if len(runs) > 1 else 0):
            self._database.execute(f"DROP TABLE {side}_{k}")
        undefined, repeated = sum(run.undefined for run in runs), sum(run.repeated for run in runs)
        averaged = sum(run.averaged[0] for run in runs), sum(run.averaged[1] for run in runs)
        return Half(complete, union - complete, complete - paired, undefined, repeated, averaged)

    def row(self, statement: str) -> tuple[Any, ...]:
        """The only row of an answer."""
        row = self._database.execute(statement).fetchone()
        assert row is not None
        return row

    def _repeated(self, table: str, ids: Ids) -> int:
        """How many rows there are beside the first of each example."""
        if ids not in self._known:
            self._known[ids] = ids[0] - int(self.row(f"SELECT count(DISTINCT h) FROM {table}")[0])
        return self._known[ids]

    def _drop(self, table: str) -> int:
        return int(
            self.row(f"DELETE FROM {table} WHERE h IN (SELECT h FROM {table} GROUP BY h HAVING count(*) > 1)")[0]
        )

    def _average(self, table: str, how: Mapping[str, str]) -> int:
        """Makes one row of each example; how many had several."""
        made = ", ".join(f"{sql} AS {name}" for name, sql in how.items())
        [n] = self.row(f"SELECT count(*) FROM (SELECT h FROM {table} GROUP BY h HAVING count(*) > 1)")
        self._database.execute(f"CREATE TABLE one_each AS SELECT h, {made} FROM {table} GROUP BY h")
        self._database.execute(f"DROP TABLE {table}; ALTER TABLE one_each RENAME TO {table}")
        return int(n)

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
