"""Stores of searches: many trials, each its own params, written in one go."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from math import isnan
from typing import Any

import numpy as np

from stores import Store

START = 1_750_000_000_000
METRIC = "accuracy"
NOISE = 0.004

Row = tuple[Mapping[str, Any], Mapping[str, float], str]


def filled(store: Store, trials: int = 60) -> Store:
    """`store` with more experiments: `search` with noise from five seeds of one configuration, and `unknown` without."""
    write(store, "search", [*seeded(), *searched(trials), *broken()])
    write(store, "unknown", searched(trials))
    return store


def searched(trials: int) -> Iterator[Row]:
    """Trials whose learning rate decides and whose other params do nothing; the best is near 0.03."""
    rng = np.random.default_rng(7)
    for number in range(trials):
        rate = 10.0 ** rng.uniform(-2.5, -0.5)
        params = {
            "learning_rate": f"{rate:.4g}",
            "num_leaves": int(2 ** rng.uniform(2, 8)),
            "feature_fraction": round(rng.uniform(0.4, 1.0), 3),
            "max_features": rng.choice(["sqrt", "log2", "0.3", "0.5", "0.8"]),
            "booster": rng.choice(["gbtree", "dart"]),
            "seed": 1,
        }
        if params["booster"] == "dart":
            params["drop_rate"] = f"{rng.uniform(0.0, 0.5):.3f}"
        yield (
            params,
            {METRIC: 0.983 - 0.03 * (np.log10(rate) + 1.5) ** 2 + rng.normal(0, NOISE), "number": number},
            "FINISHED",
        )


def seeded() -> Iterator[Row]:
    """One configuration with five seeds."""
    for seed, score in enumerate((0.951, 0.955, 0.948, 0.957, 0.949)):
        yield {"booster": "linear", "seed": seed}, {METRIC: score}, "FINISHED"


def broken() -> Iterator[Row]:
    """One that failed, one without the metric, one with NaN."""
    yield {"learning_rate": "0.5", "seed": 1}, {METRIC: 0.2}, "FAILED"
    yield {"learning_rate": "0.6", "seed": 1}, {}, "FINISHED"
    yield {"learning_rate": "0.7", "seed": 1}, {METRIC: float("nan")}, "FINISHED"


def write(store: Store, experiment: str, rows: Iterable[Row]) -> None:
    """Into MLflow's own tables; runs start a second apart."""
    number = store.experiment(experiment)
    database = sqlite3.connect(store.uri.removeprefix("sqlite:///"))
    with database:
        for place, (params, metrics, status) in enumerate(rows):
            run, start = f"{int(number):04x}{place:028x}", START + 1_000 * place
            database.execute(
                "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,"
                " start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)"
                " VALUES (?, '', 'UNKNOWN', '', '', 'someone', ?, ?, ?, '', 'active', ?, ?)",
                (run, status, start, start + 500, f"/nowhere/{run}", number),
            )
            values = [
                (key, 0.0 if isnan(value) else float(value), start, 0, isnan(value), run)
                for key, value in metrics.items()
            ]
            for table in ("metrics", "latest_metrics"):
                database.executemany(
                    f"INSERT INTO {table} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)",
                    values,
                )
            database.executemany(
                "INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)",
                [(k, str(v), run) for k, v in params.items()],
            )
    database.close()
