"""Makes MLflow SQLite stores of any size: MLflow's own schema, rows inserted in bulk."""

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import numpy as np

EXPERIMENTS = 8
SEEDS = (42, 123, 456, 789, 1011)
MODELS = ("svc", "forest", "boosting", "mlp", "logistic")
START = 1_750_000_000_000

METRICS = (
    "accuracy",
    "f1_macro",
    "train_accuracy",
    "log_loss",
    "latency_p50_ms",
    "latency_p95_ms",
    "latency_p99_ms",
    "throughput_qps",
    "model_size_bytes",
    "cost_per_1k_queries_usd",
    "val_loss",
    "fit_seconds",
)
PARAMS = (
    "seed",
    "model",
    "scaling",
    "pca",
    "learning_rate",
    "max_depth",
    "n_estimators",
    "C",
    "gamma",
    "batch_size",
    "dataset",
    "git_ref",
)


def sqlite_store(path: Path, runs: int, metrics: int = 12, params: int = 12) -> str:
    """A finished store at `path` (must not exist) with `runs` runs; returns its tracking URI.

    Runs come in configurations of five seeds spread over eight experiments; the same arguments give the same
    rows. Every metric has one point. Every run has two dataset inputs: test data that an experiment's runs share, and
    training data of its seed. 100,000 runs take about half a minute.
    """
    uri = f"sqlite:///{path}"
    _schema(uri)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        indexes = _drop_indexes(database)
        _fill(database, runs, _keys(METRICS, metrics, "metric"), _keys(PARAMS, params, "param"))
        for sql in indexes:
            database.execute(sql)
        database.execute("COMMIT")
    finally:
        database.close()
    return uri


