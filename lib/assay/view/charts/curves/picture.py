"""Every side's mean over steps or time, with what lies about it."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from assay.model.curves.answer import Curves, Line
from assay.model.curves.question import Manner, Spread
from assay.view.charts.curves.axes import STROKES, along, band, gaps, name_places
from assay.view.charts.picture import BAND, Picture, axis_title, blank, decades, span, ticks
from assay.view.text.curves import brief, headline, reading, where
from assay.view.text.escape import flat, short
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, count

HEIGHT = 480
_PLOT = 390
_ROW = 21
_RIGHT = 0.4
_NAME = 30


def picture(found: Curves, lines: Sequence[Line | None], manner: Manner, shown: Scale, *, log: bool) -> Picture:
    """`lines`: of each side, None for one without a curve; `log` is given up where nothing lies above 0."""
    drawn = [(place, line) for place, line in enumerate(lines) if line is not None]
    above = [v for _, line in drawn for v in line.mean if v > 0]
    log = log and bool(above)
    figure = blank(HEIGHT)
    name_places(figure, found)
    xs = along(found)
    _strip(figure, found, xs)
    lost = 0
    for place, line in drawn:
        lost += _curve(figure, found, place, line, manner, shown, log=log)
    _marks(figure, found, drawn, shown, log=log)
    _key(figure, found, drawn, manner, shown, log=log)
    way = "" if found.metric.assumed else f" ({found.metric.direction.better} is better)"
    name = short(found.metric.name, 40)
    axis_title(figure, safe(shown.header(name)) + (", log scale" if log else "") + way)
    caption = reading(found, manner, [line for _, line in drawn])
    if lost:
        caption += f" {count(lost, 'place')} at or below 0 {'is' if lost == 1 else 'are'} not on the log scale."
    return Picture(figure, headline(found, shown, name=flat), caption)


def _curve(figure: go.Figure, found: Curves, place: int, line: Line, manner: Manner, shown: Scale, *, log: bool) -> int:
    """One side; how many of its means a log scale can't show."""
    own, xs, name = STROKES[place], along(found), safe(short(found.labels[place], 60))
    low, high, mean, raw = (gaps(map(shown.shown, row), log=log) for row in (line.low, line.high, line.mean, line.raw))
    if manner.spread is not Spread.NONE:
        band(figure, xs, low, high, own.colour)
    if manner.window > 1:
        dots = {"color": own.colour, "size": 3.5, "opacity": 0.6}
        figure.add_trace(go.Scatter(x=xs, y=raw, mode="markers", marker=dots, hoverinfo="skip"))
    hover = [
        f"<b>{name}</b><br>{where(found, k)}: {shown.value(line.mean[k])}<br>n = {line.n[k]}, "
        f"{shown.limits(line.low[k], line.high[k], signed=False)}"
        for k in range(len(xs))
    ]
    figure.add_trace(
        go.Scatter(
            x=xs, y=mean, mode="lines", connectgaps=False, hovertext=hover, hoverinfo="text",
            line={"color": own.colour, "dash": own.dash, "width": 2.5},
        )
    )  # fmt: skip
    return sum(v is None and math.isfinite(m) for v, m in zip(mean, line.mean, strict=True))


def _strip(figure: go.Figure, found: Curves, xs: Sequence[float]) -> None:
    """Where the leader's mean has passed its rival's and the interval of their difference still holds 0."""
    apart, end = found.apart, found.end
    if apart is None or end is None or apart.passed is None or found.metric.assumed:
        return
    until = end if apart.good is None else apart.good
    if until > apart.passed and math.isfinite(apart.low[apart.passed]):
        figure.add_vrect(x0=xs[apart.passed], x1=xs[until], fillcolor=BAND, line_width=0, layer="below")


def _marks(figure: go.Figure, found: Curves, drawn: Sequence[tuple[int, Line]], shown: Scale, *, log: bool) -> None:
    """Each curve's last mean, and the best one of those that get worse after it."""
    xs = along(found)
    for place, line in drawn:
        own, known = STROKES[place], [k for k, v in enumerate(gaps(line.mean, log=log)) if v is not None]
        if not known:
            continue
        shape = found.shapes[place] if found.shapes else None
        spots = [(known[-1], own.symbol)]
        if shape and shape.turned and shape.best in known:
            spots.append((shape.best, f"{own.symbol}-open"))
        figure.add_trace(
            go.Scatter(
                x=[xs[k] for k, _ in spots], y=[shown.shown(line.mean[k]) for k, _ in spots], mode="markers",
                hoverinfo="skip", cliponaxis=False,
                marker={"color": own.colour, "size": 11, "symbol": [s for _, s in spots]},
            )
        )  # fmt: skip


def _key(
    figure: go.Figure, found: Curves, drawn: Sequence[tuple[int, Line]], manner: Manner, shown: Scale, *, log: bool
) -> None:
    """What each curve is and where it ends, best first, in the corner that has room; the axis grows where none has."""

    def lifted(place: int, line: Line, start: int) -> list[float]:
        # Not the ends of intervals, which two replicates alone throw far away.
        own = found.sides[place]
        rows = (line.mean, *(() if manner.spread is Spread.NONE else (*own.lows, *own.highs)))
        values = [v for row in rows for v in gaps(map(shown.shown, row[start:]), log=log) if v is not None]
        return [math.log10(v) if log else v for v in values]

    n = len(found.places)
    late = next((k for k, x in enumerate(found.places) if x >= _late(found)), n - 1)
    every = [v for place, line in drawn for v in lifted(place, line, 0)]
    right = [v for place, line in drawn for v in lifted(place, line, late)] or every
    low, high = span(every, below=0.05, above=0.05)
    share = (_ROW * len(drawn) + 14) / _PLOT
    top = (high - max(right)) / (high - low) >= share
    bottom = not top and (min(right) - low) / (high - low) >= share
    if not top and not bottom:
        high = max(high, (max(right) - share * low) / (1 - share))
    axis = decades(low, high) if log else ticks(low, high, most=5)
    figure.update_yaxes(type="log" if log else "linear", range=[low, high], tickfont={"size": 13}, **axis.axis())
    names = brief(found)
    order = sorted(drawn, key=lambda own: -_ends(own[1])[0])
    for row, (place, line) in enumerate(order):
        own, end = STROKES[place], _ends(line)
        up = -(14 + _ROW * row) if not bottom else _ROW * (len(order) - 1 - row) + 14
        where_ = {"xref": "paper", "yref": "paper", "x": 1, "y": 0 if bottom else 1, "yshift": up}
        text = f"<b>{safe(short(names[place], _NAME))}</b> ends at {shown.value(end[0])}"
        figure.add_annotation(
            text=text, xanchor="right", yanchor="middle", xshift=-54, showarrow=False, font={"size": 13}, **where_
        )
        line_ = {"color": own.colour, "dash": own.dash, "width": 2.5}
        anchor = {"xref": "paper", "yref": "paper", "xanchor": 1, "yanchor": 0 if bottom else 1}
        figure.add_shape(
            type="line", x0=-50, x1=-4, y0=up, y1=up, line=line_, xsizemode="pixel", ysizemode="pixel", **anchor
        )


def _late(found: Curves) -> float:
    return found.places[0] + (1 - 2 * _RIGHT + 0.1) * (found.places[-1] - found.places[0])


def _ends(line: Line) -> tuple[float, int]:
    """A curve's last mean, and where it is."""
    k = max((k for k, v in enumerate(line.mean) if math.isfinite(v)), default=0)
    return line.mean[k], k
