"""The comparison in a real browser: cold links with every choice, and files that arrive."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Download, Page, expect

from browser.axe import findings
from browser.serving import serving, settled
from scored import Scored, filled

Visit = Callable[..., Page]
A, B, C = (f"params.model = '{name}'" for name in "abc")
DEEP = {
    "experiment": "e",
    "metric": ["accuracy", "log_loss"],
    "baseline": A,
    "candidate": [B, C],
    "unit": "examples",
    "slice": "kind",
    "level": "0.9",
}
PATH = "/compare?" + urlencode(DEEP, doseq=True)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


@pytest.fixture(scope="module")
def at(scored: Scored, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(scored.uri, tmp_path_factory.mktemp("served")) as found:
        yield found


def finding(page: Page) -> str:
    return page.get_by_role("heading", level=2).first.inner_text()


def open_taking(page: Page) -> None:
    """Opens "Take it along" and waits until all of it stands still: a click on what still moves is lost."""
    page.get_by_text("Take it along", exact=True).click()
    expect(page.get_by_role("button", name="Sentences for the report")).to_be_visible()
    settled(page)


def taken(page: Page, button: str) -> Download:
    open_taking(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value


def test_a_cold_link_with_every_choice_shows_it_and_the_copied_link_shows_the_same(visit: Visit, at: str) -> None:
    page = visit(PATH, at=at)
    expect(page.get_by_role("heading", level=2).first).to_contain_text("1 of 2 candidates is better than a on accuracy")
    expect(page.get_by_text("4 comparisons, Holm").first).to_be_visible()
    expect(page.get_by_text("90 % intervals").first).to_be_visible()
    expect(page.get_by_role("heading", name="Slices, worst regressions first")).to_be_visible()
    expect(page.get_by_role("heading", name="Every metric", exact=True)).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["metric"] == DEEP["metric"]
    page.get_by_role("button", name="Copy link").click()
    link = page.locator('[data-testid="stPopoverBody"] code').inner_text().strip()
    asked = parse_qs(urlsplit(link).query)
    assert {key: asked[key] for key in ("metric", "candidate")} == {k: DEEP[k] for k in ("metric", "candidate")}
    assert (asked["unit"], asked["slice"], asked["level"]) == (["examples"], ["kind"], ["0.9"])
    again = visit("/compare?" + urlsplit(link).query, at=at)
    assert finding(again) == finding(page)
    assert findings(again) == []


def test_the_whole_result_arrives_as_json(visit: Visit, at: str, scored: Scored, tmp_path: Path) -> None:
    download = taken(visit(PATH, at=at), "Whole result as JSON")
    assert download.suggested_filename == "assay-accuracy-result.json"
    download.save_as(tmp_path / "result.json")
    whole = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert whole["parameters"]["metric"] == DEEP["metric"]
    assert whole["store"] == scored.uri
    assert {"snapshot", "policy", "versions", "assay", "link"} <= set(whole)
    results = [whole["result"], *whole["result"]["also"]]
    assert [result["metric"] for result in results] == DEEP["metric"]
    assert {result["comparisons"] for result in results} == {4}
    assert len(results[0]["baseline"]["run_ids"]) == 4


def test_a_figure_is_saved_light_from_a_dark_page_as_often_as_asked(visit: Visit, at: str, tmp_path: Path) -> None:
    page = visit(PATH, at=at, dark=True)
    figure = page.locator('[data-testid="stPlotlyChart"]').first
    assert figure.evaluate("one => one.querySelector('.js-plotly-plot')._fullLayout.paper_bgcolor") != "#FFFFFF"
    expect(figure.locator(".modebar-btn")).to_have_count(0)
    page.get_by_role("button", name="Save figure").first.click()
    dialog = page.get_by_role("dialog", name="Save figure")
    camera = dialog.locator(".modebar-btn")
    files = []
    for form in ("PNG", "SVG"):
        dialog.get_by_role("radio", name=form).check(force=True)
        expect(dialog.locator(f'[class*="st-key-saved-comparison-{form}"]')).to_be_visible()
        expect(camera).to_have_count(1)
        with page.expect_download() as download:
            camera.click()
        assert download.value.suggested_filename == f"assay-comparison.{form.lower()}"
        files.append(tmp_path / form)
        download.value.save_as(files[-1])
    with Image.open(files[0]) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    assert pixels.shape[1] == 2 * 860
    margin = 20
    edges = (pixels[:margin], pixels[-margin:], pixels[:, :margin], pixels[:, -margin:])
    assert all((edge == 255).all() for edge in edges)
    assert pixels.min() < 60
    drawn = files[1].read_text(encoding="utf-8")
    assert "fill: rgb(255, 255, 255)" in drawn[:500]
    assert "Source Sans" in drawn


def test_a_table_arrives_with_its_numbers_as_numbers(visit: Visit, at: str, tmp_path: Path) -> None:
    page = visit(PATH, at=at)
    open_taking(page)
    page.get_by_role("combobox", name="Format").click()
    page.get_by_role("option", name="CSV").click()
    expect(page.get_by_text("metric,unit,better,")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download table").click()
    assert download.value.suggested_filename == "assay-accuracy-every-metric.csv"
    download.value.save_as(tmp_path / "table.csv")
    read = pd.read_csv(tmp_path / "table.csv")
    assert read["metric"].tolist() == ["accuracy", "accuracy", "log_loss", "log_loss"]
    assert all(read[name].dtype == float for name in ("baseline_mean", "difference", "difference_low", "p_adjusted"))
    assert (read["difference"] - (read["candidate_mean"] - read["baseline_mean"])).abs().max() < 1e-9


def test_an_example_is_put_on_top_by_mouse_by_keys_and_by_its_link(visit: Visit, at: str) -> None:
    page = visit(PATH, at=at)
    choice = page.get_by_role("combobox", name="Example on top")
    choice.scroll_into_view_if_needed()
    settled(page)
    choice.click()
    first, second = (page.get_by_role("option").nth(place).inner_text() for place in (0, 1))
    page.get_by_role("option", name=first, exact=True).click()
    top = page.get_by_role("heading", name="Example x")
    expect(top).to_contain_text(first)
    settled(page)
    # Before anything scrolls: a list that is open closes when the page moves, and Enter then chooses nothing.
    choice.focus()
    choice.fill(second)
    expect(page.get_by_role("option")).to_have_text([second])
    choice.press("Enter")
    expect(top).to_contain_text(second)
    page.get_by_role("link", name="Go up to the example").click()
    expect(top).to_be_in_viewport()
    again = visit("/compare?" + urlsplit(page.url).query, at=at)
    expect(again.get_by_role("heading", name="Example x")).to_contain_text(second)


def test_nothing_is_wider_than_a_phone(visit: Visit, at: str) -> None:
    page = visit(PATH, at=at, width=390, height=844)
    for box in ("document.documentElement", "document.querySelector('[data-testid=\"stMain\"]')"):
        assert page.evaluate(f"{box}.scrollWidth <= innerWidth"), box
