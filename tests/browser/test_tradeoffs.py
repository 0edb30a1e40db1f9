"""The Trade-offs page in a real browser: marks and rows choose the candidate, links bring it back, a phone has room."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.axe import findings
from browser.serving import serving, settled
from carded import filled

Visit = Callable[..., Page]
A, B = "params.model = 'a'", "params.model = 'b'"
PAIR = {"traded-experiment": "digits", "objective": ["accuracy", "latency_p95_ms"]}
CHOSEN = "() => new URLSearchParams(location.search).has('traded-candidate')"


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tradeoffs")
    with serving(filled(folder).uri, folder / "data") as found:
        yield found


def linked(**more: str) -> str:
    return "/tradeoffs?" + urlencode({**PAIR, **{f"traded-{key}": value for key, value in more.items()}}, doseq=True)


def candidate(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("traded-candidate", [])


def finding(page: Page) -> Locator:
    return page.get_by_role("heading", level=2).first


def click_row(page: Page, row: int) -> None:
    """The box of a row of the front, from 0; the table is painted, so by place."""
    table = page.locator('[class*="st-key-front-"] [data-testid="stDataFrame"]')
    table.locator("canvas").first.wait_for()
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 37 + 35 * row + 17)


def test_a_click_on_a_mark_makes_it_the_candidate_and_back_undoes_it(visit: Visit, cards: str) -> None:
    page = visit(linked(), at=cards)
    expect(finding(page)).to_contain_text("3 of 5 configurations, a, b and skewed, may be on the front")
    picture = page.locator(".js-plotly-plot").first
    picture.scroll_into_view_if_needed()
    box = picture.locator(".points path").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function(CHOSEN)
    expect(page.get_by_role("heading", name="Scorecard of ")).to_be_visible()
    [filter] = candidate(page)
    assert filter.startswith("params.model = ")
    name = filter.split("'")[1]
    expect(finding(page)).to_contain_text(name)
    settled(page)
    page.go_back()
    expect(finding(page)).to_contain_text("3 of 5 configurations, a, b and skewed, may be on the front")
    assert candidate(page) == []


def test_the_first_choice_on_a_page_that_was_just_opened_counts_and_back_undoes_a_baseline(
    visit: Visit, cards: str
) -> None:
    page = visit(linked(), at=cards)
    settled(page)
    page.get_by_role("combobox", name="Candidate").click()
    page.get_by_role("option", name=A).click()
    expect(page.get_by_role("heading", name="Scorecard of a")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="No baseline").click()
    page.get_by_role("combobox", name="Baseline").click()
    page.get_by_role("option", name=B).click()
    expect(page.get_by_role("button", name="Against b")).to_be_visible()
    settled(page)
    page.go_back()
    expect(page.get_by_role("button", name="No baseline")).to_be_visible()
    assert candidate(page) == [A]


def test_a_ticked_row_is_the_candidate_as_long_as_it_is_ticked(visit: Visit, cards: str) -> None:
    page = visit(linked(), at=cards)
    click_row(page, 0)
    page.wait_for_function(CHOSEN)
    expect(page.get_by_role("heading", name="Scorecard of ")).to_be_visible()
    settled(page)
    ticked = page.locator('[class*="st-key-front-"] tr[aria-selected="true"]')
    expect(ticked).to_have_count(1)
    click_row(page, 0)
    page.wait_for_function(CHOSEN.replace("=> ", "=> !"))
    expect(page.get_by_role("heading", name="Scorecard", exact=True)).to_be_visible()
    expect(ticked).to_have_count(0)


def test_the_copied_link_shows_the_same_to_somebody_else_and_axe_finds_nothing(visit: Visit, cards: str) -> None:
    page = visit(linked(candidate=A, baseline=B, where="params.model != 'c'", card="digits"), at=cards)
    expect(finding(page)).to_contain_text("a is shown better than b in accuracy")
    said = finding(page).inner_text()
    page.get_by_role("button", name="Copy link").click()
    copied = page.get_by_text("/tradeoffs?").inner_text()
    again = visit("/tradeoffs?" + urlsplit(copied).query, at=cards)
    expect(finding(again)).to_have_text(said)
    assert parse_qs(urlsplit(again.url).query) == parse_qs(urlsplit(copied).query)
    assert findings(again) == []


def test_a_phone_has_room_and_the_whole_result_can_be_taken_along(visit: Visit, cards: str) -> None:
    page = visit(linked(candidate=A, baseline=B), at=cards, width=390, height=844)
    expect(finding(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Take it along").click()
    button = page.get_by_role("button", name="Whole result as JSON")
    expect(button).to_be_visible()
    settled(page)
    with page.expect_download() as taken:
        button.click()
    held = json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))
    assert held["result"]["tradeoffs"]["candidate"]["label"] == "a"
    assert held["result"]["scorecard"]["scorecard"]
    assert held["parameters"]["traded-candidate"] == [A]
    assert "/tradeoffs?" in held["link"]


def test_the_way_to_compare_and_back_keeps_every_choice(visit: Visit, cards: str) -> None:
    page = visit(linked(candidate=A, baseline=B, where="params.model != 'c'"), at=cards)
    expect(finding(page)).to_contain_text("a is shown better than b in accuracy")
    left = page.url
    page.get_by_role("button", name="Compare a with the baseline").click()
    page.wait_for_url("**/compare?**")
    expect(finding(page)).to_contain_text("a is better than b")
    settled(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Trade-offs", level=1)).to_be_visible()
    expect(finding(page)).to_contain_text("a is shown better than b in accuracy")
    assert page.url == left
