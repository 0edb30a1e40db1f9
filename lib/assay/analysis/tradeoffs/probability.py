"""How probably a configuration is on the front, given how much its replicates vary."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.analysis.sample import Array
from assay.analysis.tradeoffs.draws import Drawing, Replicated
from assay.analysis.tradeoffs.front import of_many
from assay.model.comparison.question import Statistic
from assay.model.metric import Direction
from assay.model.tradeoffs.front import Place
from assay.model.tradeoffs.question import DRAWS

SURE, HARDLY = 0.95, 0.05
_MOST_PAIRED = 128
# Of the strong ones, so many are held against whole blocks, then against who is left while each throws out enough.
_STRONG, _WHOLE, _WORTH = 32, 3, 0.97
FEWEST_DRAWS = 400
# A step compares two configurations in an objective, a front of n costs as many as n with _LINEAR + n; about 10 s.
_MOST_STEPS, _LINEAR = 6e10, 4_000


@dataclass(frozen=True, slots=True)
class Chances:
    """Of being on the front: an entry a configuration, NaN where nobody knows its noise, and of how many draws."""

    shares: Array
    draws: int


def probabilities(
    configurations: Sequence[Replicated],
    directions: Sequence[Direction],
    statistic: Statistic = Statistic.MEAN,
    *,
    fewest: int,
    seed: int = 0,
    draws: int | None = None,
) -> Chances:
    """The share of draws in which nothing dominates a configuration; NaN where it has fewer than `fewest` replicates.

    Those count as fixed points for the others. A configuration that is never on the front changes nobody's share.
    Without `draws` there are as many as `DRAWS`, or fewer where fronts are large, but never fewer than `FEWEST_DRAWS`.
    """
    signs = np.array([-1.0 if way is Direction.MAXIMIZE else 1.0 for way in directions])[:, None, None]
    counts = np.zeros(len(configurations), dtype=np.int64)
    known = np.array([len(one.values) >= fewest for one in configurations], dtype=bool)
    done, most = 0, draws or DRAWS
    if known.any():
        drawing = Drawing(configurations, statistic, fewest=fewest, seed=seed)
        while done < most:
            # Those that decide how many there are come first, by themselves.
            size = min(drawing.step, (FEWEST_DRAWS if done < FEWEST_DRAWS else most) - done, most - done)
            block = drawing.block(size)
            block *= signs
            counts += _undominated(block)
            done += size
            if done == FEWEST_DRAWS and draws is None:
                most = _affordable(float(counts.sum()) / done, len(directions))
    return Chances(np.where(known, counts / max(1, done), np.nan), done or most)


def _affordable(size: float, objectives: int) -> int:
    """How many draws of fronts of `size` are worth their time; only who is on a front counts, as nobody else may."""
    return int(min(DRAWS, max(FEWEST_DRAWS, _MOST_STEPS / (objectives * size * (_LINEAR + size)))))


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
    left = left[np.argsort(_standing(costs.mean(axis=2)[:, left]), kind="stable")]
    hopeful = costs[:, left]
    strong = hopeful[:, :_STRONG].swapaxes(0, 1)
    beaten = np.zeros(hopeful.shape[1:], dtype=bool)
    for rival in strong[:_WHOLE]:
        beaten |= _beaten_by(rival[:, None], hopeful)
        kept = ~beaten.all(axis=1)
        left, hopeful, beaten = left[kept], hopeful[:, kept], beaten[kept]
    draw, row = np.nonzero(~beaten.T)
    close = hopeful[:, row, draw]
    for rival in strong[_WHOLE:]:
        kept = ~_beaten_by(rival[:, draw], close)
        if np.count_nonzero(kept) > _WORTH * kept.size:
            break
        draw, row, close = draw[kept], row[kept], close[:, kept]
    starts = np.searchsorted(draw, np.arange(costs.shape[2] + 1))
    on = (_one_by_one if np.diff(starts).max() > _MOST_PAIRED else _pairs)(close, draw, starts)
    return np.bincount(left[row[on]], minlength=costs.shape[1])


def _pairs(close: Array, draw: npt.NDArray[np.intp], starts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Places on the front of their draw, all pairs of all draws at once; close: (objectives, places), by draw."""
    rank = np.arange(draw.size) - starts[draw]
    table = np.full((len(close), int(rank.max()) + 1, starts.size - 1), np.nan)
    table[:, rank, draw] = close
    gone = np.zeros(table.shape[1:], dtype=bool)
    for rival in table.swapaxes(0, 1):
        gone |= _beaten_by(rival[:, None], table)
    return np.flatnonzero(~gone[rank, draw])


def _one_by_one(close: Array, _: npt.NDArray[np.intp], starts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The same where so many are left that a front of each draw is faster."""
    ends = zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    return np.concatenate([start + of_many(close[:, start:end].T) for start, end in ends])


def _beaten_by(own: Array, others: Array) -> npt.NDArray[np.bool_]:
    """Where others are nowhere better and somewhere worse, objectives first; `own` fits their shape."""
    beaten = np.asarray(own[0] < others[0])
    for mine, theirs in zip(own[1:], others[1:], strict=True):
        beaten &= mine <= theirs
    equal = own[0] == others[0]
    if equal.any():
        mine, theirs = np.broadcast_to(own, others.shape)[:, equal], others[:, equal]
        beaten[equal] = (mine <= theirs).all(axis=0) & (mine < theirs).any(axis=0)
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
