"""What intervals really cover at a given n, from the simulated table, for the caveats beside every number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assay.analysis.measured import COVERAGE, PAIRED_ALARMS, UNPAIRED_ALARMS
from assay.model.comparison.question import Method

SIMULATED_LEVEL = 0.95

OVER_TASKS = {3: (0.923, 0.949), 5: (0.926, 0.960), 10: (0.942, 0.951)}
"""Runs per task → coverage of interquartile means and of their differences: the lowest and the highest of what
benchmarks.simulations measured.
"""

OVER_TASKS_ALL_DRAWN = {3: (0.865, 0.881), 5: (0.896, 0.929), 10: (0.932, 0.935)}
"""The same of interquartile means where resamples hold as many runs of a task as there are."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Simulated coverage as shares of 1: the worse and the better of normal scores and scores near a ceiling."""

    low: float
    high: float


def of(method: Method, n: int) -> Coverage | None:
    """What a 95 % interval of a mean over n replicates covers; None below n = 3, where it was not simulated.

    Between simulated sizes figures are interpolated in 1/n; beyond the largest they are its own.
    """
    sizes = COVERAGE[_measured(method)]
    if n < min(sizes):
        return None
    normal = _at(n, {size: both[0] for size, both in sizes.items()})
    ceiling = _at(n, {size: both[1] for size, both in sizes.items()})
    return Coverage(min(normal, ceiling), max(normal, ceiling))


def false_alarms(method: Method, n: int, design: Literal["paired", "unpaired"]) -> float | None:
    """How often a 95 % interval of no difference excludes 0, normal scores, n pairs or n per side."""
    sizes = (PAIRED_ALARMS if design == "paired" else UNPAIRED_ALARMS)[_measured(method)]
    return _at(n, sizes) if n >= min(sizes) else None


def over_tasks(n: int, figures: Mapping[int, tuple[float, float]] = OVER_TASKS) -> Coverage | None:
    """What a 95 % interval of an interquartile mean over tasks covers with n runs a task; None below the fewest."""
    if n < min(figures):
        return None
    return Coverage(*(_at(n, {size: both[end] for size, both in figures.items()}) for end in (0, 1)))


def _measured(method: Method) -> str:
    """`auto` decides by t, and under permutation the sides keep t."""
    return Method.T if method in {Method.AUTO, Method.PERMUTATION} else method


def _at(n: int, figures: Mapping[int, float]) -> float:
    sizes = sorted(figures, reverse=True)
    return float(np.interp(1.0 / n, [1.0 / s for s in sizes], [figures[s] for s in sizes]))