def factorial_store(path: Path, components: int, seeds: int) -> str:
    """The same with a run for every seed of every combination of components, each on or off, and one metric."""
    uri = f"sqlite:///{path}"
    _schema(uri)
    names, rng = [f"component_{number:02d}" for number in range(components)], np.random.default_rng(0)
    gains = rng.uniform(0.0, 0.04, components)
    cells = list(itertools.product((1, 0), repeat=components))
    ids = [run_id(number) for number in range(len(cells) * seeds)]
    means = 0.4 + np.repeat(np.array(cells) @ gains, seeds)
    scores = means + rng.normal(0, 0.004, len(ids))
    settings = [
        (key, value, run)
        for number, run in enumerate(ids)
        for key, value in (
            ("seed", str(number % seeds)),
            *((name, "on" if on else "off") for name, on in zip(names, cells[number // seeds], strict=True)),
        )
    ]
    with closing(sqlite3.connect(path)) as database, database:
        runs = ((*row[:-1], 1) for row in _runs(ids))
        _insert(database, "runs", _RUNS, ((*row[:6], "FINISHED", *row[7:]) for row in runs))
        _insert(
            database,
            "latest_metrics",
            _LATEST,
            (("accuracy", score, START, 0, 0, run) for run, score in zip(ids, scores.tolist(), strict=True)),
        )
        _insert(database, "params", _PAIRS, settings)
    return uri


def run_id(number: int) -> str:
    """The id of the run with this number (from 0)."""
    return hashlib.blake2b(str(number).encode(), digest_size=16).hexdigest()


def _schema(uri: str) -> None:
    from mlflow.tracking import MlflowClient

    client = MlflowClient(uri)
    for number in range(1, EXPERIMENTS):
        client.create_experiment(f"experiment {number}", artifact_location=f"/nowhere/mlruns/{number}")


def _keys(named: tuple[str, ...], count: int, stem: str) -> list[str]:
    more = (f"{stem}_{number:03d}" for number in itertools.count(len(named)))
    return list(itertools.islice(itertools.chain(named, more), count))


def _drop_indexes(database: sqlite3.Connection) -> list[str]:
    tables = ("runs", "metrics", "latest_metrics", "params", "tags", "inputs", "input_tags")
    found = database.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {tables}"
    ).fetchall()
    for name, _ in found:
        database.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _fill(database: sqlite3.Connection, runs: int, metrics: list[str], params: list[str]) -> None:
    ids = [run_id(number) for number in range(runs)]
    _insert(database, "runs", _RUNS, _runs(ids))
    _insert(database, "latest_metrics", _LATEST, _metrics(ids, metrics))
    columns = "key, value, timestamp, run_uuid, step, is_nan"
    database.execute(f"INSERT INTO metrics ({columns}) SELECT {columns} FROM latest_metrics")
    _insert(database, "params", _PAIRS, _params(ids, params))
    _insert(database, "tags", _PAIRS, _tags(ids))
    _insert(database, "datasets", _DATASETS, _datasets())
    _insert(database, "inputs", _INPUTS, ((f"{run}-{use}", *row) for run, use, row in _inputs(ids)))
    contexts = ((f"{run}-{use}", "mlflow.data.context", use) for run, use, _ in _inputs(ids))
    _insert(database, "input_tags", "input_uuid, name, value", contexts)


_RUNS = (
    "run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,"
    "source_version, lifecycle_stage, artifact_uri, experiment_id"
)
_LATEST = "key, value, timestamp, step, is_nan, run_uuid"
_PAIRS = "key, value, run_uuid"
_DATASETS = (
    "dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source, dataset_schema, dataset_profile"
)
_INPUTS = "input_uuid, source_type, source_id, destination_type, destination_id"


def _insert(database: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _configuration(number: int) -> int:
    return number // len(SEEDS)


def _experiment(number: int) -> int:
    return _configuration(number) % EXPERIMENTS


def _runs(ids: list[str]) -> Iterator[tuple[object, ...]]:
    for number, run in enumerate(ids):
        start = START + 60_000 * number
        experiment = _experiment(number)
        uri = f"/nowhere/mlruns/{experiment}/{run}/artifacts"
        status = "FAILED" if number % 97 == 96 else "FINISHED"
        yield (
            run,
            f"{MODELS[_configuration(number) % len(MODELS)]}-{number}",
            *("UNKNOWN", "train.py", "", "someone", status, start, start + 55_000, "", "active", uri, experiment),
        )


def _metrics(ids: list[str], keys: list[str]) -> Iterator[tuple[object, ...]]:
    rng = np.random.default_rng(0)
    configurations = rng.normal(0.8, 0.05, size=(_configuration(len(ids)) + 1, len(keys)))
    for number, run in enumerate(ids):
        values = configurations[_configuration(number)] + rng.normal(0, 0.01, size=len(keys))
        for key, value in zip(keys, values.tolist(), strict=True):
            yield key, value, START + 60_000 * number + 50_000, 0, 0, run


def _params(ids: list[str], keys: list[str]) -> Iterator[tuple[object, ...]]:
    for number, run in enumerate(ids):
        for position, key in enumerate(keys):
            yield key, _param(number, position, key), run


def _param(number: int, position: int, key: str) -> str:
    configuration = _configuration(number)
    if key == "seed":
        return str(SEEDS[number % len(SEEDS)])
    if key == "model":
        return MODELS[configuration % len(MODELS)]
    return str((configuration // (position + 1)) % (3 + position * 7))


def _tags(ids: list[str]) -> Iterator[tuple[object, ...]]:
    for number, run in enumerate(ids):
        yield "mlflow.runName", f"{MODELS[_configuration(number) % len(MODELS)]}-{number}", run
        yield "mlflow.user", "someone", run
        yield "mlflow.source.name", "train.py", run


def _datasets() -> Iterator[tuple[object, ...]]:
    """As MLflow's client writes those of data frames."""
    source = json.dumps({"tags": {"mlflow.user": "someone", "mlflow.source.name": "train.py"}})
    schema = json.dumps({"mlflow_colspec": [{"type": "double", "name": f"x{column}"} for column in range(64)]})
    for experiment, use in itertools.product(range(EXPERIMENTS), ("test", *map(str, SEEDS))):
        key = _dataset(experiment, use)
        profile = json.dumps({"num_rows": 540, "num_elements": 34_560})
        yield key, experiment, "digits", key[:8], "code", source, schema, profile


def _inputs(ids: list[str]) -> Iterator[tuple[str, str, tuple[object, ...]]]:
    """Run, context, and the row of `inputs` behind its id."""
    for number, run in enumerate(ids):
        for use, of in (("test", "test"), ("train", str(SEEDS[number % len(SEEDS)]))):
            yield run, use, ("DATASET", _dataset(_experiment(number), of), "RUN", run)


@lru_cache
def _dataset(experiment: int, use: str) -> str:
    return hashlib.blake2b(f"{experiment} {use}".encode(), digest_size=16).hexdigest()
