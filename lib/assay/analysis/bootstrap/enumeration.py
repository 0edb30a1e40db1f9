"""The exact bootstrap law of a mean, by listing how often each value of a small sample, or of few values, is drawn."""

from functools import lru_cache
from math import comb, prod

import numpy as np
from scipy.special import gammaln

from assay.analysis.bootstrap.law import Atoms, atoms
from assay.analysis.sample import Array, Groups

_MOST, _MOST_PAIRS = 250_000, 20_000
_MOST_DISTINCT = 10
_PROBES = 64


def listed(groups: Groups) -> Atoms | None:
    """The law of the mean, or of the difference of two means; None where there are too many resamples to list.

    Up to ten values, or more where only few of them are distinct; of two groups up to 5 + 5.
    """
    known = [_counted(group) for group in groups]
    ways = [comb(group.size + own.size - 1, own.size - 1) for group, (own, _) in zip(groups, known, strict=True)]
    if max(ways) > _MOST or (len(ways) == 2 and prod(ways) > _MOST_PAIRS):
        return None
    means, weights = _means(*known[0])
    if len(groups) == 2:
        other, other_weights = _means(*known[1])
        means = (means[:, None] - other[None, :]).ravel()
        weights = (weights[:, None] * other_weights[None, :]).ravel()
    return atoms(means, weights, "exact")


def _counted(values: Array) -> tuple[Array, Array]:
    """Distinct values and how often each occurs; of many values, a few when they already are too many to list."""
    probe = values[:: max(1, values.size // _PROBES)]
    if values.size > _PROBES and np.unique(probe).size > _MOST_DISTINCT:
        return probe, np.ones(probe.size)
    if values.size <= _MOST_DISTINCT:
        return values, np.ones(values.size)
    distinct, counts = np.unique(values, return_counts=True)
    return distinct, counts.astype(np.float64)


def _means(values: Array, counts: Array) -> tuple[Array, Array]:
    n = round(float(counts.sum()))
    drawn, ways = multisets(n, values.size)
    centre = float(counts @ values) / n
    return centre + drawn @ ((values - centre) / n), np.exp(ways + drawn @ np.log(counts / n))


@lru_cache(maxsize=8)
def multisets(n: int, distinct: int) -> tuple[Array, Array]:
    """How often each of the distinct values is in each multiset of n, and the log of its multinomial coefficient."""
    rest, columns = np.array([n]), list[np.ndarray]()
    for _ in range(distinct - 1):
        times = rest + 1
        taken = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        columns = [*(np.repeat(column, times) for column in columns), taken]
        rest = np.repeat(rest, times) - taken
    drawn = np.stack([*columns, rest], axis=1).astype(np.float64)
    return drawn, gammaln(n + 1.0) - gammaln(drawn + 1.0).sum(axis=1)
