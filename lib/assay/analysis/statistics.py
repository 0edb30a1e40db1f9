"""Statistics of many resamples at once: every argument is an array of shape (resamples, n), the answer (resamples,)."""

from collections.abc import Callable, Sequence

import numpy as np

from assay.analysis.sample import Array

Statistic = Callable[..., Array]


def mean(values: Array) -> Array:
    """Arithmetic mean."""
    return np.asarray(values.mean(axis=-1))


def median(values: Array) -> Array:
    """Middle value, or the mean of the two middle ones."""
    return np.asarray(np.median(values, axis=-1))


def quantile(share: float) -> Statistic:
    """The value below which `share` of the sample lies, interpolated linearly."""

    def statistic(values: Array) -> Array:
        return np.asarray(np.quantile(values, share, axis=-1))

    return statistic


def trimmed_mean(share: float) -> Statistic:
    """The mean without ⌊share · n⌋ values at either end; share < ½."""
    if not 0.0 <= share < 0.5:
        raise ValueError(f"the trimmed share is {share}; it must be at least 0 and below 0.5")

    def statistic(values: Array) -> Array:
        n = values.shape[-1]
        cut = int(share * n)
        inner = np.partition(values, (cut, n - 1 - cut), axis=-1) if cut else values
        return np.asarray(inner[..., cut : n - cut].mean(axis=-1))

    return statistic


iqm = trimmed_mean(0.25)
"""Interquartile mean: the mean of the middle half."""


def f1(truth: Array, predicted: Array) -> Array:
    """F1 of the positive class, both arrays 0 or 1; NaN where neither has a positive."""
    return _f1(truth == 1, predicted == 1)


def macro_f1(classes: Sequence[float]) -> Statistic:
    """The mean F1 over `classes`; a class that a resample holds in neither array counts as NaN there."""

    def statistic(truth: Array, predicted: Array) -> Array:
        return np.asarray(np.mean([_f1(truth == c, predicted == c) for c in classes], axis=0))

    return statistic


def auc(truth: Array, score: Array) -> Array:
    """Area under the ROC curve, ties half; `truth` is 0 or 1. NaN where a resample holds one class only."""
    levels, codes = np.unique(score, return_inverse=True)
    codes = codes.reshape(score.shape)
    rows, width = score.shape[0], levels.size
    places = (codes + np.arange(rows)[:, None] * width).ravel()
    positive = np.bincount(places, truth.ravel(), rows * width).reshape(rows, width)
    negative = np.bincount(places, 1.0 - truth.ravel(), rows * width).reshape(rows, width)
    below = np.cumsum(negative, axis=1) - negative / 2.0
    with np.errstate(invalid="ignore"):
        return np.asarray((positive * below).sum(axis=1) / (positive.sum(axis=1) * negative.sum(axis=1)))


def _f1(truth: np.ndarray, predicted: np.ndarray) -> Array:
    hits = (truth & predicted).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return np.asarray(2.0 * hits / (truth.sum(axis=-1) + predicted.sum(axis=-1)))
