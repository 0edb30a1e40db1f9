"""How the numbers of one metric of a comparison are written."""

from assay.model.comparison.answer import Candidate, MetricComparison
from assay.view.text.comparison.facts import baseline_of
from assay.view.text.numbers import Scale, scale


def scale_of(one: MetricComparison, candidate: Candidate | None = None) -> Scale:
    """Over seeds their spread says how fine; over examples the intervals of a `candidate`, the first unless named."""
    chosen = candidate or one.candidates[0]
    if chosen.examined is None:
        values = [score for side in one.sides for score in side.sample.scores]
        apart = [c.difference.std for c in one.candidates]
        return scale(one.metric.unit, values, [side.std for side in one.sides], apart)
    sides = (baseline_of(one, chosen), chosen.side)
    intervals = (chosen.difference.interval, *(side.interval for side in sides))
    halves = [(interval.high - interval.low) / 2 for interval in intervals if interval]
    return scale(one.metric.unit, [side.value for side in sides], halves)
