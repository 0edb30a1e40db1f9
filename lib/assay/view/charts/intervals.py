"""Many candidates: one row each with the interval of its difference to the baseline."""

import plotly.graph_objects as go

from assay.model.comparison import Candidate, Comparison, Direction, Verdict
from assay.view.charts.marks import symbol
from assay.view.charts.picture import BAND, BASELINE, CANDIDATE, ZERO_LINE, Picture, blank, span, ticks
from assay.view.text import sentences
from assay.view.text.escape import code, flat, short
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, percent

ROW = 44


def picture(comparison: Comparison, scale: Scale, *, smallest: float | None = None) -> Picture:
    """Differences as a list, best first; a candidate without one is named in the caption."""
    drawn = [c for c in comparison.candidates if c.difference.mean is not None]
    drawn.sort(key=lambda c: sentences.gain(comparison, c.difference.mean or 0.0))
    figure = blank(90 + ROW * max(len(drawn), 1))
    low, high = _range(drawn, scale, smallest)
    figure.update_yaxes(visible=False, range=[-0.7, len(drawn) - 0.2])
    figure.update_xaxes(
        range=[low, high], showgrid=True, title=_title(comparison, scale), **ticks(low, high, signed=True).axis()
    )
    figure.add_vline(x=0, line={"color": ZERO_LINE, "width": 2}, layer="below")
    if smallest:
        half = scale.shown(smallest)
        figure.add_vrect(x0=-half, x1=half, fillcolor=BAND, line_width=0, layer="below")
    for row, candidate in enumerate(drawn):
        _row(figure, row, candidate, scale, low)
    return Picture(figure, sentences.headline(comparison, scale, name=flat), _caption(comparison, len(drawn), smallest))


def _range(drawn: list[Candidate], scale: Scale, smallest: float | None) -> tuple[float, float]:
    seen = [0.0]
    for candidate in drawn:
        difference = candidate.difference
        seen.append(scale.shown(difference.mean or 0.0))
        if difference.interval is not None:
            seen += [scale.shown(difference.interval.low), scale.shown(difference.interval.high)]
    if smallest:
        seen += [-scale.shown(smallest), scale.shown(smallest)]
    return span(seen, below=0.05, above=0.05)


def _title(comparison: Comparison, scale: Scale) -> str:
    better = "right" if comparison.direction is Direction.MAXIMIZE else "left"
    unit = f", {scale.difference_unit}" if scale.difference_unit else ""
    return f"difference in {safe(short(comparison.metric, 28))}{unit} (better to the {better})"


def _row(figure: go.Figure, row: int, candidate: Candidate, scale: Scale, left: float) -> None:
    difference, label = candidate.difference, candidate.side.sample.label
    colour = BASELINE if difference.verdict is Verdict.TOO_FEW else CANDIDATE
    assert difference.mean is not None
    text = f"<b>{safe(short(label, 40))}</b>  {scale.difference(difference.mean)}, n = {candidate.side.replicates}"
    figure.add_annotation(
        text=text, x=left, y=row, xanchor="left", yanchor="bottom", yshift=6, showarrow=False, font={"size": 13}
    )
    if difference.interval is not None:
        ends = [scale.shown(difference.interval.low), scale.shown(difference.interval.high)]
        line = {"color": colour, "width": 6}
        figure.add_trace(go.Scatter(x=ends, y=[row, row], mode="lines", hoverinfo="skip", line=line))
    shape = symbol(difference.verdict)
    figure.add_trace(
        go.Scatter(
            x=[scale.shown(difference.mean)],
            y=[row],
            mode="markers",
            hovertext=[f"<b>{safe(label)}</b><br>{scale.difference(difference.mean)}"],
            hoverinfo="text",
            marker={"size": 13, "symbol": shape, "color": colour},
        )
    )


def _caption(comparison: Comparison, drawn: int, smallest: float | None) -> str:
    base = code(comparison.baseline.sample.label)
    parts = [f"Difference of each candidate to {base} with its {percent(comparison.level)} interval, best on top."]
    if smallest:
        parts.append("Grey band: too small to matter by the policy.")
    if missing := len(comparison.candidates) - drawn:
        parts.append(f"{missing} without a difference {'is' if missing == 1 else 'are'} in the table only.")
    parts.append("Single seeds are in the table's strips, not here.")
    return " ".join(parts)
