"""Percentile, basic, BCa and bootstrap-t inferences of a mean or a difference of means."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.law import DIGITS, Law
from assay.analysis.bootstrap.studentised import beta_t
from assay.analysis.inference import Inference, ranked, tail
from assay.analysis.sample import Groups, standard_error
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Method

BOOTSTRAPS = frozenset({Method.PERCENTILE, Method.BASIC, Method.BCA, Method.BOOTSTRAP_T})
_FINEST = 1e-12
_NEAR = 1e-3
"""In standard errors: a narrow lump about the estimate lies on both sides of it, as far as a grid can tell."""


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """The inference that a law's quantiles make; BCa moves them by `bias` and `curve`, 0 elsewhere.

    Laws are known to twelve digits of probability, and so is p, which is never below 1e-12.
    """

    estimate: float
    law: Law
    procedure: Procedure
    bias: float = 0.0
    curve: float = 0.0

    @property
    def test(self) -> Procedure:
        """The interval, inverted."""
        return self.procedure.as_test

    def interval(self, level: float) -> Interval:
        """Two-sided; an end that the law can't tell from 0 is 0, as it counts for p."""
        share = tail(level)
        low = self.law.lower(_moved(share, self.bias, self.curve))
        high = self.law.upper(_moved(share, -self.bias, -self.curve))
        low, high = (0.0 if abs(end) <= self.law.slack else end for end in (low, high))
        return Interval(low, high, level, self.procedure)

    def greater(self, shift: float) -> float:
        """What the law has up to `shift`."""
        return _known(_restored(self.law.at_most(shift), self.bias, self.curve))

    def less(self, shift: float) -> float:
        """What the law has from `shift` on."""
        return _known(_restored(self.law.at_least(shift), -self.bias, -self.curve))


@dataclass(frozen=True, slots=True)
class _Mirrored:
    """A law about twice the `centre`: the one whose percentile interval is the basic interval."""

    law: Law
    centre: float

    @property
    def name(self) -> str:
        return self.law.name

    @property
    def slack(self) -> float:
        return self.law.slack

    def lower(self, probability: float) -> float:
        return 2.0 * self.centre - self.law.upper(probability)

    def upper(self, probability: float) -> float:
        return 2.0 * self.centre - self.law.lower(probability)

    def at_most(self, value: float) -> float:
        return self.law.at_least(2.0 * self.centre - value)

    def at_least(self, value: float) -> float:
        return self.law.at_most(2.0 * self.centre - value)


def bootstrap(groups: Groups, method: Method, resamples: int, seed: int) -> Inference:
    """The inference that `method` names; needs n ≥ 2 per group and values that vary."""
    if method is Method.BOOTSTRAP_T:
        ratios, error = beta_t(groups, resamples, seed)
        centre = estimate(groups)
        return ranked(centre, centre - ratios * error, Procedure(Technique.BOOTSTRAP_T))
    return by_law(groups, law(groups), method)


def percentile(groups: Groups, level: float) -> Interval:
    """The percentile interval alone, for which nothing is drawn; undercovers below n = 30, see `coverage`."""
    return by_law(groups, law(groups), Method.PERCENTILE).interval(level)


def by_law(groups: Groups, known: Law, method: Method) -> Bootstrapped:
    """Percentile, basic or BCa from a law that is known already."""
    centre = estimate(groups)
    if method is Method.BASIC:
        return Bootstrapped(centre, _Mirrored(known, centre), Procedure(Technique.BASIC, known.name))
    if method is Method.BCA:
        # The middle of what the law has on either side of the estimate, which it may hold itself.
        near = _NEAR * standard_error(groups)
        below = 0.5 * (known.at_most(centre + near) + 1.0 - known.at_least(centre - near))
        made = Procedure(Technique.BCA, known.name)
        return Bootstrapped(centre, known, made, float(ndtri(below)), acceleration(groups))
    return Bootstrapped(centre, known, Procedure(Technique.PERCENTILE, known.name))


def estimate(groups: Groups) -> float:
    """The mean, or mean(first) − mean(second)."""
    centre = float(groups[0].mean())
    return centre - float(groups[1].mean()) if len(groups) == 2 else centre


def acceleration(groups: Groups) -> float:
    """BCa's acceleration without a jackknife: Σe³ / (6 (Σe²)^1.5), e/n with its sign for two groups."""
    signs = (1.0, -1.0)
    errors = [sign * (g - g.mean()) / g.size for sign, g in zip(signs, groups, strict=False)]
    pooled = np.concatenate(errors)
    pooled = pooled / np.abs(pooled).max()
    squares = float((pooled * pooled).sum())
    return float((pooled**3).sum() / (6.0 * squares**1.5))


def _moved(share: float, bias: float, curve: float) -> float:
    """The probability at which BCa takes the quantile for a tail of `share`."""
    if not (bias or curve):
        return share
    moved = bias + float(ndtri(share))
    if curve * moved >= 1.0:
        return float(moved > 0.0)
    return float(ndtr(bias + moved / (1.0 - curve * moved)))


def _restored(probability: float, bias: float, curve: float) -> float:
    """The tail for which BCa takes the quantile at `probability`: the inverse of `_moved`."""
    if not (bias or curve):
        return probability
    moved = float(ndtri(probability)) - bias
    if np.isinf(moved) or 1.0 + curve * moved <= 0.0:
        return float(moved > 0.0)
    return float(ndtr(moved / (1.0 + curve * moved) - bias))


def _known(p: float) -> float:
    return max(round(p, DIGITS), _FINEST)
