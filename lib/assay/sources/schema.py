"""MLflow's tables in SQLite over all its versions, and the queries that turn them into the rows of SCHEMAS."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa

from assay.errors import SourceError
from assay.model.problems import Stores
from assay.sources.datasets import CONTEXT, LONGEST_PROFILE, LONGEST_SOURCE
from assay.sources.source import SCHEMAS

Columns = Mapping[str, frozenset[str]]
Query = Callable[[str], list[tuple[Any, ...]]]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "experiments": ("experiment_id", "name"),
    "runs": ("run_uuid", "experiment_id", "status"),
    "metrics": ("run_uuid", "key", "value"),
    "params": ("run_uuid", "key", "value"),
    "tags": ("run_uuid", "key", "value"),
}
_BY_RUN = "index_metrics_run_uuid"
# Younger than the others; `latest_metrics` is made from `metrics` where it lacks.
_INPUTS: Mapping[str, frozenset[str]] = {
    "datasets": frozenset(("dataset_uuid", "name", "digest", "dataset_source_type", "dataset_source")),
    "inputs": frozenset(("input_uuid", "source_type", "source_id", "destination_type", "destination_id")),
    "input_tags": frozenset(("input_uuid", "name", "value")),
}
_MODELS: Mapping[str, frozenset[str]] = {
    "inputs": frozenset(("source_type", "source_id", "destination_type", "destination_id", "step")),
    "logged_models": frozenset(("model_id", "experiment_id", "artifact_location", "lifecycle_stage")),
}
_OPTIONAL = ("latest_metrics", "alembic_version", _BY_RUN, *_INPUTS, "logged_models")


def columns(path: Path, query: Query) -> Columns:
    """The columns of each of MLflow's tables.

    Raises SourceError when a table or column that every MLflow has is missing.
    """
    names = [str(name) for (name,) in query("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")]
    wanted = [name for name in (*NEEDED, *_OPTIONAL) if name in names]
    have = {name: frozenset(str(row[1]) for row in query(f"PRAGMA table_info({name})")) for name in wanted}
    missing = [name for name in NEEDED if name not in have]
    if missing:
        if not names:
            raise SourceError(Stores.NO_TABLES, path=str(path), missing=tuple(missing))
        raise SourceError(Stores.TABLES_MISSING, path=str(path), held=tuple(sorted(names)[:4]), missing=tuple(missing))
    lost = [f"{table}.{column}" for table in NEEDED for column in NEEDED[table] if column not in have[table]]
    if lost:
        raise SourceError(Stores.COLUMNS_MISSING, path=str(path), missing=tuple(lost))
    return have


def known_revisions() -> frozenset[str]:
    """The schema revisions that the installed MLflow knows, without importing it."""
    spec = find_spec("mlflow")
    folders = (spec.submodule_search_locations if spec else None) or []
    scripts = [script for folder in folders for script in Path(folder).glob("store/db_migrations/versions/*.py")]
    return frozenset(script.name.partition("_")[0] for script in scripts)


def rows(have: Columns) -> dict[str, str]:
    """A query per table of SCHEMAS, its columns in that order; metrics have `is_nan` (0 or 1) behind,
    datasets `profile` in place of `rows`, inputs `input` in place of `context`, which `contexts` has by `input`.

    ADBC takes a column's type from its first rows and SQLite lets any cell hold anything: so every cell is cast,
    and none but a run's times is NULL.
    """
    pairs = f"SELECT {_text('run_uuid', 'run_id')}, {_text('key')}, {_text('value')} FROM"
    return {
        "experiments": _experiments(have["experiments"]),
        "runs": _runs(have["runs"]),
        "metrics": _metrics(have),
        "params": f"{pairs} params",
        "tags": f"{pairs} tags",
        **_inputs(have),
    }


def series(have: Columns) -> str:
    """The next points after a rowid, as many as asked for: as one text of lines, the last rowid and their number.

    Python's sqlite3 lets other threads in, and waits for them, at every row: so there is one for many points.
    """
    key = "+key" if _BY_RUN in have else "key"
    some = f"{_points(have['metrics'], 'rowid AS place')} FROM metrics WHERE run_uuid = ? AND {key} = ? AND rowid > ?"
    cells = "step || ' ' || timestamp || ' ' || CASE WHEN is_nan THEN 'nan' ELSE quote(value) END"
    return f"SELECT group_concat({cells}, char(10)), max(place), count(*) FROM ({some} ORDER BY rowid LIMIT ?)"


def artifact_root(have: Columns) -> str:
    """Artifact URI and the experiment's id, given a run's id."""
    uri = "artifact_uri" if "artifact_uri" in have["runs"] else "''"
    return f"SELECT {_text(uri, 'uri')}, CAST(experiment_id AS TEXT) FROM runs WHERE run_uuid = ?"


def models(have: Columns) -> str:
    """The id, artifact URI and experiment's id of each model that a run logged, given the run's id; of stores that are
    older than logged models none.
    """
    if not _have(have, _MODELS):
        return "SELECT '', '', '' WHERE ? IS NULL"
    logged = "inputs JOIN logged_models ON model_id = destination_id"
    of_run = "source_type = 'RUN_OUTPUT' AND source_id = ? AND destination_type = 'MODEL_OUTPUT'"
    cells = f"{_text('model_id')}, {_text('artifact_location')}, CAST(experiment_id AS TEXT)"
    return f"SELECT {cells} FROM {logged} WHERE {of_run} AND lifecycle_stage = 'active' ORDER BY step DESC, model_id"


def _have(have: Columns, wanted: Columns) -> bool:
    return all(columns <= have.get(table, frozenset()) for table, columns in wanted.items())


def _text(expression: str, name: str = "") -> str:
    return f"coalesce(CAST({expression} AS TEXT), '') AS {name or expression}"


def _whole(expression: str, name: str) -> str:
    return f"coalesce(CAST({expression} AS INTEGER), 0) AS {name}"


def _experiments(have: frozenset[str]) -> str:
    cells = [_text(name if name in have else "''", name) for name in SCHEMAS["experiments"].names]
    return f"SELECT {', '.join(cells)} FROM experiments"


def _runs(have: frozenset[str]) -> str:
    tag = "(SELECT value FROM tags WHERE key = 'mlflow.runName' AND tags.run_uuid = runs.run_uuid)"
    name = f"CASE WHEN coalesce(name, '') = '' THEN {tag} ELSE name END" if "name" in have else tag
    special = {"run_id": _text("run_uuid", "run_id"), "name": _text(name, "name")}
    return f"SELECT {', '.join(special.get(f.name) or _run_cell(f, have) for f in SCHEMAS['runs'])} FROM runs"


def _run_cell(field: pa.Field, have: frozenset[str]) -> str:
    if pa.types.is_integer(field.type):
        return f"CAST({field.name if field.name in have else 'NULL'} AS INTEGER) AS {field.name}"
    return _text(field.name if field.name in have else "''", field.name)


def _metrics(have: Columns) -> str:
    ids = f"{_text('run_uuid', 'run_id')}, {_text('key')}"
    if "latest_metrics" in have:
        return f"{_points(have['latest_metrics'], ids)} FROM latest_metrics"
    newest_first = "step DESC, timestamp DESC, value DESC"
    place = f"row_number() OVER (PARTITION BY run_id, key ORDER BY {newest_first}) AS place"
    every = f"{_points(have['metrics'], ids)} FROM metrics"
    cells = "run_id, key, value, step, timestamp, is_nan"
    return f"SELECT {cells} FROM (SELECT *, {place} FROM ({every})) WHERE place = 1"


def _inputs(have: Columns) -> dict[str, str]:
    """Datasets and who used them; nothing of stores that are older than these tables."""
    there = _have(have, _INPUTS)
    profile = "dataset_profile" if "dataset_profile" in have.get("datasets", ()) else "''"
    cells = {
        "dataset": "dataset_uuid",
        "name": "name",
        "digest": "digest",
        "source_type": "dataset_source_type",
        "source": f"substr(dataset_source, 1, {LONGEST_SOURCE})",
        "profile": f"CASE WHEN length({profile}) <= {LONGEST_PROFILE} THEN {profile} END",
    }
    used = {"run_id": "destination_id", "dataset": "source_id", "input": "input_uuid"}
    # The + keeps SQLite from an index, whose order makes it jump about the table.
    runs = "inputs WHERE +source_type = 'DATASET' AND +destination_type = 'RUN'"
    return {
        "datasets": _cells(cells, "datasets", there),
        "inputs": _cells(used, runs, there),
        "contexts": _cells({"input": "input_uuid", "context": "value"}, f"input_tags WHERE name = '{CONTEXT}'", there),
    }


def _cells(cells: Mapping[str, str], of: str, there: bool) -> str:
    """A query for text, `name: expression`; without a row where the table is not `there`."""
    chosen = ", ".join(_text(expression if there else "''", name) for name, expression in cells.items())
    return f"SELECT {chosen} FROM {of}" if there else f"SELECT {chosen} WHERE 0"


def _points(have: frozenset[str], ids: str = "") -> str:
    cells = {name: name if name in have else "0" for name in ("step", "timestamp", "is_nan")}
    number = "typeof(value) IN ('real', 'integer')"
    return (
        f"SELECT {ids}{', ' if ids else ''}coalesce(CAST(value AS REAL), 0.0) AS value, "
        f"{_whole(cells['step'], 'step')}, {_whole(cells['timestamp'], 'timestamp')}, "
        f"coalesce({cells['is_nan']}, 0) OR NOT {number} AS is_nan"
    )
