"""Questions to one snapshot; each opens it, asks, and closes it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from assay.cache import configurations, contents
from assay.cache.connection import NEWEST_FIRST, Chosen, Integers, arrow, choose, listed, opened
from assay.cache.connection import keys as key_numbers
from assay.cache.connection import rows as row_numbers
from assay.cache.schema import KINDS, PAIR
from assay.model.runs.listing import RUN_NAME, RUN_PARENT
from assay.model.runs.selection import Selection
from assay.model.runs.store import Experiment, Keys, LifecycleStage, Run
from assay.model.sync import Snapshot


@dataclass(frozen=True, slots=True)
class Metrics:
    """Latest values of metrics: two frames of one shape, index run_id, one column per key asked for.

    `values`: floats, NaN where not logged and where NaN was logged. `logged`: booleans that tell the two apart.
    """

    values: pd.DataFrame
    logged: pd.DataFrame


def experiments(snapshot: Snapshot) -> tuple[Experiment, ...]:
    """All experiments by name, then id, deleted ones too."""
    with opened(snapshot) as connection:
        rows = connection.execute(
            """SELECT e.experiment_id, any_value(e.name), any_value(e.lifecycle_stage),
                      count(r.run) FILTER (r.lifecycle_stage = 'active'), count(r.run)
            FROM experiments e LEFT JOIN runs r USING (experiment_id) GROUP BY e.experiment_id ORDER BY 2, 1"""
        ).fetchall()
    return tuple(
        Experiment(i, name, LifecycleStage(stage), active, all_ - active) for i, name, stage, active, all_ in rows
    )


def keys(snapshot: Snapshot, selection: Selection) -> Keys:
    """Which params, metrics and tags the runs of `selection` carry."""
    return _keys(snapshot, selection) if selection.narrowed else _all_keys(snapshot, selection)


def _keys(snapshot: Snapshot, selection: Selection) -> Keys:
    with opened(snapshot) as connection:
        chosen, values = choose(connection, selection)
        counts = {kind: _counted(connection, kind, chosen, values) for kind in KINDS}
    return Keys(tuple(counts["params"]), tuple(counts["metrics"]), tuple(counts["tags"]), counts)


# Every page and query of an experiment asks for those.
_all_keys = lru_cache(maxsize=64)(_keys)


def _counted(connection: duckdb.DuckDBPyConnection, kind: str, chosen: str, values: Sequence[Any]) -> dict[str, int]:
    rows = connection.execute(
        f"""SELECT name, runs FROM keys JOIN
        (SELECT key, count(*) AS runs FROM {kind} WHERE run IN ({chosen}) GROUP BY key) USING (key)
        ORDER BY runs DESC, name""",
        values,
    ).fetchall()
    return dict(rows)


def runs(
    snapshot: Snapshot,
    selection: Selection,
    *,
    seeds: Sequence[str],
    ignored: Sequence[str],
    group_by: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row per run of `selection`, whatever its status, newest first, then by run id.

    `seeds`, `ignored`: names of params (not patterns) that a configuration does not depend on; `group_by`: the
    only params (or RUN_NAME, RUN_PARENT) that it depends on. Columns, text unless said otherwise:

    run_id, name, experiment_id, experiment (its name), status, lifecycle_stage, start_time and end_time
    (datetime64[ms, UTC] or NaT), user_id, parent_run_id ("" at the top); configuration: 16 hex digits, equal for
    runs of one experiment that are the same up to the seed, or in `group_by`; setup: 16 hex digits, equal for those
    that are the same up to the seed, whatever `group_by`; seed: the value if the run logs one seed param,
    "key=value, key=value" by key if it logs more, None if none (so are "", "null" and "nan", and "None" in any case);
    metric_signature: 16 hex digits, equal when all metrics' latest values are identical; metric_count (integer): of
    how many metrics.
    """
    with opened(snapshot) as connection:
        chosen, values = choose(connection, selection)
        apart = listed(list(key_numbers(connection, "params", [*seeds, *ignored]).values()))
        beside = "".join(f", {column}" for name, column in _GROUPS.items() if name in (group_by or ()))
        grouping = listed(list(key_numbers(connection, "params", group_by or ()).values()))
        seed, names = configurations.seed(key_numbers(connection, "params", sorted(set(seeds))))
        setup = configurations.setup()
        group = configurations.signature(f"coalesce(p.grouping, 0::UBIGINT){beside}")
        table = arrow(
            connection,
            f"""SELECT r.run_id, r.name, r.experiment_id, coalesce(e.name, '') AS experiment, r.status,
                r.lifecycle_stage, r.start_time, r.end_time, coalesce(r.user_id, '') AS user_id, r.parent_run_id,
                {setup if group_by is None else group} AS configuration, {setup} AS setup, s.seed,
                printf('%016x', r.metric_signature) AS metric_signature, r.metric_count
            FROM runs r LEFT JOIN experiments e USING (experiment_id)
            LEFT JOIN (SELECT run, bit_xor({PAIR}) FILTER (params.key IN ({apart})) AS apart,
                              bit_xor({PAIR}) FILTER (params.key IN ({grouping})) AS grouping
                       FROM params JOIN keys USING (key)
                       WHERE params.key IN ({apart}) OR params.key IN ({grouping}) GROUP BY run) p USING (run)
            LEFT JOIN ({seed}) s USING (run)
            WHERE r.run IN ({chosen}) {NEWEST_FIRST}""",
            [*names, *values],
        )
    return _frame(table)


