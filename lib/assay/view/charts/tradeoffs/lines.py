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
_NAME = 26


def lines(found: Front) -> Picture:
    """Of what is shown in full, and of the rest as many as a picture can carry; the candidate on top."""
    places = _drawn(found)
    axes = [replace(axis(found, k), ends=(), limit=None) for k in range(len(found.metrics))]
    figure = blank(HEIGHT)
    for place in reversed(places):
        figure.add_trace(_line(found, place, axes))
    for k, own in enumerate(axes):
        top, bottom = reversed(own.extent) if own.up else own.extent
        name = f"{ARROWS[own.metric.direction]} {short(own.scale.header(own.metric.name), _NAME)}"
        line = {"type": "line", "x0": k, "x1": k, "y0": 0, "y1": 1, "line": {"color": SEED_LINE, "width": 1}}
        figure.add_shape(**line, layer="below")
        upper = category(f"{name}, log" if own.log else name, safe(own.written(top)))
        for y, anchor, text in ((1.02, "bottom", upper), (-0.02, "top", safe(own.written(bottom)))):
            figure.add_annotation(x=k, y=y, text=text, yanchor=anchor, showarrow=False, font={"size": 12})
    figure.update_xaxes(range=[-0.4, len(axes) - 0.6], visible=False)
    figure.update_yaxes(range=[-0.1, 1.22], visible=False)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 4})
    outside = sum(not all(own.holds(v) for own, v in zip(axes, found.points[p].values, strict=True)) for p in places)
    return Picture(figure, words.lines_alt(found, len(places)), words.lines_caption(found, len(places), outside))


def _drawn(found: Front) -> list[int]:
    """Places of the points, what is drawn on top first."""
    first = [place for place in (found.candidate, found.baseline) if place is not None]
    seen = sorted(found.seen, key=lambda place: list(Place).index(found.points[place].place))
    return list(dict.fromkeys([*first, *seen, *range(len(found.points))]))[:MOST]


def _line(found: Front, place: int, axes: Sequence[ObjectiveAxis]) -> go.Scatter:
    """What lies beyond an axis is drawn at its end."""
    heights = []
    for own, value in zip(axes, found.points[place].values, strict=True):
        low, high = own.extent
        share = min(max((own.place(value) - low) / (high - low), 0.0), 1.0)
        heights.append(share if own.up else 1 - share)
    candidate, base, faint = place == found.candidate, place == found.baseline, beaten(found, place)
    line = {"color": colour(found, place), "width": 4 if candidate else 3 if base else 1 if faint else 2}
    if found.points[place].place is Place.POSSIBLE:
        line["dash"] = "dot"
    return go.Scatter(
        x=list(range(len(axes))),
        y=heights,
        mode="lines+markers",
        line=line,
        marker={"size": 9 if candidate or base else 5, "symbol": "square" if base else "circle"},
        opacity=0.5 if faint else 1,
        unselected={"marker": {"opacity": 1}},
        customdata=[place] * len(axes),
        hovertext=words.hover(found, place, [own.scale for own in axes]),
        hoverinfo="text",
    )
