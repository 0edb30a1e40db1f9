"""Reads the example scores of two sides into a database, drops what cannot be used, and joins them by id."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from assay.cache.score_files import Categories, ScoreFile, UnreadableError, categories, stream, unreadable
from assay.model.comparison import LARGEST

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
class Joined:
    """What the join found; `slices`: column → its name in the table `pairs`, and its categories by number."""

    examples: int
    binary: bool
    baseline: Half
    candidate: Half
    slices: Mapping[str, tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One run's table and what it left out."""

    undefined: int
    repeated: int
    ids: Ids
    binary: bool


class Joining:
    """Makes the tables `pairs` (id, baseline, candidate, d, slices), `baseline` and `candidate` (h, s, s0, s1 …)."""

    def __init__(self, database: duckdb.DuckDBPyConnection, column: str) -> None:
        self._database = database
        self._column = column
        self._known: dict[Ids, int] = {}

    def join(
        self,
        baseline: Sequence[ScoreFile],
        candidate: Sequence[ScoreFile],
        slices: Sequence[str],
        always: Collection[str],
    ) -> Joined:
        """Slices come from the first file of the baseline, else of the candidate.

        `always`: those that are kept however few examples their categories hold. Raises UnreadableError.
        """
        own = self._categories(baseline[0], slices, always)
        theirs = self._categories(candidate[0], [name for name in slices if name not in own], always)
        keys = {name: f"slice_{k}" for k, name in enumerate([*own, *theirs])}
        before = self._side("baseline", baseline, {keys[name]: found for name, found in own.items()})
        after = self._side("candidate", candidate, {keys[name]: found for name, found in theirs.items()})
        columns = "".join(f", {key}" for key in keys.values())
        self._database.execute(
            f"""CREATE TABLE pairs AS SELECT b.id, b.s AS baseline, c.s AS candidate, c.s - b.s AS d{columns}
            FROM baseline b JOIN candidate c USING (h)"""
        )
        examples = int(self._row("SELECT count(*) FROM pairs")[0])
        joined = Joined(
            examples=examples,
            binary=all(run.binary for run in (*before, *after)),
            baseline=self._half("baseline", before, examples),
            candidate=self._half("candidate", after, examples),
            slices={name: (keys[name], found.names) for name, found in (own | theirs).items()},
        )
        if examples and len(before) == len(after) == 1:
            self._database.execute(
                "DROP VIEW baseline; DROP TABLE baseline_0; DROP VIEW candidate; DROP TABLE candidate_0"
            )
        return joined

    def _categories(self, file: ScoreFile, names: Sequence[str], always: Collection[str]) -> dict[str, Categories]:
        held = [name for name in names if name in file.texts or name in file.numbers]
        try:
            found = {name: categories(file, name, always=name in always) for name in held}
        except (pa.ArrowException, OSError) as error:
            raise unreadable(file.path, error) from None
        return {name: column for name, column in found.items() if column is not None}

    def _side(self, side: str, files: Sequence[ScoreFile], slices: Mapping[str, Categories]) -> list[_Loaded]:
        """Tables of each run, and one of the examples that all of them hold."""
        loaded = [
            self._load(f"{side}_{k}", file, slices if k == 0 else {}, named=side == "baseline" and k == 0)
            for k, file in enumerate(files)
        ]
        if len(files) == 1:
            self._database.execute(f"CREATE VIEW {side} AS SELECT *, s AS s0 FROM {side}_0")
            return loaded
        mean = " + ".join(f"r{k}.s" for k in range(len(files)))
        each = ", ".join(f"r{k}.s AS s{k}" for k in range(len(files)))
        joins = "".join(f" JOIN {side}_{k} r{k} USING (h)" for k in range(1, len(files)))
        self._database.execute(
            f"CREATE TABLE {side} AS SELECT r0.* EXCLUDE (s), ({mean}) / {len(files)} AS s, {each} "
            f"FROM {side}_0 r0{joins}"
        )
        return loaded

    def _load(self, table: str, file: ScoreFile, slices: Mapping[str, Categories], *, named: bool) -> _Loaded:
        """Rows with an id and a finite number; ids that stand more than once are left out altogether."""
        identity = f"CAST({_quoted(file.id_column)} AS VARCHAR)"
        parts = [f"hash({identity}) AS h", f"TRY_CAST({_quoted(self._column)} AS DOUBLE) AS s"]
        parts += [f"{identity} AS id"] if named else []
        self._read(
            file,
            pa.table({key: found.codes for key, found in slices.items()}),
            f"""CREATE TABLE {table} AS SELECT * FROM (
                SELECT {", ".join([*parts, *slices])} FROM scores WHERE {_quoted(file.id_column)} IS NOT NULL)
            WHERE abs(s) < {LARGEST}""",
        )
        kept, mixed, total, binary = self._row(
            f"SELECT count(*), bit_xor(h), sum(h::HUGEINT), bool_and(s IN (0, 1)) FROM {table}"
        )
        if not kept:
            raise UnreadableError(file.path, f"The column {self._column} of {file.path.name} holds no number.")
        repeated = self._drop_repeated(table, (kept, mixed, total))
        return _Loaded(file.rows - kept, repeated, (kept, mixed, total), bool(binary))

    def _drop_repeated(self, table: str, ids: Ids) -> int:
        if ids not in self._known:
            self._known[ids] = ids[0] - int(self._row(f"SELECT count(DISTINCT h) FROM {table}")[0])
        if not self._known[ids]:
            return 0
        return int(
            self._row(f"DELETE FROM {table} WHERE h IN (SELECT h FROM {table} GROUP BY h HAVING count(*) > 1)")[0]
        )

    def _read(self, file: ScoreFile, beside: pa.Table, statement: str) -> None:
        try:
            with self._database.cursor() as connection:
                connection.register("scores", stream(file, [file.id_column, self._column], beside))
                connection.execute(statement)
        except (
            pa.ArrowException,
            OSError,
            duckdb.InvalidInputException,
            duckdb.IOException,
            duckdb.NotSupportedError,
        ) as error:
            raise unreadable(file.path, error) from None

    def _half(self, side: str, runs: Sequence[_Loaded], paired: int) -> Half:
        complete = union = int(self._row(f"SELECT count(*) FROM {side}")[0])
        if len({run.ids for run in runs}) > 1:
            tables = " UNION ALL ".join(f"SELECT h FROM {side}_{k}" for k in range(len(runs)))
            union = int(self._row(f"SELECT count(DISTINCT h) FROM ({tables})")[0])
        for k in range(len(runs) if len(runs) > 1 else 0):
            self._database.execute(f"DROP TABLE {side}_{k}")
        undefined, repeated = sum(run.undefined for run in runs), sum(run.repeated for run in runs)
        return Half(complete, union - complete, complete - paired, undefined, repeated)

    def _row(self, statement: str) -> tuple[Any, ...]:
        row = self._database.execute(statement).fetchone()
        assert row is not None
        return row


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
