"""The bootstrap law of a mean, or of a difference of means, by saddlepoint approximation (r*)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from assay.analysis.sample import Array, Groups, Moments, moments

_STEPS = 40
_CLOSE = 1e-7
_GENTLE = 0.3
_CENTRAL = 1e-2


@dataclass(frozen=True, slots=True)
class Saddlepoint:
    """The law in units of its own sd: `scaled` holds each group's centred values, so that K″(0) = 1.

    Not for lattices, nor for samples that one value dominates; ask `choice`.
    """

    scaled: Groups
    centre: float
    spread: float
    skew: float
    name: str = "saddlepoint"
    slack: float = 0.0

    def lower(self, probability: float) -> float:
        """The quantile; 0 and 1 give the ends of what resampling can reach."""
        return self.centre + self.spread * self._quantile(probability)

    def upper(self, probability: float) -> float:
        """The quantile from the right."""
        return self.lower(1.0 - probability)

    def at_most(self, value: float) -> float:
        """P(X ≤ value)."""
        return float(ndtr(self._normal((value - self.centre) / self.spread)))

    def at_least(self, value: float) -> float:
        """P(X ≥ value)."""
        return float(ndtr(-self._normal((value - self.centre) / self.spread)))

    def _quantile(self, probability: float) -> float:
        low, high = self._ends()
        if probability <= 0.0 or probability >= 1.0:
            return low if probability <= 0.0 else high
        z = float(ndtri(probability))
        t = z - self.skew * (1.0 + z * z) / 3.0 if abs(self.skew) < _GENTLE else z
        before, rate = None, None
        for _ in range(_STEPS):
            _, slope, bend, root = self._at(t)
            if before is not None and t != before[0]:
                rate = (root - before[1]) / (t - before[0])
            if rate is None or not rate > 0.0:
                rate = max(bend, 1e-12) ** 0.5
            step = (z - root) / rate
            if abs(step) < _CLOSE * (1.0 + abs(t)):
                return slope
            before = (t, root)
            t += min(max(step, -2.0), 2.0)
        return slope

    def _normal(self, x: float) -> float:
        """r*, the normal quantile that x stands for."""
        low, high = self._ends()
        if x <= low or x >= high:
            return float("-inf") if x <= low else float("inf")
        t, left, right = x, -np.inf, np.inf
        for _ in range(2 * _STEPS):
            _, slope, bend, root = self._at(t)
            left, right = (t, right) if slope < x else (left, t)
            if abs(x - slope) < _CLOSE:
                return root
            t += (x - slope) / max(bend, 1e-12)
            if not left < t < right:
                t = (left + right) / 2 if np.isfinite(left + right) else (2 * right - 1 if t < 0 else 2 * left + 1)
        return root

    def _at(self, t: float) -> tuple[float, float, float, float]:
        """K, K′, K″ and r* at t."""
        value, slope, bend = 0.0, 0.0, 0.0
        for e in self.scaled:
            n = e.size
            exponents = t * e
            top = float(exponents.max())
            weights = np.exp(exponents - top)
            total = float(weights.sum())
            mean = float(weights @ e) / total
            value += n * (top + np.log(total / n))
            slope += n * mean
            bend += n * max(float(weights @ (e * e)) / total - mean * mean, 0.0)
        return value, slope, bend, self._root(t, value, slope, bend)

    def _root(self, t: float, value: float, slope: float, bend: float) -> float:
        if abs(t) < _CENTRAL:
            return t + self.skew * (1.0 + 2.0 * t * t) / 6.0
        w = np.copysign(np.sqrt(max(2.0 * (t * slope - value), 0.0)), t)
        u = t * np.sqrt(bend)
        return float(w + np.log(u / w) / w) if u * w > 0.0 else float(w)

    def _ends(self) -> tuple[float, float]:
        return (sum(e.size * float(e.min()) for e in self.scaled), sum(e.size * float(e.max()) for e in self.scaled))


def saddlepoint(groups: Groups, known: tuple[Moments, ...] | None = None) -> Saddlepoint:
    """The law of the mean of one group, or of mean(first) − mean(second)."""
    found = known or tuple(moments(group) for group in groups)
    variance = sum(m.variance / m.n for m in found)
    spread = variance**0.5
    signs = (1.0, -1.0)
    centre = sum(sign * m.mean for sign, m in zip(signs, found, strict=False))
    scaled = tuple(_scaled(g, m, sign / spread) for g, m, sign in zip(groups, found, signs, strict=False))
    third = sum(sign * m.skew * m.variance**1.5 / m.n**2 for sign, m in zip(signs, found, strict=False))
    return Saddlepoint(scaled, centre, spread, third / variance**1.5)


def _scaled(values: Array, known: Moments, factor: float) -> Array:
    return np.asarray((values - known.mean) * (factor / known.n))
