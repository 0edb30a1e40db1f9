"""Small pictures for table cells: every replicate as a dot, the mean as a tick, one scale for a whole column."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

import numpy as np

WIDTH, HEIGHT = 132, 26
_MARGIN = 6
_COLOUR = "#2F80D0"
_LINE = "#98A3AE"
_OTHER = "#727E8B"


def span(scores: Iterable[Sequence[float]]) -> tuple[float, float] | None:
    """The lowest and highest of all scores, None when there is none."""
    values = [value for row in scores for value in row]
    return (min(values), max(values)) if values else None


def strip(scores: Sequence[float], low: float, high: float) -> str | None:
    """One row's replicates between `low` and `high` as an SVG data URL; None without a score."""
    if not scores:
        return None
    dots = "".join(_dot(_place(value, low, high), _COLOUR, 4, ".55") for value in scores)
    mean = _place(float(np.mean(scores)), low, high)
    return _drawn(f"{dots}<path d='M{mean} 3V{HEIGHT - 3}' stroke='{_COLOUR}' stroke-width='2.5'/>")


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


def _drawn(marks: str) -> str:
    """Marks upon the line of a strip, as data URL."""
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' "
        f"width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'>"
        f"<path d='M0 {HEIGHT / 2:g}H{WIDTH}' stroke='{_LINE}'/>{marks}</svg>"
    )
    return "data:image/svg+xml;utf8," + quote(svg, safe=" ='/:,.<>()")
