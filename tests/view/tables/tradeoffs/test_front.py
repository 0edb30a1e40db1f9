"""A front as tables and sentences, made from plain numbers."""

from dataclasses import replace

import pytest

from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample, Side
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.policy import Objective
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.name import Name
from assay.model.tradeoffs.front import Front, Hypervolume, LeftOut, Place, Point, Seen, Trade
from assay.model.tradeoffs.question import FrontQuestion
from assay.view.tables.tradeoffs.front import best, every, left_out
from assay.view.text.tradeoffs import front as text

METRICS = (
    Metric("accuracy", Direction.MAXIMIZE, unit=MetricUnit.SHARE),
    Metric("latency_ms", Direction.MINIMIZE, unit=MetricUnit.MILLISECONDS),
)


def point(label: str, *values: float, on: bool, place: Place, probability: float | None = None, n: int = 5) -> Point:
    return Point(Name(otherwise=label), {}, f"params.m = '{label}'", "e", (label,), n, values, on, place, probability)


FOUND = Front(
    FrontQuestion((Objective("accuracy"), Objective("latency_ms"))),
    Rules(),
    METRICS,
    (
        point("=large", 0.95, 20.0, on=True, place=Place.ON_FRONT, probability=0.999),
        point("close", 0.94, 21.0, on=False, place=Place.POSSIBLE, probability=0.2),
        point("small", 0.90, 10.0, on=True, place=Place.ON_FRONT, probability=0.97),
        point("slow", 0.85, 40.0, on=False, place=Place.BEATEN, probability=0.0),
        point("fast", 0.70, 2.0, on=True, place=Place.ON_FRONT, n=1),
    ),
    left_out=(
        LeftOut("mute", ("a", "b"), Exclusion.NOT_LOGGED, ("latency_ms",), whole=True),
        LeftOut("slow", ("c",), Exclusion.FAILED),
    ),
    hypervolume=Hypervolume(0.75, (0.6, 44.0), (0.95, 2.0)),
)


def test_the_front_comes_first_then_what_may_be_on_it() -> None:
    frame = best(FOUND).frame
    assert frame["name"].tolist() == ["'=large", "small", "fast", "close"]
    assert frame["probability"].tolist() == ["> 99 %", "97 %", "–", "20 %"]
    assert frame["state"].tolist() == [["● on the front"]] * 3 + [["◌ may be"]]
    assert frame["value:latency_ms"].tolist()[1] == "10.0"
    assert "trade" not in best(FOUND).columns


def test_every_configuration_is_a_row_with_its_raw_figures() -> None:
    shown = every(FOUND)
    assert len(shown.frame) == 5
    assert shown.data is not None
    assert shown.data["accuracy"].tolist() == [0.95, 0.94, 0.90, 0.85, 0.70]
    assert shown.data["probability"].tolist()[3] == 0.0


def test_headers_say_the_unit_and_which_way_is_better() -> None:
    columns = best(FOUND).columns
    assert columns["value:accuracy"].header == "accuracy, % ↑"
    assert columns["value:latency_ms"].header == "latency_ms ↓"


def test_with_a_baseline_everybody_has_a_finding_beside_it() -> None:
    sides = (Side(Sample("", "", ()), 0.95, 0.012), Side(Sample("", "", ()), 20.0, 1.0))
    shown = best(
        replace(FOUND, baseline=2, candidate=1, seen={0: Seen(sides, Trade.MIXED), 2: Seen(sides, Trade.BASELINE)})
    )
    assert shown.frame["value:accuracy"].tolist()[0] == "95.0 ± 1.2"
    assert shown.frame["trade"].tolist() == [["≠ better and worse"], ["baseline"], [], []]


def test_what_is_left_out_has_its_reason() -> None:
    frame = left_out(FOUND).frame
    assert frame[["name", "why", "runs", "whole"]].to_numpy().tolist() == [
        ["mute", "latency_ms not logged", 2, "nothing"],
        ["slow", "failed", 1, "some"],
    ]
    assert (
        text.left_out(FOUND)
        == "Left out: 3 runs (2 latency_ms not logged, 1 failed); 1 configuration has nothing left."
    )
    assert text.left_out(replace(FOUND, left_out=())) == ""


def test_the_sentence_names_the_front_and_what_chance_may_add() -> None:
    assert text.headline(FOUND) == (
        "Nothing beats =large, small and fast on accuracy and latency_ms together, of 5 configurations. "
        "By chance close may be as good."
    )
    alone = replace(FOUND, metrics=METRICS[:1], points=FOUND.points[:1])
    assert text.headline(alone) == "=large leads 1 configuration on accuracy."
    assert text.headline(replace(FOUND, points=())).startswith("Nothing here carries accuracy and latency_ms")
    runs = replace(FOUND, question=replace(FOUND.question, group_by=None), points=(FOUND.points[0],) * 6)
    assert text.headline(runs).startswith("Nothing beats =large, =large, =large, =large and 2 more on")
    assert text.headline(runs).endswith("of 6 runs.")


def test_candidate_and_baseline_are_spoken_of_where_they_are_asked_for() -> None:
    assert text.standing(FOUND) == ""
    asked = replace(FOUND, candidate=1, baseline=3, seen={0: Seen((), Trade.BETTER), 3: Seen((), Trade.BASELINE)})
    assert text.standing(asked) == (
        "close is possibly on the front (20 %). =large is shown better than slow in an objective and worse in none."
    )
    nobody = replace(asked, candidate=4, seen={})
    assert text.standing(nobody) == (
        "fast is on the front. Nothing on the front is shown better than slow in an objective and worse in none."
    )


def test_what_it_rests_on_is_said() -> None:
    assert text.basis(FOUND) == (
        "By means of the replicates that carry every objective; probabilities from 4,000 draws, seed 0. "
        "Hypervolume 0.75 to the reference accuracy 0.6, latency_ms 44."
    )
    bare = replace(FOUND, points=FOUND.points[-1:], hypervolume=None)
    assert text.basis(bare) == "By means of the replicates that carry every objective."


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "> 99 %"), (0.991, "> 99 %"), (0.99, "99 %"), (0.01, "1 %"), (0.009, "< 1 %"), (0.5, "50 %")],
)
def test_a_probability_is_never_certainty(share: float, said: str) -> None:
    assert text.probability(share) == said
