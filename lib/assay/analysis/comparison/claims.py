"""What p says of a claim: two-sided that there is a difference, one-sided that it stays within what is allowed."""

from dataclasses import replace
from math import inf, isfinite

from assay.analysis.inference import Inference, two_sided
from assay.model.comparison.difference import Difference
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Aim, Rules
from assay.model.metric import Direction, Metric
from assay.model.note import Note, note


def claimed(rules: Rules, metric: Metric) -> Rules:
    """The rules with the differences that the aim allows in this metric; none where that is `refused`."""
    if rules.aim is Aim.BETTER or metric.margin is None or refused(rules, metric):
        return rules
    low, high = -metric.margin, metric.margin
    if rules.aim is Aim.NO_WORSE:
        low, high = (low, inf) if metric.direction is Direction.MAXIMIZE else (-inf, high)
    return replace(rules, allowed=(low, high))


def refused(rules: Rules, metric: Metric) -> Note | None:
    """Why a margin can't be judged on this metric."""
    if rules.aim is Aim.BETTER:
        return None
    if metric.margin is None:
        return note(Says.NO_MARGIN, metric=metric.name)
    if rules.aim is Aim.NO_WORSE and metric.assumed:
        return note(Says.WORSE_IS_UNKNOWN, metric=metric.name)
    return None


def unjudged(found: Difference, refusal: Note) -> Difference:
    """A difference without the p that its aim has no margin for."""
    return replace(found, p_value=None, p_beyond=None, test=None, reason=refusal)


def stated(empty: Difference, found: Inference, rules: Rules) -> Difference:
    """`empty` with the interval and the p of an inference, as the rules want them."""
    p_value, beyond = weighed(found, rules)
    test = None if p_value is None else found.test
    return replace(empty, interval=reach(found, rules), p_value=p_value, p_beyond=beyond, test=test)


def reach(found: Inference, rules: Rules) -> Interval | None:
    """The interval, wider where it has to hold together with the others of its family."""
    limits = found.interval(rules.interval_level)
    together = rules.simultaneous and rules.family > 1
    return replace(limits, level=rules.level, over=rules.family) if limits and together else limits


def weighed(found: Inference, rules: Rules) -> tuple[float | None, float | None]:
    """p of what is to be shown, and p of lying beyond what is allowed; None without anything allowed.

    With a margin both are one-sided, at half of 1 − level each, so that the claim holds exactly where the two-sided
    interval lies within what is allowed (two one-sided tests where both ends are finite).
    """
    if rules.aim is Aim.BETTER:
        return two_sided(found), None
    if rules.allowed is None:
        return None, None
    low, high = rules.allowed
    within = [found.greater(low)] if isfinite(low) else []
    beyond = [found.less(low)] if isfinite(low) else []
    if isfinite(high):
        within, beyond = [*within, found.less(high)], [*beyond, found.greater(high)]
    return max(within), min(beyond)
