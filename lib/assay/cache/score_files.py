"""What a file of example scores holds: Assay's own Parquet, or the JSON tables that MLflow's evaluation logs."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assay.errors import AssayError
from assay.model.note import Code, Value
from assay.model.problems import ScoreFiles

FEWEST = 5
"""A column whose categories hold fewer rows on average is none to slice by."""

FEWEST_ALIKE = 1.5
"""One whose categories hold fewer than this can't show that rows of one category are alike either."""

MISSING = "(missing)"
"""The category of rows that have none."""

SEVERAL = "(several)"
"""The category of examples whose rows have more than one."""

_PIECE = 122_880
_PROBE = 100_000

IDS = ("example_id", "id", "inputs", "input", "question", "query", "prompt")
"""Columns that may identify an example, the best first; any column below `inputs/` comes last."""


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """One run's example scores in a Parquet file.

    `numbers`: columns of numbers or truths. `texts`: columns of text; neither holds the id. `stamp` changes with
    the file's content.
    """

    path: Path
    rows: int
    id_column: str
    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    stamp: tuple[int, int]

    @property
    def columns(self) -> frozenset[str]:
        """Every column but the id's."""
        return frozenset((*self.numbers, *self.texts))


@dataclass(frozen=True, slots=True)
class Categories:
    """A column's categories, and the place of each row's among them."""

    codes: pa.Array
    names: tuple[str, ...]

    @property
    def rows_each(self) -> float:
        """Rows per category on average; what is missing is none."""
        return len(self.codes) / max(1, len(self.names) - (MISSING in self.names))


class UnreadableError(AssayError):
    """The scores in `path` cannot be used."""

    def __init__(self, code: Code, path: Path, **values: Value) -> None:
        super().__init__(code, file=path.name, **values)
        self.path = path


def inspect(path: Path) -> ScoreFile:
    """The columns of `path`; a JSON table is first written beside itself as Parquet.

    Raises UnreadableError when it is damaged, empty, or has no column that identifies an example.
    """
    parquet = _as_parquet(path) if path.suffix == ".json" else path
    try:
        with pq.ParquetFile(parquet) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
            names = [str(name) for name in schema.names]
        status = parquet.stat()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    found = [*(name for name in IDS if name in names), *(name for name in names if name.startswith("inputs/"))]
    if not found:
        raise UnreadableError(ScoreFiles.NO_IDS, path, names=tuple(names[:8]), more=max(len(names) - 8, 0))
    if names.count(found[0]) > 1:
        raise UnreadableError(ScoreFiles.IDS_TWICE, path, n=names.count(found[0]), column=found[0])
    if rows == 0:
        raise UnreadableError(ScoreFiles.NO_ROWS, path)
    others = {name: schema.field(name).type for name in names if name != found[0] and names.count(name) == 1}
    return ScoreFile(
        path=parquet,
        rows=rows,
        id_column=found[0],
        numbers=tuple(name for name, kind in others.items() if _is_number(kind)),
        texts=tuple(name for name, kind in others.items() if _is_text(kind)),
        stamp=(status.st_mtime_ns, status.st_size),
    )


def stream(file: ScoreFile, columns: Sequence[str], beside: pa.Table) -> pa.RecordBatchReader:
    """The columns and those of `beside` (as many rows), a piece at a time; errors appear while it is read."""
    source = pq.ParquetFile(file.path)
    fields = [(name, readable(source.schema_arrow.field(name).type)) for name in columns]
    schema = pa.schema([*fields, *beside.schema])
    batches = source.iter_batches(batch_size=_PIECE, columns=list(columns), use_threads=False)
    return pa.RecordBatchReader.from_batches(schema, _joined(batches, fields, beside))


