"""The bootstrap law of a mean from its first four moments: for large samples, and for thousands of slices at once."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from assay.analysis.sample import Array, Moments

_FEWEST_LUMPS, _MOST_LUMPS = 0.0016, 0.01
_PROBES = 64
_RHYTHMS = np.linspace(60.0, 160.0, 12)
_ECHO = 0.7
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Expansion:
    """A law with this mean, sd, skewness and excess kurtosis, the last two small; see `reliable`.

    `lumps`: at most the square of the largest step that its values may be apart, over its variance.
    """

    centre: float
    spread: float
    skew: float
    excess: float
    lumps: float
    name: str = "Cornish–Fisher"
    slack: float = 0.0

    @property
    def reliable(self) -> bool:
        """Whether it is within .02 of an sd of the law, even where all values lie in lumps."""
        return self.lumps <= _FEWEST_LUMPS

    @property
    def plausible(self) -> bool:
        """The same, but for values in lumps; see `lumpy`."""
        return self.lumps <= _MOST_LUMPS

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
    steps = max((m.variance / m.n) * float(_lumps(m.n, m.excess / m.n)) for m in known)
    return Expansion(centre, variance**0.5, third / variance**1.5, fourth / variance**2, steps / variance)


def lumpy(values: Array, known: Moments) -> bool:
    """Whether a few probes leave it open that values lie in lumps whose steps the law of a `plausible` mean shows.

    Steps from .04 to .1 standard errors are looked for: all values then have nearly the same phase at one of the
    frequencies.
    """
    if not known.variance > 0.0:
        return False
    probe = (values[:: max(1, values.size // _PROBES)] - known.mean) / (known.variance * known.n) ** 0.5
    return float(np.abs(np.exp(1j * np.outer(_RHYTHMS, probe)).mean(axis=1)).max()) > _ECHO


def _lumps(n: float | Array, excess: float | Array) -> float | Array:
    """Values a step d apart have d² ≤ (κ + 3) σ², two lumps of any weights exactly; their mean moves in steps of d/n.

    `excess` is that of the mean, (κ − 3)/n. Half a step of an sd is the error of a smooth law: .02 at .0016.
    """
    return excess + 6.0 / n


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
    values must be looked at themselves. Where they lie in a few lumps off any lattice, which moments can't tell, an end
    may be off by .05 standard errors, elsewhere by .01.
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
        fine = _lumps(n, excess) <= _MOST_LUMPS
    return Slices(mean, low, high, fine & np.isfinite(low))