_GROUPS = {RUN_NAME: "r.name", RUN_PARENT: "r.parent_run_id"}


def _frame(table: pa.Table) -> pd.DataFrame:
    for name in ("start_time", "end_time"):
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, table.column(name).cast(pa.timestamp("ms", tz="UTC")))
    frame: pd.DataFrame = table.to_pandas()
    frame["seed"] = pd.Series(_objects(table.column("seed")), frame.index, dtype=object)
    return frame


def _objects(column: pa.ChunkedArray) -> "np.ndarray[Any, np.dtype[np.object_]]":
    """Text as Python objects with None where there is none."""
    values: np.ndarray[Any, np.dtype[np.object_]] = column.to_numpy(zero_copy_only=False)
    return values


def metrics(snapshot: Snapshot, chosen: Chosen, names: Sequence[str]) -> Metrics:
    """Latest values of the metrics `names`, a column each, whether or not anybody logged them.

    Rows: a selection's runs newest first, as `runs` gives them; run ids as given, unknown ones without values.
    """
    names = list(dict.fromkeys(names))
    index, place, column, found = _values(snapshot, "metrics", chosen, names)
    values = np.full((len(index), len(names)), np.nan, order="F")
    logged = np.zeros(values.shape, dtype=bool, order="F")
    values[place, column] = found.to_numpy()
    logged[place, column] = True
    return Metrics(pd.DataFrame(values, index, names, copy=False), pd.DataFrame(logged, index, names, copy=False))


def latest_steps(snapshot: Snapshot, run_ids: Sequence[str], metric: str) -> dict[str, tuple[float, int]]:
    """Latest value of a metric and its step, of those of the runs that logged it."""
    with opened(snapshot) as connection:
        rows = row_numbers(connection, run_ids)
        numbers = key_numbers(connection, "metrics", [metric])
        connection.register("rows", rows)
        found = connection.execute(
            f"""SELECT run_id, value, step FROM metrics JOIN rows USING (run)
            WHERE key IN ({listed(list(numbers.values()))})"""
        ).fetchall()
    return {run_id: (value, step) for run_id, value, step in found}


def stepped(snapshot: Snapshot, chosen: Chosen) -> tuple[str, ...]:
    """Metrics whose latest value, of any of these runs, was logged at a step above 0."""
    with opened(snapshot) as connection:
        runs, values = choose(connection, chosen)
        found = connection.execute(
            f"""SELECT DISTINCT name FROM metrics JOIN keys USING (key)
            WHERE step > 0 AND run IN ({runs}) ORDER BY name""",
            values,
        ).fetchall()
    return tuple(name for (name,) in found)


def signatures(snapshot: Snapshot, run_ids: Sequence[str], *, aside: Sequence[str]) -> pd.DataFrame:
    """metric_signature and metric_count of these runs (index: run_id) as in `runs`, without the metrics `aside`."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, run_ids)
        besides = listed(list(key_numbers(connection, "metrics", aside).values()))
        table: pd.DataFrame = arrow(
            connection,
            f"""SELECT run_id, printf('%016x', xor(metric_signature, coalesce(aside, 0::UBIGINT))) AS metric_signature,
                (metric_count - coalesce(asides, 0))::INTEGER AS metric_count
            FROM runs LEFT JOIN (SELECT run, bit_xor({PAIR}) AS aside, count(*) AS asides
                                 FROM metrics JOIN keys USING (key) WHERE key IN ({besides}) GROUP BY run) USING (run)
            WHERE run IN ({chosen})""",
            values,
        ).to_pandas()
    return table.set_index("run_id")


def logged(snapshot: Snapshot, run_ids: Sequence[str], *, aside: Sequence[str] = ()) -> pd.DataFrame:
    """The metrics of these runs but those `aside`: run_id, metric, value; in no order."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, run_ids)
        besides = "".join(f" AND m.key <> {key}" for key in key_numbers(connection, "metrics", aside).values())
        found: pd.DataFrame = arrow(
            connection,
            f"""SELECT run_id, name AS metric, m.value FROM metrics m JOIN (SELECT run, run_id FROM runs) USING (run)
            JOIN keys ON keys.key = m.key AND keys.kind = 'metrics' WHERE run IN ({chosen}){besides}""",
            values,
        ).to_pandas()
    return found


