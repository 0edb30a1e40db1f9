"""Curves at shared places: rows on one grid, means with what lies about them, and what two sides show apart."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from assay.analysis.sample import Array
from assay.model.curves.answer import Apart, CurveSide, Line, Row, Shape
from assay.model.curves.question import Manner, Spread
from assay.model.metric import Direction

_BEFORE_THE_END = 5
_ROUNDING = 1e-12

Gap = tuple[Array, Array, Array]
"""Estimate and interval at each place."""


def on_grid(places: Array, at: npt.NDArray[np.int64], values: Array) -> Array:
    """`values` logged at the places numbered `at` (ascending): between them by a straight line, outside NaN.

    A value that is NaN makes the lines on both sides of it NaN.
    """
    return np.asarray(np.interp(places, places[at], values, left=np.nan, right=np.nan))


def smoothed(rows: Array, window: int) -> Array:
    """Centred means of `window` places along the last axis, shrunk alike on both sides near the ends.

    NaN stays NaN and is in no mean.
    """
    n = rows.shape[-1]
    half = np.minimum(window // 2, np.minimum(np.arange(n), np.arange(n)[::-1]))
    known = np.isfinite(rows)
    start, stop = np.arange(n) - half, np.arange(n) + half + 1
    sums, counts = (_running(part) for part in (np.where(known, rows, 0.0), known.astype(float)))
    total, count = (part[..., stop] - part[..., start] for part in (sums, counts))
    return np.asarray(
        np.where(known, np.divide(total, count, where=count > 0, out=np.full(rows.shape, np.nan)), np.nan)
    )


def _running(values: Array) -> Array:
    zero = np.zeros((*values.shape[:-1], 1))
    return np.concatenate([zero, np.cumsum(values, axis=-1)], axis=-1)


def line(side: CurveSide, manner: Manner, level: float) -> Line:
    """A side as `manner` says; means are of the replicates that are there."""
    means = np.array(side.means)
    raw, std, n = _summary(means)
    if manner.spread is Spread.INTERVAL:
        half = _quantile(n - 1.0, level) * std / np.sqrt(np.maximum(n, 1))
        low, high = raw - half, raw + half
    else:
        low, high = _least(np.array(side.lows)), -_least(-np.array(side.highs))
    drawn = (smoothed(part, manner.window) for part in (raw, low, high))
    mean, low, high = drawn
    return Line(_row(mean), _row(low), _row(high), _row(raw), _row(std), tuple(n.tolist()))


def reached(sides: Sequence[CurveSide]) -> int | None:
    """The last place at which every replicate of every side has a value; None without one."""
    together = [row for side in sides for row in side.means]
    there = np.flatnonzero(np.isfinite(np.array(together)).all(axis=0)) if together else np.array([], int)
    return int(there[-1]) if there.size else None


def ranked(sides: Sequence[CurveSide], end: int, direction: Direction) -> list[int]:
    """The sides that have a curve, best mean at the place `end` first."""
    known = [place for place, side in enumerate(sides) if side.means]
    return sorted(known, key=lambda k: -direction.gain(float(np.array(sides[k].means)[:, end].mean())))


def apart(
    sides: Sequence[CurveSide], order: Sequence[int], pairs: Sequence[tuple[int, int]], end: int,
    direction: Direction, level: float, fewest: int,
) -> Apart:  # fmt: skip
    """The first of `order` minus the second at every place; `pairs`: rows of both that belong together, or none.

    From fewer than `fewest` replicates nothing follows from the intervals. Where the leader was surely behind is looked
    for, so that those intervals are corrected over all places (Bonferroni).
    """
    leader, rival = order[:2]
    first, second = (np.array(sides[place].means) for place in (leader, rival))
    mean, low, high = difference(first, second, pairs, level)
    _, lowest, highest = difference(first, second, pairs, 1.0 - (1.0 - level) / (end + 1))
    sign = direction.gain(1.0)
    surely, behind = (low > 0, highest < 0) if sign > 0 else (high < 0, lowest > 0)
    if not enough(sides, order[:2], pairs, fewest):
        surely = behind = np.zeros(mean.size, dtype=bool)
    known = np.isfinite(mean)
    # Curves of the same first weights are equal there, and who was never behind passes nobody.
    ahead = sign * mean[: end + 1] > 0
    lost = np.flatnonzero(known[: end + 1] & ~ahead) if (sign * mean[: end + 1] < 0).any() else np.array([], int)
    passed = int(lost[-1]) + 1 if lost.size and lost[-1] < end else None
    open_ = np.flatnonzero(known[: end + 1] & ~surely[: end + 1])
    good = (int(open_[-1]) + 1 if open_.size else int(np.flatnonzero(known)[0])) if surely[end] else None
    before = np.flatnonzero(behind[: end + 1])
    return Apart(
        leader, rival, _row(mean), _row(low), _row(high), level, len(pairs), passed, good,
        int(before[-1]) if before.size else None,
    )  # fmt: skip


def difference(first: Array, second: Array, pairs: Sequence[tuple[int, int]], level: float) -> Gap:
    """Mean of first − second at each place with its t interval, over `pairs` of rows, or by Welch without pairs.

    first, second: (replicates, places), NaN where there is none. NaN ends where fewer than two are there, or nothing
    varies.
    """
    if pairs:
        ours, theirs = (list(own) for own in zip(*pairs, strict=True))
        mean, std, n = _summary(first[ours] - second[theirs])
        error, freedom = std / np.sqrt(np.maximum(n, 1)), n - 1.0
    else:
        (a, s, n), (b, t, m) = _summary(first), _summary(second)
        mean, shares = a - b, (s**2 / np.maximum(n, 1), t**2 / np.maximum(m, 1))
        total = shares[0] + shares[1]
        error = np.sqrt(total)
        with np.errstate(invalid="ignore", divide="ignore"):
            freedom = total**2 / (shares[0] ** 2 / (n - 1.0) + shares[1] ** 2 / (m - 1.0))
    scale = np.fmax.reduce(np.abs(np.concatenate([first, second])), axis=0)
    with np.errstate(invalid="ignore"):
        half = np.where(error > _ROUNDING * scale, _quantile(freedom, level) * error, np.nan)
    return mean, mean - half, mean + half


def ahead_of_all(
    sides: Sequence[CurveSide], order: Sequence[int], pairs: Sequence[Sequence[tuple[int, int]]], end: int,
    direction: Direction, level: float, fewest: int,
) -> bool:  # fmt: skip
    """Whether the first of `order` is ahead of each other one at `end`, corrected over all pairs of sides (Bonferroni).

    `pairs`: rows that belong together, of the first and each of the others in their order.
    """
    level = 1.0 - (1.0 - level) / max(1, len(list(combinations(order, 2))))
    first = np.array(sides[order[0]].means)[:, end : end + 1]
    for other, own in zip(order[1:], pairs, strict=True):
        if not enough(sides, (order[0], other), own, fewest):
            return False
        _, low, high = difference(first, np.array(sides[other].means)[:, end : end + 1], own, level)
        if not (low[0] > 0 if direction.gain(1.0) > 0 else high[0] < 0):
            return False
    return True


def enough(sides: Sequence[CurveSide], two: Sequence[int], pairs: Sequence[tuple[int, int]], fewest: int) -> bool:
    """Whether a claim may rest on these two sides."""
    return (len(pairs) or min(len(sides[place].means) for place in two)) >= fewest


def shape(side: CurveSide, end: int, direction: Direction, level: float, fewest: int) -> Shape | None:
    """Which way a side still moves at `end`, and whether it was better before; None without a curve.

    Still moving: from a fifth before the end on, by the t interval. Turned: the best place was looked for, so its
    interval is corrected over all places (Bonferroni).
    """
    if not side.means:
        return None
    rows = direction.gain(1.0) * np.array(side.means)[:, : end + 1]
    there = np.isfinite(rows).all(axis=0)
    best = int(np.flatnonzero(there)[np.argmax(rows[:, there].mean(axis=0))])
    if len(rows) < fewest or not end:
        return Shape(best)
    before = end - max(1, end // _BEFORE_THE_END)
    fallen = _change(rows, best, end, 1.0 - (1.0 - level) / (end + 1)) if best < end else np.nan
    return Shape(best, turned=bool(fallen > 0), moving=bool(_change(rows, end, before, level) > 0))


def _change(rows: Array, later: int, earlier: int, level: float) -> float:
    """How much every row by itself is higher at one place than at another, at least."""
    every = [(k, k) for k in range(len(rows))]
    return float(difference(rows[:, later : later + 1], rows[:, earlier : earlier + 1], every, level)[1][0])


def _summary(rows: Array) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    """Mean, standard deviation (ddof 1) and count of what there is at each place; NaN for none, or a single one."""
    known = np.isfinite(rows)
    n = known.sum(axis=0)
    mean = np.where(n > 0, np.where(known, rows, 0.0).sum(axis=0) / np.maximum(n, 1), np.nan)
    squares = np.where(known, (rows - mean) ** 2, 0.0).sum(axis=0)
    return mean, np.where(n > 1, np.sqrt(squares / np.maximum(n - 1, 1)), np.nan), n


def _least(rows: Array) -> Array:
    """The lowest at each place, NaN for none; `fmin` doesn't warn of that."""
    return np.asarray(np.fmin.reduce(rows, axis=0))


def _quantile(freedom: npt.NDArray[Any], level: float) -> Array:
    """Of Student's t; NaN without a degree of freedom."""
    usable = np.isfinite(freedom) & (freedom > 0)
    return np.where(usable, stdtrit(np.where(usable, freedom, 1.0), (1.0 + level) / 2), np.nan)


def _row(values: Array) -> Row:
    return tuple(values.tolist())
