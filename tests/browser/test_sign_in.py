"""Signing in at a real OIDC provider: the way in, the link that is kept, cookies that are not what they seem."""

import json
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import BrowserContext, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from assay.settings import ROOT
from browser.serving import PATIENCE_MS, free_port, serving, settled
from stores import Store

SECRET = "3f9c1e7a5d2b8046c1e7a5d2b80463f9"
REASON = '[class*="R-001-sign-reason"] textarea'
USER_COOKIE = "_streamlit_user"
LINK = "/compare?metric=accuracy&baseline=params.model+%3D+%27svc%27"
RULES = """
promotion:
  blocking: [signatures, significant, replicates, improvement]
roles:
  viewer: ["@team.example"]
  reviewer: [jin@team.example]
  tech_lead: ["group:leads"]
  production: [sora@team.example]
"""
PEOPLE = {
    "jin": {"name": "Jin", "email": "jin@team.example", "email_verified": True},
    "minji": {"name": "Minji", "email": "Minji@Team.example", "email_verified": True, "groups": ["leads"]},
    "sora": {"name": "Sora", "email": "sora@team.example", "email_verified": True},
    "mallory": {"name": "Mallory", "email": "sora@team.example", "email_verified": False},
}


@dataclass(frozen=True)
class Team:
    """A server where people sign in, the rules that it reads, and the issuer that it asks."""

    address: str
    rules: Path
    issuer: str
    store: Store

    def cookie(self, claims: Mapping[str, Any] | None = None, secret: str = SECRET) -> Mapping[str, Any]:
        """As the server sets it, for an account whose issuer says this."""
        said = {"iss": self.issuer, "sub": "jin", "iat": int(time.time()), **PEOPLE["jin"], **(claims or {})}
        value = json.dumps({**said, "origin": self.address, "is_logged_in": True, "provider": "default"})
        signed = create_signed_value(secret, USER_COOKIE, value).decode()
        return {"name": USER_COOKIE, "value": signed, "url": self.address, "httpOnly": True, "sameSite": "Lax"}


