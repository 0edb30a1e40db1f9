"""Two sides over the same examples: their means, the difference, and the intervals that examples allow."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assay.model.comparison import Direction, Interval, Verdict
from assay.model.examples import ExampleComparison, ExampleSide
from assay.view.charts import marks
from assay.view.charts.picture import (
    BAND,
    BASELINE,
    CANDIDATE,
    ZERO_LINE,
    Picture,
    axis_title,
    blank,
    category,
    right_axis,
    span,
    ticks,
)
from assay.view.text import examples as words
from assay.view.text.escape import code, flat, short
from assay.view.text.escape import plotly as safe
from assay.view.text.names import method
from assay.view.text.numbers import Scale, count, percent

HEIGHT = 400
ROW = 44


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
    seen = [
        scale.shown(v)
        for side in (one.baseline, one.candidate)
        for v in (side.mean, *marks.ends(side.interval))
        if v is not None
    ]
    seen += [base + scale.shown(v) for v in marks.reach(one.difference, pairs=False)]
    half = scale.shown(one.smallest_effect or 0.0)
    if half and 2 * half <= 3 * (max(seen) - min(seen)):
        seen += [base - half, base + half]
    low, high = span(seen, below=0.16, above=0.2)
    n = f"n = {count(one.examples, 'example')}" if one.examples else ""
    labels = [category(s.label, n or f"n = {count(s.examples, 'example')}") for s in (one.baseline, one.candidate)]
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
    pen = marks.Pen(figure, scale, 0.0, CANDIDATE)
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
        yshift=6,
        showarrow=False,
        font={"size": 14},
    )


def _difference(pen: marks.Pen, one: ExampleComparison) -> None:
    difference = one.difference
    assert difference.mean is not None
    pen.bar(2, difference.interval, CANDIDATE, 6, "y2")
    pen.bar(2.16, marks.beside(difference), CANDIDATE, 1.75, "y2")
    hover = f"<b>{safe(one.candidate.label)}</b><br>{pen.scale.difference(difference.mean)}"
    style = {"size": 15, "symbol": marks.symbol(difference.verdict), "color": CANDIDATE}
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
    best_last = sorted(drawn, key=_gain)
    figure = blank(90 + ROW * len(drawn))
    seen = [0.0, *(scale.shown(v) for one in drawn for v in marks.reach(one.difference, pairs=False))]
    half = scale.shown(drawn[0].smallest_effect or 0.0)
    low, high = span([*seen, -half, half], below=0.05, above=0.05)
    unit = f", {scale.difference_unit}" if scale.difference_unit else ""
    better = "right" if drawn[0].direction is Direction.MAXIMIZE else "left"
    title = f"difference in {safe(short(words.quantity(drawn[0]), 28))}{unit} (better to the {better})"
    figure.update_yaxes(visible=False, range=[-0.7, len(drawn) - 0.2])
    figure.update_xaxes(range=[low, high], showgrid=True, title=title, **ticks(low, high, signed=True).axis())
    figure.add_vline(x=0, line={"color": ZERO_LINE, "width": 2}, layer="below")
    if half:
        figure.add_vrect(x0=-half, x1=half, fillcolor=BAND, line_width=0, layer="below")
    for row, one in enumerate(best_last):
        _row(figure, row, one, scale, low)
    return figure


def _gain(one: ExampleComparison) -> float:
    mean = one.difference.mean or 0.0
    return mean if one.direction is Direction.MAXIMIZE else -mean


def _row(figure: go.Figure, row: int, one: ExampleComparison, scale: Scale, left: float) -> None:
    difference = one.difference
    colour = BASELINE if difference.verdict is Verdict.TOO_FEW else CANDIDATE
    means = f"{scale.bare(one.baseline.mean)} → {scale.value(one.candidate.mean)}"
    text = f"<b>{safe(short(one.candidate.label, 30))}</b>  {scale.difference(difference.mean)}, {means}"
    figure.add_annotation(
        text=text, x=left, y=row, xanchor="left", yanchor="bottom", yshift=6, showarrow=False, font={"size": 13}
    )
    if difference.interval is not None:
        ends = [scale.shown(end) for end in marks.ends(difference.interval)]
        line = {"color": colour, "width": 6}
        figure.add_trace(go.Scatter(x=ends, y=[row, row], mode="lines", hoverinfo="skip", line=line))
    assert difference.mean is not None
    figure.add_trace(
        go.Scatter(
            x=[scale.shown(difference.mean)],
            y=[row],
            mode="markers",
            hovertext=[f"<b>{safe(one.candidate.label)}</b><br>{scale.difference(difference.mean)}"],
            hoverinfo="text",
            marker={"size": 13, "symbol": marks.symbol(difference.verdict), "color": colour},
        )
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
