"""What two components do together: a line for each level of the one, and where the lower would end if they added up."""

from dataclasses import replace

import plotly.graph_objects as go

from assay.model.ablation.answer import Ablation, Corner, Square, TriedPair
from assay.view.charts.picture import BASELINE, CANDIDATE, SEED_LINE, Picture, axis_title, blank, span, ticks
from assay.view.text.ablation import pictures as words
from assay.view.text.ablation.words import scale_of
from assay.view.text.escape import flat, wrapped
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale

_HEIGHT, _BRACKET = 360, 1.3
_WIDTH, _SIZE, _NAME = 6, 15, 20
_CLOSE, _STEEP = 0.09, 0.12  # shares of what is seen


def interaction(found: Ablation, pair: TriedPair) -> Picture | None:
    """The weaker component across, the stronger as two lines; None where one of the four cells has no score."""
    if pair.square is None or pair.interaction is None or not pair.interaction.estimable:
        return None
    pair, square = _led(pair, pair.square)
    written, (first, second) = scale_of(found), pair.components
    figure = blank(_HEIGHT)
    none, alone, other, both = square.corners
    low, high = _range(square, written)
    for line, colour, on in (((none, other), BASELINE, False), ((alone, both), CANDIDATE, True)):
        _line(figure, line, colour, written, hover=words.switched(found, first, on=on))
    _expected(figure, found, pair, square, written)
    _names(figure, found, pair, square, written, (low, high))
    _values(figure, square, written, (low, high))
    under = [
        "<br>".join(map(safe, wrapped(words.switched(found, second, on=on, room=words.MOST_LETTERS), _NAME)))
        for on in (False, True)
    ]
    figure.update_xaxes(range=[-0.42, 1.62], tickmode="array", tickvals=[0, 1], ticktext=under, tickfont={"size": 13})
    figure.update_yaxes(range=[low, high], **ticks(low, high).axis())
    axis_title(figure, safe(written.header(flat(found.metric.name))))
    caption = words.interaction_caption(found, pair, square)
    return Picture(figure, words.interaction_alt(found, pair, square), caption)


def _led(pair: TriedPair, square: Square) -> tuple[TriedPair, Square]:
    """With the component first whose two lines lie further apart."""
    none, alone, other, both = square.corners
    if abs(alone.value + both.value - none.value - other.value) >= abs(
        other.value + both.value - none.value - alone.value
    ):
        return pair, square
    turned = replace(square, corners=(none, other, alone, both), firsts=square.seconds, seconds=square.firsts)
    return replace(pair, components=pair.components[::-1], square=turned), turned


def _expected_end(square: Square) -> float:
    """Where the line of the first being off would end if the second did as it does beside the first."""
    none, alone, _, both = (corner.value for corner in square.corners)
    return none + both - alone


def _range(square: Square, written: Scale) -> tuple[float, float]:
    ends = [end for own in square.corners if own.interval for end in (own.interval.low, own.interval.high)]
    values = [*(own.value for own in square.corners), *ends, _expected_end(square)]
    return span([written.shown(value) for value in values], below=0.1, above=0.14)


def _line(figure: go.Figure, line: tuple[Corner, Corner], colour: str, written: Scale, *, hover: str) -> None:
    ys = [written.shown(own.value) for own in line]
    figure.add_trace(go.Scatter(x=[0, 1], y=ys, mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip"))
    for x, own in enumerate(line):
        if own.interval:
            ends = [written.shown(end) for end in (own.interval.low, own.interval.high)]
            style = {"color": colour, "width": _WIDTH}
            figure.add_trace(go.Scatter(x=[x, x], y=ends, mode="lines", line=style, hoverinfo="skip"))
    texts = [f"{safe(hover)}<br>{written.value(own.value)}{_limits(own, written)}<br>n = {own.n:,}" for own in line]
    symbol = "circle" if colour == CANDIDATE else "square"
    mark = {"color": colour, "size": _SIZE, "symbol": symbol}
    figure.add_trace(go.Scatter(x=[0, 1], y=ys, mode="markers", marker=mark, hovertext=texts, hoverinfo="text"))


def _limits(own: Corner, written: Scale) -> str:
    return f", {written.limits(own.interval.low, own.interval.high, signed=False)}" if own.interval else ""


def _expected(figure: go.Figure, found: Ablation, pair: TriedPair, square: Square, written: Scale) -> None:
    """The dotted line from where both are off, and the bracket from its end to what was seen."""
    start, end, seen = (
        written.shown(v) for v in (square.corners[0].value, _expected_end(square), square.corners[2].value)
    )
    dotted = {"color": BASELINE, "width": 2, "dash": "dot"}
    figure.add_trace(go.Scatter(x=[0, 1, _BRACKET], y=[start, end, end], mode="lines", line=dotted, hoverinfo="skip"))
    bracket = {"color": SEED_LINE, "width": 2}
    figure.add_trace(go.Scatter(x=[_BRACKET, _BRACKET], y=[seen, end], mode="lines", line=bracket, hoverinfo="skip"))
    figure.add_annotation(
        text=words.bracket(found, pair), x=_BRACKET, y=(seen + end) / 2, xanchor="left", xshift=4, showarrow=False,
        font={"size": 13},
    )  # fmt: skip


def _names(
    figure: go.Figure, found: Ablation, pair: TriedPair, square: Square, written: Scale, seen: tuple[float, float]
) -> None:
    """Of the lines in their middle: the two that start together on either side of both, the third away from them."""
    none, alone, other, both = (written.shown(own.value) for own in square.corners)
    end = written.shown(_expected_end(square))
    first, close = pair.components[0], abs(alone + both - none - other) < 4 * _CLOSE * (seen[1] - seen[0])
    for text, x, line, up in (
        (
            safe(words.switched(found, first, on=True, room=words.MOST_LETTERS)),
            0.3 if close else 0.5,
            (alone, both),
            alone + both >= none + other,
        ),
        (
            safe(words.switched(found, first, on=False, room=words.MOST_LETTERS)),
            0.7 if close else 0.5,
            (none, other),
            other >= end,
        ),
        ("" if close else words.additive(pair), 0.5, (none, end), other < end),
    ):
        place = {"yanchor": "bottom", "yshift": 4} if up else {"yanchor": "top", "yshift": -4}
        rise = line[1] - line[0]
        side = "center" if abs(rise) < _STEEP * (seen[1] - seen[0]) else "right" if up is (rise > 0) else "left"
        if text:
            at = {"x": x, "y": line[0] + x * rise, "xanchor": side}
            figure.add_annotation(text=text, showarrow=False, font={"size": 12}, **at, **place)


def _values(figure: go.Figure, square: Square, written: Scale, seen: tuple[float, float]) -> None:
    """Means beside their marks, outside; moved away from what they would touch."""
    none, alone, other, both = (written.shown(own.value) for own in square.corners)
    end, near = written.shown(_expected_end(square)), _CLOSE / 1.5 * (seen[1] - seen[0])
    for x, at, rivals in ((0, none, [alone]), (0, alone, [none]), (1, other, [both, end]), (1, both, [other, end])):
        rival = min(rivals, key=lambda own: abs(own - at))
        apart = (9 if at >= rival else -9) if abs(at - rival) < near else 0
        side = {"xanchor": "left", "xshift": 12} if x else {"xanchor": "right", "xshift": -12}
        text = f"<b>{written.bare(at / written.factor)}</b>"
        figure.add_annotation(text=text, x=x, y=at, yshift=apart, showarrow=False, font={"size": 13}, **side)
