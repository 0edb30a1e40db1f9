"""All objectives in one line."""

from dataclasses import replace
from itertools import pairwise

from assay.view.charts.picture import CANDIDATE
from assay.view.charts.tradeoffs.lines import MOST, lines
from fronted import COST, F1, LATENCY, fronted


def test_the_better_end_is_up_on_every_axis() -> None:
    found = fronted({"good": (0.9, 10.0, 1.0), "bad": (0.1, 90.0, 5.0)})
    by_name = {trace.hovertext.split("</b>")[0][3:]: trace.y for trace in lines(found).figure.data}
    assert list(by_name["good"]) == [1, 1, 1]
    assert list(by_name["bad"]) == [0, 0, 0]


def test_the_candidate_is_drawn_last_and_in_its_colour() -> None:
    last = lines(fronted(candidate="hyde", baseline="baseline")).figure.data[-1]
    assert "hyde" in last.hovertext
    assert last.line.color == CANDIDATE


def test_at_most_sixty_lines_and_the_rest_is_counted() -> None:
    means = {f"c{k}": (0.5 + k / 1000, 100.0 + k, 1.0 + k) for k in range(200)}
    shown = lines(fronted(means, (F1, LATENCY, COST), seen=()))
    assert len(shown.figure.data) == MOST
    assert "140 configurations" in shown.caption


def test_a_value_that_all_share_stands_in_the_middle() -> None:
    shown = lines(fronted({"a": (0.5, 10.0, 1.0), "b": (0.6, 10.0, 2.0)}))
    assert all(trace.y[1] == 0.5 for trace in shown.figure.data)


def test_lines_that_are_not_beaten_are_named_where_names_do_not_meet() -> None:
    shown = lines(fronted(candidate="hyde", baseline="baseline")).figure
    named = {one.text: one.y for one in shown.layout.annotations if one.xanchor == "left"}
    assert {"<b>hyde</b>", "<b>baseline</b>", "both", "e5-small"} <= set(named)
    assert "chunk-128" not in named
    heights = sorted(named.values())
    assert all(high - low >= 0.045 for low, high in pairwise(heights))


def test_a_long_name_of_an_objective_keeps_its_unit() -> None:
    long = replace(F1, name="retrieval_augmented_generation_f1_score")
    shown = lines(fronted({"a": (0.5, 10.0), "b": (0.6, 20.0)}, (long, LATENCY))).figure
    assert any("…" in one.text and "60.0 %" in one.text for one in shown.layout.annotations)
