"""How much of the room between the best and a reference point a front takes, whatever the objectives' units."""

from collections.abc import Sequence
from math import comb

import numpy as np

from assay.analysis.sample import Array
from assay.analysis.tradeoffs.front import front, hypervolume
from assay.model.metric import Direction
from assay.model.tradeoffs.front import Hypervolume

_MARGIN = 0.1
_DIGITS = 15
# Of about a microsecond; and slices lie as deep in each other as there are objectives.
_MOST_STEPS, _MOST_OBJECTIVES = 2_000_000, 400


def share(
    values: Array, everybody: Array, directions: Sequence[Direction], reference: Sequence[float] = ()
) -> Hypervolume | None:
    """The share of the box between the ideal and the reference that the rows of `values` dominate.

    `everybody`: the rows that span the box, (n, objectives), without a NaN: the ideal is the best of each objective,
    the reference lies 10 % of their range beyond the worst unless it is given. What lies beyond the ideal, as means of
    some of the runs may, counts as far as it. Objectives in which the box has no extent are left out of it; where the
    reference was given it is 0 then. None without rows, where no objective is left, and where the volume would take
    too long: from four objectives on its steps grow with both rows and objectives, as binomial coefficients do.
    """
    if not len(everybody):
        return None
    up = np.array([way is Direction.MAXIMIZE for way in directions])
    low, high = everybody.min(axis=0), everybody.max(axis=0)
    ideal, worst = np.where(up, high, low), np.where(up, low, high)
    limit = np.array(reference, dtype=np.float64) if len(reference) else worst + _MARGIN * (worst - ideal)
    room = np.where(up, ideal - limit, limit - ideal)
    known = room != 0
    if len(reference) and not known.all():
        return Hypervolume(0.0, tuple(limit.tolist()), tuple(ideal.tolist()))
    if not known.any():
        return None
    ways = [way for way, here in zip(directions, known, strict=True) if here]
    held = np.where(up, np.minimum(values, ideal), np.maximum(values, ideal))[:, known]
    held = held[front(held, ways)]
    if not _feasible(*held.shape):
        return None
    volume = hypervolume(held / np.abs(room[known]), ways, limit[known] / np.abs(room[known]))
    return Hypervolume(round(volume, _DIGITS), tuple(limit.tolist()), tuple(ideal.tolist()))


def _feasible(rows: int, objectives: int) -> bool:
    """Whether slices of slices stay few: each objective beyond three sums over the sizes of what it cuts."""
    if rows <= 2 or objectives <= 3:
        return True
    return objectives <= _MOST_OBJECTIVES and objectives * comb(rows + objectives - 4, objectives - 2) <= _MOST_STEPS
