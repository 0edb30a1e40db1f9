"""What every method that makes intervals and p values answers, and the one that answers from drawn or listed shifts."""

from dataclasses import dataclass
from math import ceil
from typing import Protocol

import numpy as np

from assay.analysis.sample import Array
from assay.model.comparison.procedure import Interval, Procedure

_TINY = float(np.finfo(np.float64).tiny)
_ROUNDING = 1e-12
_DIGITS = 32.0 * float(np.finfo(np.float64).eps)


class Inference(Protocol):
    """What the data say of one number: the same law behind interval and p, so that they cannot contradict each other.

    At every level in (.5, 1) and for every shift that is not within rounding of an end, with the tail of that level:
    `greater(shift)` < tail exactly where the interval's low end lies above shift, and `less(shift)` < tail exactly
    where its high end lies below.
    """

    @property
    def estimate(self) -> float:
        """The number itself, in the unit of the data."""
        ...

    @property
    def procedure(self) -> Procedure:
        """What the interval is called."""
        ...

    @property
    def test(self) -> Procedure:
        """What p is called."""
        ...

    def interval(self, level: float) -> Interval | None:
        """Two-sided; None where what was drawn or listed is too little for this level."""
        ...

    def greater(self, shift: float) -> float:
        """One-sided p for "the true value lies above shift"; never 0."""
        ...

    def less(self, shift: float) -> float:
        """One-sided p for "the true value lies below shift"; never 0."""
        ...


def two_sided(found: Inference, shift: float = 0.0) -> float:
    """Two-sided p against `shift`, below 1 − level exactly where the interval leaves it out; never 0."""
    return min(1.0, 2.0 * min(found.greater(shift), found.less(shift)))


def tail(level: float) -> float:
    """(1 − level) / 2 without the float's crumbs."""
    return round(1.0 - level, 12) / 2


def positive(p: float) -> float:
    """`p`, but not 0, which no data can give."""
    return max(p, _TINY)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An inference from shifts, ascending, at each of which one draw overtakes the observed data; see `ranked`.

    Both tails count the data themselves: p = (b + 1) / (m + 1). Shifts within `slack` of each other are equal.
    """

    estimate: float
    shifts: Array
    slack: float
    procedure: Procedure
    test: Procedure

    def interval(self, level: float) -> Interval | None:
        """The shifts whose p reaches 1 − level; None where the fewest that can be counted are too many."""
        rank = ceil(round(tail(level) * (self.shifts.size + 1), 9)) - 1
        if not 1 <= rank <= self.shifts.size:
            return None
        ends = float(self.shifts[rank - 1]), float(self.shifts[-rank])
        if not np.isfinite(ends).all():
            return None
        low, high = (0.0 if abs(end) <= self.slack else end for end in ends)
        return Interval(low, high, level, self.procedure)

    def greater(self, shift: float) -> float:
        """The share of shifts up to `shift`, the data counted."""
        return (int(np.searchsorted(self.shifts, shift + self.slack, "right")) + 1) / (self.shifts.size + 1)

    def less(self, shift: float) -> float:
        """The share of shifts from `shift` on, the data counted."""
        above = self.shifts.size - int(np.searchsorted(self.shifts, shift - self.slack, "left"))
        return (above + 1) / (self.shifts.size + 1)


def ranked(estimate: float, shifts: Array, procedure: Procedure, test: Procedure | None = None) -> Ranked:
    """From shifts in any order, infinite ones too; without a `test` of its own, p is the interval's inverted."""
    ordered = np.sort(shifts)
    finite = ordered[np.isfinite(ordered)]
    low, high = (float(finite[0]), float(finite[-1])) if finite.size else (estimate, estimate)
    slack = _DIGITS * max(abs(estimate), abs(low), abs(high)) + _ROUNDING * (high - low)
    return Ranked(estimate, ordered, slack, procedure, test or procedure.as_test)
