"""Example scores in columns: too many for dots, so both sides' values and their difference alone."""

from assay.view.charts.comparison import marks
from assay.view.charts.comparison.columns import ColumnDrawing
from assay.view.text.comparison.facts import examples_of
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import count


def draw(columns: ColumnDrawing, pen: marks.Pen) -> None:
    """Each value in the middle of its column and its number above, the difference in the last one."""
    scale, statistic = columns.scale, columns.first.statistic.term
    for column, side in enumerate(columns.first.sides):
        if side.value is not None:
            n = count(examples_of(side), "example")
            hover = f"<b>{safe(side.label)}</b>, {n}<br>{statistic} {scale.value(side.value)}"
            pen.value(column, column, side, hover)
            top = max(columns.touched(column, side))
            pen.text(f"<b>{scale.bare(side.value)}</b>", column, scale.shown(top))
    pen.difference(2, 2.16, columns.first.candidates[0], limited=False)
    pen.difference_label(2, columns.only)
