"""A search's noise, its front of best-so-far, and how its params are laid out and which of them matters."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtrc, stdtrit

from assay.analysis.multiplicity import holm
from assay.model.metric import Direction
from assay.model.search import STEPS, Noise, SearchAxis

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MOST_TEXTS = 10
_FEWEST_FOLD, _TWO_DECADES, _NOT_UNIFORM = 30.0, 100.0, 0.33
_GROUPS = 6
_PER_GROUP = 4
_FEWEST = 8


def noise(std: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> Noise | None:
    """The pooled sd of configurations that have `std` (ddof 1) over `n` replicates; None where none has two.

    Assumes that all have the same spread. None too where nothing varied, which is no noise that could be measured.
    """
    spread, count = np.asarray(std, dtype=float), np.asarray(n, dtype=float)
    several = np.isfinite(spread) & (count >= 2)
    freedom = int((count[several] - 1).sum())
    pooled = float(np.sqrt(((count[several] - 1) * spread[several] ** 2).sum() / freedom)) if freedom else 0.0
    if not pooled > 0:
        return None
    width = pooled * float(stdtrit(freedom, 0.5 + level / 2)) * np.sqrt(2.0)
    return Noise(pooled, freedom, int(several.sum()), float(width), level)


def close(gains: Array, n: npt.ArrayLike, known: Noise, best: tuple[float, float] | None = None) -> Mask:
    """Which trials lie within the noise of the best: no further below it than means of `n` runs each may by chance.

    `gains`: scores of which the higher is the better; `best`: gain and n of the best where it isn't the best of these.
    """
    count = np.asarray(n, dtype=float)
    top, runs = best or (gains.max(), count[gains.argmax()])
    within: Mask = top - gains <= known.width * np.sqrt((1.0 / runs + 1.0 / count) / 2.0)
    return within


def gains(scores: Array, direction: Direction) -> Array:
    """Scores turned so that the higher is the better; the same turns them back."""
    return scores if direction is Direction.MAXIMIZE else -scores


def best_so_far(scores: Array, direction: Direction) -> Array:
    """Of each trial the best score up to it."""
    return gains(np.maximum.accumulate(gains(scores, direction)), direction)


def laid_out(name: str, values: Sequence[str | None], scores: Array, direction: Direction) -> SearchAxis:
    """One param of all trials, which have these `scores`; None where a trial did not log it.

    Numbers go on a scale where at least three different ones were logged, or two and no text. Everything else is a
    text: the ten most frequent by value, then by name, and the others together.
    """
    codes, distinct = pd.factorize(np.array(values, dtype=object))
    numbers = pd.to_numeric(pd.Series(distinct, dtype=object), errors="coerce").to_numpy(dtype=float)
    finite = np.isfinite(numbers)
    scaled = finite & (np.unique(numbers[finite]).size >= (2 if finite.all() else 3))
    place = np.full(len(distinct), np.nan)
    low, high, log = np.nan, np.nan, False
    if scaled.any():
        low, high = float(numbers[scaled].min()), float(numbers[scaled].max())
        logged = numbers[codes[codes >= 0]][scaled[codes[codes >= 0]]]
        log = _spans_decades(logged)
        place[scaled] = STEPS * position(numbers[scaled], low, high, log=log)
    texts, others = _texts(np.bincount(codes[codes >= 0], minlength=len(distinct)), distinct, numbers, ~scaled)
    absent = bool((codes < 0).any())
    first = STEPS + 1 if scaled.any() else 0
    columns = len(texts) + bool(others) + absent
    step_of = {text: first + i for i, text in enumerate(texts)}
    place[~scaled] = [step_of.get(text, first + len(texts)) + 0.5 for text in distinct[~scaled]]
    places = np.append(place, first + columns - 0.5)[codes]  # −1, not logged, takes the last
    best = np.full(first + columns if columns else STEPS, -np.inf)
    # The largest number belongs to the last step of numbers, not to the gap.
    step = np.where((places == STEPS) & scaled.any(), STEPS - 1, np.floor(places).astype(np.int64))
    np.maximum.at(best, step, gains(scores, direction))
    found = gains(np.where(np.isfinite(best), best, np.nan), direction)
    return SearchAxis(name, low, high, log, tuple(map(str, texts)), others, absent, places, step, found)


def position(numbers: Array, low: float, high: float, *, log: bool) -> Array:
    """Where numbers lie between `low`, 0, and `high`, 1."""
    if log:
        numbers, low, high = np.log(numbers), float(np.log(low)), float(np.log(high))
    # Halves, because the difference of two huge numbers leaves the floats.
    found: Array = (numbers / 2 - low / 2) / (high / 2 - low / 2)
    return found


def _spans_decades(numbers: Array) -> bool:
    """Whether a log scale spreads these more evenly than a plain one, or over two decades not much less evenly.

    Numbers that are uniform over two decades have their median at .85 of a log scale.
    """
    low, high = float(numbers.min()), float(numbers.max())
    if not low > 0 or not high / low >= _FEWEST_FOLD:
        return False
    middle = np.array([np.median(numbers)])
    plain, log = (abs(float(position(middle, low, high, log=log)[0]) - 0.5) for log in (False, True))
    return log <= plain or (high / low >= _TWO_DECADES and log <= _NOT_UNIFORM)


def _texts(
    counts: npt.NDArray[np.int64], distinct: npt.NDArray[np.object_], numbers: Array, chosen: Mask
) -> tuple[list[str], int]:
    """The texts that get a step of their own, in order, and how many others there are."""
    among = np.flatnonzero(chosen)
    most = MOST_TEXTS if len(among) <= MOST_TEXTS else MOST_TEXTS - 1
    kept = among[np.argsort(-counts[among], kind="stable")][:most]
    finite = np.isfinite(numbers)
    order = sorted(kept, key=lambda i: (not finite[i], numbers[i] if finite[i] else 0.0, distinct[i]))
    return [distinct[i] for i in order], len(among) - len(order)


def weighed(axes: Sequence[SearchAxis], scores: Array) -> tuple[SearchAxis, ...]:
    """The axes with what each explains of the ranking by score, most first; p by Holm over all of them.

    Kruskal and Wallis: numbers in up to six groups of equal size, each text a group. One param at a time; params that
    an adaptive search moves together share what they explain.
    """
    ranks = _ranks(scores)
    found = [_explained(axis, ranks) for axis in axes]
    adjusted = holm([one[1] if one else None for one in found])
    said = [
        replace(axis, explained=one[0], p_value=p) if one else axis
        for axis, one, p in zip(axes, found, adjusted, strict=True)
    ]
    return tuple(sorted(said, key=lambda axis: (axis.explained is None, -(axis.explained or 0.0), axis.p_value or 0.0)))


def _explained(axis: SearchAxis, ranks: Array) -> tuple[float, float] | None:
    """η² (0 at least) and p; None below eight trials, or where one group holds all."""
    n = len(ranks)
    if n < _FEWEST:
        return None
    total = float(((ranks - ranks.mean()) ** 2).sum())
    if not total > 0:
        return None
    on_scale = axis.numeric & (axis.places <= STEPS)
    groups = np.floor(axis.places).astype(np.int64) + _GROUPS
    numbers = axis.places[on_scale]
    several = max(2, min(_GROUPS, len(numbers) // _PER_GROUP))
    groups[on_scale] = np.minimum((_ranks(numbers) - 0.5) / max(len(numbers), 1) * several, several - 1).astype(
        np.int64
    )
    _, codes, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    k = len(sizes)
    if k < 2 or k >= n:
        return None
    means = np.bincount(codes, weights=ranks) / sizes
    statistic = (n - 1) * float((sizes * (means - ranks.mean()) ** 2).sum()) / total
    return max(0.0, (statistic - k + 1) / (n - k)), float(chdtrc(k - 1, statistic))


def _ranks(values: Array) -> Array:
    """From 1; equal values share the mean of theirs."""
    _, codes, sizes = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Array = (np.cumsum(sizes) - (sizes - 1) / 2.0)[codes]
    return ranks
