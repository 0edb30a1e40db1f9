"""Estimates with their errors as gains: interval and p by Student's t, or the reason why there is none."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from assay.analysis.comparison.verdicts import corrected
from assay.analysis.inference import two_sided
from assay.analysis.sample import Array, Moments, ascending, moments, rounding, varies
from assay.analysis.student import Student
from assay.model.ablation.answer import Gain
from assay.model.ablation.notes import AblationNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Rules
from assay.model.note import note

_CELLS = 2**13


@lru_cache(maxsize=_CELLS)
def of_cell(scores: tuple[float, ...]) -> Moments:
    """Its moments, without variance where the scores differ by no more than rounding; whatever their order.

    Kept, for one answer asks for each cell four times.
    """
    ordered = ascending(scores)
    found = moments(ordered)
    return found if varies(ordered) else replace(found, variance=0.0)


def squared_error(found: Moments) -> float:
    """Variance of the mean; NaN of one score."""
    return found.variance / (found.n - 1) if found.n > 1 else float("nan")


def over_seeds(values: Array, scale: Array | float, rules: Rules) -> list[Gain]:
    """Of each row the mean over its columns, one a seed; `scale`: how large the scores are that each came from."""
    n = values.shape[-1]
    means, spread = values.mean(axis=-1), np.ptp(values, axis=-1)
    errors = values.std(axis=-1, ddof=1) / n**0.5 if n > 1 else np.full(means.shape, np.nan)
    still = (spread <= rounding(scale)) & (n > 1)
    found = zip(means.tolist(), np.where(still, 0.0, errors).tolist(), strict=True)
    return [judged(mean, error, n - 1.0, n, rules, Technique.PAIRED_T) for mean, error in found]


def judged(value: float, error: float, freedom: float, n: int, rules: Rules, by: Technique) -> Gain:
    """An estimate with its standard error, 0 where nothing varies; `n`: pairs, or runs of the smallest cell."""
    paired = by is Technique.PAIRED_T
    if n < 2:
        return Gain(value, paired=paired, n=n, reason=note(Says.CELL_OF_ONE, n=n))
    if error == 0.0:
        return Gain(value, paired=paired, n=n, reason=note(Says.CELLS_WITHOUT_VARIATION))
    found = Student(value, error, freedom, by)
    interval = found.interval(rules.level)
    if n < rules.fewest:
        why = note(Says.FEW_IN_A_CELL, n=n, needed=rules.fewest)
        return Gain(value, interval, paired=paired, n=n, reason=why)
    return Gain(value, interval, two_sided(found), test=interval.procedure, paired=paired, n=n)


def together(gains: Sequence[Gain], rules: Rules) -> list[Gain]:
    """The same as one family, with p corrected over all of it."""
    adjusted = corrected([one.p_value for one in gains], rules)
    return [replace(one, p_adjusted=p) for one, p in zip(gains, adjusted, strict=True)]


def shown(gain: Gain, rules: Rules) -> bool:
    """Whether the corrected p shows that there is one, whichever way."""
    return gain.p_adjusted is not None and gain.p_adjusted < rules.threshold
