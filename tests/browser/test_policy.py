"""The Policy page in a real browser: a tick is in the address, a cold link brings it back, a phone has room."""

from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from browser.axe import findings
from browser.serving import settled, tick

Visit = Callable[..., Page]
PICKED = "scorecards.guide.metrics.f1_score.threshold"


def test_a_tick_is_in_the_address_and_axe_finds_nothing(visit: Visit) -> None:
    page = visit("/policy?" + urlencode({"rule": "guide.metrics.f1_score", "card": "guide"}))
    tick(page, 1)
    expect(page.get_by_role("heading", name="The rule you picked")).to_be_visible()
    settled(page)
    assert f"picked={PICKED}" in page.url
    assert findings(page) == []


def test_a_cold_link_brings_back_the_rule_on_a_phone_too(visit: Visit) -> None:
    page = visit(
        "/policy?" + urlencode({"part": "scorecards", "card": "guide", "picked": PICKED}), width=390, height=844
    )
    expect(page.get_by_role("heading", name="The rule you picked")).to_be_visible()
    expect(page.get_by_text("> 0.75", exact=True).last).to_be_visible()
    assert f"picked={PICKED}" in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_tree_is_in_the_address_and_the_whole_policy_opens_to_be_copied(visit: Visit) -> None:
    page = visit("/policy?" + urlencode({"part": "statistics"}))
    page.get_by_text("tree", exact=True).click()
    expect(page.get_by_text("# shipped, default.yaml:").first).to_be_visible()
    settled(page)
    assert "as=tree" in page.url
    page.get_by_role("button", name="Copy as YAML").click()
    expect(page.get_by_role("button", name="Download", exact=True)).to_be_visible()
    settled(page)
    assert findings(page) == []
