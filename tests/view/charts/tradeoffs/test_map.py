"""A map of two objectives: what is drawn where, and what is said to be missing."""

from dataclasses import replace
from itertools import pairwise

import pytest

from assay.model.criteria import Limit
from assay.model.metric import Direction, Metric
from assay.model.tradeoffs.front import Front
from assay.view.charts.picture import CANDIDATE
from assay.view.charts.tradeoffs.map import picture
from fronted import F1, LATENCY, RAG, fronted

LIMITS = (Limit(">", 0.75), Limit("<", 300.0), None)


def texts(found: Front, across: int = 1, up: int = 0) -> list[str]:
    return [one.text for one in picture(found, across, up).figure.layout.annotations]


def stairs(found: Front, across: int, up: int) -> list[tuple[float, float]]:
    """The longest line without a gap: crosses have gaps."""
    lines = [t for t in picture(found, across, up).figure.data if t.mode == "lines" and None not in t.x]
    own = max(lines, key=lambda trace: len(trace.x))
    return list(zip(own.x, own.y, strict=True))


def test_the_stairs_lead_from_the_best_of_one_objective_to_the_best_of_the_other() -> None:
    path = stairs(fronted(), 1, 0)
    corners = [spot for spot in path if spot in {(v[1], v[0] * 100) for v in RAG.values()}]
    assert [x for x, _ in corners] == [121, 164, 214, 238, 371]
    assert all(b[0] >= a[0] and b[1] >= a[1] for a, b in pairwise(path))


@pytest.mark.parametrize("ways", [(a, b) for a in Direction for b in Direction])
def test_no_configuration_lies_beyond_the_stairs(ways: tuple[Direction, Direction]) -> None:
    metrics = tuple(replace(own, direction=way) for own, way in zip((F1, LATENCY), ways, strict=True))
    means = {name: values for name, values in RAG.items() if name != "chunk-128"}
    found = fronted(means, metrics)
    if len(found.stairs[0, 1]) < 2:
        return
    path = stairs(found, 1, 0)
    for y, x, _ in means.values():
        beaten = [
            metrics[1].direction.gain(px - x) >= -1e-9 and metrics[0].direction.gain(py - y * 100) >= -1e-9
            for px, py in path
        ]
        assert any(beaten)


def test_both_thresholds_make_one_area_with_what_lies_in_it() -> None:
    found = fronted(limits=LIMITS)
    shapes = picture(found, 1, 0).figure.layout.shapes
    assert [shape.type for shape in shapes].count("path") == 1
    assert [shape.type for shape in shapes].count("line") == 2
    assert {"75 % or less", "300 ms or more"} <= set(texts(found))


def test_without_thresholds_nothing_is_shaded_and_nothing_said() -> None:
    shown = picture(fronted(), 1, 0)
    assert not shown.figure.layout.shapes
    assert "Shaded" not in shown.caption


def test_a_threshold_that_nobody_meets_shades_all_of_it() -> None:
    shown = picture(fronted(limits=(Limit(">", 5.0), None, None)), 1, 0)
    assert [shape.type for shape in shown.figure.layout.shapes] == ["path"]
    assert shown.figure.layout.shapes[0].path.count("M") == 1


def test_what_would_squash_the_picture_is_named_instead() -> None:
    shown = picture(fronted(), 1, 0)
    assert "Outside the picture: `chunk-128`" in shown.caption
    assert min(shown.figure.layout.yaxis.range) > 50


def test_an_asked_for_candidate_is_never_left_outside() -> None:
    shown = picture(fronted(candidate="chunk-128"), 1, 0)
    assert "Outside" not in shown.caption
    drawn = [
        (x, c) for t in shown.figure.data if t.customdata is not None for x, c in zip(t.x, t.marker.color, strict=True)
    ]
    assert (250.0, CANDIDATE) in drawn


def test_one_that_beats_all_has_no_line_and_is_named() -> None:
    shown = picture(fronted(), 2, 1)
    assert "Of these two alone `e5-small` beats all" in shown.caption


def test_decades_of_values_get_a_log_axis_that_says_so() -> None:
    means = {f"m{k}": (0.5 + k / 10, 10.0**k) for k in range(4)}
    shown = picture(fronted(means, (F1, LATENCY)), 1, 0)
    assert "log" in shown.figure.layout.xaxis.title.text
    assert "100" in shown.figure.layout.xaxis.ticktext


def test_a_direction_that_nobody_told_is_called_assumed_and_no_corner_better() -> None:
    odd = Metric("zest", Direction.MAXIMIZE, "assumed")
    found = fronted({"a": (0.5, 1.0), "b": (0.6, 2.0)}, (F1, odd))
    assert "assumed" in picture(found, 1, 0).figure.layout.xaxis.title.text
    assert not any("better</" in text or text.endswith(" better") for text in texts(found))


def test_names_act_nowhere() -> None:
    found = fronted({"<b>bold</b> $x$": (0.5, 1.0), "quiet": (0.6, 2.0)}, (F1, LATENCY))
    shown = picture(found, 1, 0)
    written = "".join([*texts(found), *(text for t in shown.figure.data for text in (t.hovertext or ()))])
    assert "<b>bold" not in written
    assert "&lt;b&gt;bold" in written


def test_thousands_of_beaten_points_are_thinned_and_counted() -> None:
    means = {f"c{k}": (0.5 + (k % 97) / 1000, 200.0 + k / 900 - (k % 97) / 10) for k in range(9_000)}
    found = fronted(means, (F1, LATENCY), seen=("c0", "c96", "c8999"))
    shown = picture(found, 1, 0)
    marks = sum(len(t.x) for t in shown.figure.data if t.customdata is not None)
    assert marks < 5_000
    assert "Outside" not in shown.caption
    assert f"{9_000 - marks:,} configurations drawn under others" in shown.caption


def test_every_value_the_same_is_drawn_all_the_same() -> None:
    shown = picture(fronted({"a": (0.5, 1.0), "b": (0.5, 1.0)}, (F1, LATENCY)), 1, 0)
    low, high = shown.figure.layout.xaxis.range
    assert low < 1.0 < high
