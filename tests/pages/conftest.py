"""The whole app without a browser, on a store that was synced once."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from assay import settings as configuration
from assay.model.sync import Snapshot
from assay.queries import freshness
from assay.settings import ROOT
from looking import synced
from stores import Store

SHELL = str(ROOT / "lib" / "assay" / "shell.py")
COMPARE = str(ROOT / "pages" / "compare.py")

Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _components() -> Iterator[None]:
    """AppTest reads what every installed package says of itself at each run, which takes half of it: once will do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def data(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the shared store's snapshot."""
    return synced(digits, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def snapshot(digits: Store, data: Path) -> Snapshot:
    found = freshness.current(configuration.read({}, tracking_uri=digits.uri, data=data)).snapshot
    assert found is not None
    return found


@pytest.fixture
def copy(digits: Store, tmp_path: Path) -> Store:
    """The shared store again, for tests that change it."""
    path = tmp_path / "store" / "mlflow.db"
    path.parent.mkdir()
    shutil.copy(digits.uri.removeprefix("sqlite:///"), path)
    return Store(f"sqlite:///{path}")


@pytest.fixture
def open_app(digits: Store, data: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """`open_app(page=COMPARE, metric="accuracy")` opens a page with query parameters."""

    def opened(
        page: str = "",
        *,
        uri: str = digits.uri,
        folder: Path = data,
        query: Mapping[str, str | list[str]] | None = None,
    ) -> AppTest:
        monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
        monkeypatch.setenv("ASSAY_DATA", str(folder))
        monkeypatch.setenv("ASSAY_SYNC_SECONDS", "86400")  # nobody syncs here
        app = AppTest.from_file(SHELL, default_timeout=120)
        if page:
            app.run()
            app.switch_page(page)
        for key, value in (query or {}).items():
            app.query_params[key] = value
        return app.run()

    return opened
