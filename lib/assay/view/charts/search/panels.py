"""Scores over the trials and over each param, with the best so far as a staircase."""

import math

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from assay.model.search import STEPS, Search, SearchAxis
from assay.view.charts.picture import (
    BAND,
    BASELINE,
    CANDIDATE,
    SEED_LINE,
    ZERO_LINE,
    Picture,
    blank,
    fitting,
    staggered,
    ticks,
)
from assay.view.charts.search.canvas import Canvas, Floats, columns, small
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.numbers import MISSING, count, plain
from assay.view.text.search import called, thing

Values = list[str | None] | None

HEIGHT = 290
# What is crowded is drawn once a cell of some pixels; few enough are all drawn.
_ALL_DRAWN = 400
_CELLS = (75, 36)
_FEWEST_WHOLE = 2


def over_trials(found: Search) -> Picture:
    """Scores in the order of the trials, with the best so far as a staircase."""
    canvas = Canvas(found)
    numbers = found.trials["number"].to_numpy(dtype=float)
    figure = blank(HEIGHT)
    _band(figure, canvas)
    _trials(figure, canvas, numbers, "", None)
    edges = np.append(numbers, numbers[-1] + 0.5)
    figure.add_trace(_staircase(edges, _clipped(canvas, found.best * canvas.scale.factor)))
    _two_best(figure, canvas, numbers, "", None)
    low, high = float(numbers.min()), float(numbers.max())
    room = 0.02 * (high - low) or 0.5
    figure.update_xaxes(
        range=[low - room, high + room],
        title=f"{thing(found)}, best so far",
        **ticks(low, high + room, most=5).axis(),
    )
    _score_axis(figure, canvas)
    best = canvas.scale.value(float(found.best[-1]))
    return Picture(figure, f"The best of {count(len(numbers), thing(found))} reached {best}", "")


def over_param(found: Search, axis: SearchAxis) -> Picture:
    """Scores over one param, with the best in each step of its range."""
    canvas = Canvas(found)
    figure = blank(HEIGHT)
    _band(figure, canvas)
    name = short(axis.name, 30)
    values = found.params[axis.name].tolist()
    _trials(figure, canvas, axis.places, name, values)
    front = _clipped(canvas, axis.best * canvas.scale.factor)
    figure.add_trace(_staircase(np.arange(axis.steps + 1.0), front))
    _two_best(figure, canvas, axis.places, name, values)
    title = f"<b>{safe(name)}</b>{', log' if axis.log else ''}"
    places, texts = _param_ticks(axis)
    figure.update_xaxes(
        range=[-0.4, axis.steps + 0.4], title=title, tickmode="array", tickvals=places, ticktext=texts, tickangle=0
    )
    _score_axis(figure, canvas)
    winner = values[found.order[0]]
    alt = f"{found.metric.name} over {name}; the best trial has {MISSING if winner is None else short(winner, 40)}"
    return Picture(figure, alt, "")


def _score_axis(figure: go.Figure, canvas: Canvas) -> None:
    low, high = canvas.limits
    figure.update_yaxes(range=[low, high], **canvas.ticks(low, high, most=6), tickfont={"size": 13})
    figure.update_xaxes(tickfont={"size": 13}, title_font={"size": 13})
    figure.update_layout(margin={"l": 36, "r": 8, "t": 8, "b": 4})


def _band(figure: go.Figure, canvas: Canvas) -> None:
    if canvas.band:
        low, high = canvas.band
        figure.add_shape(
            type="rect", xref="paper", x0=0, x1=1, y0=low, y1=high, fillcolor=BAND, line_width=0, layer="below"
        )


def _clipped(canvas: Canvas, values: Floats) -> Floats:
    """A front where it can be seen: what lies beyond the axis stands at its foot."""
    return np.maximum(values, canvas.foot) if canvas.up else np.minimum(values, canvas.foot)


def _staircase(edges: Floats, levels: Floats) -> go.Scatter:
    """A level from each edge to the next; NaN leaves a gap."""
    x, y = np.repeat(edges, 2)[1:-1], np.repeat(levels, 2)
    return go.Scatter(x=small(x), y=small(y), mode="lines", line={"color": ZERO_LINE, "width": 2}, hoverinfo="skip")


def _trials(figure: go.Figure, canvas: Canvas, x: Floats, name: str, values: Values) -> None:
    """Hollow: outside the noise; filled: within; triangles: beyond the axis. Those that would cover each other once."""
    close = canvas.found.trials["close"].to_numpy(dtype=bool)
    away = "triangle-down" if canvas.up else "triangle-up"
    y = np.where(canvas.cut, canvas.foot, canvas.scores)
    for chosen, marker in (
        (~close & ~canvas.cut, {"symbol": "circle-open", "size": 6, "color": SEED_LINE, "line": {"width": 1}}),
        (~close & canvas.cut, {"symbol": away, "size": 5, "color": SEED_LINE}),
        (close, {"symbol": "circle", "size": 6, "color": CANDIDATE, "opacity": 0.85, "line": {"width": 0}}),
    ):
        places, also = _distinct(canvas, x, y, np.flatnonzero(chosen))
        texts = _said(canvas, places, name, values)
        texts = [f"{text}, and {n - 1:,} more here" if n > 1 else text for text, n in zip(texts, also, strict=True)]
        figure.add_trace(
            go.Scatter(
                x=small(x[places]), y=small(y[places]), mode="markers", marker=marker, hovertext=texts, hoverinfo="text"
            )
        )


