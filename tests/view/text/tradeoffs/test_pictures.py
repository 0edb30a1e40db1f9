"""What pictures of trade-offs show, and how to read them."""

from dataclasses import replace

import pytest

from assay.model.criteria import Limit
from assay.model.tradeoffs.front import Front
from assay.view.text.tradeoffs.pictures import (
    chance,
    heading,
    hover,
    lines_alt,
    lines_caption,
    map_alt,
    map_caption,
    ranking_alt,
    ranking_caption,
)
from assay.view.text.tradeoffs.scale import scales
from fronted import F1, LATENCY, fronted

TWO = {"a": (0.9, 1.0), "b": (0.8, 0.5)}


def test_a_map_is_called_by_its_axes() -> None:
    assert heading(fronted(), 1, 0) == "f1_score against latency_p95_ms"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("both", "on the front in 97 % of draws"),
        ("bge-m3-int8", "on the front in 60 % of draws"),
        ("hyde", "beaten: on the front in < 1 % of draws"),
    ],
)
def test_a_point_says_how_sure_its_place_is(label: str, said: str) -> None:
    found = fronted()
    place = [point.label for point in found.points].index(label)
    assert chance(found, place) == said


def test_without_a_probability_values_alone_place_a_point() -> None:
    assert chance(fronted(n=1), 0) == "on the front by its values alone"


def test_a_hover_has_every_value_with_its_interval_and_no_markup_of_a_name() -> None:
    found = fronted({"<b>*x*</b>": (0.9, 1.0), "b": (0.8, 0.5)}, (F1, LATENCY))
    said = hover(found, 0, scales(found))
    assert said.startswith("<b>&lt;b&gt;*x*&lt;/b&gt;</b>, n = 5<br>f1_score: 90.0 %, ")
    assert said.endswith("<br>on the front in 97 % of draws")
    assert hover(replace(found, seen={}), 0, scales(found)).count(",") == 1


def test_words_for_those_who_do_not_see_a_map() -> None:
    assert map_alt(fronted(), 1, 0) == (
        "10 configurations by f1_score and latency_p95_ms; in these two nothing beats both-rerank, both, model_only and "
        "2 more"
    )
    alone = fronted({"트리": (0.9, 1.0)}, (F1, LATENCY))
    assert map_alt(alone, 1, 0) == "1 configuration by f1_score and latency_p95_ms; in these two nothing beats 트리"


def read(found: Front, *outside: int, unnamed: int = 0, covered: int = 0) -> str:
    return map_caption(found, 1, 0, outside, unnamed, covered=covered)


def test_a_map_is_read_by_what_is_in_it() -> None:
    assert read(fronted()) == (
        "Crosses: 95 % intervals. Line: front of the means of this pair. Filled: on the front of all 3 objectives; dotted "
        "centre: possible; hollow: beaten."
    )
    two = fronted(TWO, (F1, LATENCY), n=1, limits=(Limit(">", 0.7), None))
    assert read(two) == (
        "Line: front of the values of this pair. Filled: on the front; dotted centre: possible; hollow: beaten."
    )
    assert map_caption(two, 1, 0, (), 0, shaded=True).endswith("Shaded: values on the wrong side of a threshold.")
    best = fronted({"`a`": (0.9, 1.0), "b": (0.8, 2.0)}, (F1, LATENCY))
    assert ". `` `a` `` beats all, so there is no line." in read(best)


def test_what_a_map_does_not_show_is_counted() -> None:
    found = fronted()
    assert "Outside the picture: `hyde`. 1 mark without a name: hover." in read(found, 2, unnamed=1)
    assert "Outside the picture: `hyde`, `model_only`, `bge-m3` and 1 more." in read(found, 2, 3, 4, 5)
    assert read(found, unnamed=2, covered=1).endswith(
        "2 marks without a name: hover. 1 configuration drawn under others."
    )
    assert read(found, covered=9_000).endswith("9,000 configurations drawn under others.")


def test_lines_say_who_is_not_drawn() -> None:
    found = fronted()
    assert lines_alt(found, 10) == (
        "10 configurations as lines over f1_score, latency_p95_ms, cost_per_1k_queries_usd, the better end up"
    )
    assert "left out" not in lines_caption(found, 10)
    assert lines_caption(found, 9).endswith(" 1 configuration that is beaten left out.")
    assert lines_caption(found, 8).endswith(" 2 configurations that are beaten left out.")


def test_a_ranking_says_who_is_best() -> None:
    found = fronted(metrics=(F1,))
    assert ranking_alt(found) == "10 configurations ranked by f1_score; the best is both-rerank"
    assert ranking_alt(replace(found, points=())) == "Nobody logged f1_score"
    assert "left out" not in ranking_caption(found, 10)
    assert ranking_caption(found, 9).endswith(" 1 configuration further down left out.")
