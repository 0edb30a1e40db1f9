"""All objectives of a configuration in one line, each on an axis of its own with its better end up."""

import plotly.graph_objects as go

from assay.model.metric import Direction
from assay.model.tradeoffs.front import Front, Place
from assay.view.charts.picture import SEED_LINE, Picture, blank, category
from assay.view.charts.tradeoffs.marks import beaten, colour
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.tradeoffs import pictures as words
from assay.view.text.tradeoffs.scale import ARROWS, scale_of

HEIGHT = 460
MOST = 60
_NAME = 26


def lines(found: Front) -> Picture:
    """Of what is shown in full, and of the rest as many as a picture can carry; the candidate on top."""
    places = _drawn(found)
    values = [[found.points[place].values[k] for place in places] for k in range(len(found.metrics))]
    ends = [(min(own), max(own)) for own in values]
    figure = blank(HEIGHT)
    for place in reversed(places):
        figure.add_trace(_line(found, place, ends))
    for k, metric in enumerate(found.metrics):
        low, high = ends[k] if metric.direction is Direction.MAXIMIZE else ends[k][::-1]
        shown = scale_of(found, k)
        name = f"{ARROWS[metric.direction]} {short(shown.header(metric.name), _NAME)}"
        axis = {"type": "line", "x0": k, "x1": k, "y0": 0, "y1": 1, "line": {"color": SEED_LINE, "width": 1}}
        figure.add_shape(**axis, layer="below")
        for y, anchor, text in ((1.02, "bottom", category(name, safe(shown.bare(high)))),
                                (-0.02, "top", safe(shown.bare(low)))):  # fmt: skip
            figure.add_annotation(x=k, y=y, text=text, yanchor=anchor, showarrow=False, font={"size": 12})
    figure.update_xaxes(range=[-0.4, len(found.metrics) - 0.6], visible=False)
    figure.update_yaxes(range=[-0.1, 1.22], visible=False)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 4})
    return Picture(figure, words.lines_alt(found, len(places)), words.lines_caption(found, len(places)))


def _drawn(found: Front) -> list[int]:
    """Places of the points, what is drawn on top first."""
    first = [place for place in (found.candidate, found.baseline) if place is not None]
    seen = sorted(found.seen, key=lambda place: list(Place).index(found.points[place].place))
    return list(dict.fromkeys([*first, *seen, *range(len(found.points))]))[:MOST]


def _line(found: Front, place: int, ends: list[tuple[float, float]]) -> go.Scatter:
    heights = []
    for k, (low, high) in enumerate(ends):
        share = (found.points[place].values[k] - low) / (high - low) if high > low else 0.5
        heights.append(share if found.metrics[k].direction is Direction.MAXIMIZE else 1 - share)
    own, base, faint = place == found.candidate, place == found.baseline, beaten(found, place)
    line = {"color": colour(found, place), "width": 4 if own else 3 if base else 1 if faint else 2}
    if found.points[place].place is Place.POSSIBLE:
        line["dash"] = "dot"
    return go.Scatter(
        x=list(range(len(ends))),
        y=heights,
        mode="lines+markers",
        line=line,
        marker={"size": 9 if own or base else 5, "symbol": "square" if base else "circle"},
        opacity=0.5 if faint else 1,
        unselected={"marker": {"opacity": 1}},
        customdata=[place] * len(ends),
        hovertext=words.hover(found, place),
        hoverinfo="text",
    )
