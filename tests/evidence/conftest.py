"""A real store that runs are logged to, one run a test."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlflow
import pandas as pd
import pytest

from assay import evidence
from assay.model.evidence.files import TAG
from stores import Store


class Run:
    """One active run and what lies in its artifact folder."""

    def __init__(self, run_id: str, folder: Path) -> None:
        self.run_id, self.folder = run_id, folder

    def frame(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / "evidence" / name)

    def text(self, name: str) -> str:
        return (self.folder / "evidence" / name).read_text(encoding="utf-8")

    @property
    def tags(self) -> dict[str, str]:
        """Those that say which evidence the run has."""
        found = mlflow.MlflowClient().get_run(self.run_id).data.tags
        return {key: value for key, value in found.items() if key.startswith(TAG)}

    def environment(self, **options: Any) -> dict[str, Any]:
        evidence.log_environment(**options)
        found: dict[str, Any] = json.loads(self.text("environment.json"))
        return found


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("evidence")
    store = Store.sqlite(folder / "mlflow.db")
    store.client.create_experiment("training", (folder / "artifacts").as_uri())
    return store


@pytest.fixture
def run(store: Store) -> Iterator[Run]:
    """The active run of the training code that a test plays."""
    before = mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(store.uri)
    mlflow.set_experiment("training")
    with mlflow.start_run() as active:
        yield Run(active.info.run_id, Path(active.info.artifact_uri.removeprefix("file://")))
    mlflow.set_tracking_uri(before)
