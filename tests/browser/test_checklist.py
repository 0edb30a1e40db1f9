"""The Checklist page in a real browser: a proof leads to its number, the language stays in the link, a phone has room."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

import proving
from browser.axe import findings
from browser.serving import serving, settled
from proving import HERE, NEW, OLD

Visit = Callable[..., Page]
LINK = "/checklist?" + urlencode({"checked-in": HERE, "checked-candidate": NEW, "checked-baseline": OLD})


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("checklist")
    with serving(proving.filled(folder).uri, folder / "data") as found:
        yield found


def test_a_cold_link_shows_proofs_that_lead_to_their_numbers_in_both_languages(visit: Visit, proofs: str) -> None:
    page = visit(LINK, at=proofs)
    expect(page.get_by_role("heading", level=2)).to_contain_text("runs prove 5 of 13 items")
    proof = page.get_by_role("link", name="5 + 5 replicates")
    with page.context.expect_page() as opened:
        proof.click()
    shown = opened.value
    expect(shown.get_by_role("heading", level=2)).to_contain_text("better", timeout=60_000)
    expect(shown.get_by_text("+37.9 points").first).to_be_visible()
    shown.close()
    settled(page)
    page.get_by_text("한국어").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("13개 중 5개는")
    page.wait_for_function("() => new URLSearchParams(location.search).get('checked-language') === '한국어'")
    assert findings(page) == []
    page = visit(LINK + "&" + urlsplit(page.url).query.rpartition("&")[2], at=proofs, width=390, height=844)
    expect(page.get_by_role("heading", level=2)).to_contain_text("13개 중 5개는")
    settled(page)
    wide = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    tables = page.locator('[data-testid="stTable"]')
    assert all(
        box.evaluate("one => one.scrollWidth <= one.clientWidth + 1") for box in [tables.nth(at) for at in range(2)]
    )
    assert parse_qs(urlsplit(page.url).query)["checked-language"] == ["한국어"]
    assert findings(page) == []
