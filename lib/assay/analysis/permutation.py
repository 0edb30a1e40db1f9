"""Sign flips of paired differences and relabelling of two groups: exact where it can be, else drawn."""

from collections.abc import Iterator
from itertools import chain, combinations
from math import comb

import numpy as np

from assay.analysis.inference import Ranked, ranked
from assay.analysis.sample import Array, Groups, generator
from assay.model.comparison.procedure import Procedure, Technique

EXACT_LIMIT = 20
_EXACT_LABELLINGS = 200_000
_CHUNK = 2_000_000
_MANY = 1000


def sign_flips(
    differences: Array,
    resamples: int,
    seed: int,
    rows: Array | None = None,
    technique: Technique = Technique.SIGN_FLIPS,
) -> Ranked:
    """Of the mean of paired differences; exact up to n = 20. Assumes differences symmetric about their mean.

    A shift θ is compatible with the data as far as rearrangements of the data, moved by θ, are as extreme. `rows`:
    where `differences` are sums, of how many rows each; the mean is then that of the rows.
    """
    n = differences.size
    held = np.ones(n) if rows is None else rows
    observed = float(differences.sum() / held.sum())
    if n <= EXACT_LIMIT:
        sums, sizes = _subsets(differences, held)
        made = Procedure(technique, prefix="exact")
        return ranked(observed, sums[1:] / sizes[1:], made, made)
    rng = generator(seed)
    shifts = np.concatenate([_flipped(differences, held, size, rng) for size in _chunks(resamples, n)])
    made = Procedure(technique, prefix=f"{resamples:,}")
    return ranked(observed, shifts, made, made)


def relabelled(first: Array, second: Array, resamples: int, seed: int) -> Ranked:
    """Of mean(first) − mean(second); exact up to 20 values in all, and further while there are few labellings.

    Assumes that under no difference the two groups are exchangeable: the same spread too.
    """
    pooled = np.concatenate((first, second))
    own = first.size
    labellings = comb(pooled.size, own)
    exact = labellings <= _EXACT_LABELLINGS
    picked = _all_labellings(pooled.size, own) if exact else _drawn_labellings(pooled.size, own, resamples, seed)
    shifts = np.concatenate([_overtaking(first, second, rows) for rows in picked])
    drawn = "" if exact else f"{resamples:,} labellings"
    made = Procedure(Technique.PERMUTATION, drawn, "exact" if exact else "")
    return ranked(float(first.mean() - second.mean()), shifts, made, made)


def smallest_p(groups: Groups) -> float:
    """The smallest two-sided p that any data of this size could give; not below 2⁻⁹⁹⁹."""
    if len(groups) == 1:
        return min(1.0, 2.0 / 2.0 ** min(groups[0].size, _MANY))
    first, second = groups[0].size, groups[1].size
    if min(first, second) > _MANY:
        return 2.0 / 2.0**_MANY
    return min(1.0, 2.0 / float(min(comb(first + second, first), 2**_MANY)))


def _subsets(values: Array, held: Array) -> tuple[Array, Array]:
    """Sum and size of every subset, by doubling; the empty one first."""
    sums, sizes = np.zeros(1), np.zeros(1)
    for value, size in zip(values, held, strict=True):
        sums = np.concatenate((sums, sums + value))
        sizes = np.concatenate((sizes, sizes + size))
    return sums, sizes


def _flipped(differences: Array, held: Array, rows: int, rng: np.random.Generator) -> Array:
    flips = rng.integers(0, 2, (rows, differences.size), dtype=np.int8).astype(np.float64)
    sizes = flips @ held
    # A draw that flips nothing is the observed arrangement, which is counted already.
    return np.asarray((flips @ differences)[sizes > 0] / sizes[sizes > 0], dtype=np.float64)


def _overtaking(first: Array, second: Array, rows: np.ndarray) -> Array:
    """The shift at which each labelling (indices of its first group) equals the observed difference."""
    pooled = np.concatenate((first, second))
    # About a common point first: a large mean would cost the differences their digits.
    pooled -= pooled.mean()
    n, m = first.size, second.size
    total = pooled.sum()
    sums = pooled[rows].sum(axis=1)
    moved = (rows >= n).sum(axis=1)
    gap = moved * (1.0 / n + 1.0 / m)
    observed = pooled[:n].mean() - pooled[n:].mean()
    relabelled_difference = sums / n - (total - sums) / m
    kept = moved > 0
    return np.asarray((observed - relabelled_difference)[kept] / gap[kept], dtype=np.float64)


def _all_labellings(n: int, own: int) -> Iterator[np.ndarray]:
    flat = np.fromiter(chain.from_iterable(combinations(range(n), own)), dtype=np.int32, count=comb(n, own) * own)
    yield flat.reshape(-1, own)


def _drawn_labellings(n: int, own: int, resamples: int, seed: int) -> Iterator[np.ndarray]:
    rng = generator(seed)
    for rows in _chunks(resamples, n):
        yield rng.random((rows, n), dtype=np.float32).argpartition(own - 1, axis=1)[:, :own]


def _chunks(resamples: int, n: int) -> Iterator[int]:
    step = max(1, _CHUNK // max(n, 1))
    for start in range(0, resamples, step):
        yield min(step, resamples - start)
