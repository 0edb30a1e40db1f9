"""Links are promises: whoever opens one sees what was sent."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.serving import serving, settled, tick
from stores import Store

Visit = Callable[..., Page]
PAIR = {
    "experiment": "digits",
    "metric": "accuracy",
    "baseline": "params.model = 'logreg'",
    "candidate": "params.model = 'svc'",
}


def finding(page: Page) -> str:
    return page.get_by_role("heading", level=2).first.inner_text()


def test_a_link_opened_first_on_a_server_that_just_started_shows_the_comparison(
    visit: Visit, store: Store, tmp_path: Path
) -> None:
    with serving(store.uri, tmp_path / "data") as fresh:
        page = visit("/compare?" + urlencode(PAIR), at=fresh)
        expect(page.get_by_role("heading", level=2).first).to_contain_text("svc is better than logreg")
        expect(page.locator(".js-plotly-plot")).to_be_visible()


def test_what_is_ticked_on_runs_is_compared(visit: Visit) -> None:
    page = visit("/?" + urlencode({"in": "digits"}))
    tick(page, 0, 1)
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_url("**/compare?**")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["experiment"] == ["digits"]
    assert "metric" not in asked
    assert asked["baseline"][0].startswith("params.model = ")
    assert finding(page)
    page.get_by_role("link", name="Back to runs").click()
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_visible()
    page.wait_for_function("() => new URLSearchParams(location.search).getAll('tick').length === 2")
    assert parse_qs(urlsplit(page.url).query)["in"] == ["digits"]


def test_back_undoes_one_choice_at_a_time_and_never_lands_on_a_bare_page(visit: Visit) -> None:
    page = visit("/?" + urlencode({"in": "digits"}))
    tick(page, 0, 1)
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_url("**/compare?**")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    compared, aim = page.url, page.get_by_role("combobox", name="Is it")
    aim.click()
    page.get_by_role("option", name="no-worse").click()
    expect(page.get_by_text("Margin").first).to_be_visible()
    settled(page)
    page.go_back()
    expect(aim).to_have_value("")
    assert page.url == compared
    page.go_back()
    ticked = page.locator('[data-testid="stDataFrame"]').first.locator('tr[aria-selected="true"]')
    expect(ticked).to_have_count(2)
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_visible()
    page.go_back()
    expect(ticked).to_have_count(1)
    assert parse_qs(urlsplit(page.url).query)["in"] == ["digits"]
    page.go_forward()
    expect(ticked).to_have_count(2)
    search = page.get_by_role("searchbox", name="Search")
    search.press_sequentially("svc", delay=400)
    expect(page.get_by_role("heading", name="1 configuration")).to_be_visible()
    settled(page)
    page.go_back()
    expect(search).to_have_value("")
    expect(page.get_by_role("heading", name="3 configurations")).to_be_visible()


def test_ticked_rows_are_part_of_the_link(visit: Visit) -> None:
    page = visit("/?" + urlencode({"in": "digits"}))
    tick(page, 1, 2)
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_visible()
    page.wait_for_function("() => new URLSearchParams(location.search).getAll('tick').length === 2")
    again = visit("/?" + urlsplit(page.url).query)
    expect(again.get_by_role("button", name="Compare", exact=True)).to_be_visible()


def test_the_copied_link_reproduces_the_page_in_a_fresh_browser(visit: Visit) -> None:
    page = visit("/compare?" + urlencode({k: v for k, v in PAIR.items() if k != "metric"}))
    page.get_by_role("button", name="Copy link").click()
    link = page.locator('[data-testid="stPopoverBody"] code').inner_text().strip()
    assert parse_qs(urlsplit(link).query)["metric"] == ["accuracy"]
    parts = urlsplit(link)
    again = visit(f"{parts.path}?{parts.query}", at=f"{parts.scheme}://{parts.netloc}")
    assert finding(again) == finding(page)


def test_a_run_opens_from_the_list_and_the_back_button_returns_to_it(visit: Visit) -> None:
    page = visit("/?" + urlencode({"in": "digits", "where": "params.model = 'svc'"}))
    tick(page, 0)
    page.get_by_role("link", name="Open").click()
    page.wait_for_url("**/?run=*")
    expect(page.get_by_role("heading", name="Evidence for a review")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox", name="Filter")).to_have_value("params.model = 'svc'")
    assert "run=" not in page.url


def test_the_way_back_from_a_run_that_was_opened_by_link_leaves_no_run_in_the_address(
    visit: Visit, store: Store
) -> None:
    experiments = [e.experiment_id for e in store.client.search_experiments()]
    run = store.client.search_runs(experiments, "params.model = 'svc' and params.seed = '123'")[0]
    page = visit(f"/?run={run.info.run_id}")
    expect(page.get_by_text(run.info.run_id)).to_be_visible()
    page.get_by_role("link", name="All runs").click()
    expect(page.get_by_role("textbox", name="Filter")).to_be_visible()
    page.wait_for_function("() => !location.search.includes('run=')")


def test_a_replicate_is_one_click_away_and_has_its_own_address(visit: Visit, store: Store) -> None:
    experiments = [e.experiment_id for e in store.client.search_experiments()]
    run = store.client.search_runs(experiments, "params.model = 'ridge' and params.seed = '123'")[0]
    page = visit(f"/?run={run.info.run_id}")
    page.get_by_role("link", name="seed 456").click()
    page.wait_for_function(f"() => location.search.includes('run=') && !location.search.includes('{run.info.run_id}')")
    expect(page.get_by_text("seed 456").first).to_be_visible()


@pytest.mark.parametrize("path", ["/?in=nobody", "/compare?method=magic&" + urlencode(PAIR), "/?run=0123"])
def test_a_link_that_cannot_be_kept_says_why(visit: Visit, path: str) -> None:
    page = visit(path)
    expect(page.locator('[data-testid="stAlert"]')).to_be_visible()
