"""A run's page in a real browser: its files, its description, and stores that were copied or emptied."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from browser.axe import findings
from browser.conftest import HOSTILE
from browser.serving import serving, settled
from scored import Scored
from stores import Store

Visit = Callable[..., Page]
HTML = "<h1>report</h1><script>document.title = 'acted'</script>"
FILES = ("confusion.png", "per_class.csv", "report.html", "notes.txt")


@dataclass(frozen=True)
class Served:
    """A run with files, and a server that has seen its store at another place."""

    run_id: str
    address: str

    def path(self, *ticked: str) -> str:
        return "/?" + urlencode({"run": self.run_id, "tick": ticked}, doseq=True)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("files")
    store = Scored(folder / "logged")
    run_id = store.run("e", name="svc", metrics={"accuracy": 0.9}, tags={"mlflow.note.content": f"Why\n\n{HOSTILE}"})
    top = store.folder / "artifacts" / run_id / "artifacts"
    top.mkdir(parents=True)
    Image.new("I;16", (60, 40)).save(top / "confusion.png")
    (top / "per_class.csv").write_text("label,recall\n8,0.92\n이름,0.94\n")
    (top / "report.html").write_text(HTML)
    (top / "notes.txt").write_text("한국어 notes")
    shutil.move(store.folder, folder / "copied")
    with serving(f"sqlite:///{folder / 'copied' / 'mlflow.db'}", folder / "data") as address:
        yield Served(run_id, address)


def test_ticked_files_of_a_copied_store_are_shown_and_none_acts(visit: Visit, served: Served) -> None:
    page = visit(served.path(*FILES), at=served.address)
    image = page.get_by_role("img", name="The image confusion.png, 60 by 40 pixels")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 60
    expect(page.get_by_text(HTML)).to_be_visible()
    expect(page.get_by_text("한국어 notes")).to_be_visible()
    expect(page.get_by_text("2 rows, 2 columns")).to_be_visible()
    assert page.title() != "acted"
    assert page.get_by_role("heading", name="report", exact=True).count() == 0
    assert "old path" not in page.inner_text("body")
    assert findings(page) == []


def test_what_is_ticked_is_opened_and_in_the_address(visit: Visit, served: Served) -> None:
    page = visit(served.path(), at=served.address)
    table = page.locator('[data-testid="stDataFrame"]').last
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 37 + 17 + 35)
    expect(page.get_by_text("한국어 notes")).to_be_visible()
    page.wait_for_function("() => new URLSearchParams(location.search).get('tick') === 'notes.txt'")


def test_a_file_is_downloaded_as_it_is(visit: Visit, served: Served) -> None:
    page = visit(served.path("report.html"), at=served.address)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download", exact=True).click()
    assert started.value.suggested_filename == "report.html"
    assert Path(started.value.path()).read_text() == HTML


def test_a_description_is_shown_letter_by_letter(visit: Visit, served: Served) -> None:
    page = visit(served.path(), at=served.address)
    expect(page.get_by_text("Why", exact=True)).to_be_visible()
    shown = page.inner_text("body").replace("\u2060", "")
    assert re.sub(r"\s+", " ", HOSTILE) in shown
    assert page.locator('img[src="x"], a[href*="evil.example"]').count() == 0


def test_a_run_is_compared_with_its_configuration_as_candidate(visit: Visit, served: Served) -> None:
    page = visit(served.path(), at=served.address)
    page.get_by_role("button", name="Compare this run").click()
    page.wait_for_url("**/compare?**candidate=**")
    assert "baseline" not in page.url


def test_the_way_to_its_configuration_lists_its_runs(visit: Visit, store: Store) -> None:
    experiments = [e.experiment_id for e in store.client.search_experiments()]
    run = store.client.search_runs(experiments, "params.model = 'ridge' and params.seed = '123'")[0]
    page = visit(f"/?run={run.info.run_id}")
    page.get_by_role("link", name="Its configuration").click()
    expect(page.get_by_role("textbox", name="Filter")).to_have_value("params.model = 'ridge'")
    assert "rows=runs" in page.url
    page.go_back()
    settled(page)
    page.get_by_role("link", name="Its experiment").click()
    expect(page.get_by_role("textbox", name="Filter")).to_have_value("")
    assert "where" not in page.url


def test_a_store_of_deleted_runs_shows_them_at_a_click(visit: Visit, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    store.client.delete_run(store.run("e", name="removed", metrics={"accuracy": 0.9}))
    with serving(store.uri, tmp_path / "data") as address:
        page = visit("/", at=address)
        expect(page.get_by_text("deleted in MLflow: 1 run")).to_be_visible()
        page.get_by_role("button", name="Show the deleted runs").click()
        expect(page.get_by_role("heading", name="1 configuration, 1 run")).to_be_visible()
        page.wait_for_function("() => location.search.includes('deleted=true')")
