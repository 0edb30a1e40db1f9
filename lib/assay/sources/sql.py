"""MLflow's SQLite stores of any age, read as Arrow in one consistent look and without changing a byte."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from assay.errors import SourceError
from assay.model.note import Note, note
from assay.model.problems import Artifacts, PassedOver, Stores
from assay.model.runs.store import MODELS, Artifact, LifecycleStage, RunStatus
from assay.sources import artifacts, datasets, models, schema, sqlite
from assay.sources.rows import LARGEST, by_time
from assay.sources.source import SCHEMAS, SERIES, Extract, Progress

Tables = dict[str, pa.Table]

_BATCH = 100_000


class SqlSource:
    """An MLflow store in the SQLite file at `path`.

    Only `extract` uses ADBC, whose own SQLite drops the locks of other connections of its process: call it in a
    process without an MLflow client. The rest uses Python's sqlite3, as MLflow does, and may run beside one.
    `artifact_roots`: folders besides the database's own in which artifacts may be opened.
    """

    def __init__(self, path: Path, artifact_roots: Sequence[Path] = ()) -> None:
        self.path = path
        self._artifact_roots = artifact_roots
        self._root_of: dict[tuple[str, str], Path] = {}
        self._models_of: dict[str, dict[str, tuple[str, str]]] = {}

    def extract(self, cursor: Mapping[str, Any] | None, progress: Progress) -> Extract | None:
        """Everything, when the files changed since `cursor`; else None, in less than a millisecond."""
        if cursor and cursor.get("settled") and cursor.get("fingerprint") == sqlite.fingerprint(self.path):
            return None
        complete_as_of = datetime.now(UTC)
        fingerprint, settled = sqlite.settle(self.path)
        tables, warnings = _arrow(self.path, progress)
        return Extract(
            tables=tables,
            full=True,
            cursor={"fingerprint": fingerprint, "settled": settled},
            complete_as_of=complete_as_of,
            warnings=warnings,
        )

    def series(self, run_id: str, key: str, most: int) -> pa.Table:
        """The `most` values of one metric that were logged first; a million take about two seconds."""
        parts: list[pa.Table] = []
        place, left = -1, most
        while left > 0:
            [(lines, place, n)] = self._rows(schema.series, (run_id, key, place, min(left, _BATCH)))
            if not n:
                break
            parts.append(_series(lines))
            left -= n
        return by_time(pa.concat_tables(parts)) if parts else SERIES.empty_table()

    def artifacts(self, run_id: str, folder: str = "") -> tuple[Artifact, ...]:
        """What lies directly in `folder` of a run's artifacts; empty when there is none."""
        return models.listing(
            folder,
            lambda: self._models(run_id),
            lambda model, below: artifacts.listing(self._artifact_root(run_id, model), below),
        )

    def artifact(self, run_id: str, path: str, into: Path, most: int | None = None) -> Path:  # noqa: ARG002
        """Copies one artifact file below `into` and returns where it is."""
        model, below = models.split(path)
        return artifacts.copy(self._artifact_root(run_id, model), below, into)

    def _artifact_root(self, run_id: str, model: str) -> Path:
        """Where the artifacts of a run are, or of one of its models; looked up once for all of its folders."""
        if (run_id, model) not in self._root_of:
            looked = self._looked_up_model(run_id, model) if model else self._looked_up_run(run_id)
            uri, *owner = looked
            home = self.path.resolve().parent
            self._root_of[run_id, model] = artifacts.root(uri, home, owner, self._artifact_roots)
        return self._root_of[run_id, model]

    def _looked_up_run(self, run_id: str) -> tuple[str, ...]:
        found = self._rows(schema.artifact_root, (run_id,))
        if not found:
            raise SourceError(Stores.RUN_MISSING, path=str(self.path), run=run_id)
        uri, experiment_id = found[0]
        return uri, experiment_id, run_id

    def _looked_up_model(self, run_id: str, model: str) -> tuple[str, ...]:
        logged = self._models(run_id)
        if model not in logged:
            raise SourceError(Artifacts.ABSENT, path=f"{MODELS}/{model}", folder=str(self.path))
        uri, experiment_id = logged[model]
        return uri, experiment_id, "models", model

    def _models(self, run_id: str) -> dict[str, tuple[str, str]]:
        """Where the artifacts of each model that the run logged are said to be, and the experiment's id."""
        if run_id not in self._models_of:
            found = {model: place for model, *place in self._rows(schema.models, (run_id,))}
            self._models_of[run_id] = {model: (uri, experiment_id) for model, (uri, experiment_id) in found.items()}
        return self._models_of[run_id]

    def _rows(self, sql: Callable[[schema.Columns], str], values: Sequence[str | int]) -> list[tuple[Any, ...]]:
        def work(uri: str) -> list[tuple[Any, ...]]:
            with closing(sqlite3.connect(uri, uri=True, timeout=sqlite.PROBE)) as database:
                database.text_factory = _decoded
                have = schema.columns(self.path, lambda query: database.execute(query).fetchall())
                return database.execute(sql(have), values).fetchall()

        return sqlite.read(self.path, work, (sqlite3.Error,))


