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
_HEAD = 64


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
        undominated = _of_two if costs.shape[1] == 2 else _of_many
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


def _of_many(costs: Array) -> Places:
    """By culling: the best rows by sum of ranks cannot be dominated by later ones, and throw most of these out."""
    ranks = np.stack([np.unique(column, return_inverse=True)[1] for column in costs.T])
    sums = ranks.sum(axis=0)
    order = np.argsort(sums, kind="stable")
    found = []
    while order.size:
        head, order = order[:_HEAD], order[_HEAD:]
        head = head[~_beaten(ranks, sums, head, head)]
        order = order[~_beaten(ranks, sums, order, head)]
        found.append(head)
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
    # Nowhere worse and a smaller sum of ranks is the same as nowhere worse and somewhere better.
    beaten = sums[by] < sums[these][:, None]
    for rank in ranks:
        beaten &= rank[by] <= rank[these][:, None]
    return np.asarray(beaten.any(axis=1))


def _volume(gains: Array) -> float:
    """Of the union of boxes from 0 to each row, all above 0: slices along the last objective, deepest first."""
    if gains.shape[1] == 1:
        return float(gains.max())
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
