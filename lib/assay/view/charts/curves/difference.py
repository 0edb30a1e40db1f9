"""What two curves are apart at each place, with an interval there by itself."""

import math

import numpy as np
import plotly.graph_objects as go

from assay.model.curves.answer import Apart, Curves
from assay.view.charts.curves.axes import STROKES, along, band, gaps, name_places
from assay.view.charts.picture import BAND, ZERO_LINE, Picture, axis_title, blank, span, ticks
from assay.view.text.curves import brief, pair, where
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import sentence, short
from assay.view.text.numbers import Scale, count, percent

HEIGHT = 300
_SQUASHED = 3.0


def picture(found: Curves, shown: Scale) -> Picture:
    """The leader minus its rival; `found.apart` is there."""
    apart = found.apart
    assert apart is not None
    figure, xs = blank(HEIGHT), along(found)
    name_places(figure, found)
    low, high, cut = _range(found, apart, shown)
    effect = found.metric.smallest_effect
    if effect:
        figure.add_hrect(
            y0=max(low, -shown.shown(effect)), y1=min(high, shown.shown(effect)), fillcolor=BAND, line_width=0,
            layer="below",
        )  # fmt: skip
    figure.add_hline(y=0, line={"color": ZERO_LINE, "width": 1.5})
    own = STROKES[apart.leader]
    band(figure, xs, gaps(map(shown.shown, apart.low)), gaps(map(shown.shown, apart.high)), own.colour)
    hover = [
        f"{where(found, k)}: {shown.difference(v)}<br>{shown.limits(apart.low[k], apart.high[k])}"
        if math.isfinite(apart.low[k]) else f"{where(found, k)}: {shown.difference(v)}"
        for k, v in enumerate(apart.mean)
    ]  # fmt: skip
    line = {"color": own.colour, "width": 2.5}
    ys = gaps(map(shown.shown, apart.mean))
    figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", line=line, hovertext=hover, hoverinfo="text"))
    figure.update_yaxes(range=[low, high], tickfont={"size": 13}, **ticks(low, high, most=5, signed=True).axis())
    unit = f", {shown.difference_unit}" if shown.difference_unit else ""
    axis_title(figure, safe(f"difference of {short(found.metric.name, 40)}{unit}"))
    _sides(figure, found)
    return Picture(figure, f"{pair(found)} over {count(len(xs), 'place')}", _caption(found, apart, shown, cut=cut))


def _range(found: Curves, apart: Apart, shown: Scale) -> tuple[float, float, str]:
    """From the lowest to the highest, 0 among them; beginnings that would squash the rest leave the picture."""
    ends = np.array([[shown.shown(v) for v in row] for row in (apart.low, apart.mean, apart.high)])
    n = ends.shape[1]
    every, late = (part[np.isfinite(part)].tolist() or [0.0] for part in (ends, ends[:, n // 4 :]))
    wide, near = (span([0.0, *part], below=0.2, above=0.2) for part in (every, late))
    if wide[1] - wide[0] <= _SQUASHED * (near[1] - near[0]):
        return *wide, ""
    mean = ends[1, : n // 4]
    gone = int(np.sum((mean < near[0]) | (mean > near[1])))
    return (
        *near,
        f" At {count(gone, 'place')} before {where(found, n // 4)} the curve leaves the picture." if gone else "",
    )


def _sides(figure: go.Figure, found: Curves) -> None:
    """Which way is better for whom, at both ends of the axis."""
    if found.metric.assumed or found.apart is None:
        return
    name = safe(short(brief(found)[found.apart.leader], 24))
    up = found.metric.direction.gain(1.0) > 0
    for y, anchor, good in ((1, "top", up), (0, "bottom", not up)):
        figure.add_annotation(
            text=f"{'▲' if good else '▼'} {name} {'better' if good else 'worse'}", x=0.5, y=y, xref="paper",
            yref="paper", yanchor=anchor, xanchor="center", showarrow=False, font={"size": 13},
        )  # fmt: skip


def _caption(found: Curves, apart: Apart, shown: Scale, *, cut: str) -> str:
    how = f"paired t interval, {count(apart.pairs, 'pair')} by seed" if apart.pairs else "Welch's t interval, unpaired"
    if not any(map(math.isfinite, apart.low)):
        return f"No interval: a single replicate of a side says nothing about the noise.{cut}"
    said = (
        f"Band: {percent(apart.level)} {how}, at each place by itself and not smoothed; "
        f"over {count(len(found.places), 'place')} some miss by chance."
    )
    effect = found.metric.smallest_effect
    if effect:
        said += f" Grey: ±{sentence(shown.limit(effect))}, too small to matter."
    return said + cut
