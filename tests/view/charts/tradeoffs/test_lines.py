"""All objectives in one line."""

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
