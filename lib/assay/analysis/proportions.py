"""Shares of examples: Wilson's interval, Newcombe's differences, and McNemar's exact test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import copysign, inf, sqrt

from scipy.special import bdtr, ndtr, ndtri

from assay.analysis.inference import positive, tail
from assay.model.comparison.procedure import Interval, Procedure, Technique

_FARTHEST = 40.0
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Agreement:
    """The same examples under candidate and baseline, counted: right in both, in one only, in neither."""

    both: int
    gained: int
    lost: int
    neither: int

    @property
    def n(self) -> int:
        """How many examples there are."""
        return self.both + self.gained + self.lost + self.neither


@dataclass(frozen=True, slots=True)
class Inverted:
    """An inference from `limits`, which move outwards as the normal quantile grows: p is the tail where one is met."""

    estimate: float
    limits: Callable[[float], tuple[float, float]]
    procedure: Procedure

    @property
    def test(self) -> Procedure:
        """The interval, inverted."""
        return self.procedure.as_test

    def interval(self, level: float) -> Interval:
        """Two-sided."""
        low, high = self.limits(-float(ndtri(tail(level))))
        return Interval(low, high, level, self.procedure)

    def greater(self, shift: float) -> float:
        """The tail at which the low end is `shift`; for a shift above the estimate, what the high end leaves."""
        below = shift < self.estimate
        z = _last(lambda z: self.limits(z)[0] > shift if below else self.limits(z)[1] < shift, 0.0, _FARTHEST)
        return positive(float(ndtr(-z if below else z)))

    def less(self, shift: float) -> float:
        """The tail at which the high end is `shift`; for a shift below the estimate, what the low end leaves."""
        above = shift > self.estimate
        z = _last(lambda z: self.limits(z)[1] < shift if above else self.limits(z)[0] > shift, 0.0, _FARTHEST)
        return positive(float(ndtr(-z if above else z)))


@dataclass(frozen=True, slots=True)
class ScoreTest:
    """The difference of two shares over the same examples by Tango's score test (1998), which is right at a margin.

    Newcombe's paired interval claims too often there: where few examples change it is much too short.
    """

    counts: Agreement

    @property
    def procedure(self) -> Procedure:
        """The score test."""
        return Procedure(Technique.TANGO)

    @property
    def estimate(self) -> float:
        """Candidate − baseline."""
        return (self.counts.gained - self.counts.lost) / self.counts.n

    @property
    def test(self) -> Procedure:
        """The same test."""
        return self.procedure

    def interval(self, level: float) -> Interval:
        """The differences that the test does not reject."""
        z = -float(ndtri(tail(level)))
        low = _last(lambda shift: self._z(shift) > z, -1.0, self.estimate)
        high = _last(lambda shift: self._z(shift) >= -z, self.estimate, 1.0)
        return Interval(low, high, level, self.procedure)

    def greater(self, shift: float) -> float:
        """One-sided p for a true difference above `shift`."""
        return positive(float(ndtr(-self._z(shift))))

    def less(self, shift: float) -> float:
        """One-sided p for one below."""
        return positive(float(ndtr(self._z(shift))))

    def _z(self, shift: float) -> float:
        """Observed − `shift` in standard errors, these as they are where `shift` is true; falling in `shift`."""
        n, b, c = self.counts.n, self.counts.gained, self.counts.lost
        distance = b - c - n * shift
        linear, constant = (2 * n - b + c) * shift - b - c, -c * shift * (1.0 - shift)
        lost = (sqrt(max(linear * linear - 8 * n * constant, 0.0)) - linear) / (4 * n)
        variance = n * (2.0 * lost + shift * (1.0 - shift))
        if variance <= 0.0:
            return 0.0 if distance == 0 else copysign(inf, distance)
        return distance / sqrt(variance)


def share(successes: int, n: int) -> Inverted:
    """One share, by Wilson; honest near 0 and 1 and for few examples. Needs n ≥ 1; assumes independent examples."""
    return Inverted(successes / n, partial(_wilson, successes, n), Procedure(Technique.WILSON))


def unpaired_shares(successes: int, n: int, other_successes: int, other_n: int) -> Inverted:
    """The difference of two independent shares, first − second (Newcombe 1998, method 10)."""
    estimate = successes / n - other_successes / other_n
    limits = partial(_newcombe, (successes, n), (other_successes, other_n), 0.0)
    return Inverted(estimate, limits, Procedure(Technique.NEWCOMBE))


def paired_shares(counts: Agreement) -> Inverted:
    """The difference of two shares over the same examples, candidate − baseline (Newcombe 1998, paired).

    Against no difference `mcnemar` is exact; this is for other shifts.
    """
    n = counts.n
    ours, theirs = (counts.both + counts.gained, n), (counts.both + counts.lost, n)
    limits = partial(_newcombe, ours, theirs, _correlation(counts))
    return Inverted((counts.gained - counts.lost) / n, limits, Procedure(Technique.PAIRED_NEWCOMBE))


def wilson(successes: int, n: int, level: float) -> Interval:
    """Of a share; see `share`."""
    return share(successes, n).interval(level)


def newcombe(successes: int, n: int, other_successes: int, other_n: int, level: float) -> Interval:
    """Of the difference of two independent shares; see `unpaired_shares`."""
    return unpaired_shares(successes, n, other_successes, other_n).interval(level)


def newcombe_paired(counts: Agreement, level: float) -> Interval:
    """Of the difference of two shares over the same examples; see `paired_shares`."""
    return paired_shares(counts).interval(level)


def mcnemar(gained: int, lost: int) -> float:
    """Exact two-sided p that an example changes sides equally often either way; 1 when none changes."""
    changed = gained + lost
    return min(1.0, 2.0 * float(bdtr(min(gained, lost), changed, 0.5))) if changed else 1.0


def _wilson(successes: int, n: int, z: float) -> tuple[float, float]:
    p, square = successes / n, z * z / n
    centre = p + square / 2.0
    half = z * sqrt(p * (1.0 - p) / n + square / (4.0 * n))
    low = 0.0 if successes == 0 else (centre - half) / (1.0 + square)
    high = 1.0 if successes == n else (centre + half) / (1.0 + square)
    return low, high


def _newcombe(one: tuple[int, int], two: tuple[int, int], phi: float, z: float) -> tuple[float, float]:
    """Ends of the difference of two shares (successes, n) whose correlation is `phi`."""
    p, q = one[0] / one[1], two[0] / two[1]
    (low, high), (other_low, other_high) = _wilson(*one, z), _wilson(*two, z)
    down, up, other_down, other_up = p - low, high - p, q - other_low, other_high - q
    below = sqrt(max(0.0, down**2 - 2.0 * phi * down * other_up + other_up**2))
    above = sqrt(max(0.0, up**2 - 2.0 * phi * up * other_down + other_down**2))
    return p - q - below, p - q + above


def _correlation(counts: Agreement) -> float:
    """φ of the two shares, its numerator moved half an example per cell towards 0."""
    margins = (
        (counts.both + counts.gained)
        * (counts.lost + counts.neither)
        * (counts.both + counts.lost)
        * (counts.gained + counts.neither)
    )
    if not margins:
        return 0.0
    product = float(counts.both * counts.neither - counts.gained * counts.lost)
    if product > 0.0:
        product = max(0.0, product - counts.n / 2)
    return product / sqrt(margins)


def _last(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The largest number up to `high` for which it `holds`, which it does from `low` on until it no longer does."""
    if holds(high):
        return high
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
