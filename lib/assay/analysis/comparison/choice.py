"""What it adds to a candidate's score that it was picked as the best of many."""

import numpy as np

from assay.analysis import planning
from assay.analysis.sample import Array
from assay.model.comparison.answer import ChosenFrom
from assay.model.metric import Direction, Metric

FEWEST = 3


def chosen_from(own: int, means: Array, stds: Array, counts: Array, metric: Metric) -> ChosenFrom | None:
    """The field of configurations that number `own` is the best of; None where it isn't, or they are fewer than three.

    Arrays: one entry a configuration, NaN where it has no score, no spread. The spread is the winner's own: pooled with
    that of a wild neighbour it would say how lucky that one could have been. Nothing is best where nobody said which
    way is better.
    """
    gains = means if metric.direction is Direction.MAXIMIZE else -means
    known = int(np.isfinite(gains).sum())
    if metric.assumed or known < FEWEST or not gains[own] >= np.nanmax(gains):
        return None
    n, spread = int(counts[own]), float(stds[own])
    luck = planning.optimism(known, n)
    return ChosenFrom(known, n, luck, luck * spread if n > 1 and np.isfinite(spread) else None)
