"""Pictures of several tasks."""

from dataclasses import replace

import numpy as np

from assay.model.comparison.answer import Comparison
from assay.model.comparison.tasks import Curve, Efficiency
from assay.view.charts.comparison import tasks as charts
from assay.view.text.comparison.scale import scale_of
from tasked import Sides, answer

LOW, HIGH = [[0.1, 0.2, 0.3], [0.3, 0.4, 0.5]], [[0.4, 0.5, 0.6], [0.8, 0.7, 0.9]]


def drawn(found: Comparison) -> list[str]:
    picture = charts.aggregates(found, scale_of(found.first))
    assert picture is not None
    return [note.text for note in picture.figure.layout.annotations]


def test_one_candidate_is_drawn_by_every_aggregate_several_by_the_interquartile_mean() -> None:
    assert len(drawn(answer(LOW, HIGH, one=1.0))) == 8
    assert len(drawn(answer(LOW, HIGH))) == 6
    assert len(drawn(answer(LOW, HIGH, LOW))) == 3


def test_the_finding_is_the_alt_text_and_the_caption_says_the_scale() -> None:
    found = answer(LOW, HIGH, one=1.0)
    picture = charts.aggregates(found, scale_of(found.first))
    assert picture is not None
    assert picture.alt.startswith("b is better than a: interquartile mean normalised m is 0.35")
    assert "2 tasks by env" in picture.caption
    assert "references" in picture.caption


def test_profiles_fall_from_all_runs_to_none() -> None:
    found = answer(LOW, HIGH)
    picture = charts.profiles(found, scale_of(found.first))
    assert picture is not None
    lines = [trace for trace in picture.figure.data if trace.mode == "lines"]
    assert len(lines) == 2
    for line in lines:
        assert all(np.diff(line.y) <= 0)
        assert line.y[-1] == 0


def test_at_most_six_candidates_are_drawn_and_told_apart_by_colour_and_dash() -> None:
    sides: list[Sides] = [[[level, level + 0.1, level + 0.2]] * 2 for level in np.arange(9) / 10]
    found = answer(*sides)
    picture = charts.profiles(found, scale_of(found.first))
    assert picture is not None
    lines = [trace for trace in picture.figure.data if trace.mode == "lines"]
    assert len({(line.line.color, line.line.dash) for line in lines}) == len(lines) == 7
    aggregates = charts.aggregates(found, scale_of(found.first))
    assert aggregates is not None
    assert "2 more sides are in the table only" in aggregates.caption


def test_scores_that_only_few_runs_reach_do_not_squash_the_picture() -> None:
    far = [[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0] * 3, [0.5] * 29 + [100.0]]
    found = answer(far, far)
    picture = charts.profiles(found, scale_of(found.first))
    assert picture is not None
    assert picture.figure.layout.xaxis.range[1] <= 1.0
    assert "less than 5 %" in picture.caption


def test_steps_are_drawn_where_they_were_read() -> None:
    found = answer(LOW, HIGH)
    over = found.first.tasks
    assert over is not None
    assert charts.efficiency(found, scale_of(found.first)) is None
    curve = Curve((0.1, 0.2), (0.0, 0.1), (0.2, 0.3))
    read = Efficiency((0, 10), (curve, curve), runs=12, values=24, missing=1)
    told = replace(found, metrics=(replace(found.first, tasks=replace(over, efficiency=read)),))
    picture = charts.efficiency(told, scale_of(told.first))
    assert picture is not None
    assert "12 histories with 24 values" in picture.caption
    assert "1 run without a history" in picture.caption


def test_without_a_task_there_is_nothing_to_draw() -> None:
    found = answer([], [])
    scale = scale_of(found.first)
    assert [draw(found, scale) for draw in (charts.aggregates, charts.profiles, charts.efficiency)] == [None] * 3
