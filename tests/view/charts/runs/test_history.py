"""How one metric moved during a run."""

import math
from typing import Any

from assay.model.metric import MetricUnit
from assay.model.runs.detail import History
from assay.model.runs.store import MetricPoint
from assay.view.charts.picture import Picture
from assay.view.charts.runs import history as charts
from assay.view.text.numbers import scale

SCALE = scale(MetricUnit.NONE, [0.5])


def history(*values: float, step: int | None = None, **more: Any) -> History:
    points = (MetricPoint(v, i if step is None else step, 1_700_000_000_000 + 1000 * i) for i, v in enumerate(values))
    odd = tuple(dict.fromkeys(repr(v) for v in values if not math.isfinite(v)))
    counted = {"logged": len(values), "gaps": sum(not math.isfinite(v) for v in values), "by_time": step is not None}
    return History(tuple(points), **(counted | {"odd": tuple(map(float, odd))} | more))


def drawn(*values: float, **more: Any) -> Picture:
    picture = charts.picture("loss", history(*values, **more), SCALE)
    assert picture is not None
    return picture


def test_nan_and_infinities_are_gaps_and_counted() -> None:
    picture = drawn(0.5, math.nan, math.inf, 0.3)
    assert list(picture.figure.data[0].y) == [0.5, None, None, 0.3]
    assert picture.figure.data[0].connectgaps is False
    assert "2 values are NaN, ∞ and left as a gap." in picture.caption


def test_a_history_with_one_step_throughout_is_drawn_by_time() -> None:
    picture = drawn(0.5, 0.4, step=0)
    assert picture.figure.layout.xaxis.title.text == "time, UTC"
    assert "the axis is time" in picture.caption


def test_values_over_decades_have_a_log_axis() -> None:
    assert drawn(100.0, 1.0, 0.01).figure.layout.yaxis.type == "log"
    assert drawn(100.0, 1.0, -0.01).figure.layout.yaxis.type is None


def test_nothing_finite_is_no_picture() -> None:
    assert charts.picture("loss", history(math.nan), SCALE) is None
    assert charts.picture("loss", History(), SCALE) is None


def test_values_that_are_not_drawn_are_told_of() -> None:
    assert "50,000 logged values. Drawn are the lowest and the highest" in drawn(0.1, 9.0, logged=50_000).caption
    assert drawn(0.1, logged=5, whole=False).caption.startswith("The first 5 logged values; later ones are not read.")


def test_the_name_of_a_metric_cannot_act() -> None:
    picture = charts.picture("<a href='x'>loss</a>", history(1.0, 2.0), SCALE)
    assert picture is not None
    assert "<a" not in picture.figure.layout.annotations[0].text


def test_steps_are_written_out() -> None:
    rows = tuple(MetricPoint(0.5, step, 0) for step in (0, 400_000, 1_000_000))
    picture = charts.picture("loss", History(rows, logged=3), SCALE)
    assert picture is not None
    assert picture.figure.layout.xaxis.ticktext[1] == "200,000"
