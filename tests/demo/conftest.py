"""One small demo for all tests, made after a first attempt was killed halfway."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mlflow import MlflowClient
from mlflow.entities import Run

from assay import demo

_MAKER = """
import sys
from pathlib import Path
from assay import demo
demo.make(Path(sys.argv[1]), small=True, progress=lambda done, _all: print(done, flush=True))
"""


@dataclass
class Made:
    """The demo, what the killed attempt had left, what was said on the way, and everything logged."""

    store: Path
    seen_after_kill: bool
    left_after_kill: list[str]
    report: demo.DemoReport
    ticks: list[tuple[int, int]]
    client: MlflowClient
    runs: dict[str, list[Run]] = field(default_factory=dict)

    @property
    def recorded(self) -> dict[str, list[Run]]:
        """Those that logged more than metrics."""
        return {name: [run for run in runs if run.data.params] for name, runs in self.runs.items()}

    def of(self, experiment: str, recipe: str) -> list[Run]:
        return [run for run in self.runs[experiment] if run.data.tags["recipe"] == recipe]

    def file(self, run: Run, name: str) -> Path:
        return Path(run.info.artifact_uri.removeprefix("file://")) / "evidence" / name


def killed_at(store: Path, run: int) -> None:
    """Starts a making in a process of its own and kills it once `run` runs are made."""
    words = [sys.executable, "-c", _MAKER, str(store)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env=os.environ | {"DO_NOT_TRACK": "true"}
    ) as process:
        assert process.stdout
        for line in process.stdout:
            if int(line) >= run:
                process.send_signal(signal.SIGKILL)
                break


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    store = tmp_path_factory.mktemp("demo") / "mlflow.db"
    killed_at(store, 2)
    left = sorted(path.name for path in store.parent.iterdir())
    seen = store.exists()
    ticks: list[tuple[int, int]] = []
    report = demo.make(store, small=True, progress=lambda done, expected: ticks.append((done, expected)))
    client = MlflowClient(report.tracking_uri)
    made = Made(store, seen, left, report, ticks, client)
    for experiment in client.search_experiments():
        runs = list(client.search_runs([experiment.experiment_id], max_results=1000))
        if runs:
            made.runs[experiment.name] = runs
    return made
