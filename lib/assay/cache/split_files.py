"""Reads a file of splits into a table of a database: roles, folds, and hashes of what rows may share."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from assay.cache.loader import database, quoted
from assay.cache.score_files import UnreadableError, readable
from assay.cache.spelling import cut, kind_of, spelled
from assay.model.evidence.notes import SplitFiles
from assay.model.evidence.splits import SplitRole, role
from assay.model.note import Note, note

ROLES = tuple(SplitRole)
UNREADABLE = (pa.ArrowException, OSError, duckdb.Error, UnicodeDecodeError, MemoryError)
"""What the libraries raise for a file that is damaged, or more than the machine can hold."""
_PIECE = 122_880
_EXACT = 2**53
"""From here on a float stands for several whole numbers."""
_MOST_FOLDS = 1_000
_MOST_ROWS = 5_000_000
"""That rows without a fold, which are in every one, become."""
_MOST_NAMES = 50
_MOST_READ = 50_000_000
"""Rows: a file of some kilobytes can name billions, which would be counted for hours."""
_SPACE = "SET memory_limit = '1GB'; SET max_temp_directory_size = '4GB'"
"""For the counting of one file."""
_OFFSET = r"(Z|[+-]\d\d(:?\d\d)?)$"
_HASHED = {"h": "content_hash", "g": "group", "y": "label"}
_READ = ("example_id", "split", "fold", "content_hash", "group", "label", "time")


@dataclass(frozen=True, slots=True)
class SplitTable:
    """A file's rows in `database` as the table `held`.

    Its columns: role (place in ROLES), fold (a number), id, k, h, g and y (hashes of id, content, group and label
    within their fold, NULL where there is none) and t (a number that rises with time).

    `columns`: what the file holds of h, g, y and t. `folds`: names by number, "" alone where there are none. `names`:
    splits as they are called, with their rows, those that say what they are for first. `clock`: whether t is
    microseconds.
    """

    path: Path
    database: duckdb.DuckDBPyConnection
    rows: int
    columns: frozenset[str]
    folds: tuple[str, ...]
    names: Mapping[str, int]
    clock: bool
    notes: tuple[Note, ...]

    def texts(self, column: str, of: SplitRole, ids: Collection[str]) -> dict[str, str]:
        """What these examples of a split have in a column of the file, as text; those that have nothing are left out.

        An example may stand in other splits too, with something else.
        """
        with pq.ParquetFile(self.path) as file, self.database.cursor() as connection:
            identity, text, split = (spelled(name, kind_of(file, name)) for name in ("example_id", column, "split"))
            connection.register("source", _stream(file, ("example_id", column, "split")))
            found = connection.execute(
                f"""SELECT {cut(identity)} AS id, {cut(text)} FROM source WHERE id IN (SELECT unnest(?))
                AND {split} IN (SELECT unnest(?)) AND {text} IS NOT NULL""",
                [list(ids), [name for name in self.names if role(name) is of]],
            ).fetchall()
        return dict(found)


def read(path: Path) -> SplitTable:
    """Raises UnreadableError for a file that is damaged, empty, or has no ids or no splits."""
    try:
        with pq.ParquetFile(path) as file:
            return _Reader(path, file).read()
    except UNREADABLE as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: Exception) -> UnreadableError:
    """For a file that the libraries give up on."""
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return UnreadableError(SplitFiles.SPLITS_TOO_LARGE, path)
    gone = isinstance(error, FileNotFoundError)
    return UnreadableError(SplitFiles.SPLITS_GONE if gone else SplitFiles.SPLITS_DAMAGED, path)


class _Reader:
    def __init__(self, path: Path, file: pq.ParquetFile) -> None:
        self._path, self._file = path, file
        self._schema = file.schema_arrow
        self._database = database()
        self._database.execute(f"SET TimeZone = 'UTC'; {_SPACE}")
        self._notes: list[Note] = []
        self._clock = self._within = False

    def read(self) -> SplitTable:
        names = self._schema.names
        missing = [name for name in ("example_id", "split") if name not in names]
        if missing:
            raise UnreadableError(SplitFiles.SPLITS_LACK, self._path, names=tuple(missing))
        twice = [name for name in _READ if names.count(name) > 1]
        if twice:
            raise UnreadableError(SplitFiles.SPLITS_TWICE, self._path, names=tuple(twice))
        rows = self._file.metadata.num_rows
        if not rows:
            raise UnreadableError(SplitFiles.SPLITS_EMPTY, self._path)
        if rows > _MOST_READ:
            raise UnreadableError(SplitFiles.SPLITS_TOO_MANY, self._path, n=rows, most=_MOST_READ)
        called = self._called()
        folds = self._folds()
        parts = self._parts()
        self._load(called, folds, parts)
        return SplitTable(
            self._path,
            self._database,
            rows,
            frozenset(name for name, sql in parts.items() if sql != "NULL"),
            folds,
            dict(list(called.items())[:_MOST_NAMES]),
            self._clock,
            tuple(self._notes),
        )

    def _kind(self, column: str) -> pa.DataType:
        return kind_of(self._file, column)

    def _called(self) -> dict[str, int]:
        """Splits by name, those that say what they are for first, then the largest."""
        text = cut(spelled("split", self._kind("split")))
        found = self._ask(["split"], f"SELECT {text} AS name, count(*) FROM source GROUP BY 1")
        found.sort(key=lambda one: (-one[1], str(one[0])))
        found.sort(key=lambda one: role(one[0] or "") is None)
        called = {"" if name is None else str(name): int(n) for name, n in found}
        roles = {name: role(name) for name in called}
        if odd := [name for name, meant in roles.items() if meant is None]:
            rows = sum(called[name] for name in odd)
            self._notes.append(note(SplitFiles.SPLITS_UNKNOWN, names=tuple(odd[:5]), n=len(odd), rows=rows))
        for one in ROLES:
            if len(alike := [name for name, meant in roles.items() if meant is one]) > 1:
                self._notes.append(note(SplitFiles.SPLITS_ALIKE, names=tuple(alike[:5]), role=one.value))
        return called

    def _folds(self) -> tuple[str, ...]:
        if "fold" not in self._schema.names:
            return ("",)
        text = spelled("fold", self._kind("fold"))
        found = dict(self._ask(["fold"], f"SELECT {text} AS name, count(*) FROM source GROUP BY name"))
        everywhere = found.pop(None, 0)
        names = sorted(map(str, found))
        self._within = len(names) > 1
        most = max(1, min(_MOST_FOLDS, _MOST_ROWS // max(1, everywhere)))
        if len(names) > most:
            self._notes.append(note(SplitFiles.FOLDS_TOO_MANY, n=len(names), most=most))
        return tuple(names[:most]) or ("",)

    def _parts(self) -> dict[str, str]:
        """Column of the table → SQL, NULL for what the file lacks or nobody can use."""
        parts = {name: self._hashed(column) for name, column in _HASHED.items()}
        return parts | {"t": self._time()}

    def _hashed(self, column: str) -> str:
        if column not in self._schema.names:
            return "NULL"
        kind = self._kind(column)
        if column == "content_hash" and pa.types.is_floating(kind) and self._rounded(column):
            self._notes.append(note(SplitFiles.HASHES_ROUNDED))
            return "NULL"
        return _hash(spelled(column, kind))

    def _rounded(self, column: str) -> bool:
        [(most,)] = self._ask(
            [column], f"SELECT max(abs({quoted(column)})) FROM source WHERE isfinite({quoted(column)})"
        )
        return most is not None and most >= _EXACT

    def _time(self) -> str:
        if "time" not in self._schema.names:
            return "NULL"
        kind, name = self._kind("time"), quoted("time")
        if _is_moment(kind):
            self._clock = True
            return f"epoch_us({name}::TIMESTAMP)::DOUBLE" if not _is_aware(kind) else f"epoch_us({name})::DOUBLE"
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            return self._text_time(name)
        if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            return f"if(isfinite({name}::DOUBLE), {name}::DOUBLE, NULL)"
        self._notes.append(note(SplitFiles.TIMES_UNREADABLE, kind=str(kind)))
        return "NULL"

    def _text_time(self, name: str) -> str:
        """Numbers where all are, else moments; some with an offset from UTC and some without can't be ordered."""
        [(n, numbers, moments, aware)] = self._ask(
            ["time"],
            f"""SELECT count({name}), count(TRY_CAST({name} AS DOUBLE)), count(TRY_CAST({name} AS TIMESTAMPTZ)),
            count(TRY_CAST({name} AS TIMESTAMPTZ)) FILTER (regexp_matches({name}, '{_OFFSET}') AND length({name}) > 10)
            FROM source""",
        )
        if n and n == numbers:
            return f"if(isfinite(TRY_CAST({name} AS DOUBLE)), TRY_CAST({name} AS DOUBLE), NULL)"
        if not moments:
            self._notes.append(note(SplitFiles.TIMES_UNREADABLE, kind="text"))
            return "NULL"
        if 0 < aware < moments:
            self._notes.append(note(SplitFiles.TIMES_MIXED, aware=int(aware), naive=int(moments - aware)))
            return "NULL"
        if moments < n:
            self._notes.append(note(SplitFiles.TIMES_PARTLY, n=int(n - moments)))
        self._clock = True
        return f"epoch_us(TRY_CAST({name} AS TIMESTAMPTZ))::DOUBLE"

    def _load(self, called: Mapping[str, int], folds: tuple[str, ...], parts: Mapping[str, str]) -> None:
        names = [*called]
        codes = [None if (meant := role(name)) is None else ROLES.index(meant) for name in names]
        self._database.register(
            "roles", pa.table({"name": pa.array(names, pa.string()), "role": pa.array(codes, pa.int8())})
        )
        fold = spelled("fold", self._kind("fold")) if self._within else "NULL"
        columns = [name for name in _READ if name in self._schema.names and (self._within or name != "fold")]
        whole = spelled("example_id", self._kind("example_id"))
        made = ", ".join(f"{sql} AS {name}" for name, sql in parts.items())
        self._tell(
            columns,
            f"""CREATE TABLE loaded AS SELECT role, {fold} AS fold, {cut(whole)} AS id, hash({whole}) AS k, {made}
            FROM source JOIN roles ON name = {cut(spelled("split", self._kind("split")))} WHERE id IS NOT NULL""",
        )
        [(loaded,)] = self._database.execute("SELECT count(*) FROM loaded").fetchall()
        if nameless := sum(n for name, n in called.items() if name) - loaded:
            self._notes.append(note(SplitFiles.IDS_MISSING, n=nameless))
        if not self._within:
            mixed = ", ".join(f"{part}::UBIGINT AS {part}" for part in _HASHED)
            self._database.execute(
                f"CREATE VIEW held AS SELECT role, 0 AS fold, id, k, {mixed}, t::DOUBLE AS t FROM loaded"
            )
            return
        self._database.register("folds", pa.table({"name": pa.array(folds, pa.string()), "number": range(len(folds))}))
        # The same thing in two folds is two things; hash(a, b) is linear in its parts, so it is hashed once more.
        mixed = ", ".join(f"{_hash(f'xor({part}, hash(number))')} AS {part}" for part in ("k", *_HASHED))
        self._database.execute(
            f"""CREATE TABLE held AS SELECT role, number AS fold, id, {mixed}, t::DOUBLE AS t FROM (
            SELECT l.*, number FROM loaded l JOIN folds ON fold = name
            UNION ALL SELECT l.*, number FROM loaded l, folds WHERE fold IS NULL)"""
        )

    def _ask(self, columns: Sequence[str], statement: str) -> list[tuple[Any, ...]]:
        with self._database.cursor() as connection:
            connection.register("source", _stream(self._file, columns))
            return connection.execute(statement).fetchall()

    def _tell(self, columns: Sequence[str], statement: str) -> None:
        self._database.register("source", _stream(self._file, columns))
        self._database.execute(statement)
        self._database.unregister("source")


def _stream(file: pq.ParquetFile, columns: Sequence[str]) -> pa.RecordBatchReader:
    schema = pa.schema([(name, readable(file.schema_arrow.field(name).type)) for name in columns])
    batches = file.iter_batches(batch_size=_PIECE, columns=list(columns), use_threads=False)
    return pa.RecordBatchReader.from_batches(schema, (batch.select(list(columns)).cast(schema) for batch in batches))


def _hash(sql: str) -> str:
    """SQL for a hash; that of nothing is nothing, which for DuckDB is a number like another one."""
    return f"CASE WHEN ({sql}) IS NOT NULL THEN hash({sql}) END"


def _is_moment(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def _is_aware(kind: pa.DataType) -> bool:
    return pa.types.is_timestamp(kind) and kind.tz is not None
