"""The exact bootstrap law of a mean, by listing every multiset of a small sample."""

from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb, factorial, prod

import numpy as np

from assay.analysis.bootstrap.law import Atoms, atoms
from assay.analysis.sample import Array, Groups

LIMIT = 8
_PRODUCT_LIMIT = 20_000


def feasible(groups: Groups) -> bool:
    """Whether every group is small enough, and two groups have few enough pairs of multisets."""
    sizes = [group.size for group in groups]
    return max(sizes) <= LIMIT and prod(comb(2 * n - 1, n) for n in sizes) <= _PRODUCT_LIMIT


def enumerated(groups: Groups) -> Atoms:
    """The law of the mean, or of the difference of two means; ask `feasible` first."""
    means, weights = _means(groups[0])
    if len(groups) == 2:
        other, other_weights = _means(groups[1])
        means = (means[:, None] - other[None, :]).ravel()
        weights = (weights[:, None] * other_weights[None, :]).ravel()
    return atoms(means, weights, "exact")


def _means(values: Array) -> tuple[Array, Array]:
    shares, weights = _multisets(values.size)
    centre = float(values.mean())
    return centre + shares @ (values - centre), weights


@lru_cache(maxsize=LIMIT)
def _multisets(n: int) -> tuple[Array, Array]:
    """Share of each value in every multiset of n out of n, C(2n−1, n) × n, and the multisets' probabilities."""
    counts = np.zeros((comb(2 * n - 1, n), n))
    for row, picked in enumerate(combinations_with_replacement(range(n), n)):
        for index in picked:
            counts[row, index] += 1
    ways = np.array([factorial(n) / prod(factorial(int(c)) for c in row) for row in counts])
    return counts / n, ways / float(n) ** n
