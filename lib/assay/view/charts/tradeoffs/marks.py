"""How each configuration is marked: candidate, baseline, on the front, possibly on it, beaten."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assay.model.tradeoffs.front import Front, Place
from assay.view.charts.picture import BASELINE, CANDIDATE, SEED_LINE, ZERO_LINE
from assay.view.text.tradeoffs.pictures import hover
from assay.view.text.tradeoffs.scale import scales

_SYMBOLS = {Place.ON_FRONT: "circle", Place.POSSIBLE: "circle-open-dot", Place.BEATEN: "circle-open"}


def beaten(found: Front, place: int) -> bool:
    """Whether it stays in the background: beaten, and nobody asked for it."""
    return found.points[place].place is Place.BEATEN and place not in (found.candidate, found.baseline)


def colour(found: Front, place: int) -> str:
    """Of its mark and its lines."""
    if place == found.candidate:
        return CANDIDATE
    if place == found.baseline:
        return BASELINE
    return SEED_LINE if beaten(found, place) else ZERO_LINE


def width(found: Front, place: int) -> float:
    """Of the arms of its cross, thinner than the stairs but for the candidate's."""
    return 4 if place == found.candidate else 1 if beaten(found, place) else 1.25


def _edge(found: Front, place: int) -> int:
    return 1 if beaten(found, place) else 2


def marks(found: Front, places: Sequence[int], xs: Sequence[float], ys: Sequence[float]) -> go.Scatter:
    """Marks that can be picked: each knows which configuration it is."""
    written = scales(found)
    symbols: list[str] = []
    sizes: list[int] = []
    for place in places:
        shown = place in found.seen
        if place == found.candidate:
            symbols, sizes = [*symbols, "circle"], [*sizes, 17]
        elif place == found.baseline:
            symbols, sizes = [*symbols, "square"], [*sizes, 14]
        else:
            symbols, sizes = [*symbols, _SYMBOLS[found.points[place].place]], [*sizes, 11 if shown else 7]
    return go.Scatter(
        x=list(xs),
        y=list(ys),
        mode="markers",
        marker={
            "size": sizes,
            "color": [colour(found, place) for place in places],
            "symbol": symbols,
            "opacity": 1,
            # A filled mark with a line would get an edge of another colour.
            "line": {"width": [_edge(found, p) if "open" in s else 0 for p, s in zip(places, symbols, strict=True)]},
        },
        unselected={"marker": {"opacity": 1}},
        customdata=list(places),
        hovertext=[hover(found, place, written) for place in places],
        hoverinfo="text",
        cliponaxis=False,
    )
