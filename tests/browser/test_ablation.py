"""The Ablation page in a real browser: a link brings it back, a pair and arms are chosen by clicks, a phone has room."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

import parted
from browser.axe import findings
from browser.serving import serving, settled

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ablation")
    with serving(parted.filled(folder).uri, folder / "data") as found:
        yield found


def linked(experiment: str = "parts", **more: str | list[str]) -> str:
    given = {"ablated-in": experiment, **{f"ablated-{name}": value for name, value in more.items()}}
    return "/ablation?" + urlencode(given, doseq=True)


def finding(page: Page) -> Locator:
    return page.get_by_role("heading", level=2).first


def pairs(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("ablated-pair", [])


def test_a_click_draws_another_pair_and_back_undoes_it(visit: Visit, parts: str) -> None:
    page = visit(linked(components=[*parted.PARTS]), at=parts)
    expect(finding(page)).to_contain_text("scaling is critical: accuracy loses 12.6 points without it.")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    chosen = page.get_by_role("radio", name="scaling × pca")
    expect(chosen).to_be_checked()
    settled(page)
    page.get_by_test_id("stMain").get_by_text("pca × augmentation", exact=True).click()
    page.wait_for_function("() => new URLSearchParams(location.search).get('ablated-pair') === 'pca × augmentation'")
    expect(page.get_by_text("pca off").first).to_be_visible()
    settled(page)
    page.go_back()
    expect(chosen).to_be_checked()
    assert pairs(page) == []


def test_the_copied_link_shows_the_same_and_axe_finds_nothing(visit: Visit, parts: str) -> None:
    page = visit(linked(where="params.seed != '42'", pair="augmentation × pca"), at=parts)
    expect(finding(page)).to_contain_text("scaling is critical")
    said = finding(page).inner_text()
    page.get_by_role("button", name="Copy link").click()
    copied = page.get_by_text("/ablation?").inner_text()
    again = visit("/ablation?" + urlsplit(copied).query, at=parts)
    expect(finding(again)).to_have_text(said)
    expect(again.get_by_role("radio", name="augmentation × pca")).to_be_checked()
    assert parse_qs(urlsplit(again.url).query) == parse_qs(urlsplit(copied).query)
    assert findings(again) == []


def test_which_level_is_on_is_answered_by_a_click_and_stays_in_the_link(visit: Visit, parts: str) -> None:
    page = visit(linked("sizes", components="model"), at=parts)
    expect(finding(page)).to_have_text("Which level does the full system have?")
    page.get_by_role("button", name="large", exact=True).click()
    expect(finding(page)).to_contain_text("model is critical")
    page.wait_for_function("() => new URLSearchParams(location.search).get('ablated-on') === 'model=large'")
    again = visit(page.url.removeprefix(parts), at=parts)
    expect(finding(again)).to_contain_text("model is critical")
    expect(again.get_by_role("button", name="Full: model=large")).to_be_visible()


def test_ticked_arms_are_compared_and_back_leads_to_the_same_ablation(visit: Visit, parts: str) -> None:
    page = visit(linked(components=[*parted.PARTS], where="params.seed != '42'"), at=parts)
    table = page.locator('[class*="st-key-arms-"] [data-testid="stDataFrame"]')
    table.locator("canvas").first.wait_for()
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    for row in (1, 2):
        page.mouse.click(box["x"] + 18, box["y"] + 37 + 35 * row + 17)
    page.get_by_role("button", name="Compare 2 arms with full").click()
    page.wait_for_url("**/compare?**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    asked = parse_qs(urlsplit(page.url).query)
    assert len(asked["candidate"]) == 2
    assert not [key for key in asked if key.startswith("ablated-")]
    settled(page)
    page.go_back()
    expect(finding(page)).to_contain_text("scaling is critical")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["ablated-components"] == [*parted.PARTS]
    assert len(asked["tick"]) == 2
    expect(page.get_by_role("button", name="Compare 2 arms with full")).to_be_enabled()
    again = visit(page.url.removeprefix(parts), at=parts)
    expect(again.get_by_role("button", name="Compare 2 arms with full")).to_be_enabled()


def test_runs_lead_to_the_ablation_of_their_experiment(visit: Visit, parts: str) -> None:
    page = visit("/?" + urlencode({"in": "parts"}), at=parts)
    page.get_by_test_id("stMain").get_by_role("link", name="Ablation").click()
    page.wait_for_url("**/ablation?**")
    expect(finding(page)).to_contain_text("scaling is critical")
    assert parse_qs(urlsplit(page.url).query)["ablated-in"] == ["parts"]


def test_a_phone_has_room(visit: Visit, parts: str) -> None:
    for path in (linked(), linked("odd", components=[parted.HOSTILE, parted.KOREAN])):
        page = visit(path, at=parts, width=390, height=844)
        expect(page.locator(".js-plotly-plot").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_names_that_want_to_act_do_not(visit: Visit, parts: str) -> None:
    page = visit(linked("odd", components=[parted.HOSTILE, parted.KOREAN]), at=parts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ablation")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert page.locator('a[href*="evil.example"]').count() == 0
