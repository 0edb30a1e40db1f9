"""How the numbers of one metric of a comparison are written."""

from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.tasks import TaskDifference
from assay.model.metric import Metric
from assay.view.text.comparison.facts import baseline_of
from assay.view.text.numbers import Scale, scale


def scale_of(one: MetricComparison, candidate: Candidate | None = None) -> Scale:
    """Over seeds their spread says how fine; over examples the intervals of a `candidate`, the first unless named."""
    chosen = candidate or one.candidates[0]
    if one.tasks:
        return _over_tasks(one)
    if chosen.examined is None:
        values = [score for side in one.sides for score in side.sample.scores]
        apart = [c.difference.std for c in one.candidates]
        return scale(one.metric.unit, values, [side.std for side in one.sides], apart)
    sides = (baseline_of(one, chosen), chosen.side)
    intervals = (chosen.difference.interval, *(side.interval for side in sides))
    halves = [(interval.high - interval.low) / 2 for interval in intervals if interval]
    return scale(one.metric.unit, [side.value for side in sides], halves)


def _over_tasks(one: MetricComparison) -> Scale:
    """Aggregates of tasks are as fine as their intervals ask for."""
    known = [estimate for side in one.tasks.sides for estimate in side.aggregates.values()] if one.tasks else []
    halves = [(estimate.interval.high - estimate.interval.low) / 2 for estimate in known if estimate.interval]
    return scale(one.metric.unit, [estimate.value for estimate in known], halves)


def of_task(metric: Metric, row: TaskDifference) -> Scale:
    """How one task's row is written, in the unit that was logged."""
    sides, apart = (row.baseline, row.candidate), row.difference.std
    return scale(metric.unit, [side.value for side in sides], [side.std for side in sides], [apart])
