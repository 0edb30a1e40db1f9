"""Small pictures for table cells: every replicate as a dot, the mean as a tick, one scale for a whole column."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

import numpy as np

WIDTH, HEIGHT = 132, 26
_MARGIN = 6
_COLOUR = "#2F80D0"
_LINE = "#98A3AE"
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
    size = high - low
    usable = WIDTH - 2 * _MARGIN

    def place(value: float) -> float:
        return round(_MARGIN + usable * ((value - low) / size if size > 0 else 0.5), 1)

    middle = HEIGHT / 2
    paint = f"fill='none' stroke='{_LINE}'" if hollow else f"fill='{_COLOUR}' fill-opacity='.55'"
    dots = "".join(f"<circle cx='{place(value)}' cy='{middle:g}' r='4' {paint}/>" for value in scores)
    mean = place(float(np.mean(scores)))
    tick = "" if hollow else f"<path d='M{mean} 3V{HEIGHT - 3}' stroke='{_COLOUR}' stroke-width='2.5'/>"
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' "
        f"width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'>"
        f"<path d='M0 {middle:g}H{WIDTH}' stroke='{_LINE}'/>{dots}{tick}</svg>"
    )
    return "data:image/svg+xml;utf8," + quote(svg, safe=" ='/:,.<>()")


def effect(low: float, value: float, high: float, colour: str) -> str:
    """A difference with its interval, in units of the smallest effect, better to the right; grey: too small to matter.

    An arrow where the interval begins beyond four units.
    """
    middle, unit = WIDTH / 2, (WIDTH / 2 - _MARGIN) / _REACH

    def place(number: float) -> float:
        return round(middle + unit * min(max(number, -_REACH), _REACH), 1)

    y, ends = HEIGHT / 2, (place(low), place(high))
    beyond = 1 if low > _REACH else -1 if high < -_REACH else 0
    if beyond:
        tip, base = middle + beyond * (middle - 2), middle + beyond * (middle - 14)
        marks = f"<path d='M{base} {y:g}H{base - beyond * 14}' stroke='{colour}' stroke-width='5'/>"
        marks += f"<path d='M{base} {y - 7:g}L{tip} {y:g}L{base} {y + 7:g}Z' fill='{colour}'/>"
    else:
        marks = f"<path d='M{ends[0]} {y:g}H{ends[1]}' stroke='{colour}' stroke-width='5'/>"
        marks += f"<circle cx='{place(value)}' cy='{y:g}' r='5' fill='{colour}'/>"
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'>"
        f"<rect x='{place(-1)}' y='3' width='{place(1) - place(-1)}' height='{HEIGHT - 6}' fill='{_LINE}' "
        f"fill-opacity='.3'/><path d='M{middle:g} 2V{HEIGHT - 2}' stroke='{_LINE}' stroke-width='2'/>{marks}</svg>"
    )
    return "data:image/svg+xml;utf8," + quote(svg, safe=" ='/:,.<>()")
