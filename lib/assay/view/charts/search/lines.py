"""All params of a trial in one line."""

import numpy as np
import plotly.graph_objects as go

from assay.model.search import Search, SearchAxis
from assay.view.charts.picture import BASELINE, CANDIDATE, SEED_LINE, Picture, blank, category
from assay.view.charts.search.canvas import Canvas, Floats, columns, small
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.numbers import count, plain
from assay.view.text.search import thing

HEIGHT = 560
_CHUNK = 250


def lines(found: Search) -> Picture:
    """A line a trial over all params that are shown, to its score."""
    canvas = Canvas(found)
    low, high = canvas.ends
    scores = np.clip((canvas.scores - low) / ((high - low) or 1.0), 0.0, 1.0)
    heights = np.column_stack([*((axis.places / axis.steps) for axis in found.axes), scores])
    figure = blank(HEIGHT)
    close = found.trials["close"].to_numpy(dtype=bool)
    others = np.flatnonzero(~close)
    # One line does not darken where it crosses itself: several, each with a part of the trials, show where many pass.
    for chunk in np.array_split(others, max(1, min(16, len(others) // _CHUNK))):
        faint = 0.5 if len(others) <= _CHUNK else 0.22
        figure.add_trace(_line(heights[chunk], SEED_LINE, 0.7, opacity=faint))
    if close.any():
        figure.add_trace(_line(heights[close], CANDIDATE, 1.0, opacity=0.6))
    for place, colour, symbol in reversed(
        list(zip(found.order[:2], (CANDIDATE, BASELINE), ("circle", "square"), strict=False))
    ):
        trace = _line(heights[[place]], colour, 4.0)
        figure.add_trace(trace.update(mode="lines+markers", marker={"symbol": symbol, "size": 9}))
    _scales(figure, found, canvas)
    alt = f"Params of {count(len(found.trials), thing(found))} as lines that end at their {found.metric.name}"
    return Picture(figure, alt, "")


def _line(heights: Floats, colour: str, width: float, *, opacity: float = 1.0) -> go.Scatter:
    """All trials of `heights` as one trace, with a gap after each."""
    n, k = heights.shape
    y = np.column_stack([heights, np.full(n, np.nan)]).ravel()
    x = np.tile(np.arange(k + 1.0), n)
    return go.Scatter(
        x=small(x), y=small(y), mode="lines", line={"color": colour, "width": width}, opacity=opacity, hoverinfo="skip"
    )


def _scales(figure: go.Figure, found: Search, canvas: Canvas) -> None:
    """An upright line a param with its ends written, its name above."""
    low, high = canvas.ends
    ends = [
        *(_ends(axis) for axis in found.axes),
        (canvas.scale.bare(low / canvas.scale.factor), canvas.scale.bare(high / canvas.scale.factor)),
    ]
    names = [*(axis.name for axis in found.axes), canvas.scale.header(found.metric.name)]
    for x, (name, (bottom, top)) in enumerate(zip(names, ends, strict=True)):
        figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, line={"color": SEED_LINE, "width": 1}, layer="below")
        for y, anchor, text in (
            (1.02, "bottom", category(short(name, 24), safe(top), width=9)),
            (-0.02, "top", safe(bottom)),
        ):
            figure.add_annotation(x=x, y=y, text=text, yanchor=anchor, showarrow=False, font={"size": 12})
    figure.update_xaxes(range=[-0.4, len(names) - 0.6], visible=False)
    figure.update_yaxes(range=[-0.1, 1.2], visible=False)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 4})


def _ends(axis: SearchAxis) -> tuple[str, str]:
    """What stands at the bottom and at the top of a param's line."""
    texts = columns(axis)
    low = plain(axis.low) if axis.numeric else texts[0]
    high = texts[-1] if texts else plain(axis.high)
    return short(low, 10), short(high, 10)
