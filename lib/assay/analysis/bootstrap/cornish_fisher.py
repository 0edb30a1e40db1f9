"""The bootstrap law of a mean from its first four moments: for large samples, and for thousands of slices at once."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from assay.analysis.sample import Array, Moments

SMALLEST = 20
STEEPEST = 0.15
HEAVIEST = 0.05
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Expansion:
    """A law with this mean, sd, skewness and excess kurtosis, the last two small; see `reliable`."""

    centre: float
    spread: float
    skew: float
    excess: float
    name: str = "Cornish–Fisher"
    slack: float = 0.0

    @property
    def reliable(self) -> bool:
        """Whether the expansion's next terms are below .01 of an sd."""
        return abs(self.skew) <= STEEPEST and abs(self.excess) <= HEAVIEST

    def lower(self, probability: float) -> float:
        """The quantile."""
        z = float(ndtri(min(max(probability, 1e-300), 1.0 - 1e-16)))
        return self.centre + self.spread * float(expanded(z, self.skew, self.excess))

    def upper(self, probability: float) -> float:
        """The quantile from the right."""
        z = -float(ndtri(min(max(probability, 1e-300), 1.0 - 1e-16)))
        return self.centre + self.spread * float(expanded(z, self.skew, self.excess))

    def at_most(self, value: float) -> float:
        """P(X ≤ value)."""
        return float(ndtr(self._normal(value)))

    def at_least(self, value: float) -> float:
        """P(X ≥ value)."""
        return float(ndtr(-self._normal(value)))

    def _normal(self, value: float) -> float:
        """The z whose expansion is `value`; beyond ±8 where the expansion may turn, z itself."""
        x = (value - self.centre) / self.spread
        low, high = -8.0, 8.0
        if not low < x < high:
            return x
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if expanded(middle, self.skew, self.excess) < x else (low, middle)
        return (low + high) / 2


def expansion(known: tuple[Moments, ...]) -> Expansion:
    """The law of the mean of one group, or of mean(first) − mean(second): cumulants add."""
    signs = (1.0, -1.0)
    centre = sum(sign * m.mean for sign, m in zip(signs, known, strict=False))
    variance = sum(m.variance / m.n for m in known)
    third = sum(sign * m.skew * m.variance**1.5 / m.n**2 for sign, m in zip(signs, known, strict=False))
    fourth = sum(m.excess * m.variance**2 / m.n**3 for m in known)
    return Expansion(centre, variance**0.5, third / variance**1.5, fourth / variance**2)


def expanded(z: float | Array, skew: float | Array, excess: float | Array) -> float | Array:
    """Cornish–Fisher's quantile in sd, for a law with this skewness and excess kurtosis."""
    square = z * z
    return (
        z
        + (square - 1.0) * skew / 6.0
        + (square - 3.0) * z * excess / 24.0
        - (2.0 * square - 5.0) * z * skew * skew / 36.0
    )


@dataclass(frozen=True, slots=True)
class Slices:
    """Percentile bootstrap intervals of many means at once; NaN where a slice has no spread.

    `reliable`: False where a slice is too small, too skewed or too heavy-tailed for four moments, so that its
    values must be looked at themselves.
    """

    mean: Array
    low: Array
    high: Array
    reliable: np.ndarray


def central(first: Array, second: Array, third: Array, fourth: Array) -> tuple[Array, Array, Array]:
    """Second to fourth central moment from the means of d, d², d³ and d⁴, d being taken from any common point.

    A point within some hundred sd of every slice's mean costs no digits that matter.
    """
    square = first * first
    return (
        second - square,
        third - 3.0 * first * second + 2.0 * first * square,
        fourth - 4.0 * first * third + 6.0 * square * second - 3.0 * square * square,
    )


def slices(n: Array, mean: Array, second: Array, third: Array, fourth: Array, level: float) -> Slices:
    """From counts, means and central moments (of the 1/n kind) per slice, as one GROUP BY gives them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        skew = third / second**1.5 / np.sqrt(n)
        excess = (fourth / second**2 - 3.0) / n
        spread = np.where(second > 0.0, np.sqrt(second / n), np.nan)
        z = float(ndtri(0.5 + level / 2))
        low, high = (mean + spread * expanded(end, skew, excess) for end in (-z, z))
        fine = (n >= SMALLEST) & (np.abs(skew) <= STEEPEST) & (np.abs(excess) <= HEAVIEST)
    return Slices(mean, low, high, fine & np.isfinite(low))
