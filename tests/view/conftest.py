"""Comparisons to write and draw, made by the analysis itself."""

from collections.abc import Callable, Sequence

import pytest

from assay.analysis.comparison import family, seeds
from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Method, Question, Rules
from assay.model.metric import Direction, Metric, MetricUnit
from seeded import sample

SEEDS = ("42", "123", "456", "789", "1011")
BASELINE = (0.659, 0.670, 0.648, 0.652, 0.666)

Compare = Callable[..., Comparison]


@pytest.fixture
def compare() -> Compare:
    """`compare(both=[…])` compares one or more candidates with the usual baseline."""

    def make(
        *,
        baseline: Sequence[float] = BASELINE,
        direction: Direction = Direction.MAXIMIZE,
        seeded: bool = True,
        metric: str = "f1_score",
        method: Method = Method.AUTO,
        smallest: float | None = None,
        minimum: int = 3,
        **candidates: Sequence[float],
    ) -> Comparison:
        rules = Rules(method=method, minimum_runs=minimum)
        base, *samples = (
            sample(name, values, SEEDS[: len(values)] if seeded else None)
            for name, values in {"baseline": baseline, **candidates}.items()
        )
        asked = Metric(metric, direction, "policy", MetricUnit.SHARE, smallest)
        one = seeds.compared(asked, base, samples, rules)
        question = Question((metric,), base.filter, tuple(own.filter for own in samples))
        return Comparison(question, rules, family.decided([one], rules), comparisons=len(samples))

    return make
