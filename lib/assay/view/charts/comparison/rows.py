"""Differences as a list: one row each, its label above its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Verdict
from assay.model.metric import Direction
from assay.view.charts.comparison import marks
from assay.view.charts.comparison.zones import Zones, zones
from assay.view.charts.picture import BASELINE, CANDIDATE, ZERO_LINE, blank, fitting, span, ticks
from assay.view.text.comparison.facts import quantity
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import room, short
from assay.view.text.numbers import Scale

ROW = 44
_SECOND_LINE = 18
# So many Latin letters fit beside each other on a phone: of a label's name, and of its name and numbers.
_NAME, _LINE = 36, 44


@dataclass(frozen=True, slots=True)
class Row:
    """One difference in the shown unit; `detail`: the numbers behind its name, `ends`: of its interval, if any."""

    name: str
    detail: str
    hover: str
    at: float
    ends: tuple[float, ...]
    verdict: Verdict


def listed(comparison: Comparison, scale: Scale) -> go.Figure:
    """Every candidate that has a difference, best on top."""
    first = comparison.first
    drawn = [candidate for candidate in first.candidates if candidate.difference.value is not None]
    drawn.sort(key=lambda candidate: first.metric.direction.gain(candidate.difference.value or 0.0))
    return figure(
        [_row(candidate, scale) for candidate in drawn],
        quantity(first),
        scale.difference_unit,
        None if first.metric.assumed else first.metric.direction,
        zones(first.metric, comparison.rules.aim, scale),
    )


def _row(candidate: Candidate, scale: Scale) -> Row:
    difference, side, examined = candidate.difference, candidate.side, candidate.examined
    amount, beside = scale.difference(difference.value), f"n = {side.replicates:,}"
    if examined:
        beside = f"{scale.bare(examined.baseline.value)} → {scale.value(side.value)}"
    return Row(
        name=side.label,
        detail=f"{amount}, {beside}",
        hover=f"<b>{safe(side.label)}</b><br>{amount}",
        at=scale.shown(difference.value or 0.0),
        ends=tuple(scale.shown(end) for end in marks.ends(difference.interval)),
        verdict=difference.verdict,
    )


def figure(
    rows: Sequence[Row], what: str, unit: str, direction: Direction | None, behind: Zones | None = None
) -> go.Figure:
    """`rows` from the bottom up with the zones `behind` them; a `direction` of None is not known.

    Numbers stand below their names where any label would be too long for a phone.
    """
    tall = any(room(_name(row)) + room(row.detail) > _LINE for row in rows)
    pitch = ROW + _SECOND_LINE if tall else ROW
    drawn = blank(90 + pitch * max(len(rows), 1))
    ends = behind.ends if behind else ()
    low, high = span([0.0, *ends, *(v for row in rows for v in (row.at, *row.ends))], below=0.05, above=0.05)
    better = f" (better to the {'right' if direction is Direction.MAXIMIZE else 'left'})" if direction else ""
    title = f"difference in {safe(short(what, 28))}{f', {unit}' if unit else ''}{better}"
    drawn.update_yaxes(visible=False, range=[-0.5, len(rows) - 0.1])
    drawn.update_xaxes(range=[low, high], showgrid=True, title=title, **ticks(low, high, signed=True).axis())
    drawn.add_vline(x=0, line={"color": ZERO_LINE, "width": 2}, layer="below")
    if behind:
        behind.behind_rows(drawn, (low, high))
    for position, row in enumerate(rows):
        _draw(drawn, position, row, low, "<br>" if tall else "  ")
    return drawn


def _name(row: Row) -> str:
    return short(row.name, fitting(row.name, _NAME))


def _draw(figure: go.Figure, position: int, row: Row, left: float, joint: str) -> None:
    colour = BASELINE if row.verdict is Verdict.TOO_FEW else CANDIDATE
    figure.add_annotation(
        text=f"<b>{safe(_name(row))}</b>{joint}{row.detail}",
        align="left",
        x=left,
        y=position,
        xanchor="left",
        yanchor="bottom",
        yshift=marks.ABOVE,
        showarrow=False,
        font={"size": 13},
    )
    line = {"color": colour, "width": 4}
    figure.add_trace(go.Scatter(x=row.ends, y=[position] * len(row.ends), mode="lines", hoverinfo="skip", line=line))
    mark = marks.glyph(row.verdict, colour)
    figure.add_trace(
        go.Scatter(x=[row.at], y=[position], mode="markers", hovertext=[row.hover], hoverinfo="text", marker=mark)
    )
