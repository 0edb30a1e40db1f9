"""All objectives of a configuration in one line, each on an axis of its own with its better end up."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from assay.model.tradeoffs.front import Front, Place
from assay.view.charts.picture import SEED_LINE, Picture, blank, category
from assay.view.charts.tradeoffs.axes import ObjectiveAxis, axis
from assay.view.charts.tradeoffs.marks import beaten, colour
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.tradeoffs import pictures as words
from assay.view.text.tradeoffs.scale import ARROWS

HEIGHT = 460
MOST = 60
_NAME, _LABEL = 22, 16
# As shares of the height, and of the width for each axis: how far names keep apart, and their room at the right.
_APART, _RIGHT = 0.045, 0.2


def lines(found: Front) -> Picture:
    """Of what is shown in full, and of the rest as many as a picture can carry; the candidate on top."""
    places = _drawn(found)
    axes = [replace(axis(found, k), ends=(), limit=None) for k in range(len(found.metrics))]
    figure = blank(HEIGHT)
    for place in reversed(places):
        figure.add_trace(_line(found, place, axes))
    for k, own in enumerate(axes):
        top, bottom = reversed(own.extent) if own.up else own.extent
        name = f"{ARROWS[own.metric.direction]} {short(own.metric.name, _NAME)}"
        line = {"type": "line", "x0": k, "x1": k, "y0": 0, "y1": 1, "line": {"color": SEED_LINE, "width": 1}}
        figure.add_shape(**line, layer="below")
        upper = category(f"{name}, log" if own.log else name, safe(own.with_unit(top)))
        for y, anchor, text in ((1.02, "bottom", upper), (-0.02, "top", safe(own.with_unit(bottom)))):
            figure.add_annotation(x=k, y=y, text=text, yanchor=anchor, showarrow=False, font={"size": 12})
    for place, height in _named(found, places, axes).items():
        text = safe(short(found.points[place].label, _LABEL))
        bold = f"<b>{text}</b>" if place in (found.candidate, found.baseline) else text
        figure.add_annotation(
            x=len(axes) - 1, y=height, text=bold, xanchor="left", xshift=8, showarrow=False, font={"size": 12}
        )
    figure.update_xaxes(range=[-0.4, len(axes) - 1 + _RIGHT * len(axes)], visible=False)
    figure.update_yaxes(range=[-0.1, 1.22], visible=False)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 4})
    outside = sum(not all(own.holds(v) for own, v in zip(axes, found.points[p].values, strict=True)) for p in places)
    return Picture(figure, words.lines_alt(found, len(places)), words.lines_caption(found, len(places), outside))


def _drawn(found: Front) -> list[int]:
    """Places of the points, what is drawn on top first."""
    first = [place for place in (found.candidate, found.baseline) if place is not None]
    seen = sorted(found.seen, key=lambda place: list(Place).index(found.points[place].place))
    return list(dict.fromkeys([*first, *seen, *range(len(found.points))]))[:MOST]


def _named(found: Front, places: Sequence[int], axes: Sequence[ObjectiveAxis]) -> dict[int, float]:
    """Who is not beaten or was asked for, at the height where its line ends, as far as names don't meet."""
    named: dict[int, float] = {}
    for place in places:
        height = _heights(found, place, axes)[-1]
        asked = place in (found.candidate, found.baseline)
        if (asked or not beaten(found, place)) and all(abs(height - other) >= _APART for other in named.values()):
            named[place] = height
    return named


def _heights(found: Front, place: int, axes: Sequence[ObjectiveAxis]) -> list[float]:
    """On every axis, the better end at 1; what lies beyond an axis is at its end."""
    heights = []
    for own, value in zip(axes, found.points[place].values, strict=True):
        low, high = own.extent
        share = min(max((own.place(value) - low) / (high - low), 0.0), 1.0)
        heights.append(share if own.up else 1 - share)
    return heights


def _line(found: Front, place: int, axes: Sequence[ObjectiveAxis]) -> go.Scatter:
    candidate, base, faint = place == found.candidate, place == found.baseline, beaten(found, place)
    line = {"color": colour(found, place), "width": 4 if candidate else 3 if base else 1 if faint else 2}
    if found.points[place].place is Place.POSSIBLE:
        line["dash"] = "dot"
    return go.Scatter(
        x=list(range(len(axes))),
        y=_heights(found, place, axes),
        mode="lines+markers",
        line=line,
        marker={"size": 9 if candidate or base else 5, "symbol": "square" if base else "circle"},
        opacity=0.5 if faint else 1,
        unselected={"marker": {"opacity": 1}},
        customdata=[place] * len(axes),
        hovertext=words.hover(found, place, [own.scale for own in axes]),
        hoverinfo="text",
    )
