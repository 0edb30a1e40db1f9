"""What only a browser shows: themes, phones, other scripts, and text that would like to act."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from browser.serving import settled, tick

Visit = Callable[..., Page]
COMPARE = "/compare?" + urlencode(
    {
        "experiment": "digits",
        "metric": "accuracy",
        "baseline": "params.model = 'logreg'",
        "candidate": "params.model = 'svc'",
    }
)
HOSTILE = "/compare?" + urlencode(
    {
        "experiment": "hostile",
        "metric": "accuracy",
        "baseline": "params.model = 'quiet'",
        "candidate": "params.model != 'quiet'",
    }
)

TRAP = "[click](https://evil.example) <img src=x onerror=alert(1)>"


@pytest.mark.parametrize("path", ["/?in=digits", "/?rows=runs", COMPARE])
def test_nothing_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    page = visit(path, width=390, height=844)
    for box in ("document.documentElement", "document.querySelector('[data-testid=\"stMain\"]')"):
        assert page.evaluate(f"{box}.scrollWidth <= innerWidth"), box


def test_on_a_phone_the_score_stands_beside_the_name(visit: Visit) -> None:
    page = visit("/?in=digits", width=390, height=844)
    table = page.locator('[data-testid="stDataFrame"]').first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 37 + 17)
    cell = page.locator("td:focus")
    expect(cell).to_have_text("svc")
    page.keyboard.press("ArrowRight")
    expect(cell).to_have_text(re.compile(r"^95\.3"))
    assert page.locator(".dvn-scroller").first.evaluate("one => one.scrollLeft") == 0


def test_korean_names_are_readable(visit: Visit) -> None:
    page = visit("/?" + urlencode({"in": "한국어 실험", "rows": "runs"}))
    expect(page.get_by_role("heading", name="1 run")).to_be_visible()
    tick(page, 0)
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("첫 실행, seed 1")


def test_names_from_runs_never_act(visit: Visit) -> None:
    seen: list[str] = []
    page = visit(HOSTILE)
    page.on("dialog", lambda dialog: seen.append(dialog.message))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("[click](https://evil.example)")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    settled(page)
    assert page.locator("a[href^='https://evil']").count() == 0
    assert page.locator("img[src='x']").count() == 0
    assert page.locator(".katex").count() == 0
    assert seen == []


@pytest.mark.parametrize("key", ["method", "level", "experiment", "metric", "baseline", "candidate"])
def test_nothing_in_a_link_acts(visit: Visit, key: str) -> None:
    page = visit(f"{COMPARE.partition('?')[0]}?" + urlencode({"experiment": "digits", key: TRAP}))
    settled(page)
    assert page.locator("a[href^='https://evil']").count() == 0
    assert page.locator("img[src='x']").count() == 0


def test_a_suggested_filter_is_copied_as_it_has_to_be_typed(visit: Visit) -> None:
    page = visit("/?" + urlencode({"where": "metrics.accuracy >= '0.9' and params.model = a:b:c"}))
    alert = page.get_by_role("alert")
    expect(alert.locator("code")).to_have_text(["metrics.accuracy >= '0.9'", "metrics.accuracy >= 0.9"])
    page = visit("/?" + urlencode({"where": f"params.model = {TRAP} :smile:"}))
    expect(page.get_by_role("alert")).to_contain_text(TRAP[:20])
    for shown in (alert, page.get_by_role("alert")):
        assert "\u2060" not in shown.inner_text()
    assert page.locator("a[href^='https://evil']").count() == 0
    assert page.locator("img[src='x']").count() == 0


def test_names_from_runs_never_act_on_a_runs_own_page(visit: Visit) -> None:
    page = visit("/?" + urlencode({"in": "hostile", "where": "params.model != 'quiet'"}))
    tick(page, 0)
    page.get_by_role("link", name="Open").click()
    page.wait_for_url("**/?run=*")
    expect(page.get_by_role("heading", name="Evidence for a review")).to_be_visible()
    assert page.locator("a[href^='https://evil']").count() == 0
    assert page.locator("img[src='x']").count() == 0
    assert page.locator(".katex").count() == 0


def test_the_picture_has_its_finding_as_its_name(visit: Visit) -> None:
    page = visit(COMPARE)
    expect(page.locator('[data-testid="stPlotlyChart"]')).to_be_visible()
    assert (
        "svc is better than logreg" in page.content().split("<svg", 1)[0]
        or page.get_by_label("svc is better than logreg").count()
    )


def test_no_page_asks_another_machine_for_anything(visit: Visit, address: str) -> None:
    page = visit("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + COMPARE)
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
