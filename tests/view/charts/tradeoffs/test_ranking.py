"""One objective alone."""

from assay.view.charts.tradeoffs.ranking import MOST, ranking
from fronted import F1, fronted


def test_rows_stand_best_first_with_their_intervals() -> None:
    shown = ranking(fronted(metrics=(F1,), seen=("both", "hyde", "both-rerank")))
    assert shown.figure.layout.yaxis.ticktext[0] == "both-rerank"
    assert sum(trace.mode == "lines" for trace in shown.figure.data) == 3
    assert "the best is both-rerank" in shown.alt


def test_the_candidate_is_there_wherever_it_stands() -> None:
    means = {f"c{k}": (0.9 - k / 1000,) for k in range(100)}
    shown = ranking(fronted(means, (F1,), candidate="c90"))
    rows = shown.figure.layout.yaxis.ticktext
    assert len(rows) == MOST
    assert rows[-1] == "<b>c90</b>"
    assert "80 configurations further down" in shown.caption