def _distinct(canvas: Canvas, x: Floats, y: Floats, chosen: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Of trials that would cover each other the first, and how many it stands for."""
    if len(chosen) <= _ALL_DRAWN:
        return chosen.tolist(), [1] * len(chosen)
    low, high = canvas.limits
    left, width = float(x.min()), float(x.max() - x.min()) or 1.0
    columns = np.round((x[chosen] - left) / width * _CELLS[0]).astype(np.int64)
    rows = np.round((y[chosen] - low) / (high - low) * _CELLS[1]).astype(np.int64)
    _, first, counts = np.unique(columns * 1000 + rows, return_index=True, return_counts=True)
    return chosen[first].tolist(), counts.tolist()


def _said(canvas: Canvas, places: list[int], name: str, values: Values) -> list[str]:
    """What stands at each of these trials: its number or name and score, and its value of the param."""
    scores = canvas.found.trials["score"].tolist()
    said = [f"{called(canvas.found, i, name=safe)}: {canvas.scale.value(scores[i])}" for i in places]
    if values is None:
        return said
    own = (values[i] for i in places)
    logged = (MISSING if value is None else safe(short(value, 40)) for value in own)
    return [f"{text}, {safe(name)} {value}" for text, value in zip(said, logged, strict=True)]


def _two_best(figure: go.Figure, canvas: Canvas, x: Floats, name: str, values: Values) -> None:
    """The runner-up's square below the winner's circle."""
    marks = (("circle", 14, CANDIDATE), ("square", 11, BASELINE))
    for place, (symbol, size, colour) in reversed(list(zip(canvas.found.order[:2], marks, strict=False))):
        figure.add_trace(
            go.Scatter(
                x=[float(x[place])],
                y=[float(canvas.scores[place])],
                mode="markers",
                marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 0}},
                hovertext=_said(canvas, [int(place)], name, values),
                hoverinfo="text",
            )
        )


def _param_ticks(axis: SearchAxis) -> tuple[list[float], list[str]]:
    """Round numbers on their scale, then the texts, cut to the room that they have."""
    places, texts = _number_ticks(axis, 6) if axis.numeric else ([], [])
    named = columns(axis)
    crowded = len(named) > (1 if axis.numeric else 3)
    width = max(3, 46 // axis.steps) * (2 if crowded else 1)
    names = [safe(short(text, fitting(text, width))) for text in named]
    places += [axis.first_text + i + 0.5 for i in range(len(named))]
    return places, texts + (staggered(names) if crowded else names)


def _number_ticks(axis: SearchAxis, most: int) -> tuple[list[float], list[str]]:
    if not axis.log:
        if not math.isfinite(axis.high - axis.low):
            return [0.0, float(STEPS)], [plain(axis.low), plain(axis.high)]
        whole = axis.low.is_integer() and axis.high.is_integer() and axis.high - axis.low >= _FEWEST_WHOLE
        shown = ticks(axis.low, axis.high, most=int(min(most, axis.high - axis.low)) if whole else most)
        return [STEPS * (v - axis.low) / (axis.high - axis.low) for v in shown.values], list(shown.texts)
    low, high = math.log10(axis.low), math.log10(axis.high)
    powers = [
        10.0**power * digit
        for power in range(math.floor(low), math.ceil(high) + 1)
        for digit in ((1,) if high - low >= 3 else (1, 3) if high - low >= 1.8 else (1, 2, 5))
        if low - 1e-9 <= power + math.log10(digit) <= high + 1e-9
    ]
    powers = powers[:: math.ceil(len(powers) / (most + 1))] if powers else [axis.low, axis.high]
    return [STEPS * (math.log10(v) - low) / (high - low) for v in powers], [_power(v) for v in powers]


def _power(value: float) -> str:
    exponent = round(math.log10(value))
    if 1e-4 < value < 1e5:
        return plain(value)
    return f"10<sup>{exponent}</sup>".replace("-", "−") if math.isclose(value, 10.0**exponent) else f"{value:.0e}"


def seen(found: Search, low: float, high: float) -> npt.NDArray[np.bool_]:
    """Which trials are drawn between `low` and `high`; those beyond the axis are at its foot. All in the shown unit."""
    canvas = Canvas(found)
    y = np.where(canvas.cut, canvas.foot, canvas.scores)
    return (y >= low) & (y <= high)


def caption(found: Search, *, touched: bool) -> str:
    """How to read all of them; Markdown."""
    canvas, n = Canvas(found), len(found.trials)
    parts = ["Large circle: winner, square: runner-up."]
    if found.noise:
        parts.append(f"Filled, in the grey band: the {found.close:,} within the noise of the best; hollow: the others.")
    if beyond := int(canvas.cut.sum()):
        low, high = canvas.limits
        edge = canvas.scale.value((low if canvas.up else high) / canvas.scale.factor)
        sign, where = ("▼ at the foot", "below") if canvas.up else ("▲ at the top", "above")
        parts.append(f"{sign}: {beyond:,} {where} {edge}.")
    parts.append("Staircase: the best so far, and for a param the best in each twelfth of its range, or of each text.")
    if any(axis.absent for axis in found.axes):
        parts.append(f"{MISSING}: not logged.")
    if n > _ALL_DRAWN:
        parts.append("Trials that would cover each other are drawn once; the pointer says how many they are.")
    if found.single:
        parts.append("One run each: a single high dot proves nothing.")
    if not touched:
        parts.append("Drag over trials, and the filter finds these alone.")
    return " ".join(parts)
