"""What every text of a front shares: who is on it, why something is not, how sure that is."""

from dataclasses import replace

import pytest

from assay.model.runs.exclusion import Exclusion, LeftOutRuns
from assay.model.tradeoffs.front import Place, Trade
from assay.view.text.numbers import probability
from assay.view.text.tradeoffs.front import PLACES, TRADES, counted, front, possible, why
from fronted import fronted


def test_a_beaten_mean_that_may_be_on_the_front_is_possible_and_not_on_it() -> None:
    found = fronted()
    assert [one.label for one in front(found)] == ["both-rerank", "both", "model_only", "bge-m3", "e5-small"]
    assert [one.label for one in possible(found)] == ["bge-m3-int8"]
    doubtful = replace(found, points=tuple(replace(one, place=Place.POSSIBLE) for one in found.points))
    assert len(front(doubtful)) == 5
    assert len(possible(doubtful)) == 5


def test_every_place_and_trade_has_a_mark_of_its_own() -> None:
    assert set(PLACES) == set(Place)
    assert set(TRADES) == set(Trade)
    marks = [*PLACES.values(), *TRADES.values()]
    assert len({mark.glyph for mark in marks}) == len(marks)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (LeftOutRuns("x", ("r",), Exclusion.FAILED), "failed"),
        (LeftOutRuns("x", ("r",), Exclusion.NOT_LOGGED, ("cost",)), "cost not logged"),
        (LeftOutRuns("x", ("r",), Exclusion.NAN, ("a\nb", "c")), "a b or c is NaN"),
        (LeftOutRuns("x", ("r",), Exclusion.UNKNOWN), "a metric not known"),
    ],
)
def test_why_something_is_left_out(left: LeftOutRuns, said: str) -> None:
    assert why(left) == said


def test_runs_are_called_runs_where_nothing_groups_them() -> None:
    found = fronted()
    assert (counted(found, 1), counted(found, 10_000)) == ("1 configuration", "10,000 configurations")
    single = replace(found, question=replace(found.question, group_by=None))
    assert (counted(single, 1), counted(single, 2)) == ("1 run", "2 runs")


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "> 99 %"), (0.995, "> 99 %"), (0.99, "99 %"), (0.5, "50 %"), (0.01, "1 %"), (0.0, "< 1 %")],
)
def test_a_probability_is_never_certain(share: float, said: str) -> None:
    assert probability(share) == said
