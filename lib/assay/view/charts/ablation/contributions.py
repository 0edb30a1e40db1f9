"""What each component adds: a row each with its interval, over the bands that its class is read from."""

from typing import Any

import plotly.graph_objects as go

from assay.model.ablation.answer import Ablation, ComponentClass, Contribution
from assay.view.charts.picture import BAND, BASELINE, CANDIDATE, WORSE, ZERO_LINE, Picture, blank, fitting, span, ticks
from assay.view.text.ablation import pictures as words
from assay.view.text.ablation.words import limit_words, scale_of, told
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import wrapped
from assay.view.text.numbers import Scale

MOST = 20
"""Rows; of more the largest are drawn."""

_CRITICAL = "rgba(47, 128, 208, 0.11)"
_ROOMY, _PITCHES, _REST, _TOP = 6, (76, 52), 120, 44
_NAME, _WIDTH, _SIZE, _ABOVE = 12, 6, 15, 9
_NARROW, _EDGE = 0.16, 0.22
_SYMBOLS = {
    ComponentClass.CRITICAL: "diamond",
    ComponentClass.IMPORTANT: "diamond-open",
    ComponentClass.REMOVABLE: "square",
}


def contributions(found: Ablation) -> Picture | None:
    """Largest on top; None where no contribution is known."""
    known, written = told(found), scale_of(found)
    if not known:
        return None
    largest = sorted(known, key=lambda one: -abs(one.gain.value or 0.0))[:MOST]
    drawn = [one for one in known if one in largest]
    figure = blank(_REST + _PITCHES[len(drawn) > _ROOMY] * len(drawn))
    figure.update_layout(margin_t=_TOP)
    low, high = _range(found, drawn, written)
    _bands(figure, found, (low, high), written)
    figure.add_vline(x=0, line={"color": ZERO_LINE, "width": 2}, layer="below")
    for row, one in enumerate(drawn):
        _draw(figure, row, one, written, (low, high))
    names = ["<br>".join(map(safe, wrapped(one.component, fitting(one.component, _NAME)))) for one in drawn]
    rows = {"tickmode": "array", "tickvals": list(range(len(drawn))), "ticktext": names, "showgrid": False}
    figure.update_yaxes(range=[len(drawn) - 0.5, -0.6], **rows)
    figure.update_xaxes(range=[low, high], title=words.axis(found), **ticks(low, high, signed=True).axis())
    return Picture(figure, words.contributions_alt(found), words.contributions_caption(found, drawn))


def _range(found: Ablation, drawn: list[Contribution], written: Scale) -> tuple[float, float]:
    values = [0.0, *(end for one in drawn for end in _ends(one, written))]
    if found.limits:
        values += [-written.shown(found.limits.removable), written.shown(found.limits.critical)]
    return span(values, below=0.14, above=0.14)


def _ends(one: Contribution, written: Scale) -> list[float]:
    own = one.gain.interval
    ends = [written.shown(end) for end in (own.low, own.high)] if own else []
    return [written.shown(one.gain.value or 0.0), *ends]


def _bands(figure: go.Figure, found: Ablation, seen: tuple[float, float], written: Scale) -> None:
    """Removable has no lower bound, so all that is left of its limit is shaded; critical has no upper one."""
    if found.limits is None:
        return
    low, high = seen
    removable, critical = (written.shown(limit) for limit in (found.limits.removable, found.limits.critical))
    above, below = limit_words(found, written)
    for start, end, colour, text in (
        (low, removable, BAND, f"removable:<br>below {below}"),
        (removable, critical, "", "important"),
        (critical, high, _CRITICAL, f"critical:<br>above {above}"),
    ):
        if colour:
            figure.add_vrect(x0=start, x1=end, fillcolor=colour, line_width=0, layer="below")
        if end - start > _NARROW * (high - low):
            place = {"x": (start + end) / 2, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
            figure.add_annotation(text=text, font={"size": 12}, **place)


def _draw(figure: go.Figure, row: int, one: Contribution, written: Scale, seen: tuple[float, float]) -> None:
    """The interval, the estimate on it, and its number above, turned inwards near an edge."""
    at, *ends = _ends(one, written)
    if ends:
        line = {"color": _colour(one), "width": _WIDTH}
        figure.add_trace(go.Scatter(x=ends, y=[row, row], mode="lines", line=line, hoverinfo="skip"))
    mark: dict[str, Any] = {"color": _colour(one), "size": _SIZE, "symbol": _symbol(one)}
    if mark["symbol"].endswith("open"):
        mark["line"] = {"width": 2}
    figure.add_trace(
        go.Scatter(
            x=[at], y=[row], mode="markers", marker=mark, hovertext=[words.hover(one, written)], hoverinfo="text"
        )
    )
    beside = _beside(at, seen)
    figure.add_annotation(
        text=words.label(one, written), y=row, yanchor="bottom", yshift=_ABOVE, showarrow=False, font={"size": 13},
        **beside,
    )  # fmt: skip


def _beside(at: float, seen: tuple[float, float]) -> dict[str, float | str]:
    """Where a label stands: centred on its mark, but turned inwards near an edge and clear of the zero line."""
    size = seen[1] - seen[0]
    from_left, from_right = (at - seen[0]) / size, (seen[1] - at) / size
    if from_right < _EDGE:
        return {"x": at, "xanchor": "right", "xshift": 8}
    if abs(at) > _EDGE * size:
        return {"x": at, "xanchor": "center"} if from_left > _EDGE else {"x": at, "xanchor": "left", "xshift": -8}
    if at < 0 and from_left > 2 * _EDGE:
        return {"x": 0.0, "xanchor": "right", "xshift": -5}
    return {"x": max(at, 0.0), "xanchor": "left", "xshift": 5}


def _colour(one: Contribution) -> str:
    if one.importance is ComponentClass.REMOVABLE and one.gain.hurts:
        return WORSE
    return CANDIDATE if one.importance in (ComponentClass.CRITICAL, ComponentClass.IMPORTANT) else BASELINE


def _symbol(one: Contribution) -> str:
    if one.importance is ComponentClass.REMOVABLE and one.gain.hurts:
        return "triangle-down"
    return _SYMBOLS.get(one.importance, "circle-open") if one.importance else "circle"
