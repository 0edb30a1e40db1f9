"""`pip install 'assay[dashboard]'` serves from any folder, under the options and the theme that come with it."""

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assay import __version__
from browser.serving import settled
from package.installing import Environment, assembled, clean, pip
from stores import Store

SECONDS = 60


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    made = assembled(wheel, "dashboard", tmp_path_factory.mktemp("dashboard") / "env")
    pip("--python", made.python, "check")
    return made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@dataclass(frozen=True)
class Served:
    port: int
    data: Path
    process: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def health(self) -> dict[str, Any]:
        """What /api/health answers once there are runs."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log
            with suppress(OSError), urllib.request.urlopen(f"{self.address}/api/health", timeout=5) as answer:
                return dict(json.load(answer))
            time.sleep(0.1)
        raise AssertionError(f"not healthy within {SECONDS} s:\n{self.log}")

    @property
    def log(self) -> str:
        return (self.data.parent / "server.log").read_text()


@pytest.fixture(scope="module")
def served(environment: Environment, home: Path, elsewhere: Path) -> Iterator[Served]:
    """`assay serve` on a small store, by somebody who set nothing else, in a folder that is not theirs."""
    store = Store.sqlite(home.parent / "store" / "mlflow.db")
    for model in ("svc", "tree"):
        store.configuration("digits", {"model": model}, "accuracy", [0.9, 0.91])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = home / "share"
    variables = {"HOME": str(home), "XDG_DATA_HOME": str(data), "ASSAY_SYNC_SECONDS": "3600"}
    command = [str(environment.folder / "bin" / "assay"), "serve", "--tracking-uri", store.uri, "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=elsewhere, env=clean(variables), stdout=log, stderr=log)
    try:
        yield Served(port, data, process)
    finally:
        process.terminate()
        assert process.wait(timeout=20) in (0, -15)


def test_it_serves_from_a_folder_that_may_not_be_written(served: Served, home: Path, elsewhere: Path) -> None:
    before = sorted(elsewhere.rglob("*"))
    health = served.health()
    assert (health["status"], health["version"], health["runs"]) == ("ok", __version__, 4)
    assert sorted(elsewhere.rglob("*")) == before
    assert {path.name for path in home.iterdir()} == {"share", "server.log"}
    assert {path.name for path in (served.data / "assay").iterdir()} == {"cache"}
    assert "INFO assay.sync: 4 runs from sqlite:///" in served.log


def test_it_listens_to_this_machine_alone(served: Served) -> None:
    served.health()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", served.port), timeout=5)


@pytest.fixture
def page(served: Served, browser: BrowserContext) -> Iterator[Page]:
    served.health()
    page = browser.new_page()
    page.emulate_media(color_scheme="light")
    yield page
    page.close()


def test_a_page_shows_the_runs_in_the_theme_and_asks_nobody_else(served: Served, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(served.address)
    expect(page.get_by_role("heading", name="2 configurations, 4 runs")).to_be_visible()
    settled(page)
    app = "document.querySelector('[data-testid=\"stApp\"]')"
    assert page.evaluate(f"getComputedStyle({app}).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.querySelector('[data-testid=\"stHeaderLogo\"]').naturalWidth") > 0
    page.goto(f"{served.address}/compare")
    expect(page.get_by_role("heading", level=1, name="Compare")).to_be_visible()
    assert asked == {f"127.0.0.1:{served.port}"}


def test_what_went_wrong_unexpectedly_is_in_the_log_alone(served: Served, environment: Environment, page: Page) -> None:
    script = environment.packages / "assay" / "site" / "pages" / "compare.py"
    whole = script.read_text()
    script.write_text("1 / 0")
    page.goto(f"{served.address}/compare")
    expect(page.get_by_test_id("stException").first).to_be_visible()
    assert "ZeroDivisionError" not in page.locator("body").inner_text()
    assert "ZeroDivisionError" in served.log
    script.write_text(whole)


def test_recipes_rules_and_methods_are_found(environment: Environment, elsewhere: Path, tmp_path: Path) -> None:
    """The demo with one of its recipes; all of them take a minute."""
    (tmp_path / "recipes").mkdir()
    shipped = environment.packages / "assay" / "site" / "data" / "recipes"
    shutil.copy(shipped / "3-diabetes-regression.yaml", tmp_path / "recipes")
    (tmp_path / "make.py").write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from assay import demo, policy\n"
        "from assay.model.comparison.procedure import Procedure, Technique\n"
        "from assay.queries import methods\n"
        "folder = Path(sys.argv[1])\n"
        "made = demo.make(folder / 'mlflow.db', small=True, recipe_folder=folder / 'recipes')\n"
        "page = methods.page(Procedure(Technique.PAIRED_T))\n"
        "print(made.runs > 0, bool(policy.load().metrics), page.title)\n"
    )
    done = environment.run("python", tmp_path / "make.py", tmp_path, cwd=elsewhere)
    assert done.stdout.startswith("True True ")


def test_other_commands_keep_their_files_with_their_user_too(
    environment: Environment, elsewhere: Path, tmp_path: Path
) -> None:
    variables = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "share")}
    Store.sqlite(tmp_path / "mlflow.db").run("one", metrics={"acc": 1.0})
    words = ("assay", "runs", "--json", "--tracking-uri", f"sqlite:///{tmp_path}/mlflow.db")
    done = environment.run(*words, cwd=elsewhere, variables=variables)
    assert len(json.loads(done.stdout)["runs"]) == 1
    assert (tmp_path / "share" / "assay" / "cache").is_dir()
