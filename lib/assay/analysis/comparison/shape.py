"""What the shape of scores does to t: skew, the end of a scale, and sides of uneven size."""

from math import sqrt

from assay.analysis import coverage
from assay.model.comparison.difference import Difference
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Method, Rules
from assay.model.comparison.side import Side
from assay.model.metric import Metric, MetricUnit
from assay.model.note import Note, note

UNEVEN_ALARMS = (0.12, 0.16)
"""False alarms of Welch's t at 5 %: skewed scores, few runs of four times the others' spread, see docs/methods/t."""
_SCALES = {MetricUnit.SHARE: (0.0, 1.0), MetricUnit.PERCENT: (0.0, 100.0)}
_STEEP = 1.0
_SETTLED = 30
_REACHED = 0.987
_NEAR = 2.0
_UNEVEN = 2


def steep(n: int) -> float:
    """The |skewness| of n scores (n ≥ 3) from which a t interval is to be doubted.

    Three scores cannot have more than .71; one in ten normal samples reaches this limit there. Beyond thirty it grows,
    because the mean forgets skew with √n.
    """
    return sqrt(n / _SETTLED) if n > _SETTLED else min(_STEEP, _REACHED * (n - 2) / sqrt(n - 1))


def doubts(found: Side, metric: Metric, rules: Rules, place: int) -> tuple[Note, ...]:
    """On one side's scores: no variation, the end of their scale, or skew."""
    n = found.replicates
    if n > 1 and found.std == 0.0:
        return (note(Says.IDENTICAL_SCORES, place, n=n),)
    if _near_end(found, metric):
        known = coverage.of(Method.T, n) if rules.level == coverage.SIMULATED_LEVEL else None
        return (note(Says.NEAR_END, place, covers=known.low if known else None),)
    return (note(Says.SKEWED, place, skew=found.skew, n=n),) if _skewed(found) else ()


def uneven(base: Side, own: Side, found: Difference, metric: Metric, place: int) -> tuple[Note, ...]:
    """On Welch's t over sides of uneven size whose scores are skewed."""
    sizes = (base.replicates, own.replicates)
    welch = found.test is not None and found.test.technique is Technique.WELCH_T
    if not welch or max(sizes) < _UNEVEN * min(sizes):
        return ()
    if not any(_skewed(side) or _near_end(side, metric) for side in (base, own)):
        return ()
    low, high = UNEVEN_ALARMS
    return (note(Says.WELCH_UNEVEN, place, sizes=sizes, low=low, high=high),)


def _skewed(side: Side) -> bool:
    return side.skew is not None and abs(side.skew) > steep(side.replicates)


def _near_end(side: Side, metric: Metric) -> bool:
    """Whether the scale ends within two standard deviations of the mean."""
    if metric.unit not in _SCALES or side.value is None or not side.std:
        return False
    low, high = _SCALES[metric.unit]
    return min(side.value - low, high - side.value) < _NEAR * side.std
