"""One side of a comparison: mean, spread and intervals of its own scores."""

from collections import Counter
from dataclasses import replace

import numpy as np

from assay.analysis.bootstrap.intervals import bootstrap, percentile
from assay.analysis.comparison.rules import BOOTSTRAPS, Rules
from assay.analysis.sample import Array, ascending, moments, varies
from assay.analysis.student import one_mean
from assay.model.comparison import LARGEST, Interval, Sample, Side

STEEP = 1.0


def side(sample: Sample, rules: Rules) -> Side:
    """What the sample's scores say alone; never depends on the other side."""
    values = scores(sample)
    if not values.size:
        return Side(sample, None, None, None, None, reason="no finished run with a finite score of this metric")
    mean = float(values.mean())
    if values.size == 1:
        return Side(sample, mean, None, None, None, reason="one replicate has no spread, so there is no interval")
    if not varies(values):
        reason = f"no variation seen in {values.size} replicates, which is no certainty, so there is no interval"
        return Side(sample, float(values[0]), 0.0, None, None, reason=reason)
    found = moments(values)
    interval, beside = _intervals(values, rules)
    skew = found.skew if values.size > 2 else None
    return Side(sample, found.mean, found.std, interval, beside, skew)


def scores(sample: Sample) -> Array:
    """The values, ascending."""
    return ascending(score.value for score in sample.scores)


def finite(sample: Sample) -> Sample:
    """The sample without scores that cannot be averaged: NaN, infinite, or too large."""
    lost = Counter(_unusable(score.value) for score in sample.scores if not abs(score.value) < LARGEST)
    if not lost:
        return sample
    kept = tuple(score for score in sample.scores if abs(score.value) < LARGEST)
    return replace(sample, scores=kept, excluded=Counter(sample.excluded) + lost)


def _unusable(value: float) -> str:
    return "too large to average" if np.isfinite(value) else "not finite"


def side_warnings(found: Side) -> tuple[str, ...]:
    """Sentences on skew and on missing variation."""
    label, n = found.sample.label, found.replicates
    if n > 1 and found.interval is None:
        return (f"{label}: no variation seen in {n} replicates.",)
    if found.skew is not None and abs(found.skew) > STEEP:
        skew = f"{found.skew:.1f}".replace("-", "−")
        return (f"{label}: its scores are skewed ({skew}, n = {n}), so a t interval covers less than it says.",)
    return ()


def _intervals(values: Array, rules: Rules) -> tuple[Interval, Interval]:
    groups, level, resamples, seed = (values,), rules.level, rules.resamples, rules.seed
    if rules.method in BOOTSTRAPS:
        interval = bootstrap(groups, rules.method, level, resamples, seed).interval
        return interval, interval
    return one_mean(values).interval(level), percentile(groups, level)