def _series(lines: str) -> pa.Table:
    """Lines of step, timestamp and value, as `schema.series` gives them."""
    read = csv.ReadOptions(column_names=SERIES.names)
    types = csv.ConvertOptions(column_types=SERIES, null_values=[])
    table = csv.read_csv(BytesIO(lines.encode()), read, csv.ParseOptions(delimiter=" "), types)
    values = table["value"].to_numpy()
    infinite = np.where(np.abs(values) >= LARGEST, np.copysign(np.inf, values), values)
    return table.set_column(2, SERIES.field("value"), pa.array(infinite))


def _arrow(path: Path, progress: Progress) -> tuple[Tables, tuple[Note, ...]]:
    import adbc_driver_sqlite.dbapi as adbc

    def work(uri: str) -> tuple[Tables, tuple[Note, ...]]:
        # Not autocommit: every statement sees the one transaction that the first of them begins.
        with adbc.connect(uri) as database, database.cursor() as cursor:
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "65536"})

            def table(sql: str) -> pa.Table:
                cursor.execute(sql)
                return cursor.fetch_arrow_table()

            def query(sql: str) -> list[tuple[Any, ...]]:
                cursor.execute(sql)
                found: list[tuple[Any, ...]] = cursor.fetchall()
                return found

            query(f"PRAGMA busy_timeout = {int(sqlite.PROBE * 1000)}")
            have = schema.columns(path, query)
            return _tables(have, query, table, progress), _newer(path, have, query)

    tables, warnings = sqlite.read(path, work, (adbc.Error, OSError, pa.ArrowInvalid))
    tables["runs"], more = _known_words(tables["runs"].cast(SCHEMAS["runs"]))
    tables["metrics"] = _numbers(tables["metrics"])
    tables["datasets"] = datasets.counted(_valid(tables["datasets"]))
    tables["inputs"] = datasets.used(tables["inputs"], tables.pop("contexts"))
    return {name: _valid(table).cast(SCHEMAS[name]) for name, table in tables.items()}, (*warnings, *more)


def _tables(have: schema.Columns, query: schema.Query, table: Callable[[str], pa.Table], progress: Progress) -> Tables:
    [(runs,)] = query("SELECT count(*) FROM runs")
    progress(0, runs)
    found = {}
    for done, (name, sql) in enumerate(schema.rows(have).items(), start=1):
        found[name] = table(sql)
        progress(runs * done // len(SCHEMAS), runs)
    return found


def _newer(path: Path, have: schema.Columns, query: schema.Query) -> tuple[Note, ...]:
    """The warning for a store whose schema the installed MLflow does not know."""
    revisions = query("SELECT version_num FROM alembic_version") if "alembic_version" in have else []
    unknown = [str(revision) for (revision,) in revisions if revision not in schema.known_revisions()]
    if not unknown:
        return ()
    return (note(PassedOver.NEWER_SCHEMA, path=str(path), revision=unknown[0], version=version("mlflow")),)


def _numbers(table: pa.Table) -> pa.Table:
    """Metrics without `is_nan`: it and MLflow's stand-ins for infinity become NaN and ±Inf."""
    values = table["value"].to_numpy()
    values = np.where(np.abs(values) >= LARGEST, np.copysign(np.inf, values), values)
    values = np.where(table["is_nan"].to_numpy() != 0, np.nan, values)
    place = table.schema.get_field_index("value")
    return table.set_column(place, "value", pa.array(values)).drop_columns("is_nan")


def _known_words(runs: pa.Table) -> tuple[pa.Table, tuple[Note, ...]]:
    """Runs with statuses and stages that MLflow has; others become RUNNING and active, with a warning."""
    warnings = []
    for column, words in (("status", RunStatus), ("lifecycle_stage", LifecycleStage)):
        instead = RunStatus.RUNNING if words is RunStatus else LifecycleStage.ACTIVE
        known = pc.is_in(runs[column], value_set=pa.array([str(word) for word in words]))
        strange = runs[column].filter(pc.invert(known))
        if len(strange):
            place = runs.schema.get_field_index(column)
            runs = runs.set_column(place, column, pc.if_else(known, runs[column], str(instead)))
            if any(pc.unique(strange).to_pylist()):
                warnings.append(note(PassedOver.DATABASE_WORD, n=len(strange), what=column, instead=str(instead)))
    return runs, tuple(warnings)


def _valid(table: pa.Table) -> pa.Table:
    """The same table; bytes in its text that are no UTF-8 are replaced by �."""
    try:
        table.validate(full=True)
    except pa.ArrowInvalid:
        for place, field in enumerate(table.schema):
            if pa.types.is_string(field.type):
                cells = [_decoded(cell) for cell in table[field.name].cast(pa.binary()).to_pylist()]
                table = table.set_column(place, field.name, pa.array(cells, pa.string()))
    return table


def _decoded(cell: bytes) -> str:
    return cell.decode("utf-8", "replace")
