"""Fixtures that every folder of tests may use."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, sync_playwright
from xdist.workermanage import NodeManager  # type: ignore[import-untyped]

import curved
import searched
import tasked
import traded
from assay import policy as policies
from assay import settings as configuration
from assay.model.policy import Policy
from assay.settings import Settings
from browser.serving import FLAGS, PATIENCE_MS, chromium
from stores import SEEDS, Store


def pytest_configure() -> None:
    """A worker that writes which lines it reached may need longer to end than the ten seconds it has, and be killed."""
    NodeManager.EXIT_TIMEOUT = 120


def pytest_collection_finish() -> None:
    """Looking for garbage took a tenth of the time: rarely now, and not through what was imported, which stays."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Who counts what nobody took down, as duckdb does, would count all of it."""
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on what the person who runs it has set."""
    for name in os.environ:
        if name == "MLFLOW_TRACKING_URI" or (name.startswith("ASSAY_") and name != "ASSAY_SAMPLES"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")


@pytest.fixture(scope="session")
def policy() -> Policy:
    return policies.load()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of packed real stores; the test is skipped where nobody has them."""
    folder = os.environ.get("ASSAY_SAMPLES")
    if not folder:
        pytest.skip("ASSAY_SAMPLES names no folder of samples")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One experiment with a clear winner, a tie, a repeat, a failure, a divergence and a running run.

    Nobody may log to it: tests that need changes make a store of their own.
    """
    store = Store.sqlite(tmp_path_factory.mktemp("digits") / "mlflow.db")
    store.configuration("digits", {"model": "logreg", "C": "1"}, "accuracy", [0.90, 0.91, 0.905, 0.902, 0.908])
    store.configuration("digits", {"model": "svc", "C": "1"}, "accuracy", [0.95, 0.957, 0.951, 0.955, 0.953])
    store.configuration("digits", {"model": "ridge", "C": "1"}, "accuracy", [0.901, 0.908, 0.906, 0.899, 0.911])
    svc = {"model": "svc", "C": "1"}
    for extra in ({"accuracy": 0.95}, {"accuracy": float("nan")}, {"accuracy": float("inf")}, {"loss": 1.0}):
        store.run("digits", params={**svc, "seed": SEEDS[0] if "accuracy" in extra else 7}, metrics=extra)
    store.run("digits", params={**svc, "seed": 5}, metrics={"accuracy": 0.1}, status="FAILED")
    store.run("digits", params={**svc, "seed": 6}, metrics={"accuracy": 0.5}, status=None)
    store.run("한국어 실험", params={"모델": "트리", "seed": 1}, metrics={"정확도": 0.5}, name="첫 실행")
    return store


@pytest.fixture(scope="session")
def arcade(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Agents on several tasks; as with `digits`, nobody may log to it."""
    return tasked.filled(tmp_path_factory.mktemp("arcade"))


@pytest.fixture(scope="session")
def nets(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Trainings with histories; nobody may log to it."""
    return curved.filled(tmp_path_factory.mktemp("nets"))


@pytest.fixture(scope="session")
def trades(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Models that trade one metric off against another; nobody may log to it."""
    return traded.filled(tmp_path_factory.mktemp("trades"))


@pytest.fixture(scope="session")
def searches(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """`digits` with searches beside it; nobody may log to it either."""
    path = tmp_path_factory.mktemp("searches") / "mlflow.db"
    shutil.copy(digits.uri.removeprefix("sqlite:///"), path)
    return searched.filled(Store(f"sqlite:///{path}"))


@pytest.fixture
def settings(digits: Store, tmp_path: Path) -> Settings:
    """Settings that read `digits` into a data folder of the test's own."""
    return configuration.read({}, tracking_uri=digits.uri, data=tmp_path / "data")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A real browser; one a process, because Playwright holds its event loop.

    What a server calls unchanging stays in its cache from test to test, as with people; half of a visit is to read it.
    """
    path = chromium()
    with sync_playwright() as playwright:
        profile = tmp_path_factory.mktemp("browser-profile")
        launched = playwright.chromium.launch_persistent_context(profile, executable_path=path, args=FLAGS)
        launched.set_default_timeout(PATIENCE_MS)
        yield launched
        launched.close()
