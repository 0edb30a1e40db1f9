"""What a bootstrap distribution must answer, and the discrete one that answers it from atoms."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from assay.analysis.sample import Array

_SLACK = 1e-12


class Law(Protocol):
    """The distribution of a resampled statistic; `name` says how it is known, "" when by drawing."""

    @property
    def name(self) -> str:
        """How the law is known: `exact`, `saddlepoint` …"""
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

    Values within `slack` of each other count as equal.
    """

    values: Array
    below: Array
    above: Array
    name: str
    slack: float

    def lower(self, probability: float) -> float:
        """The smallest atom that `probability` reaches."""
        at = int(np.searchsorted(self.below, probability - _SLACK))
        return float(self.values[min(at, self.values.size - 1)])

    def upper(self, probability: float) -> float:
        """The largest atom with at least `probability` on it and to its right."""
        at = int(np.searchsorted(-self.above, _SLACK - probability, "right"))
        return float(self.values[max(at - 1, 0)])

    def at_most(self, value: float) -> float:
        """Mass up to and with `value`."""
        at = int(np.searchsorted(self.values, value + self.slack, "right"))
        return float(self.below[at - 1]) if at else 0.0

    def at_least(self, value: float) -> float:
        """Mass from `value` on."""
        at = int(np.searchsorted(self.values, value - self.slack, "left"))
        return float(self.above[at]) if at < self.values.size else 0.0

    def masses(self) -> Array:
        """The probability of each atom."""
        return np.diff(self.below, prepend=0.0)

    def stretched(self, centre: float, factor: float) -> "Atoms":
        """The law with distances from `centre` multiplied."""
        return replace(self, values=centre + (self.values - centre) * factor)


def atoms(values: Array, weights: Array | None, name: str, slack: float | None = None) -> Atoms:
    """The law with these atoms in any order; equal weights when `weights` is None, rounding as slack by default."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    masses = np.full(ordered.size, 1.0 / ordered.size) if weights is None else weights[order] / weights.sum()
    rounding = _SLACK * max(abs(float(ordered[0])), abs(float(ordered[-1])))
    # Sums round to a little above 1, which has no normal quantile.
    below, above = np.minimum(np.cumsum(masses), 1.0), np.minimum(np.cumsum(masses[::-1]), 1.0)[::-1]
    return Atoms(ordered, below, above, name, rounding if slack is None else slack)
