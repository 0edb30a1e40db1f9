"""What a reader's hands expect: Esc, a theme that is switched, and everything by keyboard."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from browser.axe import findings
from browser.serving import settled

Visit = Callable[..., Page]
COMPARE = "/compare?" + urlencode(
    {"experiment": "digits", "baseline": "params.model = 'logreg'", "candidate": "params.model = 'svc'"}
)
DRAWN = "() => document.querySelector('.js-plotly-plot')?._fullLayout?.xaxis?.tickfont?.color.toLowerCase()"
LIGHT, DARK = "#55616e", "#e6eaf1"


def reach(page: Page, there: str) -> None:
    """Tabs until the element that has the focus is `there`, a condition on `one`."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => (one => {there})(document.activeElement)"):
            return
    raise AssertionError(f"60 tabs do not lead to {there}")


def ticked(page: Page) -> Locator:
    return page.locator('[data-testid="stDataFrame"]').first.locator('tr[aria-selected="true"]')


def test_esc_closes_a_list_and_keeps_the_choice(visit: Visit) -> None:
    page = visit(COMPARE)
    box = page.get_by_role("combobox", name="Experiment")
    for keys in ("", "z", "ArrowDown"):
        box.click()
        if keys:
            page.keyboard.press(keys)
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(box).to_have_value("digits")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Method: auto").click()
    level = page.get_by_role("combobox", name="Level of the intervals")
    level.click()
    page.get_by_role("option", name="0.9", exact=True).click()
    expect(page.get_by_text("90 % CI").first).to_be_visible()
    level.press("Escape")
    expect(level).not_to_be_visible()
    settled(page)
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["experiment"], asked["level"]) == (["digits"], ["0.9"])


def test_a_switch_of_theme_redraws_figures_at_once(visit: Visit) -> None:
    page = visit(COMPARE)
    page.wait_for_function(f"({DRAWN})() === '{LIGHT}'")
    assert findings(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"({DRAWN})() === '{DARK}'")
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitemradio", name="Light").click()
    page.wait_for_function(f"({DRAWN})() === '{LIGHT}'")


def test_without_a_mouse_from_a_search_to_one_metric_of_a_comparison(visit: Visit) -> None:
    page = visit("/?in=digits")
    expect(page.get_by_text("Shift+Space ticks one")).to_be_visible()
    reach(page, "one.type === 'search'")
    page.keyboard.type("svc")
    expect(page.get_by_role("heading", name="1 configuration")).to_be_visible()
    for _ in "svc":
        page.keyboard.press("Backspace")
    expect(page.get_by_role("heading", name="3 configurations")).to_be_visible()
    reach(page, "one.tagName === 'CANVAS'")
    page.keyboard.press("Shift+Space")
    expect(ticked(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(ticked(page)).to_have_count(2)
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_visible()
    assert findings(page) == []
    reach(page, "one.tagName === 'BUTTON' && one.innerText.endsWith('Compare')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?**")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    settled(page)
    reach(page, "one.ariaLabel === 'Metrics'")
    page.keyboard.type("accuracy")
    expect(page.get_by_role("option", name="accuracy", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("() => new URLSearchParams(location.search).get('metric') === 'accuracy'")
