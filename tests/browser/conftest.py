"""A real server on a real store, and a real browser."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.serving import PATIENCE_MS, serving, settled
from stores import Store

HOSTILE = "[click](https://evil.example) <img src=x onerror=alert(1)> :red[hot] $x^2$ `y`"

Visit = Callable[..., Page]
_CHOSEN = "cookies,local_storage,indexeddb,service_workers"

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def store(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared store, and an experiment whose names want to act."""
    path = tmp_path_factory.mktemp("browser") / "mlflow.db"
    shutil.copy(digits.uri.removeprefix("sqlite:///"), path)
    copy = Store(f"sqlite:///{path}")
    for offset, name in ((0.0, HOSTILE), (0.1, "quiet")):
        for seed in range(3):
            copy.run(
                "hostile",
                name=name,
                params={"model": name, "seed": seed},
                metrics={"accuracy": 0.5 + offset + seed / 100},
                tags={"note": HOSTILE},
            )
    return copy


@pytest.fixture(scope="session")
def address(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(store.uri, tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture
def visit(browser: BrowserContext, address: str) -> Iterator[Visit]:
    """`visit("/compare?…", width=390)` opens a page in a session of its own, and waits for its title."""
    known: dict[str, Page] = {}

    def open_page(path: str, *, at: str = address, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
        page = known[at] = browser.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.goto(at + path)
        page.locator("h1").wait_for()
        settled(page)
        return page

    yield open_page
    # Nobody finds what another chose, the theme for one.
    for origin, page in known.items():
        browser.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _CHOSEN})
    for page in browser.pages[1:]:
        page.close()
