"""Curves as pictures, looked at as the values that are drawn."""

import math
from dataclasses import replace

import numpy as np

from assay.analysis import curves as analysis
from assay.model.curves.answer import Curves
from assay.model.curves.question import Manner, Over, Spread
from assay.view.charts.curves import difference, picture
from assay.view.charts.picture import Picture, decades
from assay.view.text.curves import scale_of
from view.text.test_curves import FAST, LATE, LEVEL, found


def drawn(made: Curves, manner: Manner = Manner(), *, log: bool = False) -> Picture:  # noqa: B008  (a value)
    lines = [analysis.line(side, manner, 0.95) if side.means else None for side in made.sides]
    return picture.picture(made, lines, manner, scale_of(made), log=log)


def curves(shown: Picture) -> list[list[float]]:
    return [list(t.y) for t in shown.figure.data if t.mode == "lines"]


def test_every_side_has_a_line_of_its_own_look() -> None:
    shown = drawn(found(FAST, LATE, LEVEL))
    lines = [t.line for t in shown.figure.data if t.mode == "lines"]
    assert len({(line.color, line.dash) for line in lines}) == 3
    assert np.allclose(curves(shown)[0], FAST, atol=0.05)
    assert [a.text.split("</b>")[0] for a in shown.figure.layout.annotations[:3]] == ["<b>2", "<b>0", "<b>1"]


def test_smoothing_draws_the_raw_means_as_dots() -> None:
    assert not [t for t in drawn(found(FAST)).figure.data if t.mode == "markers" and t.marker.size == 3.5]
    shown = drawn(found(FAST), Manner(3))
    [dots] = [t for t in shown.figure.data if t.mode == "markers" and t.marker.size == 3.5]
    assert np.allclose(list(dots.y), FAST, atol=0.05)
    assert abs(curves(shown)[0][1] - np.mean(FAST[:3])) < 0.05


def test_without_a_band_none_is_filled() -> None:
    assert [t for t in drawn(found(FAST)).figure.data if t.fill == "toself"]
    assert not [t for t in drawn(found(FAST), Manner(spread=Spread.NONE)).figure.data if t.fill == "toself"]


def test_gaps_stay_gaps() -> None:
    made = found(FAST, LATE)
    side = made.sides[0]
    rows = tuple((*row[:2], math.nan, *row[3:]) for row in side.means)
    shown = drawn(replace(made, sides=(replace(side, means=rows, lows=rows, highs=rows), made.sides[1])))
    assert curves(shown)[0][2] is None
    band = next(t for t in shown.figure.data if t.fill == "toself")
    assert list(band.x).count(None) == 2


def test_a_log_scale_leaves_out_what_is_not_above_0_and_counts_it() -> None:
    shown = drawn(found([3, 2, 1, 0.5, 0.3, -1]), log=True)
    assert shown.figure.layout.yaxis.type == "log"
    assert curves(shown)[0][-1] is None
    assert "1 place at or below 0 is not on the log scale." in shown.caption
    assert drawn(found([-3, -2, -1]), log=True).figure.layout.yaxis.type == "linear"


def test_log_ticks_stand_at_round_values() -> None:
    assert decades(-1, 1).texts == ("0.1", "0.2", "0.5", "1", "2", "5", "10")
    assert decades(-6, 6).values == tuple(10.0**k for k in range(-6, 7))


def test_the_strip_is_where_it_is_not_sure_yet() -> None:
    made = found(FAST, LATE)
    assert made.apart is not None
    shown = drawn(replace(made, apart=replace(made.apart, passed=2, good=4)))
    [strip] = [s for s in shown.figure.layout.shapes if s.type == "rect"]
    assert (strip.x0, strip.x1) == (3.0, 5.0)
    assert "until step 5 the interval below still holds 0" in shown.caption


def test_the_best_mean_of_a_curve_that_turned_is_marked() -> None:
    marks = [t.marker.symbol for t in drawn(found(FAST, LATE)).figure.data if t.mode == "markers"]
    assert marks == [("square", "square-open"), ("circle",)]


def test_names_from_runs_cannot_act() -> None:
    shown = drawn(found(LEVEL, LATE, named=("a", "<b>큰값</b> <a href='x'>y</a>")))
    assert all("<a" not in a.text for a in shown.figure.layout.annotations)
    assert any("큰값" in a.text for a in shown.figure.layout.annotations)


def test_over_time_the_axis_has_a_unit() -> None:
    made = replace(found(LATE), over=Over.TIME, places=tuple(60.0 * k for k in range(6)))
    shown = drawn(made)
    assert shown.figure.layout.xaxis.title.text == "min since a run's first value"
    assert list(next(t for t in shown.figure.data if t.mode == "lines").x) == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_the_difference_has_its_interval_and_names_both_ways() -> None:
    made = found(LEVEL, LATE)
    shown = difference.picture(made, scale_of(made))
    texts = [a.text for a in shown.figure.layout.annotations]
    assert "▼ 1 worse" in texts
    assert "▲ 1 better" in texts
    assert "95 % paired t interval, 5 pairs by seed, at each place by itself" in shown.caption
    assert "over 6 places some miss by chance" in shown.caption


def test_a_beginning_that_would_squash_the_rest_leaves_the_picture_and_is_counted() -> None:
    made = found([100.0, 50.0, *[1.0] * 10], [0.5] * 12)
    shown = difference.picture(made, scale_of(made))
    assert shown.figure.layout.yaxis.range[0] > -5
    assert shown.figure.layout.yaxis.range[1] < 5
    assert "At 2 places before step 4 the curve leaves the picture." in shown.caption


def test_an_effect_too_small_to_matter_is_shaded() -> None:
    made = found(LEVEL, LATE)
    made = replace(made, metric=replace(made.metric, smallest_effect=0.2))
    shown = difference.picture(made, scale_of(made))
    assert r"Grey: ±0\.2, too small to matter." in shown.caption
    [band] = [s for s in shown.figure.layout.shapes if s.type == "rect"]
    assert (band.y0, band.y1) == (-0.2, 0.2)
