"""Scores over several tasks: what sums them up, probability of improvement, and performance profiles.

Resamples draw n − 1 of n runs of each task: all n would spread too little by √((n − 1)/n) with any number of tasks.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from assay.analysis.resample import Resampled
from assay.analysis.sample import Array, generator
from assay.model.comparison.tasks import Aggregate

Tasks = Sequence[Array]
"""Scores of every run on each task, one array per task, on a scale that makes tasks comparable."""

_CHUNK = 1_000_000
_DRAWN = 20_000_000
_FEWEST = 1_000
_MIDDLE = 4


def affordable(resamples: int, runs: int) -> int:
    """As many of `resamples` as can be drawn of so many runs in a second or two, but never fewer than a thousand."""
    return min(resamples, max(_FEWEST, _DRAWN // max(runs, 1)))


def summed_up(
    tasks: Tasks, target: float | None, *, resamples: int, rng: np.random.Generator
) -> dict[Aggregate, Resampled]:
    """Every aggregate with its resamples, runs drawn within each task; every task weighs the same.

    The interquartile mean is of the middle half of all scores; median and mean are of the tasks' means; the optimality
    gap is what is missing to `target` on average, and left out without one.
    """
    of = _statistics(tasks, target)
    sizes = np.array([task.size for task in tasks])
    seen = of(1.0 / np.repeat(sizes, sizes)[None, :])
    draws = [of(weights) for weights in _resampled(sizes, resamples, rng)]
    return {
        name: Resampled(float(seen[name][0]), np.concatenate([drawn[name] for drawn in draws]), 0, stratified=True)
        for name in seen
    }


def difference(first: Resampled, second: Resampled) -> Resampled:
    """first − second, each drawn on its own."""
    return Resampled(first.estimate - second.estimate, first.draws - second.draws, 0, stratified=True)


def interquartile_mean(tasks: Tasks, *, resamples: int = 10_000, seed: int = 0) -> Resampled:
    """The mean of the middle half of all scores, runs drawn within each task."""
    return summed_up(tasks, None, resamples=resamples, rng=generator(seed))[Aggregate.IQM]


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
        draws += np.einsum("rj,rj->r", rows @ table, columns)
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


def _drawn(n: int) -> int:
    """How many of n runs a resample holds."""
    return max(n - 1, 1)


def _counts(n: int, resamples: int, rng: np.random.Generator) -> Array:
    """How often each of n values is drawn, as shares, one row per resample."""
    picked = rng.integers(0, n, (resamples, _drawn(n))) + n * np.arange(resamples)[:, None]
    return np.bincount(picked.ravel(), minlength=resamples * n).reshape(resamples, n) / _drawn(n)


def _statistics(tasks: Tasks, target: float | None) -> Callable[[Array], dict[Aggregate, Array]]:
    """Every aggregate of resamples, given the weight of each run: shape (resamples, runs), 1 in total on each task."""
    scores, sizes = np.concatenate(tasks), np.array([task.size for task in tasks])
    starts = _starts(sizes)
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    # With as many runs on every task these are the ⌊n/4⌋ runs at either end that others leave out.
    cut = (scores.size // _MIDDLE) / scores.size * sizes.size
    kept = sizes.size - 2 * cut

    def of(weights: Array) -> dict[Aggregate, Array]:
        means = np.add.reduceat(weights * scores, starts, axis=1)
        reached = np.clip(weights[:, order].cumsum(axis=1), cut, cut + kept)
        found = {
            Aggregate.IQM: np.diff(reached, axis=1, prepend=cut) @ ordered / kept,
            Aggregate.MEDIAN: np.median(means, axis=1),
            Aggregate.MEAN: means.mean(axis=1),
        }
        if target is not None:
            found[Aggregate.OPTIMALITY_GAP] = weights @ np.maximum(target - scores, 0.0) / sizes.size
        return found

    return of


def _resampled(sizes: npt.NDArray[np.int64], resamples: int, rng: np.random.Generator) -> Iterator[Array]:
    """The weight of each run, task after task: at most a million cells at once."""
    runs, drawn = int(sizes.sum()), np.array([_drawn(int(n)) for n in sizes])
    first, among = np.repeat(_starts(sizes), drawn), np.repeat(sizes, drawn)
    share = np.repeat(drawn, sizes)
    step = max(1, _CHUNK // runs)
    for done in range(0, resamples, step):
        rows = min(step, resamples - done)
        places = (rng.random((rows, among.size)) * among).astype(np.int64)
        picked = first + places + runs * np.arange(rows)[:, None]
        yield np.bincount(picked.ravel(), minlength=rows * runs).reshape(rows, runs) / share


def _starts(sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.append(0, sizes.cumsum()[:-1])
