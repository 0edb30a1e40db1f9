"""Single values as dots that step aside for each other, never beyond their column's lane and never too many to see."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MOST = 300
"""So many dots a column at most; more of them hide each other and slow the page."""
MOST_LINED = 30
"""So many seeds a side at most are joined by lines; more lines are a thicket."""
ROOM = 0.34
"""How far from its start a swarm may reach, in columns: what lies between a mean's marks and the neighbour's swarm."""
# A dot of `_LARGE` px steps aside by so much of a picture that has one column; on a phone that is about 7 px.
_STEP = 0.025
_LARGE = 9


@dataclass(frozen=True, slots=True)
class Dots:
    """How the dots of one column look: `size` in px, the more transparent the more there are."""

    size: int
    opacity: float

    @property
    def style(self) -> dict[str, float]:
        """As Plotly's marker options."""
        return {"size": self.size, "opacity": self.opacity}


def dots(n: int, *, large: int = _LARGE) -> Dots:
    """The look of `n` dots, `large` px while they are few."""
    if n <= MOST_LINED:
        return Dots(large, 0.85)
    return Dots(min(large, 6), 0.75) if n <= MOST else Dots(min(large, 5), 0.65)


def chosen(values: Sequence[float]) -> list[int]:
    """Positions of the values to draw, lowest first: all, or `MOST` evenly over their order with both ends."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    last = len(order) - 1
    if last < MOST:
        return order
    return [order[round(i * last / (MOST - 1))] for i in range(MOST)]


def places(values: Sequence[float], start: float, away: Literal[-1, 1], gap: float, step: float) -> list[float]:
    """Where each value stands sideways, from `start` in the direction `away` and at most `ROOM` far.

    `gap`: how close two may be before one steps aside, by `step` or by less where the widest row asks for it.
    """
    taken = lanes(values, gap)
    widest = max(taken, default=0)
    step = min(step, ROOM / widest) if widest else step
    return [start + away * step * lane for lane in taken]


def step(size: int, columns: int) -> float:
    """How far dots of `size` px step aside in a picture of so many columns, in columns."""
    return _STEP * columns * size / _LARGE


def lanes(values: Sequence[float], gap: float) -> list[int]:
    """For each value the first lane (0, 1, …) where no other value lies within `gap`."""
    highest = [-math.inf] * len(values)
    found = [0] * len(values)
    for index in sorted(range(len(values)), key=lambda i: values[i]):
        lane = next(i for i, below in enumerate(highest) if values[index] - below >= gap)
        highest[lane] = values[index]
        found[index] = lane
    return found
