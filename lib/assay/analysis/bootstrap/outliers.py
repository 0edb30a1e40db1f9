"""A sample as a few values far out and a narrow core, and how often each of the few is drawn."""

from dataclasses import dataclass
from itertools import product
from math import comb

import numpy as np

from assay.analysis.bootstrap.enumeration import multisets
from assay.analysis.sample import Array, Groups

_MOST_FAR = 27
"""With more of them, a resample without any has a probability below 1e-12."""
_MOST_DRAWN = 4


@dataclass(frozen=True, slots=True)
class Parted:
    """Groups in two, each drawn from `draws` times: the values `far` out and the `cores`.

    `drawn`: how many draws of each group may fall on far values, up to some number of them in all.
    """

    far: Groups
    cores: Groups
    draws: tuple[int, ...]
    drawn: tuple[tuple[int, ...], ...]

    def shifts(self, drawn: tuple[int, ...]) -> tuple[Array, Array]:
        """What so many draws from the far values add to the sum of the groups' means, and the probability of each."""
        shifts, weights = np.zeros(1), np.ones(1)
        for far, core, n, k in zip(self.far, self.cores, self.draws, drawn, strict=True):
            share = (core.size / (far.size + core.size)) ** (n - k) * comb(n, k) / (far.size + core.size) ** k
            if k:
                times, log_ways = multisets(k, far.size)
                shifts = (shifts[:, None] + times @ far / n).ravel()
                weights = (weights[:, None] * np.exp(log_ways)).ravel()
            weights = weights * share
        return shifts, weights


def parted(signed: Groups, draws: tuple[int, ...], narrow: float, budget: int) -> Parted | None:
    """The fewest far values whose removal leaves a core whose sum of means has a standard error up to `narrow`.

    None when there are none or too many; `budget` is the most multisets of far values.
    """
    distances = [np.abs(v - np.median(v)) / n for v, n in zip(signed, draws, strict=True)]
    pooled = np.concatenate(distances)
    most = min(_MOST_FAR, pooled.size - 1)
    pooled = np.partition(pooled, pooled.size - most - 1)
    near, ordered = pooled[: -most - 1], np.sort(pooled[-most - 1 :])
    inside = np.flatnonzero(near @ near + np.cumsum(ordered**2) <= narrow**2)
    if not inside.size:
        return None
    within = [distance <= ordered[inside[-1]] for distance in distances]
    if not all(kept.any() for kept in within) or all(kept.all() for kept in within):
        return None
    far = tuple(v[~kept] for v, kept in zip(signed, within, strict=True))
    count = sum(v.size for v in far)
    up_to = max(k for k in range(_MOST_DRAWN + 1) if k == 0 or comb(count + k, k) <= budget)
    each = [range(min(up_to, n - 1) + 1 if v.size else 1) for v, n in zip(far, draws, strict=True)]
    drawn = tuple(ks for ks in product(*each) if sum(ks) <= up_to)
    cores = tuple(v[kept] for v, kept in zip(signed, within, strict=True))
    return Parted(far, cores, draws, drawn)
