"""What axe finds on a page: contrast, headings, names, what the keyboard cannot reach."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.serving import PATIENCE_MS, settled

_AXE = Axe()
_THEMES = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 22, 28)"}


def findings(page: Page) -> list[str]:
    """Whatever is more than minor in either theme, element by element; the page is left light."""
    return [found for theme in ("dark", "light") for found in _found(page, theme)]


def _found(page: Page, theme: str) -> list[str]:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.wait_for_function(
        """background => getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor === background
            && document.getAnimations().every(one => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity)""",
        arg=_THEMES[theme],
        timeout=PATIENCE_MS,
    )
    page.wait_for_timeout(300)  # the page runs again for the other theme, and fades while it does
    settled(page)
    # Where Streamlit hangs a tooltip that happens to be open below the mouse.
    found = _AXE.run(page, context={"exclude": [["#stFloatingOverlayPortal"]]})
    rules = [one for one in found.response["violations"] if one["impact"] != "minor"]
    return [f"{theme}, {rule['id']}: {element['html'][:200]}" for rule in rules for element in rule["nodes"]]
