"""How probably a configuration is on the front, given how much its replicates vary."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assay.analysis.sample import Array
from assay.analysis.tradeoffs.draws import Replicated, drawn
from assay.analysis.tradeoffs.front import front
from assay.model.comparison.question import Statistic
from assay.model.metric import Direction
from assay.model.tradeoffs.front import Place
from assay.model.tradeoffs.question import DRAWS

SURE, HARDLY = 0.95, 0.05
_MOST_PAIRED = 128
_STRONG = 32


def probabilities(
    configurations: Sequence[Replicated],
    directions: Sequence[Direction],
    statistic: Statistic = Statistic.MEAN,
    *,
    fewest: int,
    seed: int = 0,
    draws: int = DRAWS,
) -> Array:
    """The share of draws in which nothing dominates a configuration; NaN where it has fewer than `fewest` replicates.

    Those count as fixed points for the others. A configuration that is never on the front changes nobody's share.
    """
    signs = np.array([-1.0 if way is Direction.MAXIMIZE else 1.0 for way in directions])[:, None, None]
    counts = np.zeros(len(configurations), dtype=np.int64)
    known = np.array([len(one.values) >= fewest for one in configurations], dtype=bool)
    if known.any():
        for block in drawn(configurations, statistic, fewest=fewest, seed=seed, draws=draws):
            counts += _undominated(block * signs)
    return np.where(known, counts / draws, np.nan)


def place(probability: float | None, *, mean_on: bool) -> Place:
    """What a probability makes of a configuration; without one its values decide.

    Whose own values nobody beats is not called beaten, as many alike share what there is of probability.
    """
    if probability is None:
        return Place.ON_FRONT if mean_on else Place.BEATEN
    if probability >= SURE:
        return Place.ON_FRONT
    return Place.POSSIBLE if mean_on or probability >= HARDLY else Place.BEATEN


def _undominated(costs: Array) -> npt.NDArray[np.int64]:
    """In how many draws each configuration is on the front; costs: (objectives, configurations, draws).

    The strong ones beat most of the others; whom they leave in a draw is compared with each other.
    """
    left = _hopeful(costs)
    left = left[np.argsort(_standing(costs[:, left].mean(axis=2)), kind="stable")]
    hopeful = costs[:, left]
    beaten = np.zeros(hopeful.shape[1:], dtype=bool)
    for strong in hopeful[:, :_STRONG].swapaxes(0, 1):
        beaten |= _beaten_by(strong, hopeful)
    most = int((~beaten).sum(axis=0).max())
    if most > _MOST_PAIRED:
        return _one_by_one(hopeful, beaten, left, costs.shape[1])
    rows = np.argsort(beaten, axis=0, kind="stable")[:most]
    gone = np.take_along_axis(beaten, rows, axis=0)
    close = np.where(gone, np.nan, np.take_along_axis(hopeful, rows[None], axis=1))
    for rival in close.swapaxes(0, 1):
        gone |= _beaten_by(rival, close)
    return np.bincount(left[rows[~gone]], minlength=costs.shape[1])


def _one_by_one(
    hopeful: Array, beaten: npt.NDArray[np.bool_], left: npt.NDArray[np.intp], n: int
) -> npt.NDArray[np.int64]:
    """The same where so many are left that a front of each draw is faster than all pairs of all draws."""
    counts, lower = np.zeros(n, dtype=np.int64), [Direction.MINIMIZE] * len(hopeful)
    for draw in range(hopeful.shape[2]):
        rows = np.flatnonzero(~beaten[:, draw])
        counts[left[rows[front(hopeful[:, rows, draw].T, lower)]]] += 1
    return counts


def _beaten_by(one: Array, others: Array) -> npt.NDArray[np.bool_]:
    """Where others are nowhere better than one and somewhere worse: (others, draws)."""
    own = one[:, None]
    beaten = np.asarray(own[0] < others[0])
    for mine, theirs in zip(own[1:], others[1:], strict=True):
        beaten &= mine <= theirs
    equal = np.flatnonzero((own[0] == others[0]).any(axis=1))
    if equal.size > 1:
        theirs = others[:, equal]
        beaten[equal] = (own <= theirs).all(axis=0) & (own < theirs).any(axis=0)
    return beaten


def _hopeful(costs: Array) -> npt.NDArray[np.intp]:
    """Places without those that a strong one beats in every draw: its worst is better than their best throughout."""
    best, worst = costs.min(axis=2), costs.max(axis=2)
    strong = np.argsort(_standing(worst), kind="stable")[:_STRONG]
    hopeless = np.zeros(best.shape[1], dtype=bool)
    for limit in worst[:, strong].T:
        hopeless |= (limit[:, None] < best).all(axis=0)
    return np.flatnonzero(~hopeless)


def _standing(costs: Array) -> Array:
    """Sums over objectives, each scaled by its range; costs: (objectives, configurations)."""
    span = np.ptp(costs, axis=1, keepdims=True)
    return np.asarray(((costs - costs.min(axis=1, keepdims=True)) / np.where(span > 0.0, span, 1.0)).sum(axis=0))
