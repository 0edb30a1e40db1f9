"""Several tasks in a real browser: a cold link, its pictures and tables, on a wide screen and a phone."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from browser.serving import serving
from stores import Store
from tasked import A, B

Visit = Callable[..., Page]
PATH = "/compare?" + urlencode(
    {
        "experiment": "arcade",
        "metric": "score",
        "baseline": A,
        "candidate": B,
        "task": "env",
        "scale": "minmax",
        "steps": "true",
    }
)


@pytest.fixture(scope="module")
def at(arcade: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(arcade.uri, tmp_path_factory.mktemp("served")) as found:
        yield found


def test_a_cold_link_over_tasks_shows_the_finding_its_pictures_and_what_is_left_out(visit: Visit, at: str) -> None:
    page = visit(PATH, at=at)
    expect(page.get_by_role("heading", level=2).first).to_contain_text("interquartile mean normalised score is 0.")
    for title in ("Over all tasks, with intervals", "Performance profiles", "Over steps"):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page.get_by_text("2 tasks are left out").first).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(3)


def test_an_unknown_task_param_is_a_sentence(visit: Visit, at: str) -> None:
    page = visit(PATH.replace("task=env", "task=enw"), at=at)
    expect(page.get_by_text("There is no param", exact=False).first).to_be_visible()


def test_tasks_are_no_wider_than_a_phone(visit: Visit, at: str) -> None:
    page = visit(PATH, at=at, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
