"""How one metric moved while a run was going on."""

import math
from datetime import UTC, datetime

import plotly.graph_objects as go

from assay.model.runs.detail import History
from assay.model.runs.store import MetricPoint
from assay.view.charts.picture import CANDIDATE, Picture, axis_title, blank, span, ticks
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.numbers import Scale, count, plain

HEIGHT = 320
_DECADES = 1_000.0


def picture(metric: str, history: History, scale: Scale) -> Picture | None:
    """The line over steps, or over time when every step is the same; None without a finite value.

    NaN and infinities are gaps and counted in the caption; a log axis where values span three decades.
    """
    shown, by_time = history.points, history.by_time
    finite = [p.value for p in shown if math.isfinite(p.value)]
    if not finite:
        return None
    log = min(finite) > 0 and max(finite) / min(finite) >= _DECADES
    figure = blank(HEIGHT)
    xs = [datetime.fromtimestamp(p.timestamp / 1_000, UTC) if by_time else p.step for p in shown]
    ys = [scale.shown(p.value) if math.isfinite(p.value) else None for p in shown]
    figure.add_trace(
        go.Scatter(
            x=xs,
            y=ys,
            mode="lines+markers" if len(shown) <= 60 else "lines",
            connectgaps=False,
            hovertext=[_hover(p, scale, by_time) for p in shown],
            hoverinfo="text",
            line={"color": CANDIDATE, "width": 1.75},
            marker={"color": CANDIDATE, "size": 6},
        )
    )
    first, last = min(p.step for p in shown), max(p.step for p in shown)
    steps = {} if by_time or first == last else ticks(first, last, most=8).axis()
    figure.update_xaxes(title="time, UTC" if by_time else "step", tickfont={"size": 13}, **steps)
    figure.update_yaxes(tickfont={"size": 13}, **_axis([y for y in ys if y is not None], log))
    axis_title(figure, safe(scale.header(short(metric, 40))) + (", log scale" if log else ""))
    return Picture(figure, _alt(metric, history, scale), _caption(history, log))


def _axis(values: list[float], log: bool) -> dict[str, object]:
    if log:
        return {"type": "log", "dtick": 1, "exponentformat": "power"}
    low, high = span(values, below=0.06, above=0.06)
    return {"range": [low, high], **ticks(low, high, most=5).axis()}


def _hover(point: MetricPoint, scale: Scale, by_time: bool) -> str:
    if by_time:
        return f"{datetime.fromtimestamp(point.timestamp / 1_000, UTC):%H:%M:%S}: {scale.value(point.value)}"
    return f"step {point.step:,}: {scale.value(point.value)}"


def _alt(metric: str, history: History, scale: Scale) -> str:
    finite = [p.value for p in history.points if math.isfinite(p.value)]
    first, last = scale.value(finite[0]), scale.value(finite[-1])
    return f"{short(metric, 60)} goes from {first} to {last} over {count(history.logged, 'value')}"


def _caption(history: History, log: bool) -> str:
    logged = count(history.logged, "logged value")
    parts = [f"{logged}." if history.whole else f"The first {logged}; later ones are not read."]
    if history.gaps:
        kinds = ", ".join(plain(value) for value in history.odd)
        parts.append(
            f"{count(history.gaps, 'value')} {'is' if history.gaps == 1 else 'are'} {kinds} and left as a gap."
        )
    if history.by_time:
        parts.append("Every value has the same step, so the axis is time.")
    if log:
        parts.append("Log scale.")
    if len(history.points) < history.logged:
        parts.append("Drawn are the lowest and the highest value of each short stretch.")
    return " ".join(parts)
