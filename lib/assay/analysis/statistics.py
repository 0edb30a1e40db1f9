"""Statistics that are not means, of many resamples at once: functions of how often each row of the data is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from assay.analysis.sample import Array

_MOST_SUMS = 2_000_000

_MOST_COUNTS = 1_000_000

Counts = npt.NDArray[np.int64]
"""How often each of n rows is drawn, one row per resample: shape (resamples, n), each row's sum n, or near it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A statistic of `n` rows; `of` takes counts of shape (resamples, n) and answers (resamples,), NaN if undefined."""

    n: int
    of: Callable[[Counts], Array]

    @property
    def observed(self) -> float:
        """Of the data itself, every row drawn once."""
        return float(self.of(np.ones((1, self.n), dtype=np.int64))[0])


def together(statistic: Counted, codes: npt.NDArray[np.int64]) -> Counted:
    """The same statistic of clusters, whose rows are drawn together; `codes`: (n,), each row's cluster from 0."""
    step = max(1, _MOST_COUNTS // statistic.n)

    def of(counts: Counts) -> Array:
        parts = (counts[k : k + step] for k in range(0, len(counts), step))
        return np.concatenate([statistic.of(part[:, codes]) for part in parts])

    return Counted(1 + int(codes.max()), of)


def quantile(values: Array, share: float) -> Counted:
    """The value below which `share` of the sample lies, interpolated linearly as numpy does; `values`: (n,), n ≥ 1."""
    order = np.argsort(values, kind="stable")
    ordered, n = values[order], values.size

    def of(counts: Counts) -> Array:
        reached = counts[:, order].ravel().cumsum()
        ends = reached[n - 1 :: n]
        drawn = np.diff(ends, prepend=0)
        place = share * (drawn - 1)
        below = place.astype(np.int64)
        # One search in the sums over all rows finds the place in each.
        ranks = below + ends - drawn
        low, high = (ordered[np.searchsorted(reached, r, "right") % n] for r in (ranks, ranks + (place > below)))
        return np.asarray(low + (place - below) * (high - low))

    return Counted(n, of)


def median(values: Array) -> Counted:
    """Middle value, or the mean of the two middle ones."""
    return quantile(values, 0.5)


def trimmed_mean(values: Array, share: float) -> Counted:
    """The mean without ⌊share · n⌋ values at either end; share < ½."""
    if not 0.0 <= share < 0.5:
        raise ValueError(f"the trimmed share is {share}; it must be at least 0 and below 0.5")
    order = np.argsort(values, kind="stable")
    ordered = values[order]

    def of(counts: Counts) -> Array:
        reached = np.cumsum(counts[:, order], axis=1, dtype=np.float64)
        drawn = reached[:, -1:].copy()
        cut = np.floor(share * drawn)
        np.clip(reached, cut, drawn - cut, out=reached)
        reached[:, 1:] -= reached[:, :-1].copy()
        reached[:, :1] -= cut
        return np.asarray(np.einsum("ri,i->r", reached, ordered) / (drawn - 2 * cut)[:, 0])

    return Counted(values.size, of)


def iqm(values: Array) -> Counted:
    """Interquartile mean: the mean of the middle half."""
    return trimmed_mean(values, 0.25)


Codes = npt.NDArray[np.int64]
"""Classes by number, from 0."""


def f1(truth: Codes, predicted: Codes, positive: int, weights: Array | None = None) -> Counted:
    """F1 of one class, averaged over runs; `truth`: (n,), `predicted`: (runs, n), `weights`: (runs,), else all alike.

    Undefined where a resample holds the class in neither of a run's two.
    """
    own, said = ((codes == positive).astype(np.int64) for codes in (truth, predicted))
    return _by_class(own, said, 2, lambda found: _over_runs(found[:, :, 1], weights))


def macro_f1(truth: Codes, predicted: Codes, weights: Array | None = None) -> Counted:
    """The mean F1 over the classes that a resample holds in truth or prediction, averaged over runs.

    `truth`: (n,), `predicted`: (runs, n), `weights` as in `f1`. As scikit-learn, which knows no other classes than
    those it sees.
    """
    classes = 1 + int(max(truth.max(), predicted.max()))
    return _by_class(truth, predicted, classes, lambda found: _over_runs(np.nanmean(found, axis=2), weights))


def _over_runs(found: Array, weights: Array | None) -> Array:
    return np.asarray(np.average(found, axis=1, weights=weights))


def _by_class(truth: Codes, predicted: Codes, classes: int, summed_up: Callable[[Array], Array]) -> Counted:
    """`summed_up` takes F1 of shape (resamples, runs, classes), NaN for classes that are nowhere.

    A class's hits, its truths and its predictions are sums of counts over some rows: one product with a sparse
    table of which rows gives all of them, for every run.
    """
    runs, n = predicted.shape
    said = classes * np.arange(runs)[:, None] + predicted
    run, row = np.nonzero(predicted == truth)
    rows = np.concatenate([np.arange(n), np.tile(np.arange(n), runs), row])
    places = np.concatenate([truth, classes + said.ravel(), classes * (1 + runs + run) + truth[row]])
    table = csr_array((np.ones(rows.size), (places, rows)), shape=(classes * (1 + 2 * runs), n))
    step = max(1, _MOST_SUMS // table.shape[0])

    def part(counts: Counts) -> Array:
        sums = (table @ counts.T.astype(np.float64)).T.reshape(len(counts), 1 + 2 * runs, classes)
        true, claimed, right = sums[:, :1], sums[:, 1 : 1 + runs], sums[:, 1 + runs :]
        with np.errstate(invalid="ignore"):
            return summed_up(2.0 * right / (true + claimed))

    return Counted(n, lambda counts: np.concatenate([part(counts[k : k + step]) for k in range(0, len(counts), step)]))


def auc(truth: Codes, scores: Array, weights: Array | None = None) -> Counted:
    """Area under the ROC curve, ties half, averaged over runs; `truth`: (n,), 0 or 1, `scores`: (runs, n).

    `weights` as in `f1`. Undefined where a resample holds one class only.
    """
    ranked = [_ranked(truth, own) for own in scores]

    def of(counts: Counts) -> Array:
        areas = []
        for negative, positive, below, upto in ranked:
            reached = np.zeros((len(counts), negative.size + 1), dtype=np.int64)
            np.cumsum(counts[:, negative], axis=1, out=reached[:, 1:])
            drawn = counts[:, positive]
            twice = np.einsum("rp,rp->r", drawn, reached[:, below] + reached[:, upto])
            with np.errstate(invalid="ignore"):
                areas.append(twice / (2.0 * drawn.sum(axis=1) * reached[:, -1]))
        return _over_runs(np.column_stack(areas), weights)

    return Counted(truth.size, of)


def _ranked(truth: Codes, scores: Array) -> tuple[Codes, Codes, Codes, Codes]:
    """Places of negatives and positives by rising score; for each positive the negatives below it, and up to it."""
    negative, positive = (np.flatnonzero(truth == code) for code in (0, 1))
    negative, positive = (places[np.argsort(scores[places], kind="stable")] for places in (negative, positive))
    below, upto = (np.searchsorted(scores[negative], scores[positive], side) for side in ("left", "right"))
    return negative, positive, below, upto
