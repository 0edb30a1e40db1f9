"""What a margin says: whether a candidate is shown to be no worse by more than it, or the same within it."""

from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.planning import Plan
from assay.model.comparison.question import Aim
from assay.model.metric import Metric
from assay.view.text.comparison.names import called
from assay.view.text.notes import words
from assay.view.text.numbers import Scale, count, p_phrase

CLAIMS = {Aim.BETTER: "better than", Aim.NO_WORSE: "no worse than", Aim.SAME: "the same as"}
_SOURCES = {True: "chosen", False: "policy"}
_MOST_FINER = 5
# With a margin these lie beyond it.
_BEYOND = (Verdict.WORSE, Verdict.BETTER, Verdict.DIFFERS)


def allowed(metric: Metric, scale: Scale) -> str:
    """`margin 5 ms, policy`: how much worse is still no worse, and who said so."""
    return "no margin" if metric.margin is None else f"margin {_size(metric, scale)}, {_SOURCES[metric.margin_given]}"


def bound(metric: Metric, aim: Aim, scale: Scale) -> str:
    """`the margin is ±2 points`, or that there is none."""
    sign = "±" if aim is Aim.SAME else ""
    return "nobody gave a margin" if metric.margin is None else f"the margin is {sign}{_size(metric, scale)}"


def told_apart(found: Comparison, candidate: Candidate, scale: Scale) -> Scale:
    """The scale with the digits that it takes to tell the interval's ends from the margin."""
    metric, limits = found.first.metric, candidate.difference.interval
    if found.rules.aim is Aim.BETTER or metric.margin is None or limits is None:
        return scale
    for finer in range(scale.finer, _MOST_FINER):
        tried = replace(scale, finer=finer)
        if not {tried.size(limits.low), tried.size(limits.high)} & {tried.size(metric.margin)}:
            return tried
    return scale


def p_of(difference: Difference, aim: Aim, threshold: float) -> str:
    """`p = 0.004, one-sided (limit 0.025)`; where it lies beyond the margin the p of that."""
    if difference.p_adjusted is None:
        return ""
    if aim is Aim.BETTER:
        return p_phrase(difference.p_adjusted)
    p, of = (difference.p_beyond, " of lying beyond") if difference.verdict in _BEYOND else (difference.p_adjusted, "")
    return f"{p_phrase(p)}{of}, one-sided (limit {threshold:g})"


def finding(found: Comparison, candidate: Candidate, scale: Scale, name: Callable[[str], str], what: str) -> str:
    """Of one candidate with a difference on the first metric, answer first; `what`: the metric as it is written."""
    difference, aim = candidate.difference, found.rules.aim
    who, base = called(candidate.side, name), name(found.first.baseline.label)
    claim = f"{who} is {CLAIMS[aim]} {base}"
    if difference.p_adjusted is None or difference.interval is None:
        reason = words(difference.reason, found.labels).removesuffix(".") or "there is no interval"
        return f"Whether {claim} can't be judged: {reason}."
    if difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT:
        return f"Permuting so few scores can never show that {claim}."
    return f"{_lead(difference, aim, who, base, claim)}: {what} {_extent(difference, found.first.metric, aim, scale)}."


def _lead(difference: Difference, aim: Aim, who: str, base: str, claim: str) -> str:
    if difference.verdict is Verdict.NOT_SHOWN:
        return f"Not shown that {claim}"
    if difference.verdict in (Verdict.NO_WORSE, Verdict.SAME):
        return f"{claim} within the margin" if aim is Aim.SAME else claim
    return f"{who} is not the same as {base}" if aim is Aim.SAME else f"{who} is worse than {base} by more than allowed"


def _extent(difference: Difference, metric: Metric, aim: Aim, scale: Scale) -> str:
    """How far off the metric could be, or at least is, beside the margin."""
    assert difference.interval is not None
    limits, margin = difference.interval, bound(metric, aim, scale)
    ends, reach = (abs(limits.low), abs(limits.high)), limits.loss(metric.direction, both=aim is Aim.SAME)
    if difference.verdict in _BEYOND:
        way = "higher" if (difference.value or 0.0) > 0 else "lower"
        return f"is at least {scale.apart(min(ends), metric.margin or 0.0)} {way}; {margin}"
    if reach <= 0:
        return f"shows no loss in its whole interval; {margin}"
    most = "" if difference.verdict is Verdict.NOT_SHOWN else "at most "
    how = "apart" if aim is Aim.SAME else _harm(metric)
    return f"could be {most}{scale.apart(reach, metric.margin or 0.0)} {how}; {margin}"


def consequence(found: Comparison, candidate: Candidate, scale: Scale) -> str:
    """What follows: what a kept margin doesn't mean, or what it takes to show it; empty where nothing does."""
    difference, metric, aim = candidate.difference, found.first.metric, found.rules.aim
    if difference.value is None or metric.margin is None or difference.p_adjusted is None:
        return ""
    amount, way = scale.distance(difference.value), "higher" if difference.value > 0 else "lower"
    measured = f"As measured it is {amount} {way}"
    if difference.verdict is Verdict.NO_WORSE and metric.direction.gain(difference.value) < 0:
        return f"{measured}: no worse means that the loss is shown to stay below the margin, not that there is none."
    if difference.verdict is Verdict.SAME:
        return f"{measured}: the same means that any difference stays within the margin, not that there is none."
    if difference.verdict is Verdict.NOT_SHOWN and candidate.plan:
        return _missing(candidate.plan, metric, aim, difference.value, measured)
    return ""


def needed(plan: Plan, metric: Metric) -> str:
    """How many replicates show that the margin is kept, or that none do."""
    replicates = plan.needed(metric.margin)
    kind = "paired seed" if plan.paired else "seed"
    return (
        "no number of seeds" if replicates is None else f"{count(replicates, kind)}{'' if plan.paired else ' per side'}"
    )


def _missing(plan: Plan, metric: Metric, aim: Aim, value: float, measured: str) -> str:
    assert metric.margin is not None
    if (aim is Aim.SAME and abs(value) >= metric.margin) or metric.direction.gain(value) <= -metric.margin:
        return f"{measured}, beyond the margin itself: more seeds will not show it unless that was bad luck."
    return (
        f"{measured}. If that is the true difference, {needed(plan, metric)} would probably show it."
        if plan.needs
        else ""
    )


def _size(metric: Metric, scale: Scale) -> str:
    return scale.limit(metric.margin or 0.0)


def _harm(metric: Metric) -> str:
    return "lower" if metric.direction.better == "higher" else "higher"
