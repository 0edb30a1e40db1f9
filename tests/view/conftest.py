"""Comparisons to write and draw, made by the analysis itself."""

from collections.abc import Callable, Sequence

import pytest

from assay.analysis.comparison import seeds as comparison
from assay.model.comparison import Comparison, Direction, Method, Sample, Score

SEEDS = ("42", "123", "456", "789", "1011")
BASELINE = (0.659, 0.670, 0.648, 0.652, 0.666)

Compare = Callable[..., Comparison]


def sample(label: str, values: Sequence[float], *, seeded: bool = True) -> Sample:
    scores = tuple(Score(f"{label}-{i}", value, SEEDS[i] if seeded else None) for i, value in enumerate(values))
    return Sample(label, f"params.name = '{label}'", scores, tuple(s.run_id for s in scores), len(scores))


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
        **candidates: Sequence[float],
    ) -> Comparison:
        return comparison.compare(
            metric,
            sample("baseline", baseline, seeded=seeded),
            [sample(name, values, seeded=seeded) for name, values in candidates.items()],
            direction=direction,
            direction_source="policy",
            method=method,
        )

    return make
