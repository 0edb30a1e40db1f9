"""Scores over several tasks: interquartile mean, probability of improvement, and performance profiles."""

from collections.abc import Sequence

import numpy as np

from assay.analysis.resample import Resampled, stratified
from assay.analysis.sample import Array, generator
from assay.analysis.statistics import iqm

Tasks = Sequence[Array]
"""Scores of every run on each task, one array per task, on a scale that makes tasks comparable."""


def interquartile_mean(tasks: Tasks, *, resamples: int = 10_000, seed: int = 0) -> Resampled:
    """The mean of the middle half of all scores, runs drawn within each task."""
    return stratified([task.size for task in tasks], iqm(np.concatenate(tasks)), resamples=resamples, seed=seed)


def probability_of_improvement(first: Tasks, second: Tasks) -> float:
    """The chance that a run of `first` beats one of `second` on a task taken at random; a tie counts half.

    Higher scores are better; swap the arguments where lower ones are. Says nothing of how large the gain is.
    """
    return float(np.mean([_wins(ours, theirs) for ours, theirs in _matched(first, second)]))


def improvement(first: Tasks, second: Tasks, *, resamples: int = 2_000, seed: int = 0) -> Resampled:
    """The same with its resamples, runs drawn within each task and side."""
    rng = generator(seed)
    pairs = _matched(first, second)
    draws = np.zeros(resamples)
    for ours, theirs in pairs:
        # Which of the two wins is a table; a resample only picks its rows and columns.
        table = _win_table(ours, theirs)
        rows = _counts(ours.size, resamples, rng)
        columns = _counts(theirs.size, resamples, rng)
        draws += np.einsum("ri,ij,rj->r", rows, table, columns, optimize=True)
    estimate = probability_of_improvement(first, second)
    return Resampled(estimate, draws / len(pairs), 0, stratified=True)


def profile(tasks: Tasks, thresholds: Array) -> Array:
    """The share of runs above each threshold, every task weighing the same: one curve, falling."""
    ordered = [np.sort(task) for task in tasks]
    shares = [1.0 - np.searchsorted(task, thresholds, "right") / task.size for task in ordered]
    return np.asarray(np.mean(shares, axis=0))


def profile_band(
    tasks: Tasks, thresholds: Array, level: float, *, resamples: int = 2_000, seed: int = 0
) -> tuple[Array, Array]:
    """Pointwise percentile band of `profile`, runs drawn within each task."""
    rng = generator(seed)
    draws = np.zeros((resamples, thresholds.size))
    for task in tasks:
        draws += _counts(task.size, resamples, rng) @ (task[:, None] > thresholds[None, :])
    tail = (1.0 - level) / 2
    low, high = np.quantile(draws / len(tasks), [tail, 1.0 - tail], axis=0)
    return np.asarray(low), np.asarray(high)


def _matched(first: Tasks, second: Tasks) -> list[tuple[Array, Array]]:
    if len(first) != len(second):
        raise ValueError(f"{len(first)} tasks cannot be compared with {len(second)}: both sides need the same ones")
    return list(zip(first, second, strict=True))


def _win_table(ours: Array, theirs: Array) -> Array:
    gap = ours[:, None] - theirs[None, :]
    return np.where(gap > 0, 1.0, np.where(gap == 0, 0.5, 0.0))


def _wins(ours: Array, theirs: Array) -> float:
    ordered = np.sort(theirs)
    below, upto = np.searchsorted(ordered, ours, "left"), np.searchsorted(ordered, ours, "right")
    return float((below + upto).mean()) / (2.0 * theirs.size)


def _counts(n: int, resamples: int, rng: np.random.Generator) -> Array:
    """How often each of n values is drawn, as shares, one row per resample."""
    return rng.multinomial(n, np.full(n, 1.0 / n), resamples) / float(n)
