"""One side of a comparison: mean, spread and intervals of its own scores."""

from collections import Counter
from dataclasses import replace

import numpy as np

from assay.analysis.bootstrap.intervals import BOOTSTRAPS, bootstrap, percentile
from assay.analysis.sample import Array, ascending, moments, varies
from assay.analysis.student import one_mean
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Replicate, Sample, Side
from assay.model.metric import LARGEST
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion


def side(sample: Sample, rules: Rules) -> Side:
    """What the sample's scores say alone; never depends on the other side."""
    values = scores(sample)
    if not values.size:
        return Side(sample, reason=note(Says.SIDE_EMPTY))
    if values.size == 1:
        return Side(sample, float(values[0]), reason=note(Says.SIDE_OF_ONE))
    if not varies(values):
        return Side(sample, float(values[0]), 0.0, reason=note(Says.SIDE_WITHOUT_VARIATION, n=values.size))
    found = moments(values)
    interval, beside = _intervals(values, rules)
    skew = found.skew if values.size > 2 else None
    reason = None if interval else note(Says.FEW_RESAMPLES)
    return Side(sample, found.mean, found.std, interval, beside, skew, reason=reason)


def scores(sample: Sample) -> Array:
    """The values, ascending."""
    return ascending(sample.scores)


def finite(sample: Sample) -> Sample:
    """The sample without scores that cannot be averaged: none, NaN, infinite, or too large."""
    lost = Counter(why for one in sample.replicates if (why := _unusable(one)))
    if not lost:
        return sample
    kept = tuple(one for one in sample.replicates if _unusable(one) is None)
    return replace(sample, replicates=kept, excluded=Counter(sample.excluded) + lost)


def _unusable(one: Replicate) -> Exclusion | None:
    if one.score is None:
        return Exclusion.NOT_LOGGED
    if abs(one.score) < LARGEST:
        return None
    return Exclusion.TOO_LARGE if np.isfinite(one.score) else Exclusion.NOT_FINITE


def _intervals(values: Array, rules: Rules) -> tuple[Interval | None, Interval | None]:
    groups = (values,)
    if rules.method in BOOTSTRAPS:
        interval = bootstrap(groups, rules.method, rules.resamples, rules.seed).interval(rules.level)
        return interval, interval
    return one_mean(values).interval(rules.level), percentile(groups, rules.level)
