"""Statistics that are not means, of many resamples at once: functions of how often each row of the data is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.analysis.sample import Array

Counts = npt.NDArray[np.int64]
"""How often each of n rows is drawn, one row per resample: shape (resamples, n), each row's sum n."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A statistic of `n` rows; `of` takes counts of shape (resamples, n) and answers (resamples,), NaN if undefined."""

    n: int
    of: Callable[[Counts], Array]

    @property
    def observed(self) -> float:
        """Of the data itself, every row drawn once."""
        return float(self.of(np.ones((1, self.n), dtype=np.int64))[0])


def quantile(values: Array, share: float) -> Counted:
    """The value below which `share` of the sample lies, interpolated linearly as numpy does; `values`: (n,), n ≥ 1."""
    order = np.argsort(values, kind="stable")
    ordered, n = values[order], values.size
    below = int(share * (n - 1))
    weight = share * (n - 1) - below

    def of(counts: Counts) -> Array:
        reached = counts[:, order].ravel().cumsum()
        # Every row's counts sum to n, so that one search in the sums over all rows finds the place in each.
        ranks = below + n * np.arange(len(counts))
        low, high = (ordered[np.searchsorted(reached, r, "right") % n] for r in (ranks, ranks + (weight > 0)))
        return np.asarray(low + weight * (high - low))

    return Counted(n, of)


def median(values: Array) -> Counted:
    """Middle value, or the mean of the two middle ones."""
    return quantile(values, 0.5)


def trimmed_mean(values: Array, share: float) -> Counted:
    """The mean without ⌊share · n⌋ values at either end; share < ½."""
    if not 0.0 <= share < 0.5:
        raise ValueError(f"the trimmed share is {share}; it must be at least 0 and below 0.5")
    order = np.argsort(values, kind="stable")
    ordered, n = values[order], values.size
    cut = int(share * n)

    def of(counts: Counts) -> Array:
        reached = np.cumsum(counts[:, order], axis=1, dtype=np.float64)
        np.clip(reached, cut, n - cut, out=reached)
        reached[:, 1:] -= reached[:, :-1].copy()
        reached[:, 0] -= cut
        return np.asarray(np.einsum("ri,i->r", reached, ordered) / (n - 2 * cut))

    return Counted(n, of)


def iqm(values: Array) -> Counted:
    """Interquartile mean: the mean of the middle half."""
    return trimmed_mean(values, 0.25)
