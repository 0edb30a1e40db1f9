"""How the numbers of one objective are written."""

from dataclasses import replace

import pytest

from assay.model.metric import Direction, Metric, MetricUnit
from assay.view.text.numbers import Scale
from assay.view.text.tradeoffs.scale import ARROWS, bound, missing, scale_of, way
from carded import limit
from fronted import COST, F1, fronted

PER_CENT = Scale(100.0, "%", "points", 1)


def test_digits_follow_the_spreads_of_what_is_shown_in_full() -> None:
    found = fronted()
    assert [scale_of(found, k).value(found.points[1].values[k]) for k in range(3)] == ["78.2 %", "238 ms", "0.620 USD"]
    alone = replace(found, seen={})
    assert scale_of(alone, 1).value(238.0) == "238 ms"


def test_what_is_shown_in_full_decides_the_digits_and_not_who_is_beaten_far_away() -> None:
    found = fronted()
    coarse = replace(found, points=tuple(replace(one, values=(0.5, 1e6, 1.0)) for one in found.points))
    assert scale_of(coarse, 0).digits == scale_of(found, 0).digits


@pytest.mark.parametrize(
    ("text", "said"),
    [("> 0.75", "75 % or less"), (">= 0.75", "below 75 %"), ("< 0.001", "0.1 % or more"), ("<= 0.5", "above 50 %")],
)
def test_what_misses_a_threshold_is_the_other_side_of_it(text: str, said: str) -> None:
    assert missing(limit(text), PER_CENT) == said


def test_a_bound_has_all_the_digits_that_the_team_wrote() -> None:
    assert bound(limit("> 0.96125"), PER_CENT) == "96.125 %"
    assert bound(limit("< 1000000"), Scale(unit="ms", digits=0)) == "1,000,000 ms"
    assert bound(limit("> -0.5"), Scale()) == "−0.5"
    assert bound(limit("> 1e-300"), PER_CENT) == "1e-298 %"


def test_a_direction_that_nobody_told_is_assumed() -> None:
    assert [way(one) for one in (F1, COST)] == ["higher is better", "lower is better"]
    assert way(Metric("zest", Direction.MAXIMIZE, "assumed")) == "higher is better, assumed"
    assert way(Metric("acc", Direction.MAXIMIZE, "name", MetricUnit.SHARE)) == "higher is better"
    assert {ARROWS[one] for one in Direction} == {"↑", "↓"}
