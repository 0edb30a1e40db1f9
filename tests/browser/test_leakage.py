"""The Leakage page in a real browser: a link and a click choose a cell, Back undoes it, a phone has room."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

import leaking
from browser.axe import findings
from browser.serving import serving, settled

Visit = Callable[..., Page]
HERE = {"leak-in": "patients"}


@pytest.fixture(scope="module")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("leakage")
    with serving(leaking.filled(folder).uri, folder / "data") as found:
        yield found


def linked(**more: str) -> str:
    return "/leakage?" + urlencode({**HERE, **{f"leak-{name}": value for name, value in more.items()}})


def chosen(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("leak-check", [])


def cell(page: Page, status: str) -> Locator:
    """The heading of the evidence of the chosen cell."""
    return page.get_by_role("heading", level=3, name=status)


def click_cell(page: Page, row: int, column: int) -> None:
    """A cell of the matrix behind the name, from 0; the table is painted, so by place."""
    table = page.locator('[class*="st-key-checks-"] [data-testid="stDataFrame"]')
    table.locator("canvas").first.wait_for()
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 200 + 108 * column + 54, box["y"] + 37 + 35 * row + 17)


def test_a_cold_link_shows_the_cell_that_it_names_and_a_click_chooses_another(visit: Visit, leaks: str) -> None:
    page = visit(linked(check="time_order"), at=leaks)
    expect(page.get_by_text("The link asks for check")).to_be_visible()
    page = visit(linked(check="temporal_overlap"), at=leaks)
    expect(cell(page, "by-visit, time order: – not logged")).to_be_visible()
    settled(page)
    click_cell(page, 0, 0)
    page.wait_for_function("() => new URLSearchParams(location.search).get('leak-check') === 'group_overlap'")
    expect(cell(page, "groups apart: ")).to_be_visible()
    settled(page)
    page.go_back()
    expect(cell(page, "by-visit, time order: – not logged")).to_be_visible()
    assert chosen(page) == ["temporal_overlap"]
    settled(page)
    click_cell(page, 0, 0)
    expect(cell(page, "groups apart: ")).to_be_visible()


def test_the_copied_link_shows_the_same_and_axe_finds_nothing(visit: Visit, leaks: str) -> None:
    page = visit(linked(rows="runs"), at=leaks)
    expect(page.get_by_role("heading", level=2)).to_contain_text("3 of 6 runs leak.")
    expect(cell(page, "by-visit 2, groups apart: ✕ fail")).to_be_visible()
    page.get_by_role("button", name="Copy link").click()
    copied = page.get_by_text("/leakage?").inner_text()
    again = visit("/leakage?" + urlsplit(copied).query, at=leaks)
    expect(cell(again, "by-visit 2, groups apart: ✕ fail")).to_be_visible()
    assert parse_qs(urlsplit(again.url).query) == parse_qs(urlsplit(copied).query)
    assert findings(again) == []


def test_back_undoes_a_change_of_rows(visit: Visit, leaks: str) -> None:
    page = visit(linked(), at=leaks)
    expect(page.get_by_role("heading", level=2)).to_contain_text("1 of 2 configurations leaks.")
    page.get_by_text("runs", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("3 of 6 runs leak.")
    settled(page)
    page.go_back()
    expect(page.get_by_role("heading", level=2)).to_contain_text("1 of 2 configurations leaks.")
    expect(page.get_by_role("radio", name="configurations")).to_be_checked()


def test_a_phone_has_room_and_the_twin_is_a_click_away(visit: Visit, leaks: str) -> None:
    page = visit(linked(), at=leaks, width=390, height=844)
    expect(cell(page, "by-visit, groups apart: ✕ fail")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Compare with its twin").click()
    page.wait_for_url("**/compare?**")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("by-visit")
