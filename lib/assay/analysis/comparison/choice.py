"""What it adds to a candidate's score that it was picked as the best of many."""

import numpy as np

from assay.analysis import planning
from assay.analysis.sample import Array
from assay.model.comparison.answer import ChosenFrom
from assay.model.metric import Direction, Metric

FEWEST = 3


def chosen_from(own: int, means: Array, stds: Array, counts: Array, metric: Metric) -> ChosenFrom | None:
    """The field of configurations that number `own` is the best of; None where it isn't, or they are fewer than three.

    Arrays: one entry a configuration, NaN where it has no score, no spread. The spread of one run is pooled over all.
    Nothing is best where nobody said which way is better.
    """
    gains = means if metric.direction is Direction.MAXIMIZE else -means
    known = int(np.isfinite(gains).sum())
    if metric.assumed or known < FEWEST or not gains[own] >= np.nanmax(gains):
        return None
    spread, n = np.isfinite(stds) & (counts > 1), int(counts[own])
    luck = planning.optimism(known, n)
    freedom = counts[spread] - 1.0
    pooled = float(np.sqrt((stds[spread] ** 2 * freedom).sum() / freedom.sum())) if spread.any() else None
    return ChosenFrom(known, n, luck, None if pooled is None else luck * pooled)
