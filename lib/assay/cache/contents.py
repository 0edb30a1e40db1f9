"""Everything that the runs of a selection hold, and how many values their params take."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from assay.cache import datasets
from assay.cache.connection import NEWEST_FIRST, Chosen, choose, listed, opened
from assay.cache.filters import SPOKEN
from assay.cache.schema import KINDS
from assay.model.runs.data import Datasets
from assay.model.runs.detail import ParamSpread
from assay.model.runs.selection import Selection
from assay.model.runs.store import LifecycleStage, Run, RunStatus
from assay.model.sync import Snapshot

# So few runs are looked up by number, which skips the rest of the file.
_FEW = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Logged = Mapping[int, dict[str, Any]]


def runs(snapshot: Snapshot, wanted: Chosen) -> tuple[Run, ...]:
    """The whole runs of a selection, or those with the ids given, deleted ones too; newest first."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, wanted)
        rows = connection.execute(
            f"""SELECT run, run_id, r.name, experiment_id, coalesce(e.name, ''), status, r.lifecycle_stage,
                       start_time, end_time, artifact_uri, coalesce(user_id, '')
            FROM runs r LEFT JOIN experiments e USING (experiment_id)
            WHERE run IN ({chosen}) {NEWEST_FIRST}""",
            values,
        ).fetchall()
        if len(rows) <= _FEW:
            chosen, values = listed([row[0] for row in rows]), []
        params, metrics, tags = (_logged(connection, kind, chosen, values) for kind in KINDS)
        inputs = datasets.by_run(connection, chosen, values)
    return tuple(_run(row, params, metrics, tags, inputs) for row in rows)


def variety(snapshot: Snapshot, selection: Selection) -> dict[str, int]:
    """How many different values each param has among the runs of `selection`; not having it counts as one."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, selection)
        rows = connection.execute(
            f"""WITH chosen AS MATERIALIZED ({chosen})
            SELECT name, count(DISTINCT value) + (count(*) < (SELECT count(*) FROM chosen))::INTEGER
            FROM params JOIN keys USING (key) WHERE run IN (FROM chosen) GROUP BY name""",
            values,
        ).fetchall()
    return dict(rows)


def any_run(snapshot: Snapshot, selection: Selection) -> bool:
    """Whether there is a run in `selection`."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, selection)
        return connection.execute(f"SELECT EXISTS ({chosen})", values).fetchone() == (True,)


def above(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    """Run id → experiment id and name of every run that others are nested below."""
    with opened(snapshot) as connection:
        rows = connection.execute(
            "SELECT run_id, experiment_id, name FROM runs WHERE run_id IN (SELECT parent_run_id FROM runs)"
        ).fetchall()
    return {run_id: (experiment_id, name or "") for run_id, experiment_id, name in rows}


def texts(snapshot: Snapshot, chosen: Chosen, entity: str, key: str) -> tuple[str, ...]:
    """The distinct values of a `param` or `tag`, the most frequent first, at most 20,000."""
    with opened(snapshot) as connection:
        among, values = choose(connection, chosen)
        rows = connection.execute(
            f"""SELECT value FROM {entity}s JOIN keys USING (key) WHERE name = ? AND run IN ({among})
            GROUP BY value ORDER BY count(*) DESC, value LIMIT 20000""",
            [key, *values],
        ).fetchall()
    return tuple(value for (value,) in rows)


def spoken(snapshot: Snapshot, selection: Selection) -> dict[str, int]:
    """Names of runs and values of params and tags that people would look for, with how many runs hold them.

    Those of one word and at most 64 characters, the 20,000 most frequent.
    """
    with opened(snapshot) as connection:
        chosen, values = choose(connection, selection)
        rows = connection.execute(
            f"""WITH chosen AS MATERIALIZED ({chosen}), words AS (
                SELECT name AS word, run FROM runs WHERE run IN (FROM chosen)
                UNION ALL SELECT value, run FROM params WHERE run IN (FROM chosen)
                UNION ALL SELECT value, run FROM tags JOIN keys USING (key) WHERE {SPOKEN} AND run IN (FROM chosen))
            SELECT word, count(DISTINCT run) AS n FROM words
            WHERE length(word) BETWEEN 2 AND 64 AND NOT regexp_matches(word, '\\s|^[-+.\\d]+$')
            GROUP BY word ORDER BY n DESC, word LIMIT 20000""",
            values,
        ).fetchall()
    return dict(rows)


def spreads(snapshot: Snapshot, selection: Selection) -> dict[str, ParamSpread]:
    """How each param varies among the runs of `selection`."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, selection)
        rows = connection.execute(
            f"""WITH chosen AS MATERIALIZED ({chosen}),
            own AS (SELECT key, value, try_cast(value AS DOUBLE) AS number FROM params WHERE run IN (FROM chosen))
            SELECT name, count(DISTINCT value), count(*) < (SELECT count(*) FROM chosen), min(number), max(number),
                   bool_and(coalesce(isfinite(number), false)) FROM own JOIN keys USING (key) GROUP BY name""",
            values,
        ).fetchall()
    return {
        name: ParamSpread(n, missing, low if numbers else None, high if numbers else None)
        for name, n, missing, low, high, numbers in rows
    }


def _logged(connection: duckdb.DuckDBPyConnection, kind: str, chosen: str, values: list[Any]) -> Logged:
    rows = connection.execute(
        f"SELECT run, name, value FROM {kind} JOIN keys USING (key) WHERE run IN ({chosen}) ORDER BY name", values
    ).fetchall()
    logged: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for run, name, value in rows:
        logged[run][name] = value
    return logged


def _run(row: tuple[Any, ...], params: Logged, metrics: Logged, tags: Logged, inputs: Mapping[int, Datasets]) -> Run:
    run, run_id, name, experiment_id, experiment, status, stage, start, end, artifact_uri, user_id = row
    return Run(
        run_id,
        name,
        experiment_id,
        experiment,
        RunStatus(status),
        LifecycleStage(stage),
        _time(start),
        _time(end),
        artifact_uri,
        params.get(run, {}),
        metrics.get(run, {}),
        tags.get(run, {}),
        inputs.get(run, ()),
        user_id,
    )


def _time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=milliseconds)
