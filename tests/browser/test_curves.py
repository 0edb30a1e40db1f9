"""Curves in a real browser: the address follows every link, and what is chosen is drawn."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.axe import findings
from browser.serving import serving, tick
from curved import FAST, GOOD, SLOW
from stores import Store

Visit = Callable[..., Page]
SIDES = {"experiment": "nets", "baseline": FAST, "candidate": GOOD}


@pytest.fixture(scope="module")
def trainings(nets: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(nets.uri, tmp_path_factory.mktemp("curves")) as found:
        yield found


def asked(page: Page, key: str) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(key, [])


def test_a_comparison_leads_to_curves_and_back_and_the_address_follows(visit: Visit, trainings: str) -> None:
    page = visit("/compare?" + urlencode({**SIDES, "metric": "accuracy"}), at=trainings)
    page.get_by_role("link", name="Curves").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Curves")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("ends best: it passes 0.03")
    page.wait_for_function("() => new URLSearchParams(location.search).get('curve') === 'val_loss'")
    assert asked(page, "baseline") == [FAST]
    again = visit(urlsplit(page.url).path + "?" + urlsplit(page.url).query, at=trainings)
    expect(again.get_by_role("heading", level=1)).to_have_text("Curves")
    page.get_by_role("link", name="Compare the last values").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    page.wait_for_function("() => !new URLSearchParams(location.search).has('curve')")
    assert asked(page, "metric") == ["val_loss"]


def test_ticked_runs_lead_to_their_curves(visit: Visit, trainings: str) -> None:
    page = visit("/?in=nets", at=trainings)
    tick(page, 2, 3)
    page.get_by_role("link", name="Curves").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Curves")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_log_and_smoothing_are_drawn_and_in_the_address(visit: Visit, trainings: str) -> None:
    page = visit("/compare?" + urlencode({**SIDES, "curve": "val_loss", "smoothing": "5"}), at=trainings)
    expect(page.get_by_text("smoothed as the mean of 5 neighbouring steps")).to_be_visible()
    page.get_by_role("radiogroup", name="Scale").get_by_text("log", exact=True).click()
    page.wait_for_function("() => new URLSearchParams(location.search).get('axis') === 'log'")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("log scale")
    assert findings(page) == []


def test_on_a_phone_nothing_is_wider_than_the_page(visit: Visit, trainings: str) -> None:
    choices = {"curve": "val_loss", "experiment": "nets", "baseline": SLOW, "candidate": [FAST, GOOD]}
    page = visit("/compare?" + urlencode(choices, doseq=True), at=trainings, width=390, height=844)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
