"""The pages on methods show the figures that were measured, and every method has its page."""

import json
import re
from pathlib import Path

import pytest
from benchmarks.methods import PAGES, blocks, rewritten
from benchmarks.simulations import SIMULATED, TABLES

from assay.model.comparison.question import Method

SECTIONS = ["What it assumes", "When not to trust it", "Measured", "Source"]
INDEX = PAGES / "index.md"
METHOD_PAGES = sorted(path for path in PAGES.glob("*.md") if path != INDEX)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [INDEX, *METHOD_PAGES], ids=lambda page: page.stem)
def test_the_tables_of_a_page_are_the_measured_ones(page: Path) -> None:
    assert text(page) == rewritten(text(page)), "run `make docs`"


@pytest.mark.parametrize("method", Method)
def test_every_method_has_a_page_that_the_index_links(method: Method) -> None:
    assert (PAGES / f"{method}.md").exists()
    assert f"({method}.md)" in text(INDEX)


@pytest.mark.parametrize("page", METHOD_PAGES, ids=lambda page: page.stem)
def test_every_page_says_what_it_assumes_when_not_to_trust_it_what_was_measured_and_its_source(page: Path) -> None:
    assert re.findall(r"^## (.+)$", text(page), re.MULTILINE) == SECTIONS
    measured = text(page).split("## Measured")[1].split("## Source")[0]
    assert "<!-- measured: " in measured


def test_every_page_is_in_the_index_and_every_measured_table_on_a_page() -> None:
    assert all(f"({page.name})" in text(INDEX) for page in METHOD_PAGES)
    shown = re.findall(r"<!-- measured: ([a-z-]+) -->", "".join(map(text, [INDEX, *METHOD_PAGES])))
    assert sorted(shown) == sorted(blocks())


def test_every_simulation_has_its_figures() -> None:
    assert list(json.loads(SIMULATED.read_text(encoding="utf-8"))) == list(TABLES)


def test_a_stale_figure_is_replaced_and_text_around_it_stays() -> None:
    page = "before\n<!-- measured: t -->\nold\n<!-- end of t -->\nafter\n"
    made = rewritten(page)
    assert "old" not in made
    assert made.startswith("before\n<!-- measured: t -->\n| n |")
    assert made.endswith("<!-- end of t -->\nafter\n")
    assert rewritten(made) == made


def test_a_block_that_nothing_measured_or_that_never_ends_is_refused() -> None:
    with pytest.raises(KeyError, match="luck"):
        rewritten("<!-- measured: luck -->\n<!-- end of luck -->\n")
    with pytest.raises(ValueError, match="no end"):
        rewritten("<!-- measured: t -->\n")