def categories(file: ScoreFile, name: str, fewest: float) -> Categories | None:
    """A column as categories; None when there is only one, or they hold fewer than `fewest` rows on average, if any."""
    source = pq.ParquetFile(file.path, read_dictionary=[name])
    if fewest and file.rows > _PROBE:
        probe = next(source.iter_batches(batch_size=_PROBE, columns=[name], use_threads=False))
        if len(probe.column(0).unique()) > _PROBE / 2:
            return None
    column = source.read(columns=[name], use_threads=False).column(0)
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    whole = column.unify_dictionaries().combine_chunks()
    parts = whole.chunks if isinstance(whole, pa.ChunkedArray) else [whole]
    names = [str(value) for value in parts[0].dictionary.cast(pa.string()).to_pylist()]
    if fewest and (len(names) * fewest > file.rows or len(names) + (column.null_count > 0) < 2):
        return None
    codes = pa.concat_arrays([part.indices for part in parts])
    if codes.null_count:
        names = names if MISSING in names else [*names, MISSING]
        codes = codes.fill_null(names.index(MISSING))
    # With room for one more, as `SEVERAL` is.
    smallest = next(kind for kind in (pa.uint8(), pa.uint16(), pa.uint32()) if len(names) < 2**kind.bit_width)
    return Categories(codes.cast(smallest), tuple(names))


def unreadable(path: Path, error: Exception) -> UnreadableError:
    """For a file that the libraries give up on."""
    if isinstance(error, FileNotFoundError):
        return UnreadableError(ScoreFiles.SCORES_GONE, path)
    if isinstance(error, PermissionError):
        return UnreadableError(ScoreFiles.SCORES_FORBIDDEN, path)
    return UnreadableError(ScoreFiles.SCORES_DAMAGED, path)


def _joined(
    batches: Iterable[pa.RecordBatch], fields: Sequence[tuple[str, pa.DataType]], beside: pa.Table
) -> Iterator[pa.RecordBatch]:
    start, names = 0, [name for name, _ in fields] + beside.column_names
    for batch in batches:
        own = [batch.column(name).cast(kind) for name, kind in fields]
        more = [pa.concat_arrays(column.slice(start, batch.num_rows).chunks) for column in beside.columns]
        yield pa.RecordBatch.from_arrays([*own, *more], names=names)
        start += batch.num_rows


def readable(kind: pa.DataType) -> pa.DataType:
    """Kinds of numbers that the database does not know become double."""
    unknown = pa.types.is_float16(kind) or pa.types.is_decimal256(kind)
    return pa.float64() if unknown else kind


def _as_parquet(path: Path) -> Path:
    """The Parquet form of an MLflow table ({"columns": […], "data": [[…], …]}), made once."""
    target = path.with_suffix(".json.parquet")
    if target.exists():
        return target
    partial = target.with_name(f".{target.name}.{os.getpid()}.{id(path)}")
    try:
        table = _table(path, json.loads(path.read_bytes()))
        pq.write_table(table, partial)
        partial.replace(target)
    except (OSError, pa.ArrowException, ValueError) as error:
        raise unreadable(path, error) from None
    finally:
        partial.unlink(missing_ok=True)
    return target


def _table(path: Path, content: Any) -> pa.Table:
    names = content.get("columns") if isinstance(content, Mapping) else None
    rows = content.get("data") if isinstance(content, Mapping) else None
    if not isinstance(names, list) or not isinstance(rows, list):
        raise UnreadableError(ScoreFiles.NO_TABLE, path)
    if not all(isinstance(row, list) and len(row) == len(names) for row in rows):
        raise UnreadableError(ScoreFiles.UNEVEN_ROWS, path, n=len(names))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    kept = {str(name): _column(values) for name, values in zip(names, columns, strict=True)}
    return pa.table(kept)


def _column(values: Sequence[Any]) -> pa.Array:
    """Truths, numbers or text; what is nested becomes its JSON."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return pa.array(values, pa.bool_())
    if known and all(isinstance(value, (int, float)) for value in known):
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else value.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _is_number(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_boolean(kind) or types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_dictionary(kind)
    )
