"""A box in a picture of a search narrows the filter, and the list of runs takes it over."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.axe import findings
from browser.serving import serving
from stores import Store

Visit = Callable[..., Page]
LINK = "/?" + urlencode({"search": "accuracy", "in": "search"})


@pytest.fixture(scope="module")
def trials(searches: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(searches.uri, tmp_path_factory.mktemp("search")) as found:
        yield found


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_box_narrows_the_filter_a_cold_link_shows_the_same_and_the_list_takes_it_over(
    visit: Visit, trials: str
) -> None:
    page = visit(LINK, at=trials)
    expect(page.get_by_role("heading", level=2).first).to_contain_text("of 61 trials")
    picture = page.locator(".js-plotly-plot").nth(1)
    picture.scroll_into_view_if_needed()
    box = picture.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 3)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"], steps=4)
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + box["height"] - 3, steps=4)
    page.mouse.up()
    page.wait_for_function("() => new URLSearchParams(location.search).has('where')")
    expect(page.get_by_role("button", name="Show all trials again")).to_be_visible()
    finding = page.get_by_role("heading", level=2).first.inner_text()
    assert "of 61 trials" not in finding
    filter = asked(page)["where"][0]
    assert filter.startswith("run_id IN (")
    again = visit("/?" + urlsplit(page.url).query, at=trials)
    expect(again.get_by_role("heading", level=2).first).to_have_text(finding)
    page.get_by_role("button", name="List the").click()
    expect(page.get_by_role("textbox", name="Filter")).not_to_have_value("")
    expect(page.get_by_role("heading", name="Runs", level=1)).to_be_visible()
    page.wait_for_function("() => !new URLSearchParams(location.search).has('search')")
    assert asked(page)["in"] == ["search"]
    assert asked(page)["where"][0].startswith("run_id IN (")


def test_the_list_leads_to_the_search_and_back_again(visit: Visit, trials: str) -> None:
    page = visit("/?in=search", at=trials)
    page.get_by_role("link", name="Search at a glance").click()
    page.wait_for_function("() => new URLSearchParams(location.search).get('search') === 'accuracy'")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("of 61 trials")
    page.get_by_role("link", name="All runs").click()
    expect(page.get_by_role("heading", name="Runs", level=1)).to_be_visible()
    page.wait_for_function("() => !new URLSearchParams(location.search).has('search')")
    page.go_back()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("of 61 trials")
    assert findings(page) == []


def test_on_a_phone_panels_stand_below_each_other_and_fit(visit: Visit, trials: str) -> None:
    page = visit(LINK, at=trials, width=390, height=844)
    panels = page.locator(".js-plotly-plot")
    expect(panels).to_have_count(7)
    boxes = [panels.nth(i).bounding_box() for i in range(3)]
    assert all(box is not None and box["x"] + box["width"] <= 390 for box in boxes)
    assert [box["y"] for box in boxes if box] == sorted(box["y"] for box in boxes if box)
