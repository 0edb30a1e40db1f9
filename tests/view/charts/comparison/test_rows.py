"""Differences as a list, read back from its specification."""

from typing import Any

import plotly.graph_objects as go
import pytest

from assay.model.comparison.difference import Verdict
from assay.model.metric import Direction
from assay.view.charts.comparison import rows
from assay.view.charts.comparison.zones import Zones
from assay.view.text.escape import room

LONG = "retrieval-augmented-generation-with-reranker-and-long-context"
HANGUL = "한국어 임베딩 모델 미세조정 버전 둘 아주 긴 이름입니다 정말로 길고 긴 이름"


def row(name: str = "svc", verdict: Verdict = Verdict.BETTER, at: float = 3.0) -> rows.Row:
    return rows.Row(name, "+3.0 points, n = 5", name, at, (at - 1, at + 1), verdict)


def drawn(*listed: rows.Row) -> go.Figure:
    return rows.figure(listed, "accuracy", "points", Direction.MAXIMIZE, Zones(-1.0, 1.0, strict=False))


def marks(figure: go.Figure) -> list[Any]:
    return [trace.marker for trace in figure.data if trace.mode == "markers"]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_verdicts_shape_is_three_times_as_tall_as_its_interval(verdict: Verdict) -> None:
    figure = drawn(row(verdict=verdict))
    bar = next(trace for trace in figure.data if trace.mode == "lines")
    # A triangle is three quarters of its size tall.
    assert marks(figure)[0].size * 0.75 > 2.75 * bar.line.width


def test_a_shape_points_where_the_difference_does() -> None:
    found = marks(drawn(row(verdict=Verdict.BETTER), row(verdict=Verdict.WORSE), row(verdict=Verdict.NOT_SHOWN)))
    assert [mark.symbol for mark in found] == ["triangle-up", "triangle-down", "diamond"]


@pytest.mark.parametrize("name", [LONG, HANGUL])
def test_a_long_name_has_a_line_of_its_own_that_a_phone_can_show(name: str) -> None:
    figure = drawn(row(), row(name))
    texts = [annotation.text for annotation in figure.layout.annotations]
    assert all(text.count("<br>") == 1 for text in texts)
    shown = texts[1].split("<br>")[0].removeprefix("<b>").removesuffix("</b>")
    assert "…" in shown
    assert room(shown) <= 37
    assert figure.layout.height > drawn(row(), row()).layout.height


def test_short_names_share_their_line_with_the_numbers() -> None:
    assert drawn(row(), row()).layout.annotations[0].text == "<b>svc</b>  +3.0 points, n = 5"


def test_nothing_to_list_is_an_empty_axis() -> None:
    assert not drawn().data
