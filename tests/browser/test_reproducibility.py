"""The Reproducibility page in a real browser: a click chooses a cell, Back undoes it, a phone has room."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

import recording
from browser.axe import findings
from browser.serving import serving, settled

Visit = Callable[..., Page]
HEADLINE = "One repeat of k-nearest disagrees though nothing on record differs."


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("reproducibility")
    with serving(recording.filled(folder).uri, folder / "data") as found:
        yield found


def test_a_click_chooses_a_cell_back_undoes_it_and_the_copied_link_shows_the_same(visit: Visit, records: str) -> None:
    page = visit("/reproducibility?" + urlencode({"record-in": "digits"}), at=records)
    expect(page.get_by_role("heading", level=2)).to_contain_text(HEADLINE)
    expect(page.get_by_text("k-nearest, repeats: ✕ fail")).to_be_visible()
    expect(page.get_by_text("git clone --quiet")).to_be_visible()
    settled(page)
    assert findings(page) == []
    table = page.locator('[class*="st-key-records-"] [data-testid="stDataFrame"]')
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 260, box["y"] + 37 + 35 * 2 + 17)
    expect(page.get_by_text("mlp-v2, data version: ! warn")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Copy link").click()
    copied = urlsplit(page.get_by_text("/reproducibility?").inner_text()).query
    page.go_back()
    expect(page.get_by_text("k-nearest, repeats: ✕ fail")).to_be_visible()
    phone = visit("/reproducibility?" + copied, at=records, width=390, height=844)
    expect(phone.get_by_text("mlp-v2, data version: ! warn")).to_be_visible()
    assert parse_qs(urlsplit(phone.url).query) == parse_qs(copied)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with phone.expect_download() as made:
        phone.get_by_role("button", name="Download", exact=True).click()
    assert made.value.suggested_filename == "REPRODUCE.md"
