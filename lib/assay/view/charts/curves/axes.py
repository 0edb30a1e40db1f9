"""What both pictures of curves share: their axes, bands with gaps, and how each side is drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from assay.model.curves.answer import Curves
from assay.model.curves.question import Over
from assay.view.charts.picture import BASELINE, CANDIDATE, ticks
from assay.view.text.curves import time_unit

_SECOND = "#8E63B8"


@dataclass(frozen=True, slots=True)
class Stroke:
    """How one side's curve looks; `glyph` is its `symbol` as a letter."""

    colour: str
    dash: str
    symbol: str
    glyph: str


STROKES = (
    Stroke(BASELINE, "dash", "square", "■"),
    Stroke(CANDIDATE, "solid", "circle", "●"),
    Stroke(_SECOND, "dot", "diamond", "◆"),
    Stroke(CANDIDATE, "dashdot", "triangle-up", "▲"),
    Stroke(_SECOND, "longdash", "cross", "✚"),
    Stroke(BASELINE, "longdashdot", "triangle-down", "▼"),
)


def along(found: Curves) -> list[float]:
    """The places in the unit of the axis."""
    size = time_unit(found)[0] if found.over is Over.TIME else 1.0
    return [place / size for place in found.places]


def name_places(figure: go.Figure, found: Curves) -> None:
    """The x axis: steps, or time since each run's first value."""
    xs = along(found)
    title = "step" if found.over is Over.STEP else f"{time_unit(found)[1]} since a run's first value"
    pad = (xs[-1] - xs[0]) * 0.015
    figure.update_xaxes(
        title=title, range=[xs[0] - pad, xs[-1] + pad], tickfont={"size": 13}, **ticks(xs[0], xs[-1], most=8).axis()
    )


def band(
    figure: go.Figure, xs: Sequence[float], low: Iterable[float | None], high: Iterable[float | None], colour: str
) -> None:
    """The area between two rows, one piece between gaps."""
    pieces: list[list[tuple[float, float, float]]] = [[]]
    for x, below, above in zip(xs, low, high, strict=True):
        if below is None or above is None:
            pieces.append([])
        else:
            pieces[-1].append((x, below, above))
    across: list[float | None] = []
    up: list[float | None] = []
    for piece in pieces:
        if len(piece) > 1:
            across += [*(x for x, _, _ in piece), *(x for x, _, _ in reversed(piece)), piece[0][0], None]
            up += [*(y for _, y, _ in piece), *(y for _, _, y in reversed(piece)), piece[0][1], None]
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    share = 0.22 if colour == BASELINE else 0.14
    figure.add_trace(
        go.Scatter(
            x=across, y=up, fill="toself", mode="none", hoverinfo="skip",
            fillcolor=f"rgba({red}, {green}, {blue}, {share})",
        )
    )  # fmt: skip


def gaps(values: Iterable[float], *, log: bool = False) -> list[float | None]:
    """NaN, and on a log scale what isn't above 0, as None, which Plotly leaves out."""
    return [value if np.isfinite(value) and not (log and value <= 0) else None for value in values]
