"""One objective alone: a ranking with intervals."""

from dataclasses import replace

import plotly.graph_objects as go

from assay.model.tradeoffs.front import Front
from assay.view.charts.picture import Picture, blank
from assay.view.charts.tradeoffs.axes import axis
from assay.view.charts.tradeoffs.marks import colour, marks, width
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.tradeoffs import pictures as words

MOST = 20
_ROW, _FOOT = 30, 70
_NAME = 24


def ranking(found: Front) -> Picture:
    """A row a configuration, best first; the baseline and the candidate are among them wherever they stand."""
    places = _rows(found)
    own = replace(axis(found, 0), main=tuple(found.points[place].values[0] for place in places), others=())
    low, high = own.range
    figure = blank(_ROW * len(places) + _FOOT)
    for row, place in enumerate(places):
        seen = found.seen.get(place)
        interval = seen.sides[0].interval if seen and seen.sides else None
        if interval:
            ends = [max(low, min(high, own.place(end))) for end in (interval.low, interval.high)]
            line = {"color": colour(found, place), "width": width(found, place)}
            figure.add_trace(go.Scatter(x=ends, y=[row, row], mode="lines", line=line, hoverinfo="skip"))
    xs = [max(low, min(high, own.place(found.points[place].values[0]))) for place in places]
    figure.add_trace(marks(found, places, xs, list(range(len(places)))))
    names = [safe(short(found.points[place].label, _NAME)) for place in places]
    bold = [f"<b>{n}</b>" if p in (found.candidate, found.baseline) else n for p, n in zip(places, names, strict=True)]
    rows = {"tickmode": "array", "tickvals": list(range(len(places))), "ticktext": bold, "showgrid": False}
    figure.update_yaxes(range=[len(places) - 0.4, -0.6], **rows)
    figure.update_xaxes(range=[low, high], title=own.title, **own.ticks.axis())
    return Picture(figure, words.ranking_alt(found), words.ranking_caption(found, len(places)))


def _rows(found: Front) -> list[int]:
    """The best, and what was asked for; all of them have an order, the points' own."""
    asked = {place for place in (found.candidate, found.baseline) if place is not None}
    best = [place for place in range(len(found.points)) if place not in asked][: MOST - len(asked)]
    return sorted([*asked, *best])
