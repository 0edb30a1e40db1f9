"""What a bootstrap distribution must answer, and the discrete one that answers it from atoms."""

from dataclasses import dataclass
from math import ceil
from typing import Protocol

import numpy as np

from assay.analysis.sample import Array

DIGITS = 12
_LAST = 10.0**-DIGITS
_ROUNDING = 1e-12
_DIGITS = 4.0 * float(np.finfo(np.float64).eps)


class Law(Protocol):
    """The distribution of a resampled statistic; `name` says how it is known."""

    @property
    def name(self) -> str:
        """How the law is known: `exact`, `convolution` …"""
        ...

    @property
    def slack(self) -> float:
        """Values closer than this are the same to it."""
        ...

    def lower(self, probability: float) -> float:
        """The smallest value with P(X ≤ value) ≥ probability."""
        ...

    def upper(self, probability: float) -> float:
        """The largest value with P(X ≥ value) ≥ probability: the mirror image of `lower`."""
        ...

    def at_most(self, value: float) -> float:
        """P(X ≤ value)."""
        ...

    def at_least(self, value: float) -> float:
        """P(X ≥ value)."""
        ...


@dataclass(frozen=True, slots=True)
class Atoms:
    """A discrete law: `values` ascending, `below` the mass up to and with each, `above` from each on.

    Values within `slack` of each other count as equal; probabilities are known to 12 decimals, and less is nothing.
    """

    values: Array
    below: Array
    above: Array
    name: str
    slack: float

    def lower(self, probability: float) -> float:
        """The smallest atom that `probability` reaches."""
        at = int(np.searchsorted(self.below, _reached(probability)))
        return float(self.values[min(at, self.values.size - 1)])

    def upper(self, probability: float) -> float:
        """The largest atom with at least `probability` on it and to its right."""
        at = int(np.searchsorted(-self.above, -_reached(probability), "right"))
        return float(self.values[max(at - 1, 0)])

    def at_most(self, value: float) -> float:
        """Mass up to and with `value`."""
        at = int(np.searchsorted(self.values, value + self.slack, "right"))
        return round(float(self.below[at - 1]), DIGITS) if at else 0.0

    def at_least(self, value: float) -> float:
        """Mass from `value` on."""
        at = int(np.searchsorted(self.values, value - self.slack, "left"))
        return round(float(self.above[at]), DIGITS) if at < self.values.size else 0.0


@dataclass(frozen=True, slots=True)
class Smooth:
    """A law with a density: the mass `below` and `above` each of `edges`, ascending, and a straight line between."""

    edges: Array
    below: Array
    above: Array
    name: str
    slack: float = 0.0

    def lower(self, probability: float) -> float:
        """The quantile."""
        return float(np.interp(probability, self.below, self.edges))

    def upper(self, probability: float) -> float:
        """The quantile from the right."""
        return float(np.interp(-probability, -self.above, self.edges))

    def at_most(self, value: float) -> float:
        """P(X ≤ value)."""
        return float(np.interp(value, self.edges, self.below))

    def at_least(self, value: float) -> float:
        """P(X ≥ value)."""
        return float(np.interp(value, self.edges, self.above))


def smooth(values: Array, masses: Array, name: str) -> Smooth:
    """The law whose `masses` lie evenly about these values, which ascend in equal steps."""
    half = (float(values[1]) - float(values[0])) / 2.0
    edges = np.append(values - half, float(values[-1]) + half)
    below, above = np.append(0.0, _rising(masses)), np.append(_rising(masses[::-1])[::-1], 0.0)
    return Smooth(edges, below, above, name)


def atoms(values: Array, weights: Array, name: str) -> Atoms:
    """The law with these atoms in any order; values that rounding alone sets apart are equal."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    masses = weights[order] / weights.sum()
    low, high = float(ordered[0]), float(ordered[-1])
    slack = _DIGITS * max(abs(low), abs(high)) + _ROUNDING * (high - low)
    return Atoms(ordered, _rising(masses), _rising(masses[::-1])[::-1], name, slack)


def _rising(masses: Array) -> Array:
    """Their sums up to each: between 0 and 1, beyond which is no normal quantile, and never falling."""
    return np.asarray(np.clip(np.maximum.accumulate(np.cumsum(masses)), 0.0, 1.0))


def _reached(probability: float) -> float:
    """The least mass that is `probability` or more once it is rounded; what rounds to 0 has no atom."""
    return (max(ceil(probability / _LAST - 1e-3), 1) - 0.5) * _LAST
