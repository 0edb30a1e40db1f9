"""What a team's thresholds make of a candidate's intervals, and how much of the card's weight that is."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import fsum

from assay.analysis.tradeoffs.ways import way
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Side
from assay.model.criteria import Comparator, Criterion, Limit
from assay.model.metric import Metric, MetricUnit
from assay.model.note import Note, note
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.notes import ScorecardNote as Says
from assay.model.tradeoffs.scorecard import GroupScore, Judgement, Regression, Status

_HOLDS: Mapping[Comparator, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
_DIGITS = 12
_WHOLE = 100.0
_NO_SCORE_AT_ALL = {
    *(Exclusion.FAILED, Exclusion.KILLED, Exclusion.RUNNING, Exclusion.SCHEDULED, Exclusion.REPEAT, Exclusion.NESTED),
    *(Exclusion.NOT_LOGGED, Exclusion.VANISHED),
}
_POSSIBLE = (Status.MET, Status.UNCERTAIN)


def judged(
    criteria: Sequence[Criterion], metrics: Sequence[Metric], sides: Sequence[Side], rules: Rules
) -> tuple[Judgement, ...]:
    """Each criterion on the side that stands at its place, whose numbers are of the metric at that place."""
    rows = zip(criteria, metrics, sides, strict=True)
    return tuple(_judged(as_logged(criterion, metric), metric, side, rules) for criterion, metric, side in rows)


def score(judgements: Sequence[Judgement], *statuses: Status) -> float | None:
    """The weight of these statuses as a share of all; None where nothing was logged."""
    if all(one.status is Status.NOT_LOGGED for one in judgements):
        return None
    return round(_weight(judgements, *statuses) / _weight(judgements), _DIGITS)


def scores(judgements: Sequence[Judgement]) -> tuple[float | None, float | None]:
    """Of what is met, and of what is met or may be."""
    return score(judgements, Status.MET), score(judgements, *_POSSIBLE)


def groups(judgements: Sequence[Judgement]) -> tuple[GroupScore, ...]:
    """Every group in the card's order, in weight; none where nothing was logged."""
    if score(judgements) is None:
        return ()
    own = {name: [one for one in judgements if one.criterion.group == name] for name in _named(judgements)}
    return tuple(
        GroupScore(name, _weight(held, Status.MET), _weight(held, *_POSSIBLE), _weight(held))
        for name, held in own.items()
    )


def regressions(found: Sequence[tuple[Metric, Difference, float]]) -> tuple[Regression, ...]:
    """Metrics that got worse, then those whose interval reaches a loss of the smallest effect; order kept.

    Each with the candidate's value. What never varied got worse by its value.
    """
    lost = [way(own, metric, value) is Verdict.WORSE for metric, own, value in found]
    worse = [
        Regression(metric, own, lost=True) for (metric, own, _), is_lost in zip(found, lost, strict=True) if is_lost
    ]
    open_ = [
        Regression(metric, own, lost=False)
        for (metric, own, _), is_lost in zip(found, lost, strict=True)
        if not is_lost and _may_be_lost(metric, own)
    ]
    return (*worse, *open_)


def as_logged(criterion: Criterion, metric: Metric) -> Criterion:
    """With limits per cent where the metric is a share by the policy and was logged per cent, as 78.2."""
    if metric.unit is not MetricUnit.PERCENT:
        return criterion
    alert = criterion.alert and _per_cent(criterion.alert)
    return replace(criterion, threshold=_per_cent(criterion.threshold), alert=alert)


def _judged(criterion: Criterion, metric: Metric, side: Side, rules: Rules) -> Judgement:
    status, why = _status(criterion, metric, side, rules)
    return Judgement(criterion, metric, side, status, why)


def _status(criterion: Criterion, metric: Metric, side: Side, rules: Rules) -> tuple[Status, Note | None]:
    if side.value is None:
        why = tuple(sorted({*side.sample.excluded} - _NO_SCORE_AT_ALL))
        unusable = note(Says.CRITERION_UNUSABLE, metric=metric.name, why=why)
        return Status.NOT_LOGGED, unusable if why else note(Says.CRITERION_NOT_LOGGED, metric=metric.name)
    if side.replicates < rules.fewest:
        return Status.UNCERTAIN, note(Says.TOO_FEW_FOR_STATUS, n=side.replicates, needed=rules.fewest)
    if side.interval:
        status = _of(criterion, side.interval.low, side.interval.high)
        return status, note(Says.STRADDLES) if status is Status.UNCERTAIN else None
    if side.std == 0:
        return _of(criterion, side.value, side.value), note(Says.JUDGED_BY_VALUE, n=side.replicates)
    return Status.UNCERTAIN, side.reason


def _of(criterion: Criterion, low: float, high: float) -> Status:
    """Where all from `low` to `high` lies."""
    wanted, alert = criterion.threshold, criterion.alert
    if alert and _holds(alert, low) and _holds(alert, high):
        return Status.ALERT
    kept = {_holds(wanted, low), _holds(wanted, high)}
    return Status.UNCERTAIN if len(kept) > 1 else Status.MET if kept == {True} else Status.MISSED


def _holds(limit: Limit, value: float) -> bool:
    return _HOLDS[limit.comparator](value, limit.value)


def _per_cent(limit: Limit) -> Limit:
    share = abs(limit.value) <= 1
    return replace(limit, value=round(limit.value * _WHOLE, _DIGITS)) if share else limit


def _may_be_lost(metric: Metric, found: Difference) -> bool:
    """Whether as much as matters may be lost; without an interval nothing tells that it is not."""
    effect = metric.smallest_effect
    if effect is None or found.value is None:
        return False
    if found.interval:
        return found.interval.loss(metric.direction) >= effect
    still = found.verdict is Verdict.NOT_SHOWN
    return -metric.direction.gain(found.value) >= effect if still else True


def _weight(judgements: Sequence[Judgement], *statuses: Status) -> float:
    """Of these statuses, of all without any."""
    own = (one.criterion.weight for one in judgements if not statuses or one.status in statuses)
    return round(fsum(own), _DIGITS)


def _named(judgements: Sequence[Judgement]) -> list[str]:
    return list(dict.fromkeys(one.criterion.group for one in judgements))
