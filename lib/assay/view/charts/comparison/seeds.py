"""The seeds of a comparison in columns: a dot each, lines between pairs, and the differences of their means."""

from assay.model.comparison.answer import Candidate
from assay.model.comparison.side import Side
from assay.view.charts.comparison import marks
from assay.view.charts.comparison.columns import ColumnDrawing
from assay.view.text.escape import plotly as safe

# So many characters of labels fit beside each other on a phone.
_PHONE = 40
_TWO = 27


def draw(columns: ColumnDrawing, pen: marks.Pen) -> None:
    """Dots and lines, every side's mean, then the differences."""
    sides, aside = columns.first.sides, 0.0 if columns.single else 0.16
    # Candidates among several leave room for their difference.
    spots = [pen.seeds(at, side, at - aside if at else aside / 4) for at, side in enumerate(sides)]
    if marks.lined(columns.comparison):
        pen.pairs(spots[0], spots[1])
    for column, side in enumerate(sides):
        if side.value is not None:
            _side(columns, pen, column, side, side.value)
    if columns.base is not None:
        for column, candidate in enumerate(columns.first.candidates, start=1):
            _difference(columns, pen, column, candidate)


def _side(columns: ColumnDrawing, pen: marks.Pen, column: int, side: Side, value: float) -> None:
    """The mean beside the dots unless a difference stands there or n is 1; its label outside the cloud."""
    if side.replicates > 1 and (columns.single or column == 0):
        spread = f"mean {pen.scale.spread(value, side.std)} {pen.scale.unit}"
        spread += marks.limits(pen.scale, side.interval, signed=False)
        hover = f"<b>{safe(side.label)}</b>, n = {side.replicates}<br>{spread}"
        pen.value(column + (0.2 if column else -0.2 if columns.last == 2 else -0.26), column, side, hover)
    up = _higher(columns, column) if columns.single else column > 0
    seen = _seen(columns, column, side)
    x = column - 0.1 if columns.single and column == 0 else column
    pen.text(_label(columns, column, value, side.std), x, pen.scale.shown(max(seen) if up else min(seen)), up=up)


def _higher(columns: ColumnDrawing, column: int) -> bool:
    """Whether this of the two sides has the higher mean; the candidate, when they are the same."""
    baseline, candidate = (side.value for side in columns.first.sides)
    if baseline is None or candidate is None:
        return True
    return (candidate >= baseline) == (column == 1)


def _seen(columns: ColumnDrawing, column: int, side: Side) -> list[float]:
    """What a label must not cover."""
    seen, base = columns.touched(column, side), columns.first.baseline.value
    if columns.single or column == 0 or base is None:
        return seen
    return [*seen, *(base + end for end in marks.reach(columns.first.candidates[column - 1].difference, pairs=False))]


def _label(columns: ColumnDrawing, column: int, value: float, std: float | None) -> str:
    """Mean ± std as far as a phone has room for it: below each other, or the mean alone."""
    scale, mean = columns.scale, f"<b>{columns.scale.bare(value)}</b>"
    if std is None:
        return mean
    length, spread = len(scale.spread(value, std)), f"± {scale.bare(std)}"
    if not columns.single:
        return f"{mean} {spread}" if length * (columns.last + 1) <= _PHONE else mean
    beside = max(map(len, marks.difference_lines(scale, columns.only)), default=0) if column else 0
    return f"{mean}{'<br>' if length + beside > _TWO else ' '}{spread}"


def _difference(columns: ColumnDrawing, pen: marks.Pen, column: int, candidate: Candidate) -> None:
    """A difference in its own column with its pairs where there is one candidate, else beside the dots."""
    if candidate.difference.value is None:
        return
    if not columns.single:
        x = column + 0.18
        pen.difference(x, x + 0.14, candidate, limited=True)
        return
    if candidate.difference.values:
        pen.paired_differences(2.0 - 0.17, candidate.difference)
    pen.difference(2.0, 2.0 + 0.18, candidate, limited=True)
    pen.difference_label(2.0, candidate.difference)
