"""What intervals really cover at a given n, from the simulated table, for the caveats beside every number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assay.analysis.measured import COVERAGE, PAIRED_ALARMS, UNPAIRED_ALARMS
from assay.model.comparison.question import Method

SIMULATED_LEVEL = 0.95


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


def _measured(method: Method) -> str:
    """`auto` decides by t, and under permutation the sides keep t."""
    return Method.T if method in {Method.AUTO, Method.PERMUTATION} else method


def _at(n: int, figures: Mapping[int, float]) -> float:
    sizes = sorted(figures, reverse=True)
    return float(np.interp(1.0 / n, [1.0 / s for s in sizes], [figures[s] for s in sizes]))