def parents(snapshot: Snapshot) -> dict[str, str]:
    """Run id → id of the run that it is nested below, which need not be there."""
    with opened(snapshot) as connection:
        return dict(connection.execute("SELECT run_id, parent_run_id FROM runs WHERE parent_run_id <> ''").fetchall())


def params(snapshot: Snapshot, chosen: Chosen, names: Sequence[str]) -> pd.DataFrame:
    """Params as text, None where not logged; rows and columns as in `metrics`.

    RUN_NAME and RUN_PARENT are names too, whose texts are "" where there is none.
    """
    found = _texts(snapshot, "params", chosen, names)
    beside = {name: column for name, column in _GROUPS.items() if name in names}
    if beside:
        with opened(snapshot) as connection:
            rows, values = choose(connection, chosen)
            statement = f"SELECT r.run_id, {', '.join(beside.values())} FROM runs r WHERE r.run IN ({rows})"
            texts = arrow(connection, statement, values).to_pandas().set_index("run_id").reindex(found.index)
        found[list(beside)] = texts.to_numpy(dtype=object)
    return found


def param_codes(snapshot: Snapshot, run_ids: Sequence[str], names: Sequence[str]) -> tuple[Integers, Sequence[str]]:
    """Params as numbers, a row a run id and a column a name, -1 where not logged; and the text of each number."""
    index, place, column, found = _values(snapshot, "params", run_ids, names)
    values = found.combine_chunks().dictionary_encode()
    codes = np.full((len(index), len(names)), -1, dtype=np.int64)
    codes[place, column] = values.indices.to_numpy()
    return codes, values.dictionary.to_pylist()


def tags(snapshot: Snapshot, chosen: Chosen, names: Sequence[str]) -> pd.DataFrame:
    """Tags as text, None where not set; rows and columns as in `metrics`."""
    return _texts(snapshot, "tags", chosen, names)


def tags_below(snapshot: Snapshot, run_ids: Sequence[str], prefix: str) -> dict[str, dict[str, str]]:
    """Run → those of its tags whose names begin with `prefix`; every run may have names of its own."""
    found: dict[str, dict[str, str]] = {run_id: {} for run_id in run_ids}
    with opened(snapshot) as connection:
        chosen, values = choose(connection, run_ids)
        rows = connection.execute(
            f"""SELECT run_id, name, value FROM tags JOIN (SELECT run, run_id FROM runs) USING (run)
            JOIN keys ON keys.key = tags.key AND keys.kind = 'tags' WHERE starts_with(name, ?) AND run IN ({chosen})""",
            [prefix, *values],
        ).fetchall()
    for run_id, name, value in rows:
        found[run_id][name] = value
    return found


def _texts(snapshot: Snapshot, kind: str, chosen: Chosen, names: Sequence[str]) -> pd.DataFrame:
    names = list(dict.fromkeys(names))
    index, place, column, found = _values(snapshot, kind, chosen, names)
    values = np.full((len(index), len(names)), None, dtype=object, order="F")
    values[place, column] = _objects(found)
    return pd.DataFrame(values, index, names, dtype=object, copy=False)


def _values(
    snapshot: Snapshot, kind: str, chosen: Chosen, names: Sequence[str]
) -> tuple[pd.Index, Integers, Integers, pa.ChunkedArray]:
    """The index of run ids, and row, column and value of every entry."""
    with opened(snapshot) as connection:
        rows = row_numbers(connection, chosen)
        numbers = key_numbers(connection, kind, names)
        connection.register("rows", rows.select(["run"]))
        # Several keys in one go: for few runs that is one scan.
        cells = arrow(
            connection,
            f"""SELECT key, run, value FROM {kind}
            WHERE key IN ({listed(list(numbers.values()))}) AND run IN (SELECT run FROM rows)""",
        )
    run = rows.column("run").fill_null(0).to_numpy()  # no run has the number 0
    row_of = np.zeros(run.max(initial=0) + 1, dtype=np.int64)
    row_of[run] = np.arange(len(run))
    column_of = np.zeros(max(numbers.values(), default=0) + 1, dtype=np.int64)
    for name, number in numbers.items():
        column_of[number] = names.index(name)
    index = pd.Index(rows.column("run_id").to_pandas(), name="run_id")
    return (
        index,
        row_of[cells.column("run").to_numpy()],
        column_of[cells.column("key").to_numpy()],
        cells.column("value"),
    )


def run(snapshot: Snapshot, run_id: str) -> Run | None:
    """One whole run by its exact id, deleted or not; None when the snapshot has none."""
    return next(iter(contents.runs(snapshot, [run_id])), None)
