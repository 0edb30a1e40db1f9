"""Cold and idle syncs against MlflowClient.search_runs over the same store, each in a process of its own.

Libraries are loaded and warm on both sides before the clock starts. What takes less than a second is the best of
several, each cold one into a cache of its own.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from benchmarks.results import Row
from benchmarks.stores import sqlite_store

RUNS = 10_000
MANY = 100_000
COLD_TIMES = 3


def measure() -> list[Row]:
    """SQLite and REST at 10,000 runs, idle syncs and readings at 100,000."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm = sqlite_store(folder / "warm.db", 50)
        uri = sqlite_store(folder / "runs.db", RUNS)
        rows = [_against(f"Cold sync of {RUNS:,} runs, SQLite", folder, uri, warm, goal="≥ 50 ×")]
        with _server(uri) as address:
            rows.append(_against(f"Cold sync of {RUNS:,} runs, mlflow server", folder, address, warm))
        many = sqlite_store(folder / "many.db", MANY)
        found, peer = _alone("ours", folder, many, warm), _alone("peer", folder, many, warm)
    size = found["bytes"] / 1e6
    return [
        *rows,
        Row(
            f"Cold sync of {MANY:,} runs, SQLite; the snapshot is {size:.0f} MB",
            found["cold"],
            "search_runs",
            peer["seconds"],
            "≥ 50 ×",
        ),
        Row(f"Sync of {MANY:,} runs without changes, SQLite", found["idle"], goal="< 100 ms"),
        Row(f"Configurations and 12 metrics of {MANY:,} runs, one thread", found["read"], goal="< 1 s"),
        Row("Opening a snapshot and counting, while it is in use", found["open"]),
    ]


def _against(what: str, folder: Path, uri: str, warm: str, goal: str = "") -> Row:
    ours, peer = _alone("ours", folder, uri, warm), _alone("peer", folder, uri, warm)
    assert ours["runs"] == peer["runs"], "both sides must have read the same runs"
    return Row(what, ours["cold"], "search_runs", peer["seconds"], goal)


def _alone(side: str, folder: Path, uri: str, warm: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bench_sync", side, str(folder), uri, warm]
    environment = os.environ | {"NO_PROXY": "127.0.0.1", "MLFLOW_DISABLE_TELEMETRY": "true"}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def ours(folder: Path, uri: str, warm: str) -> dict[str, float]:
    """Seconds of Assay's side."""
    from assay import settings, sync
    from assay.cache import reads
    from assay.cache.connection import opened
    from assay.model.runs.selection import Selection
    from assay.queries import freshness

    with tempfile.TemporaryDirectory(dir=folder) as data:
        sync.sync(settings.read({}, tracking_uri=warm, data=data))
        colds = []
        for number in range(COLD_TIMES if uri.startswith("sqlite") else 1):
            chosen = settings.read({}, tracking_uri=uri, data=f"{data}/{number}")
            report = sync.sync(chosen)
            colds.append(report.seconds)
        idle = _best(lambda: sync.sync(chosen))
        snapshot = freshness.current(chosen).snapshot
        assert snapshot is not None
        keys = reads.keys(snapshot, Selection()).metrics[:12]

        def read() -> None:
            reads.runs(snapshot, Selection(), seeds=("seed",), ignored=("git_ref",))
            reads.metrics(snapshot, Selection(), keys)

        def count() -> None:
            with opened(snapshot) as connection:
                connection.execute("SELECT count(*) FROM runs").fetchall()

        return {
            "cold": min(colds),
            "runs": report.runs,
            "idle": idle,
            "read": _best(read),
            "open": _best(count),
            "bytes": snapshot.path.stat().st_size,
        }


def peer(_: Path, uri: str, warm: str) -> dict[str, float]:
    """Seconds of MLflow's side: all pages of all experiments through its client, as long as it makes them."""
    from mlflow import MlflowClient
    from mlflow.entities import Run

    def every(uri: str) -> Iterator[Run]:
        client = MlflowClient(uri)
        ids = [experiment.experiment_id for experiment in client.search_experiments()]
        token = None
        while True:
            page = client.search_runs(ids, page_token=token)
            yield from page
            token = page.token
            if not token:
                return

    assert sum(1 for _ in every(warm))
    started = time.perf_counter()
    runs = sum(1 for _ in every(uri))
    return {"seconds": time.perf_counter() - started, "runs": runs}


@contextmanager
def _server(uri: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "server", "--backend-store-uri", uri, "--port", str(port)]
    environment = os.environ | {"MLFLOW_DISABLE_TELEMETRY": "true"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment, start_new_session=True) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(f"{address}/health")
            yield address
        finally:
            os.killpg(process.pid, 15)


def _wait(address: str, seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            build_opener(ProxyHandler({})).open(address, timeout=5).close()
        except (URLError, OSError):
            assert time.monotonic() < deadline, f"{address} does not answer"
            time.sleep(0.1)
        else:
            return


def _best(work: Callable[[], object], times: int = 5) -> float:
    def once() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return min(once() for _ in range(times))


if __name__ == "__main__":
    side = {"ours": ours, "peer": peer}[sys.argv[1]]
    sys.stdout.write(json.dumps(side(Path(sys.argv[2]), sys.argv[3], sys.argv[4])))
