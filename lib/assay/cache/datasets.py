"""Which data the runs of a snapshot used, by MLflow's dataset inputs."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from assay.cache.connection import Chosen, arrow, choose, opened
from assay.model.runs.data import CONTEXTS, TESTED, UNDIGESTED, Dataset, Datasets, Use
from assay.model.sync import Snapshot

Given = tuple[int, str]
"""A dataset's number, and the context it was logged with."""


def by_run(connection: duckdb.DuckDBPyConnection, chosen: str, values: Sequence[Any]) -> dict[int, Datasets]:
    """The datasets of each run among `chosen` (a query for numbers) that logged any, by name and digest."""
    rows = connection.execute(
        f"SELECT run, list((dataset, context)) FROM inputs WHERE run IN ({chosen}) GROUP BY run", list(values)
    ).fetchall()
    known = _known(connection, [one for _, given in rows for one in given])
    return {run: _ordered([known[one] for one in given]) for run, given in rows}


def of(snapshot: Snapshot, run_ids: Sequence[str]) -> dict[str, Datasets]:
    """The datasets of each of these runs, by name and digest; () of those that logged none."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, run_ids)
        ids = dict(connection.execute(f"SELECT run, run_id FROM runs WHERE run IN ({chosen})", values).fetchall())
        found = by_run(connection, chosen, values)
    return dict.fromkeys(run_ids, ()) | {ids[run]: own for run, own in found.items()}


def used(snapshot: Snapshot, wanted: Chosen) -> tuple[tuple[Datasets, int], ...]:
    """Every different set of datasets that a run used, and how many runs did; () of those that logged none."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, wanted)
        rows = connection.execute(
            f"""WITH chosen AS MATERIALIZED ({chosen}), own AS (
                SELECT run, list((dataset, context) ORDER BY dataset, context) AS given
                FROM inputs WHERE run IN (FROM chosen) GROUP BY run)
            SELECT coalesce(given, []), count(*) AS runs FROM chosen LEFT JOIN own USING (run)
            GROUP BY given ORDER BY runs DESC, given""",
            values,
        ).fetchall()
        known = _known(connection, [one for given, _ in rows for one in given])
    return tuple((_ordered([known[one] for one in given]), runs) for given, runs in rows)


def test_data(snapshot: Snapshot, wanted: Chosen) -> "pd.Series[str]":
    """What each run was tested on, `digits f6d9e39f`, several joined by ` | `; index run_id, runs without left out.

    Without a digest it is `digits ?`, which is nobody knows what.
    """
    words = CONTEXTS[Use.TEST]
    with opened(snapshot) as connection:
        chosen, values = choose(connection, wanted)
        table = arrow(
            connection,
            f"""SELECT run_id, dataset FROM inputs JOIN runs USING (run)
            WHERE lower(trim(context)) IN ({_marks(words)}) AND run IN ({chosen})""",
            [*words, *values],
        )
        known = connection.execute(
            "SELECT dataset, trim(name || ' ' || coalesce(nullif(digest, ''), ?)) FROM datasets ORDER BY name, digest",
            [UNDIGESTED],
        ).fetchall()
    # Most runs have one: text is made once a dataset, not once a run.
    places = pd.Series(range(len(known)), [number for number, _ in known])
    found = pd.Series(places.reindex(table["dataset"].to_numpy()).to_numpy(), table["run_id"].to_pandas(), name="data")
    texts = np.array([text for _, text in known], dtype=object)
    several = found.index.duplicated(keep=False)
    joined = found[several].groupby(level=0).agg(lambda own: " | ".join(texts[own.drop_duplicates().sort_values()]))
    alone = found[~several]
    every: pd.Series[str] = pd.concat([pd.Series(texts[alone], alone.index, name="data", dtype=object), joined])
    return every


def evaluated(snapshot: Snapshot, wanted: Chosen) -> pd.DataFrame:
    """Of each run that logged any dataset (index run_id): `test`, the first one it was tested on, None for none.

    Validation rows are no test. A column `logged`, always true, tells these runs from those that are looked up in vain.
    """
    with opened(snapshot) as connection:
        chosen, values = choose(connection, wanted)
        found: pd.DataFrame = arrow(
            connection,
            f"""SELECT run_id, TRUE AS logged, min(trim(datasets.name || ' ' || digest))
                FILTER (digest <> '' AND lower(trim(context)) IN ({_marks(TESTED)})) AS test
            FROM inputs JOIN runs USING (run) JOIN datasets USING (dataset)
            WHERE run IN ({chosen}) GROUP BY run_id""",
            [*TESTED, *values],
        ).to_pandas()
    return found.set_index("run_id")


def sides(snapshot: Snapshot, wanted: Chosen) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The training and the test data of each run: run_id, `dataset` (its number) and whether it was `tested` on.

    Then name and digest of each dataset, index number. Validation data, and those of another context or none, are
    left out.
    """
    trained = CONTEXTS[Use.TRAIN]
    with opened(snapshot) as connection:
        chosen, values = choose(connection, wanted)
        used = arrow(
            connection,
            f"""SELECT run_id, dataset, lower(trim(context)) IN ({_marks(TESTED)}) AS tested
            FROM inputs JOIN runs USING (run)
            WHERE lower(trim(context)) IN ({_marks((*TESTED, *trained))}) AND run IN ({chosen})""",
            [*TESTED, *TESTED, *trained, *values],
        ).to_pandas()
        known = arrow(connection, "SELECT dataset, name, trim(digest) AS digest FROM datasets", []).to_pandas()
    return used, known.set_index("dataset")


def _known(connection: duckdb.DuckDBPyConnection, given: Sequence[Given]) -> dict[Given, Dataset]:
    """Each dataset as it was used, once."""
    wanted = dict.fromkeys(given)
    rows = connection.execute(
        """SELECT dataset, name, digest, source_type, source, rows FROM datasets
        WHERE dataset IN (SELECT unnest(?::INTEGER[]))""",
        [list({number for number, _ in wanted})],
    ).fetchall()
    known = {number: (name, digest, rest) for number, name, digest, *rest in rows}
    made = {}
    for number, context in wanted:
        name, digest, rest = known[number]
        made[number, context] = Dataset(name, digest, context, *rest)
    return made


def _ordered(datasets: Sequence[Dataset]) -> Datasets:
    return tuple(sorted(datasets, key=lambda one: (*one.identity, one.context)))


def _marks(words: Sequence[str]) -> str:
    return ", ".join("?" * len(words))
