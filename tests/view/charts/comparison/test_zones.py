"""What lies behind differences."""

import math

import plotly.graph_objects as go
import pytest

from assay.model.comparison.question import Aim
from assay.model.metric import Direction, Metric, MetricUnit
from assay.view.charts.comparison.zones import BEYOND, zones
from assay.view.charts.picture import BAND
from assay.view.text.numbers import Scale

POINTS = Scale(100.0, "%", "points", 1)
UP = Metric("accuracy", Direction.MAXIMIZE, "policy", MetricUnit.SHARE, smallest_effect=0.01, margin=0.02)
DOWN = Metric("loss", Direction.MINIMIZE, "policy", MetricUnit.SHARE, smallest_effect=0.01, margin=0.02)


@pytest.mark.parametrize(
    ("metric", "aim", "ends"),
    [
        (UP, Aim.BETTER, (-1.0, 1.0)),
        (UP, Aim.NO_WORSE, (-2.0, math.inf)),
        (DOWN, Aim.NO_WORSE, (-math.inf, 2.0)),
        (UP, Aim.SAME, (-2.0, 2.0)),
    ],
)
def test_what_is_allowed_follows_the_aim_and_the_direction(metric: Metric, aim: Aim, ends: tuple[float, float]) -> None:
    found = zones(metric, aim, POINTS)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(ends)
    assert found.strict == (aim is not Aim.BETTER)


def test_what_nobody_can_judge_has_none() -> None:
    assert zones(Metric("m", Direction.MAXIMIZE), Aim.BETTER, POINTS) is None
    assert zones(Metric("m", Direction.MAXIMIZE, "assumed", margin=0.1), Aim.NO_WORSE, POINTS) is None


def test_beyond_a_margin_is_red_up_to_the_axis_end_with_a_line_between() -> None:
    found, figure = zones(UP, Aim.NO_WORSE, POINTS), go.Figure()
    assert found is not None
    found.behind_columns(figure, 90.0, (1.5, 2.5), (85.0, 95.0))
    drawn = [(s.type, s.fillcolor, s.y0, s.y1) for s in figure.layout.shapes]
    assert drawn[:2] == [("rect", BAND, 88.0, 95.0), ("rect", BEYOND, 85.0, 88.0)]
    assert (drawn[2][0], drawn[2][2], drawn[2][3]) == ("line", 88.0, 88.0)
