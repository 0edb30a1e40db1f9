"""What a finding is worth: the score as logged, without the examples that it names, and of the honest twin."""

from dataclasses import dataclass

import plotly.graph_objects as go

from assay.model.evidence.leakage import Finding, ScoreMean
from assay.view.charts.picture import BASELINE, CANDIDATE, WORSE, Picture, blank, span, ticks
from assay.view.text.escape import flat
from assay.view.text.escape import plotly as safe
from assay.view.text.evidence.finding import caption, scale_of, worth
from assay.view.text.numbers import Scale

_ROW, _FOOT = 56, 84
_WIDTH, _SIZE, _ABOVE = 6, 15, 10


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    shown: ScoreMean
    colour: str
    symbol: str


def picture(found: Finding) -> Picture | None:
    """A line each, as logged on top; None without a worth."""
    if found.worth is None:
        return None
    lines, scale = _lines(found), scale_of(found.worth, found.twin.logged if found.twin else None)
    figure = blank(_ROW * len(lines) + _FOOT)
    values = [scale.shown(v) for line in lines for v in (line.shown.mean, *(line.shown.interval or ()))]
    low, high = span(values, below=0.08, above=0.08)
    for row, line in enumerate(lines):
        _draw(figure, row, line, scale)
    names = [f"{line.name}<br>n = {line.shown.n:,}" for line in lines]
    rows = {"tickmode": "array", "tickvals": list(range(len(lines))), "ticktext": names, "showgrid": False}
    figure.update_yaxes(range=[len(lines) - 0.5, -0.7], **rows)
    title = safe(scale.header(flat(found.worth.metric.name)))
    figure.update_xaxes(range=[low, high], title=title, **ticks(low, high).axis())
    return Picture(figure, worth(found, plain=True), caption(found.worth, found.twin))


def _lines(found: Finding) -> list[_Line]:
    assert found.worth is not None
    kept = [_Line("as logged", found.worth.logged, WORSE, "triangle-up")]
    if found.worth.without is not None:
        kept.append(_Line("without them", found.worth.without, CANDIDATE, "circle"))
    if found.twin is not None and found.twin.logged is not None:
        kept.append(_Line("honest twin", found.twin.logged, BASELINE, "square"))
    return kept


def _draw(figure: go.Figure, row: int, line: _Line, scale: Scale) -> None:
    """The interval, the mean on it, and its number above."""
    if line.shown.interval:
        ends = [scale.shown(end) for end in line.shown.interval]
        style = {"color": line.colour, "width": _WIDTH}
        figure.add_trace(go.Scatter(x=ends, y=[row, row], mode="lines", line=style, hoverinfo="skip"))
    told = scale.value(line.shown.mean)
    limits = f", {scale.limits(*line.shown.interval, signed=False)}" if line.shown.interval else ""
    mark = {"color": line.colour, "size": _SIZE, "symbol": line.symbol}
    figure.add_trace(
        go.Scatter(
            x=[scale.shown(line.shown.mean)],
            y=[row],
            mode="markers",
            marker=mark,
            hovertext=[f"<b>{line.name}</b><br>{told}{limits}<br>n = {line.shown.n:,}"],
            hoverinfo="text",
        )
    )
    figure.add_annotation(
        text=f"<b>{scale.bare(line.shown.mean)}</b>",
        x=scale.shown(line.shown.mean),
        y=row,
        yanchor="bottom",
        yshift=_ABOVE,
        showarrow=False,
        font={"size": 13},
    )
