"""How one metric moved during a run."""

import math

from assay.model.metric import MetricUnit
from assay.model.runs.store import MetricPoint
from assay.view.charts.picture import Picture
from assay.view.charts.runs import history
from assay.view.text.numbers import scale

SCALE = scale(MetricUnit.NONE, [0.5])


def points(*values: float, step: int | None = None) -> tuple[MetricPoint, ...]:
    return tuple(
        MetricPoint(v, i if step is None else step, 1_700_000_000_000 + 1000 * i) for i, v in enumerate(values)
    )


def drawn(*values: float, step: int | None = None) -> Picture:
    picture = history.picture("loss", points(*values, step=step), SCALE)
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
    assert history.picture("loss", points(math.nan), SCALE) is None
    assert history.picture("loss", (), SCALE) is None


def test_a_long_history_keeps_its_peak() -> None:
    values = [0.1] * 50_000
    values[31_415] = 9.0
    picture = drawn(*values)
    assert len(picture.figure.data[0].y) <= 4_000
    assert max(picture.figure.data[0].y) == 9.0
    assert "lowest and the highest" in picture.caption


def test_the_name_of_a_metric_cannot_act() -> None:
    picture = history.picture("<a href='x'>loss</a>", points(1.0, 2.0), SCALE)
    assert picture is not None
    assert "<a" not in picture.figure.layout.annotations[0].text


def test_steps_are_written_out() -> None:
    rows = [MetricPoint(0.5, step, 0) for step in (0, 400_000, 1_000_000)]
    picture = history.picture("loss", rows, SCALE)
    assert picture is not None
    assert picture.figure.layout.xaxis.ticktext[1] == "200,000"
