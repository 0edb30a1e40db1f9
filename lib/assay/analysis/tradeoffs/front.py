"""Best compromises between several objectives: which rows nothing beats, and how much room they take together."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assay.analysis.sample import Array
from assay.model.metric import Direction

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

_STRONG = 32
_HEAD, _LARGEST_HEAD = 64, 1024
_BITS = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))


def front(values: Array, directions: Sequence[Direction]) -> Mask:
    """Which rows of an n × d table (objectives as columns) no row dominates; equal rows stay together.

    A row dominates another when it is nowhere worse and somewhere better. Units do not matter, order neither.
    A row with a NaN is never on it. Noise is not known here: a row may be on the front by luck. ValueError where
    columns and directions differ.
    """
    costs = _costs(values, directions)
    known = ~np.isnan(costs).any(axis=1)
    on = np.zeros(known.size, dtype=np.bool_)
    places = np.flatnonzero(known)
    if places.size:
        places = places[_promising(costs[places])]
        undominated = _of_two if costs.shape[1] == 2 else of_many
        on[places[undominated(costs[places])]] = True
    return on


def dominator(values: Array, directions: Sequence[Direction], row: int) -> int | None:
    """The first row that is nowhere worse than `row` and somewhere better; None where none is."""
    costs = _costs(values, directions)
    better = (costs <= costs[row]).all(axis=1) & (costs < costs[row]).any(axis=1)
    return int(np.argmax(better)) if better.any() else None


def hypervolume(values: Array, directions: Sequence[Direction], reference: Sequence[float]) -> float:
    """Volume of what the rows dominate as far as the reference point, exact, in the product of the columns' units.

    Only comparable under one fixed, shown reference on normalised objectives. Rows with a NaN and rows not better
    than the reference in every objective add nothing. n log n up to three objectives; each one more costs a factor n,
    so four are for hundreds of rows. ValueError for unequal widths, an infinite reference, or an infinitely good row.
    """
    costs = _costs(values, directions)
    limit = _costs(np.asarray([reference], dtype=np.float64), directions)[0]
    if not np.isfinite(limit).all():
        raise ValueError("the reference point must be finite in every objective")
    inside = costs[(costs < limit).all(axis=1)]
    if not np.isfinite(inside).all():
        raise ValueError("a row is infinitely good in some objective, so its volume has no size")
    if not inside.size:
        return 0.0
    return _volume(limit - inside[front(inside, [Direction.MINIMIZE] * limit.size)])


def _costs(values: Array, directions: Sequence[Direction]) -> Array:
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(directions) or not directions:
        raise ValueError(f"{len(directions)} directions do not fit a table of shape {table.shape}: one per column")
    return table * np.where([Direction(way) is Direction.MAXIMIZE for way in directions], -1.0, 1.0)


def _of_two(costs: Array) -> Places:
    """By a running minimum: lowest of its column's ties, and lower than everything further left."""
    order = np.lexsort((costs[:, 1], costs[:, 0]))
    x, y = costs[order].T
    first = np.searchsorted(x, x, "left")
    lowest = np.minimum.accumulate(y)
    return np.asarray(order[(y == y[first]) & ((first == 0) | (y < lowest[first - 1]))])


def of_many(costs: Array) -> Places:
    """Places of the rows of an n × d table without a NaN that nothing dominates, lower being better.

    By culling: the best rows by sum of ranks cannot be dominated by later ones, and throw most of these out.
    """
    ranks = np.stack([np.unique(column, return_inverse=True)[1] for column in costs.T])
    sums = ranks.sum(axis=0)
    order = np.argsort(sums, kind="stable")
    found, size = [order[:0]], _HEAD
    while order.size:
        left = ~_beaten(ranks, sums, order, order[:size])
        found.append(order[:size][left[:size]])
        order = order[size:][left[size:]]
        size = min(2 * size, _LARGEST_HEAD)
    return np.concatenate(found)


def _promising(costs: Array) -> Places:
    """Places that a few strong rows leave: everything worse than one of them in every objective is gone."""
    places = np.arange(len(costs))
    if places.size <= _HEAD:
        return places
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        sums = ((costs - costs.min(axis=0)) / np.ptp(costs, axis=0)).sum(axis=1)
    for row in costs[np.argpartition(sums, _STRONG)[:_STRONG]]:
        places = places[(costs[places] <= row).any(axis=1)]
    return places


def _beaten(ranks: Places, sums: Places, these: Places, by: Places) -> Mask:
    """Which of these one of the others dominates, a bit for each of the others.

    Nowhere worse and a smaller sum of ranks is the same as nowhere worse and somewhere better.
    """
    better = _first_bits(sums[by], sums[these] - 1)
    for rank in ranks:
        better &= _first_bits(rank[by], rank[these])
    return np.asarray(better.any(axis=1))


def _first_bits(ranks: Places, limits: Places) -> npt.NDArray[np.uint64]:
    """For each limit the set of places whose rank is no higher: (limits, words of 64 bits)."""
    order = np.argsort(ranks, kind="stable")
    bits = np.zeros((ranks.size + 1, -(-ranks.size // 64)), dtype=np.uint64)
    bits[np.arange(1, ranks.size + 1), order // 64] = _BITS[order % 64]
    return np.bitwise_or.accumulate(bits, axis=0).take(np.searchsorted(ranks[order], limits, "right"), axis=0)


def _volume(gains: Array) -> float:
    """Of the union of boxes from 0 to each row, all above 0: slices along the last objective, deepest first."""
    if gains.shape[1] == 1:
        return float(gains.max())
    if len(gains) <= 2:
        boxes = gains.prod(axis=1)
        return float(boxes.sum() - (gains.min(axis=0).prod() if len(gains) == 2 else 0.0))
    gains = gains[np.argsort(-gains[:, -1], kind="stable")]
    depths = gains[:, -1] - np.append(gains[1:, -1], 0.0)
    if gains.shape[1] == 2:
        return float(np.maximum.accumulate(gains[:, 0]) @ depths)
    if gains.shape[1] == 3:
        return float(_areas(gains) @ depths)
    return sum(_volume(gains[:end, :-1]) * float(depths[end - 1]) for end in np.flatnonzero(depths) + 1)


def _areas(gains: Array) -> Array:
    """Area under the staircase of the first 1, 2 … n rows: widths ascend while heights fall."""
    widths, heights, areas, area = [0.0, float("inf")], [float("inf"), 0.0], [], 0.0
    for x, y in gains[:, :2].tolist():
        place = bisect_left(widths, x)
        if heights[place] < y:
            start = place
            while heights[start - 1] <= y:
                start -= 1
            edges = [*widths[start - 1 : place], x]
            area += sum((edges[i + 1] - edges[i]) * (y - heights[start + i]) for i in range(len(edges) - 1))
            widths[start:place], heights[start:place] = [x], [y]
        areas.append(area)
    return np.array(areas)
