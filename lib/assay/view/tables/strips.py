"""Small pictures for table cells: every replicate as a dot, the mean as a tick, one scale for a whole column."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

import numpy as np

WIDTH, HEIGHT = 132, 26
_MARGIN = 6
_COLOUR = "#2F80D0"
_LINE = "#98A3AE"
_OTHER = "#727E8B"
_REACH = 4.0


def span(scores: Iterable[Sequence[float]]) -> tuple[float, float] | None:
    """The lowest and highest of all scores, None when there is none."""
    values = [value for row in scores for value in row]
    return (min(values), max(values)) if values else None


def strip(scores: Sequence[float], low: float, high: float, *, hollow: bool = False) -> str | None:
    """One row's replicates between `low` and `high` as an SVG data URL; None without a score.

    `hollow`: these are trials of their own, which have no mean.
    """
    if not scores:
        return None
    if hollow:
        return _drawn("".join(_ring(_place(value, low, high)) for value in scores))
    dots = "".join(_dot(_place(value, low, high), _COLOUR, 4, ".55") for value in scores)
    mean = _place(float(np.mean(scores)), low, high)
    return _drawn(f"{dots}<path d='M{mean} 3V{HEIGHT - 3}' stroke='{_COLOUR}' stroke-width='2.5'/>")


def effect(low: float, value: float, high: float, colour: str) -> str:
    """A difference with its interval, in units of the smallest effect, better to the right; grey: too small to matter.

    An arrow where the interval begins, or the difference lies, beyond four units.
    """
    middle, unit = WIDTH / 2, (WIDTH / 2 - _MARGIN) / _REACH

    def place(number: float) -> float:
        return round(middle + unit * min(max(number, -_REACH), _REACH), 1)

    y, ends = HEIGHT / 2, (place(low), place(high))
    beyond = 1 if max(low, value) > _REACH else -1 if min(high, value) < -_REACH else 0
    if beyond:
        tip, base = middle + beyond * (middle - 2), middle + beyond * (middle - 14)
        marks = f"<path d='M{base} {y:g}H{base - beyond * 14}' stroke='{colour}' stroke-width='5'/>"
        marks += f"<path d='M{base} {y - 7:g}L{tip} {y:g}L{base} {y + 7:g}Z' fill='{colour}'/>"
    else:
        marks = f"<path d='M{ends[0]} {y:g}H{ends[1]}' stroke='{colour}' stroke-width='5'/>"
        marks += _dot(place(value), colour, 5, "1")
    band = f"<rect x='{place(-1)}' y='3' width='{place(1) - place(-1)}' height='{HEIGHT - 6}'"
    zero = f"<path d='M{middle:g} 2V{HEIGHT - 2}' stroke='{_LINE}' stroke-width='2'/>"
    return _drawn(f"{band} fill='{_LINE}' fill-opacity='.3'/>{zero}{marks}", line=False)


def among(own: float, scores: Sequence[float]) -> str | None:
    """One run's score, large, among those of its configuration, on a scale of their own; None with nothing beside it.

    All of them have to be finite.
    """
    low, high = min((own, *scores)), max((own, *scores))
    if len(scores) < 2:
        return None
    others = "".join(_dot(_place(value, low, high), _OTHER, 4, ".55") for value in scores)
    return _drawn(others + _dot(_place(own, low, high), _COLOUR, 6, "1"))


def _place(value: float, low: float, high: float) -> float:
    """Pixels from the left, of a value between `low` and `high`."""
    return round(_MARGIN + (WIDTH - 2 * _MARGIN) * ((value - low) / (high - low) if high > low else 0.5), 1)


def _dot(x: float, colour: str, radius: int, opacity: str) -> str:
    return f"<circle cx='{x}' cy='{HEIGHT / 2:g}' r='{radius}' fill='{colour}' fill-opacity='{opacity}'/>"


def _ring(x: float) -> str:
    return f"<circle cx='{x}' cy='{HEIGHT / 2:g}' r='4' fill='none' stroke='{_LINE}'/>"


def _drawn(marks: str, *, line: bool = True) -> str:
    """Marks upon the line of a strip, as data URL."""
    path = f"<path d='M0 {HEIGHT / 2:g}H{WIDTH}' stroke='{_LINE}'/>" if line else ""
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' "
        f"width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'>{path}{marks}</svg>"
    )
    return "data:image/svg+xml;utf8," + quote(svg, safe=" ='/:,.<>()")
