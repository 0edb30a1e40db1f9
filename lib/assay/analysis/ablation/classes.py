"""What the intervals of an ablation support, against what the policy calls critical and what may be lost."""

from collections.abc import Sequence

from assay.model.ablation.answer import Arm, ComponentClass, Fate, Gain, Names, Smallest
from assay.model.ablation.policy import AblationPolicy, ClassLimits
from assay.model.comparison.question import Rules
from assay.model.metric import Metric, MetricUnit

_WHOLE = 100


def limits(policy: AblationPolicy, metric: Metric) -> ClassLimits | None:
    """Of a metric: the policy's where it is a share, else by its smallest effect; None without one."""
    if metric.unit is MetricUnit.SHARE:
        return ClassLimits(policy.critical, policy.removable)
    if metric.unit is MetricUnit.PERCENT:
        return ClassLimits(_WHOLE * policy.critical, _WHOLE * policy.removable)
    return None if metric.smallest_effect is None else ClassLimits.times(metric.smallest_effect)


def importance(found: Gain, known: ClassLimits, rules: Rules) -> ComponentClass:
    """Of a contribution, by its whole interval; too few runs leave it undecided, and no p removes anything."""
    if found.interval is None or found.n < rules.fewest:
        return ComponentClass.UNDECIDED
    if found.interval.low > known.critical:
        return ComponentClass.CRITICAL
    if found.interval.low > known.removable:
        return ComponentClass.IMPORTANT
    if found.interval.high < known.removable:
        return ComponentClass.REMOVABLE
    return ComponentClass.OPTIONAL if found.interval.high < known.critical else ComponentClass.UNDECIDED


def fate(lost: Gain, known: ClassLimits, rules: Rules) -> Fate:
    """Of what is off, by the whole interval of what the full system has over the arm without it."""
    if lost.interval is None or lost.n < rules.fewest:
        return Fate.NOT_SHOWN
    if lost.interval.high < known.removable:
        return Fate.CAN_GO
    return Fate.NEEDED if lost.interval.low > known.removable else Fate.NOT_SHOWN


def smallest(arms: Sequence[Arm], names: Names, metric: Metric) -> Smallest | None:
    """The arm with fewest components, of equals the best, that is shown to keep up; None where none is.

    `arms`: all but the full system.
    """
    tried = [one for one in arms if one.side.value is not None]
    passing = [one for one in tried if one.fate is Fate.CAN_GO]
    if not passing:
        return None
    best = min(passing, key=lambda one: (-len(one.off), -metric.direction.gain(one.side.value or 0.0), one.off))
    kept = tuple(name for name in names if name not in best.off)
    return Smallest(kept, best, len(tried), len(passing))
