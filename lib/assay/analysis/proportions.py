"""Shares of examples: Wilson's interval, Newcombe's differences, and McNemar's exact test."""

from dataclasses import dataclass
from math import sqrt

from scipy.special import bdtr, ndtri

from assay.model.comparison.procedure import Interval, Procedure, Technique


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


def wilson(successes: int, n: int, level: float) -> Interval:
    """Of a share; honest near 0 and 1 and for few examples. Needs n ≥ 1; assumes independent examples."""
    share, z = successes / n, float(ndtri(0.5 + level / 2))
    square = z * z / n
    centre = share + square / 2.0
    half = z * sqrt(share * (1.0 - share) / n + square / (4.0 * n))
    low = 0.0 if successes == 0 else (centre - half) / (1.0 + square)
    high = 1.0 if successes == n else (centre + half) / (1.0 + square)
    return Interval(low, high, level, Procedure(Technique.WILSON))


def newcombe(successes: int, n: int, other_successes: int, other_n: int, level: float) -> Interval:
    """Of the difference of two independent shares, first − second (Newcombe 1998, method 10)."""
    p, q = successes / n, other_successes / other_n
    one, two = wilson(successes, n, level), wilson(other_successes, other_n, level)
    below = sqrt((p - one.low) ** 2 + (two.high - q) ** 2)
    above = sqrt((one.high - p) ** 2 + (q - two.low) ** 2)
    return Interval(p - q - below, p - q + above, level, Procedure(Technique.NEWCOMBE))


def newcombe_paired(counts: Agreement, level: float) -> Interval:
    """Of the difference of two shares over the same examples, candidate − baseline (Newcombe 1998, paired)."""
    n = counts.n
    ours, theirs = counts.both + counts.gained, counts.both + counts.lost
    p, q, phi = ours / n, theirs / n, _correlation(counts)
    one, two = wilson(ours, n, level), wilson(theirs, n, level)
    down, up = p - one.low, one.high - p
    other_down, other_up = q - two.low, two.high - q
    below = sqrt(max(0.0, down**2 - 2.0 * phi * down * other_up + other_up**2))
    above = sqrt(max(0.0, up**2 - 2.0 * phi * up * other_down + other_down**2))
    return Interval(p - q - below, p - q + above, level, Procedure(Technique.PAIRED_NEWCOMBE))


def mcnemar(gained: int, lost: int) -> float:
    """Exact two-sided p that an example changes sides equally often either way; 1 when none changes."""
    changed = gained + lost
    return min(1.0, 2.0 * float(bdtr(min(gained, lost), changed, 0.5))) if changed else 1.0


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
