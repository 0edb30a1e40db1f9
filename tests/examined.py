"""Answers by examples, written down as they are."""

from dataclasses import replace
from typing import Any

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.examples import Examined
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Question, Rules, Statistic, Unit
from assay.model.comparison.side import ExampleCounts, Replicate, Sample, Side
from assay.model.metric import Direction, Metric, MetricUnit

EXACT = Procedure(Technique.PERCENTILE, "exact")
REACH = Interval(0.012, 0.048, 0.95, EXACT)
DIFFERENCE = Difference(
    value=0.03, std=0.2, interval=REACH, bootstrap_interval=REACH, p_value=0.004, p_adjusted=0.008,
    test=EXACT.as_test, paired=True, pairs=200, min_attainable_p=1e-9, effect_size=0.1, verdict=Verdict.BETTER,
)  # fmt: skip


def side(label: str, value: float) -> Side:
    """Two trainings that scored the same 200 examples."""
    sample = Sample(label, label, (Replicate(("r1",)), Replicate(("r2",))), ("r1", "r2", "r3"), 3)
    return Side(sample, value, interval=Interval(value - 0.02, value + 0.02, 0.95, EXACT), examples=ExampleCounts(200))


def candidate(label: str = "model=b", difference: Difference = DIFFERENCE, **examined: Any) -> Candidate:
    """One that is better on accuracy; `examined`: what else its examples say."""
    found = replace(Examined(side("model=a", 0.9), 200, "accuracy", "example_id", binary=True), **examined)
    return Candidate(side(label, 0.93), difference, examined=found)


def answer(
    *candidates: Candidate, metric: str = "accuracy", statistic: Statistic = Statistic.MEAN, unit: Unit = Unit.EXAMPLES
) -> Comparison:
    """All of them on one metric, in a family of two."""
    own = candidates or (candidate(),)
    asked = Metric(metric, Direction.MAXIMIZE, "policy", MetricUnit.SHARE, 0.01)
    one = MetricComparison(asked, side("model=a", 0.9), own, statistic=statistic)
    question = Question((metric,), "model=a", tuple(c.side.sample.filter for c in own))
    return Comparison(question, Rules(unit=unit, statistic=statistic), (one,), comparisons=2)
