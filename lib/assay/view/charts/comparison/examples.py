"""Two sides over the same examples: their means, the difference, and the intervals that examples allow."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assay.model.comparison import Direction, Interval
from assay.model.examples import ExampleComparison, ExampleSide
from assay.view.charts.comparison import marks, rows
from assay.view.charts.picture import (
    BAND,
    BASELINE,
    CANDIDATE,
    Picture,
    axis_title,
    blank,
    category,
    right_axis,
    span,
    ticks,
)
from assay.view.text.comparison import examples as words
from assay.view.text.comparison.names import method
from assay.view.text.escape import code, flat, short
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, count, percent

HEIGHT = 400


def picture(found: Sequence[ExampleComparison], scale: Scale) -> Picture | None:
    """One candidate: both means and the difference; several: a row each. None where nothing could be compared."""
    drawn = [one for one in found if one.difference.mean is not None]
    if not drawn:
        return None
    alt = words.headline(found[0], scale, name=flat) if len(found) == 1 else _alt(found)
    if len(found) == 1:
        return Picture(_pair(drawn[0], scale), alt, _caption(drawn[0], scale))
    return Picture(_rows(drawn, scale), alt, _rows_caption(drawn, len(found) - len(drawn), scale))


def _alt(found: Sequence[ExampleComparison]) -> str:
    return (
        f"Differences of {len(found)} candidates to {flat(found[0].baseline.label)} on {flat(words.quantity(found[0]))}"
    )


def _pair(one: ExampleComparison, scale: Scale) -> go.Figure:
    figure = blank(HEIGHT, right_axis=True)
    assert one.difference.mean is not None
    base = scale.shown(one.baseline.mean or 0.0)
    sides = (one.baseline, one.candidate)
    seen = [scale.shown(v) for side in sides for v in (side.mean, *marks.ends(side.interval)) if v is not None]
    seen += [base + scale.shown(v) for v in marks.reach(one.difference, pairs=False)]
    half = scale.shown(one.smallest_effect or 0.0)
    if half and 2 * half <= 3 * (max(seen) - min(seen)):
        seen += [base - half, base + half]
    low, high = span(seen, below=0.16, above=0.2)
    n = [count(one.examples or side.examples, "example").replace(" ", "<br>") for side in sides]
    labels = [category(side.label, f"n = {size}") for side, size in zip(sides, n, strict=True)]
    labels.append(category("difference", "paired" if one.examples else "unpaired"))
    figure.update_xaxes(
        range=[-0.5, 2.5], tickmode="array", tickvals=[0, 1, 2], ticktext=labels, tickangle=0, tickfont={"size": 13}
    )
    figure.update_layout(yaxis={"range": [low, high], **ticks(low, high).axis(), "tickfont": {"size": 13}})
    better = "higher" if one.direction is Direction.MAXIMIZE else "lower"
    axis_title(figure, f"{safe(scale.header(short(words.quantity(one), 26)))} ({better} is better)")
    right_axis(figure, low - base, high - base, f"difference, {scale.difference_unit}".removesuffix(", "))
    dashed = {"color": BASELINE, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", x0=-0.2, x1=2.5, y0=base, y1=base, layer="below", line=dashed)
    if half:
        box = {"y0": base - half, "y1": base + half, "layer": "below", "fillcolor": BAND, "line": {"width": 0}}
        figure.add_shape(type="rect", x0=1.5, x1=2.5, **box)
    pen = marks.Pen(figure, scale, CANDIDATE)
    _side(pen, 0, one.baseline, one.statistic.words, "square")
    _side(pen, 1, one.candidate, one.statistic.words, "circle")
    _difference(pen, one)
    return figure


def _side(pen: marks.Pen, column: int, side: ExampleSide, statistic: str, symbol: str) -> None:
    if side.mean is None:
        return
    colour = CANDIDATE if column else BASELINE
    pen.bar(column, side.interval, colour, 6, "y")
    hover = f"<b>{safe(side.label)}</b>, {count(side.examples, 'example')}<br>{statistic} {pen.scale.value(side.mean)}"
    pen.points([column], [pen.scale.shown(side.mean)], [hover], {"size": 15, "symbol": symbol, "color": colour})
    pen.figure.add_annotation(
        text=f"<b>{pen.scale.bare(side.mean)}</b>",
        x=column,
        y=pen.scale.shown(max([side.mean, *marks.ends(side.interval)])),
        yanchor="bottom",
        yshift=marks.ABOVE,
        showarrow=False,
        font={"size": 14},
    )


def _difference(pen: marks.Pen, one: ExampleComparison) -> None:
    difference = one.difference
    assert difference.mean is not None
    pen.bar(2, difference.interval, CANDIDATE, 6, "y2")
    pen.bar(2.16, marks.beside(difference), CANDIDATE, 1.75, "y2")
    hover = f"<b>{safe(one.candidate.label)}</b><br>{pen.scale.difference(difference.mean)}"
    style = marks.glyph(difference.verdict, CANDIDATE)
    pen.points([2], [pen.scale.shown(difference.mean)], [hover], style, axis="y2")
    pen.difference_label(2, difference)


def _caption(one: ExampleComparison, scale: Scale) -> str:
    parts = [f"{words.over_examples(one.statistic)}."]
    intervals = [method(side.interval.method) for side in (one.baseline, one.candidate) if side.interval]
    level = percent(one.level)
    if intervals:
        parts.append(f"Thick: {level} {intervals[0]} interval over examples{_of(one.difference.interval)}.")
    if thin := marks.beside(one.difference):
        parts.append(f"Thin: {method(thin.method)}.")
    parts.append(f"The right axis is 0 at the baseline's {one.statistic.words} and has the scale of the left.")
    if one.smallest_effect:
        parts.append(f"Grey band: ±{scale.limit(one.smallest_effect)}, too small to matter by the policy.")
    parts.append(f"Resampled: {words.UNITS[one.unit]}.")
    if one.unit == "examples":
        parts.append("The picture can't show how much new seeds would change it.")
    return " ".join(parts)


def _of(interval: Interval | None) -> str:
    return f"; of the difference: {method(interval.method)}" if interval else ""


def _rows(drawn: Sequence[ExampleComparison], scale: Scale) -> go.Figure:
    first = drawn[0]
    return rows.figure(
        [_row(one, scale) for one in sorted(drawn, key=_gain)],
        words.quantity(first),
        scale.difference_unit,
        first.direction,
        half=scale.shown(first.smallest_effect or 0.0),
    )


def _gain(one: ExampleComparison) -> float:
    mean = one.difference.mean or 0.0
    return mean if one.direction is Direction.MAXIMIZE else -mean


def _row(one: ExampleComparison, scale: Scale) -> rows.Row:
    difference, amount = one.difference, scale.difference(one.difference.mean)
    return rows.Row(
        name=one.candidate.label,
        detail=f"{amount}, {scale.bare(one.baseline.mean)} → {scale.value(one.candidate.mean)}",
        hover=f"<b>{safe(one.candidate.label)}</b><br>{amount}",
        at=scale.shown(difference.mean or 0.0),
        ends=tuple(scale.shown(end) for end in marks.ends(difference.interval)),
        verdict=difference.verdict,
    )


def _rows_caption(drawn: Sequence[ExampleComparison], missing: int, scale: Scale) -> str:
    first = drawn[0]
    methods = ", ".join(sorted({method(one.difference.interval.method) for one in drawn if one.difference.interval}))
    parts = [
        f"Difference of each candidate to {code(first.baseline.label)} with its {percent(first.level)} interval over "
        f"{words.UNITS[first.unit]} by {methods or 'no method'}, best on top; "
        f"beside it the {words.several(first.statistic)} of both sides."
    ]
    if first.smallest_effect:
        parts.append(f"Grey band: ±{scale.limit(first.smallest_effect)}, too small to matter by the policy.")
    if missing:
        parts.append(f"{missing} without a difference {'is' if missing == 1 else 'are'} in the table only.")
    return " ".join(parts)
