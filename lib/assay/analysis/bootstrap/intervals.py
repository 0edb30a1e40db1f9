"""Percentile, basic, BCa and bootstrap-t intervals of a mean or a difference of means, and their p values."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri

from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.law import Law
from assay.analysis.bootstrap.studentised import beta_t
from assay.analysis.sample import Groups
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Method

BOOTSTRAPS = frozenset({Method.PERCENTILE, Method.BASIC, Method.BCA, Method.BOOTSTRAP_T})


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """An interval and the p value of the test it inverts: p < 1 − level exactly where 0 lies outside it."""

    interval: Interval
    p_value: float


def bootstrap(groups: Groups, method: Method, level: float, resamples: int, seed: int) -> Bootstrapped:
    """The interval that `method` names; needs n ≥ 2 per group and values that vary.

    The p value is never below 1 / (resamples + 1), the finest that so many resamples can tell.
    """
    if method is Method.BOOTSTRAP_T:
        made = _bootstrap_t(groups, level, resamples, seed)
    else:
        made = by_law(groups, law(groups), method, level)
    return Bootstrapped(made.interval, min(1.0, max(made.p_value, 1.0 / (resamples + 1))))


def percentile(groups: Groups, level: float) -> Interval:
    """The percentile interval alone, for which nothing is drawn; undercovers below n = 30, see `coverage`."""
    return _percentile_interval(law(groups), level)


def by_law(groups: Groups, known: Law, method: Method, level: float) -> Bootstrapped:
    """Percentile, basic or BCa from a law that is known already; p may be 0 here.

    An end that the law can't tell from 0 is 0, as it counts for the p value.
    """
    if method is Method.BASIC:
        made = _basic(groups, known, level)
    else:
        made = _bca(groups, known, level) if method is Method.BCA else _percentile(known, level)
    low, high = (0.0 if abs(end) <= known.slack else end for end in (made.interval.low, made.interval.high))
    return replace(made, interval=replace(made.interval, low=low, high=high))


def _percentile(known: Law, level: float) -> Bootstrapped:
    return Bootstrapped(_percentile_interval(known, level), 2.0 * min(known.at_most(0.0), known.at_least(0.0)))


def _percentile_interval(known: Law, level: float) -> Interval:
    tail = (1.0 - level) / 2
    return Interval(known.lower(tail), known.upper(tail), level, Procedure(Technique.PERCENTILE, known.name))


def _basic(groups: Groups, known: Law, level: float) -> Bootstrapped:
    tail, twice = (1.0 - level) / 2, 2.0 * estimate(groups)
    made = Procedure(Technique.BASIC, known.name)
    interval = Interval(twice - known.upper(tail), twice - known.lower(tail), level, made)
    return Bootstrapped(interval, 2.0 * min(known.at_most(twice), known.at_least(twice)))


def _bca(groups: Groups, known: Law, level: float) -> Bootstrapped:
    centre = estimate(groups)
    below = 0.5 * (known.at_most(centre) + 1.0 - known.at_least(centre))
    bias, curve = float(ndtri(below)), acceleration(groups)

    def shifted(z: float) -> float:
        moved = bias + z
        return float(ndtr(bias + moved / (1.0 - curve * moved))) if curve * moved < 1.0 else float(moved > 0.0)

    def restored(probability: float) -> float:
        moved = float(ndtri(probability)) - bias
        if np.isinf(moved) or 1.0 + curve * moved <= 0.0:
            return float(moved > 0.0)
        return float(ndtr(moved / (1.0 + curve * moved) - bias))

    z = float(ndtri((1.0 + level) / 2))
    made = Procedure(Technique.BCA, known.name)
    interval = Interval(known.lower(shifted(-z)), known.upper(1.0 - shifted(z)), level, made)
    p_value = 2.0 * min(restored(known.at_most(0.0)), 1.0 - restored(1.0 - known.at_least(0.0)))
    return Bootstrapped(interval, p_value)


def _bootstrap_t(groups: Groups, level: float, resamples: int, seed: int) -> Bootstrapped:
    ratios, error = beta_t(groups, resamples, seed)
    tail, centre = (1.0 - level) / 2, estimate(groups)
    low, high = centre - ratios.upper(tail) * error, centre - ratios.lower(tail) * error
    interval = Interval(low, high, level, Procedure(Technique.BOOTSTRAP_T))
    observed = centre / error
    return Bootstrapped(interval, 2.0 * min(ratios.at_most(observed), ratios.at_least(observed)))


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