@pytest.fixture(scope="module")
def team(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    folder = tmp_path_factory.mktemp("team")
    rules, secrets, port = folder / "policy.yaml", folder / "secrets.toml", free_port()
    rules.write_text(RULES)
    own = Store(f"sqlite:///{shutil.copy(digits.uri.removeprefix('sqlite:///'), folder / 'mlflow.db')}")
    users = [User(sub=name, claims=dict(claims)) for name, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=users) as provider:
        issuer, address = f"http://localhost:{provider.server_port}", f"http://localhost:{port}"
        told = {
            "redirect_uri": f"{address}/oauth2callback",
            "cookie_secret": SECRET,
            "client_id": "assay",
            "client_secret": "secret",
            "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
        }
        secrets.write_text("[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in told.items()))
        variables = {"ASSAY_AUTH": "oidc", "ASSAY_POLICY": str(rules), "ASSAY_SYNC_SECONDS": "0.3"}
        options = [f"--secrets.files={secrets}"]
        with serving(own.uri, folder / "data", port=port, variables=variables, options=options):
            yield Team(address, rules, issuer, own)


@pytest.fixture
def page(browser: BrowserContext, team: Team) -> Iterator[Page]:
    """A tab of somebody who is signed out."""
    browser.clear_cookies()
    found = browser.new_page()
    yield found
    for one in browser.pages[1:]:
        one.close()
    browser.clear_cookies()


def opened(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_text(heading)
    settled(page)


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()


def test_a_link_leads_to_the_sign_in_and_then_to_the_very_page(page: Page, team: Team) -> None:
    opened(page, team.address + LINK, "Sign in")
    assert page.url == team.address + LINK
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_role("link", name="Leakage")).to_have_count(0)
    expect(page.get_by_text("leads back to")).to_have_count(0)
    sign_in(page, "jin")
    expect(page.locator("h1")).to_have_text("Compare")
    settled(page)
    assert page.url == team.address + LINK
    page.get_by_role("button", name="Jin").click()
    expect(page.get_by_text("Viewer, Reviewer")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{team.issuer}/**")


def test_home_stays_home_and_a_name_of_the_same_machine_that_no_cookie_is_for_says_so(page: Page, team: Team) -> None:
    other = team.address.replace("localhost", "127.0.0.1")
    opened(page, other, "Sign in")
    expect(page.get_by_text("leads back to")).to_contain_text(team.address)
    opened(page, team.address, "Sign in")
    page.evaluate("sessionStorage.setItem('assay.link', '//evil.example/x')")
    sign_in(page, "minji")
    expect(page.locator("h1")).to_have_text("Runs")
    settled(page)
    assert page.url.rstrip("/") == team.address
    page.get_by_role("button", name="Minji").click()
    expect(page.get_by_text("Viewer, Tech lead")).to_be_visible()


def test_a_cookie_is_worth_what_its_signature_its_issuer_and_the_rules_of_now_make_it(
    page: Page, team: Team, browser: BrowserContext
) -> None:
    def held(heading: str, cookie: Mapping[str, Any]) -> None:
        browser.clear_cookies()
        browser.add_cookies([cookie])  # type: ignore[list-item]
        opened(page, team.address, heading)

    held("Sign in", team.cookie(secret="0" * 32))
    held("No role here", team.cookie(PEOPLE["mallory"]))
    expect(page.get_by_text("does not say that your email is verified")).to_be_visible()
    held("Runs", team.cookie({"iat": int(time.time()) - 13 * 3600}))
    page.get_by_role("button", name="Jin").click()
    expect(page.get_by_text("too long ago to save")).to_be_visible()
    held("Runs", team.cookie())
    try:
        team.rules.write_text(RULES.replace("jin@", "sora@").replace("@team.example", "@else.example"))
        page.get_by_role("link", name="Leakage").first.click()
        expect(page.locator("h1")).to_have_text("No role here")
    finally:
        team.rules.write_text(RULES)


@dataclass(frozen=True)
class Seat:
    """Somebody's tab, with the cookies of their own browser."""

    page: Page
    cookies: Any

    def reload(self) -> None:
        """As they would: with their own cookies, whoever signed in last."""
        self.page.context.clear_cookies()
        self.page.context.add_cookies(self.cookies)
        self.page.reload()
        settled(self.page)


def signed_in(browser: BrowserContext, team: Team, name: str, path: str) -> Seat:
    """Somebody who came by a link to a review and signed in."""
    browser.clear_cookies()
    page = browser.new_page()
    opened(page, team.address + path, "Sign in")
    sign_in(page, name)
    expect(page.locator("h1")).to_have_text("Review")
    settled(page)
    assert page.url == team.address + path
    return Seat(page, browser.cookies(team.address))


def act(page: Page, button: str | re.Pattern[str], reason: str = "", choice: str = "") -> None:
    """Fills the form to sign, and presses a button."""
    if choice:
        page.locator('[class*="R-001-sign-verdict"]').get_by_text(choice, exact=True).click()
    if reason:
        page.locator(REASON).fill(reason)
        page.locator(REASON).press("Tab")
        settled(page)
    page.get_by_role("button", name=button).click()


def headline(page: Page, said: str) -> None:
    expect(page.locator("h2").first).to_contain_text(said)


def test_two_people_turn_a_review_and_nothing_older_than_a_change_is_signed(
    page: Page, team: Team, browser: BrowserContext
) -> None:
    asked = {"new": "1", "new-baseline": "params.model = 'logreg'", "new-candidate": "params.model = 'svc'"}
    author = signed_in(
        browser, team, "jin", f"/review?{urlencode({**asked, 'new-metric': 'accuracy', 'new-in': 'digits'})}"
    )
    jin = author.page
    jin.get_by_label("Title").fill("svc for logreg <img src=x onerror=alert(1)>")
    jin.get_by_label("Title").press("Tab")
    settled(jin)
    act(jin, "Open and freeze")
    headline(jin, "Not yet")
    path = jin.url.removeprefix(team.address)
    assert path == "/review?review=R-001"

    lead, approver = (signed_in(browser, team, name, path) for name in ("minji", "sora"))
    minji, sora = lead.page, approver.page
    act(minji, re.compile("^Sign .* as tech lead"), "one more seed", "ask for changes")
    headline(minji, "Minji asks for changes")
    team.store.run("digits", params={"model": "svc", "C": "1", "seed": 99}, metrics={"accuracy": 0.954})
    stale = jin.get_by_text("What changed since the evidence was frozen")
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not stale.is_visible() and time.monotonic() < deadline:  # the server has to read the run first
        author.reload()
    expect(stale).to_be_visible()
    act(jin, "Freeze again")
    expect(stale).to_have_count(0)

    act(sora, re.compile("^Sign .* as production approver"), "fine", "approve")
    expect(sora.get_by_text("New evidence was frozen since this form was shown")).to_be_visible()
    expect(sora.locator(REASON)).to_have_value("fine")
    act(sora, re.compile("^Sign .* as production approver"))
    expect(sora.get_by_text("1 of 2 signatures").first).to_be_visible()
    headline(sora, "Minji asks for changes")
    lead.reload()
    act(minji, re.compile("^Sign .* as tech lead"), "thank you", "approve")
    headline(minji, "Ready")
    act(minji, re.compile("^Accept"))
    headline(minji, "May be promoted")

    # What is saved is asked of the cookie and the rules as they are then, not as they were when the page was opened.
    browser.clear_cookies()
    browser.add_cookies([team.cookie({"iat": int(time.time()) - 13 * 3600})])  # type: ignore[list-item]
    opened(page, team.address + path, "Review")
    page.get_by_label("Comment").fill("a late word")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_text("You signed in more than 12 h ago")).to_be_visible()
    expect(page.get_by_label("Comment")).to_have_value("a late word")
    minji.get_by_label("Comment").fill("a word of somebody without a role")
    minji.get_by_label("Comment").press("Tab")
    minji.wait_for_timeout(1_000)  # the draft's rerun, which changes nothing that could be waited for
    post = minji.get_by_role("button", name="Post")
    team.rules.write_text(RULES.replace("group:leads", "group:others"))
    try:
        post.dispatch_event("click")
        expect(post).to_have_count(0)
    finally:
        team.rules.write_text(RULES)
    author.reload()
    expect(jin.get_by_text("Nobody has said anything yet")).to_be_visible()


def test_no_other_name_is_answered_and_nobody_may_frame_a_page(team: Team) -> None:
    with urlopen(team.address, timeout=20) as answer:
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert answer.headers["X-Frame-Options"] == "DENY"
    for path in ("/", "/api/health", "/_stcore/health"):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(team.address + path, headers={"Host": "evil.example"}), timeout=20)
        assert refused.value.code == 400


LINKS = {
    "/compare?metric=a%20b&where=x": "http://here.example/compare?metric=a%20b&where=x",
    "/": "http://here.example/",
    "/%5C/evil.example": "http://here.example/%5C/evil.example",
    **dict.fromkeys(
        (
            *("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"),
            *("/\n/evil.example", "javascript:alert(1)", "", "evil.example", " //evil.example", "/.//evil.example"),
            *("/a/..//evil.example", "/x\\..\\evil", "/\u0000/evil"),
        )
    ),
}


def test_a_link_that_is_kept_leads_nowhere_but_to_this_host(browser: BrowserContext) -> None:
    source = (ROOT / "lib" / "assay" / "ui" / "sign_in.js").read_text(encoding="utf-8")
    page = browser.new_page()
    page.goto("data:text/html,<title>empty</title>")
    found = page.evaluate(
        """async ([source, links]) => {
            const part = source.match(/export function ours[\\s\\S]*?\\n}\\n/)[0]
            const { ours } = await import("data:text/javascript," + encodeURIComponent(part))
            return links.map((link) => ours(link, "http://here.example"))
        }""",
        [source, list(LINKS)],
    )
    page.close()
    assert dict(zip(LINKS, found, strict=True)) == LINKS
