"""Scores over trials and params, and every trial as a line."""

import numpy as np
import pytest

from assay.model.metric import Direction
from assay.view.charts.search import lines, panels
from assay.view.charts.search.canvas import Canvas
from tried import made

RNG = np.random.default_rng(0)
SCORES = RNG.uniform(0.8, 0.9, 30).tolist()
RATES = [f"{10**u:.4g}" for u in RNG.uniform(-4, 0, 30)]


def test_the_band_reaches_from_the_best_as_far_as_two_runs_differ_by_chance() -> None:
    found = made(SCORES, spread=0.01, rate=RATES)
    assert found.noise is not None
    [shape] = panels.over_param(found, found.axes[0]).figure.layout.shapes
    best = max(SCORES) * 100
    assert (shape.y1, shape.y0) == (pytest.approx(best), pytest.approx(best - found.noise.width * 100))
    assert not panels.over_trials(made(SCORES, rate=RATES)).figure.layout.shapes


def test_the_staircase_holds_its_level_to_the_next_edge() -> None:
    found = made([0.1, 0.3, 0.2])
    stairs = panels.over_trials(found).figure.data[3]
    assert np.allclose(stairs.x, [1, 2, 2, 3, 3, 3.5])
    assert np.allclose(stairs.y, [10, 10, 30, 30, 30, 30])


def test_an_empty_twelfth_is_a_gap_in_it() -> None:
    found = made([0.1, 0.3, 0.2, 0.25], rate=["0", "1", "11", "12"])
    stairs = panels.over_param(found, found.axes[0]).figure.data[3]
    assert np.isnan(stairs.y[6])
    assert np.allclose(stairs.y[:2], 10)


def test_a_log_axis_has_its_decades_and_says_so() -> None:
    found = made(SCORES, rate=RATES)
    axis = panels.over_param(found, found.axes[0]).figure.layout.xaxis
    assert axis.title.text == "<b>rate</b>, log"
    assert {"0.001", "0.01", "0.1"} <= set(axis.ticktext)


def test_whole_numbers_have_no_ticks_between_them() -> None:
    found = made([0.1, 0.3, 0.2], weight=["1", "2", "3"])
    assert panels.over_param(found, found.axes[0]).figure.layout.xaxis.ticktext == ("1", "2", "3")
    assert panels.over_trials(found).figure.layout.xaxis.tickvals[0] == 1


def test_what_is_far_below_is_at_the_foot_and_counted() -> None:
    found = made([0.90, 0.91, 0.92, 0.93, 0.0], rate=list("abcde"))
    canvas = Canvas(found)
    assert canvas.cut.tolist() == [False] * 4 + [True]
    feet = panels.over_trials(found).figure.data[1]
    assert (list(feet.x), feet.marker.symbol) == ([5], "triangle-down")
    assert "▼ at the foot: 1 below" in panels.caption(found, touched=False)
    worse = made([0.10, 0.11, 0.12, 0.13, 1.0], direction=Direction.MINIMIZE, rate=list("abcde"))
    assert "▲ at the top: 1 above" in panels.caption(worse, touched=False)


def test_a_box_finds_what_is_drawn_in_it_those_at_the_foot_too() -> None:
    found = made([0.90, 0.91, 0.92, 0.93, 0.0], rate=list("abcde"))
    low, high = Canvas(found).limits
    assert panels.seen(found, low, high).all()
    assert panels.seen(found, 91.5, high).tolist() == [False, False, True, True, False]


def test_names_and_values_of_runs_are_shown_and_not_obeyed() -> None:
    found = made(SCORES, params={"<b>x</b>": ["<img src=x>", "$y$"] * 15, "c": ["a", "b"] * 15})
    figure = panels.over_param(found, next(axis for axis in found.axes if axis.name == "<b>x</b>")).figure
    assert "&lt;b&gt;x&lt;/b&gt;" in figure.layout.xaxis.title.text
    assert all("<img" not in text for text in figure.layout.xaxis.ticktext)
    assert all("<img" not in text for trace in figure.data[:3] for text in trace.hovertext)
    assert all("<b>x</b>" not in note.text for note in lines.lines(found).figure.layout.annotations)


def test_four_thousand_trials_are_a_small_figure_in_which_every_one_is_counted() -> None:
    rng = np.random.default_rng(1)
    scores = rng.uniform(0.5, 0.9, 4_000)
    params = {f"p{i}": [f"{v:.5g}" for v in rng.uniform(size=4_000)] for i in range(5)}
    found = made(scores.tolist(), spread=0.02, params=params)
    pictures = [panels.over_trials(found), *(panels.over_param(found, axis) for axis in found.axes), lines.lines(found)]
    assert sum(len(one.figure.to_json()) for one in pictures) < 1_500_000
    drawn = pictures[0].figure.data[:3]
    hidden = [text.partition(", and ")[2].partition(" more")[0] for trace in drawn for text in trace.hovertext]
    assert sum(len(trace.x) for trace in drawn) + sum(int(n) for n in hidden if n) == 4_000
    assert "drawn once" in panels.caption(found, touched=True)


def test_the_band_of_replicated_configurations_is_that_of_their_means() -> None:
    found = made(SCORES, spread=0.01, n=[5] * 30, rate=RATES)
    assert found.noise is not None
    [shape] = panels.over_trials(found).figure.layout.shapes
    assert shape.y1 - shape.y0 == pytest.approx(found.noise.width * 100 / np.sqrt(5))
