"""Real MLflow stores for tests, written by the real client."""

import sqlite3
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag
from mlflow.store.db import utils
from sqlalchemy import Engine, event

SEEDS = (42, 123, 456, 789, 1011)

# Every client of a database looks through MLflow's migrations for the newest, which is the same for all of a process.
utils._get_latest_schema_revision = cache(utils._get_latest_schema_revision)


@event.listens_for(Engine, "connect")
def _unhurried(connection: Any, _record: object) -> None:
    """Nobody's store has to outlive a power cut in a test: waiting for the disk took a tenth of them."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@cache
def without_runs() -> bytes:
    """A database as MLflow makes it for its first client, which takes a second: made once a process, then copied."""
    with tempfile.TemporaryDirectory() as folder:
        MlflowClient(f"sqlite:///{folder}/mlflow.db").search_experiments()
        return Path(folder, "mlflow.db").read_bytes()


class Store:
    """A store that tests log to; `uri` is what Assay reads."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.client = MlflowClient(tracking_uri=uri)

    @classmethod
    def sqlite(cls, path: Path) -> "Store":
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(without_runs())
        return cls(f"sqlite:///{path}")

    def experiment(self, name: str) -> str:
        found = self.client.get_experiment_by_name(name)
        return found.experiment_id if found else self.client.create_experiment(name)

    def run(
        self,
        experiment: str,
        *,
        params: Mapping[str, Any] | None = None,
        metrics: Mapping[str, float] | None = None,
        tags: Mapping[str, str] | None = None,
        name: str | None = None,
        status: str | None = "FINISHED",
        start: int | None = None,
    ) -> str:
        """Logs one run and returns its id; status None leaves it running."""
        run = self.client.create_run(self.experiment(experiment), run_name=name, start_time=start)
        self.client.log_batch(
            run.info.run_id,
            metrics=[Metric(key, value, 1_700_000_000_000, 0) for key, value in (metrics or {}).items()],
            params=[Param(key, str(value)) for key, value in (params or {}).items()],
            tags=[RunTag(key, value) for key, value in (tags or {}).items()],
        )
        if status:
            self.client.set_terminated(run.info.run_id, status)
        return str(run.info.run_id)

    def configuration(
        self, experiment: str, params: Mapping[str, Any], metric: str, scores: Mapping[int, float] | list[float]
    ) -> list[str]:
        """Logs one run a seed; a list of scores takes the usual five seeds in order."""
        by_seed = scores if isinstance(scores, Mapping) else dict(zip(SEEDS, scores, strict=False))
        return [
            self.run(experiment, params={**params, "seed": seed}, metrics={metric: score})
            for seed, score in by_seed.items()
        ]

    def tested(self, run_id: str, digest: str) -> None:
        """Logs that the run was tested on the `digits` of this digest."""
        used = [InputTag("mlflow.data.context", "test")]
        self.client.log_inputs(run_id, [DatasetInput(Dataset("digits", digest, "local", "{}"), used)])
