"""A store logged by the real MLflow client, and the proof that reading changed nothing."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

START = 1_750_000_000_000
INFINITY = float("inf")

Untouched = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite store with all that is odd; nobody may write to it: copy it."""
    from mlflow.entities import Metric, RunTag
    from mlflow.tracking import MlflowClient

    folder = tmp_path_factory.mktemp("logged")
    path = folder / "mlflow.db"
    client = MlflowClient(f"sqlite:///{path}")
    first = client.create_experiment("first", artifact_location=str(folder / "mlruns" / "first"))
    gone = client.create_experiment("가지/gone", artifact_location=str(folder / "mlruns" / "gone"))

    def run(experiment: str, name: str, number: int) -> str:
        made = client.create_run(experiment, start_time=START + number, run_name=name)
        return str(made.info.run_id)

    full = run(first, "full", 0)
    points = [("loss", 3.0, 2), ("loss", 1.0, 0), ("loss", 2.0, 1), ("a b/c", float("nan"), 0), ("모델", -0.5, 0)]
    points += [("up", INFINITY, 0), ("down", -INFINITY, 0)]
    metrics = [Metric(key, value, START + 10 - at, step) for at, (key, value, step) in enumerate(points)]
    client.log_batch(full, metrics=metrics, tags=[RunTag("note", 'it\'s "so"\n')])
    client.log_param(full, "model", "None")
    client.log_param(full, "empty", "")
    client.log_text(full, "hello", "notes/hello.txt")
    client.set_terminated(full, "FINISHED", end_time=START + 99)
    client.log_param(run(first, "open", 1), "model", "svc")
    deleted = run(first, "deleted", 2)
    client.log_metric(deleted, "loss", 5.0, timestamp=START)
    client.delete_run(deleted)
    client.log_metric(run(gone, "of a deleted experiment", 3), "loss", 6.0, timestamp=START)
    client.delete_experiment(gone)
    return path


@pytest.fixture
def store(logged: Path, tmp_path: Path) -> Path:
    """A copy of `logged` in a folder of its own, whose name needs care in a URI."""
    folder = tmp_path / "a b%20c#d?é"
    folder.mkdir()
    return shutil.copyfile(logged, folder / "mlflow.db")


@pytest.fixture
def untouched() -> Untouched:
    """`with untouched(folder)`: no file there may come, go, or change a byte or a time of change."""

    @contextmanager
    def check(folder: Path) -> Iterator[None]:
        before = _state(folder)
        yield
        assert _state(folder) == before

    return check


def _state(folder: Path) -> dict[str, tuple[str, int, int]]:
    # Looking closes descriptors, which drops locks: only processes that hold none may look.
    found = {}
    for path in sorted(folder.rglob("*")):
        stat = path.stat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path.relative_to(folder))] = (digest, stat.st_size, stat.st_mtime_ns)
    return found
