"""One command serves everything: the health route tells the truth, and the sync process lives as long as the server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
from starlette.responses import JSONResponse

from assay import __version__, api, sync
from assay import settings as configuration
from assay.errors import SourceError
from assay.settings import ROOT, Settings
from stores import Store

_DIRECT = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Server:
    process: "subprocess.Popen[bytes]"
    address: str

    def health(self, path: str = "/api/health") -> tuple[int, dict[str, Any]]:
        try:
            with _DIRECT.open(self.address + path, timeout=10) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            return error.code, json.load(error)

    def code(self) -> int:
        """The status of the health route; 0 while nobody listens yet."""
        assert self.process.poll() is None, "the server has ended"
        try:
            return self.health()[0]
        except OSError:
            return 0

    def syncing(self) -> list[int]:
        """The server's own sync processes."""
        return [pid for pid, parent, command in processes() if parent == self.process.pid and "assay.sync" in command]


def processes() -> list[tuple[int, int, str]]:
    """Number, parent and command line of every process."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("processes are listed through /proc")
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            found.append((int(folder.name), parent, (folder / "cmdline").read_text().replace("\0", " ")))
        except OSError:
            continue
    return found


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def seconds(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


@contextmanager
def serving(settings: Settings, *options: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "MLFLOW_TRACKING_URI": settings.tracking_uri,
        "ASSAY_DATA": str(settings.data),
        "ASSAY_SYNC_SECONDS": "0.2",
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield Server(process, f"http://127.0.0.1:{port}")
        finally:
            process.kill()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return configuration.read({}, tracking_uri=f"sqlite:///{tmp_path}/store/mlflow.db", data=tmp_path / "data")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with one run, to copy: MLflow takes long to make one."""
    path = tmp_path_factory.mktemp("template") / "mlflow.db"
    Store.sqlite(path).run("one", metrics={"acc": 1.0})
    return path


@pytest.fixture
def store(template: Path, settings: Settings) -> Store:
    path = Path(settings.tracking_uri.removeprefix("sqlite:///"))
    path.parent.mkdir()
    return Store.sqlite(Path(shutil.copy(template, path)))


def test_health_follows_the_cache_and_the_sync_process_follows_the_server(settings: Settings, store: Store) -> None:
    with serving(settings, "--server.baseUrlPath", "team/assay") as server:
        wait_for(lambda: server.code() == 200)
        code, body = server.health()
        assert (code, body["status"], body["version"], body["runs"]) == (200, "ok", __version__, 1)
        assert body["cache_age_seconds"] < 60
        assert body["uptime_seconds"] >= 0
        assert abs((datetime.now(UTC) - datetime.fromisoformat(body["timestamp"])).total_seconds()) < 60
        assert server.health("/team/assay/api/health")[0] == 200

        store.run("one")
        wait_for(lambda: server.health()[1]["runs"] == 2)

        [first] = server.syncing()
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: server.syncing() not in ([], [first]))

        assert min(seconds(server.health) for _ in range(20)) < 0.5

        [last] = server.syncing()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=60)
        wait_for(lambda: last not in [pid for pid, _, _ in processes()])


def test_a_killed_server_takes_its_sync_process_along(settings: Settings) -> None:
    with serving(settings) as server:
        wait_for(lambda: server.code() == 503)
        wait_for(server.syncing)
        wait_for(lambda: "mlflow.db" in server.health()[1]["reason"])
        [child] = server.syncing()

        server.process.kill()
        server.process.wait()

        wait_for(lambda: child not in [pid for pid, _, _ in processes()])


def test_a_cache_never_filled_is_unavailable_with_the_reason(settings: Settings) -> None:
    report = api.report(settings)

    assert report["status"] == "unavailable"
    assert "not been read yet" in report["reason"]
    assert (report["runs"], report["cache_age_seconds"]) == (None, None)


@pytest.mark.parametrize("damage", [b"", b"{}", b"<html>"])
def test_a_damaged_cache_is_unavailable_with_the_reason(settings: Settings, store: Store, damage: bytes) -> None:
    sync.sync(settings)
    for path in (settings.data / "cache").glob("*.json"):
        path.write_bytes(damage)

    report = api.report(settings)

    assert report["status"] == "unavailable"
    assert "assay sync --full" in report["reason"]


def test_a_truncated_snapshot_is_unavailable_with_the_reason(settings: Settings, store: Store) -> None:
    sync.sync(settings)
    [path] = (settings.data / "cache").glob("*.duckdb")
    path.write_bytes(path.read_bytes()[:5000])

    assert path.name in api.report(settings)["reason"]


def test_a_store_that_is_away_leaves_the_cache_usable_and_says_so(settings: Settings, store: Store) -> None:
    sync.sync(settings)
    path = Path(settings.tracking_uri.removeprefix("sqlite:///"))
    path.rename(path.with_suffix(".away"))
    with pytest.raises(SourceError):
        sync.sync(settings)

    report = api.report(settings)

    assert (report["status"], report["runs"]) == ("stale", 1)
    assert "mlflow.db" in report["reason"]


def test_a_cache_that_cannot_be_kept_up_to_date_answers_and_says_so_once_it_is_late(
    settings: Settings, store: Store
) -> None:
    sync.sync(settings)
    [lock] = (settings.data / "cache").glob("*.lock")
    lock.unlink()
    lock.mkdir()
    assert api.report(settings)["status"] == "ok"

    with serving(settings) as server:
        wait_for(lambda: server.code() == 200)
        wait_for(lambda: server.health()[1]["status"] == "stale")
        code, body = server.health()
        assert (code, body["runs"]) == (200, 1)
        assert str(lock) in body["reason"]


@pytest.mark.parametrize("odd", ['"/a\\udcffb"', "NaN", "1e999", "null"])
def test_whatever_the_status_file_holds_health_is_json_with_words(settings: Settings, store: Store, odd: str) -> None:
    store.run("one")
    sync.sync(settings)
    [status] = (settings.data / "cache").glob("*.status.json")
    problem = '{"code": "folder_missing", "values": {"path": %s}, "quotes": [], "sides": []}'
    status.write_text(status.read_text().replace('"problem": null', f'"problem": {problem % odd}'))

    body = json.loads(bytes(JSONResponse(api.report(settings)).body))

    said = {'"/a\\udcffb"': "There is no folder /a?b;", "null": "There is no folder None;"}
    assert body.get("reason", "").startswith(said.get(odd, ""))
    assert body["status"] == ("stale" if odd in said else "ok")


def test_routes_stand_once_without_a_base_path(settings: Settings) -> None:
    def paths(base: str) -> list[str]:
        return [getattr(route, "path", "") for route in api.routes(settings, base)]

    assert paths("") == paths("/") == ["/api/health", "/api/reviews/{id}"]
    assert paths("/team/") == [*paths(""), *("/team" + path for path in paths(""))]
