"""The Review page in a real browser: typing outlives a restart, what others save is announced, no text acts."""

from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Page, expect

from assay import actions
from assay.identity.accounts import of_system
from assay.queries.review import reading
from browser.axe import findings
from browser.serving import free_port, serving, settled
from looking import synced
from offices import LEAD, Office, hostile
from stores import Store

Visit = Callable[..., Page]
LINK = "/review?review=R-001"


@pytest.fixture(scope="module")
def office(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    found = Office(store, synced(store, folder / "data"), folder)
    hostile(found)
    return found


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


def serve(office: Office, port: int) -> Generator[str, None, None]:
    variables = {"ASSAY_JOURNAL": str(office.journal), "ASSAY_POLICY": str(office.policy)}
    with serving(office.settings.tracking_uri, office.settings.data, port=port, variables=variables) as found:
        yield found


def test_typing_outlives_a_restart_and_what_another_saves_is_announced_and_not_swapped_in(
    visit: Visit, office: Office, port: int
) -> None:
    server = serve(office, port)
    address = next(server)
    page = visit(LINK, at=address)
    page.on("dialog", lambda _: pytest.fail("a text acted"))
    box = page.get_by_label("Comment", exact=True)
    box.click()
    page.keyboard.type("half a sentence")
    for _ in range(100):
        if reading.draft(office.desk, of_system().key, "R-001/comment"):
            break
        page.wait_for_timeout(100)
    server.close()
    server = serve(office, port)
    again = visit(LINK, at=next(server))
    expect(again.get_by_label("Comment", exact=True)).to_have_value("half a sentence")
    before = again.locator('[data-testid="stChatMessage"]').count()
    actions.commented(office.desk, office.acting(LEAD, "beside"), "R-001", "from beside")
    offer = again.get_by_role("button", name="Review changed: show it")
    expect(offer).to_be_visible()
    assert again.locator('[data-testid="stChatMessage"]').count() == before
    offer.click()
    expect(again.get_by_text("from beside")).to_be_visible()
    expect(again.get_by_label("Comment", exact=True)).to_have_value("half a sentence")
    _acts_not(again)
    assert findings(again) == []
    phone = visit(LINK, at=address, width=390, height=844, dark=True)
    settled(phone)
    wide = phone.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    assert findings(phone) == []
    server.close()


def _acts_not(page: Page) -> None:
    """No text of people became a link, an element or a formula."""
    assert page.locator('a[href*="evil.example"]').count() == 0
    assert page.locator("main b, .katex").count() == 0
    expect(page.get_by_text("[click](http").first).to_be_visible()
