"""Starts the whole of Assay for a test, and knows when a page has come to rest."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from assay.settings import ROOT

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
STARTED_SECONDS = 180
EMPTY: Mapping[str, str] = {}
PATIENCE_MS = 120_000  # a first page on a busy machine of two cores has taken 30 s

_UNSETTLED = """() => {
    const state = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState
    const waiting = document.querySelectorAll('[data-stale="true"], [data-testid="stSkeleton"]').length
    return state === 'notRunning' && !waiting ? '' : `the script is ${state}, ${waiting} elements wait`
}"""


def chromium() -> str | None:
    """The browser to drive: ASSAY_CHROMIUM, else Playwright's own (None), else Debian's."""
    named = os.environ.get("ASSAY_CHROMIUM")
    if named:
        return named
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path).exists()
    return None if own else shutil.which("chromium")


def free_port() -> int:
    """One that nobody listens at right now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(
    uri: str, data: Path, *, port: int = 0, variables: Mapping[str, str] = EMPTY, options: Sequence[str] = ()
) -> Iterator[str]:
    """The whole of Assay in a process of its own, as `make run` starts it; its address.

    `variables`: of its environment besides these, `options`: Streamlit's, as its command takes them.
    """
    port = port or free_port()
    environment = os.environ | {
        "MLFLOW_TRACKING_URI": uri,
        "ASSAY_DATA": str(data),
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "PYTHONPATH": str(ROOT / "lib"),
        **variables,
    }
    data.mkdir(parents=True, exist_ok=True)
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", *options],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health", process, data / "server.log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + STARTED_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError(f"The server did not start within {STARTED_SECONDS} s:\n{log.read_text()}")


def settled(page: Page) -> None:
    """Waits until the script behind a page that was just opened has run to its end.

    Not for what a click causes: the script may not have started yet. Wait for the effect instead.
    """
    try:
        page.wait_for_function(f"() => ({_UNSETTLED})() === ''", timeout=PATIENCE_MS)
    except PlaywrightTimeout as error:
        raise AssertionError(f"{page.url} did not come to rest: {page.evaluate(_UNSETTLED)}") from error


def tick(page: Page, *rows: int) -> None:
    """Ticks rows of the first table, from 0; the table is painted, so by place."""
    table = page.locator('[data-testid="stDataFrame"]').first
    table.locator("canvas").first.wait_for()
    table.scroll_into_view_if_needed()
    for done, row in enumerate(rows, start=1):
        box = table.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 18, box["y"] + 37 + 35 * row + 17)
        expect(table.locator('tr[aria-selected="true"]')).to_have_count(done)
        settled(page)
