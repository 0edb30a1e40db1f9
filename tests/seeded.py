"""Sides made from plain numbers, and what is answered of them over their seeds."""

from collections.abc import Iterable, Sequence

from assay.analysis.comparison.family import decided
from assay.analysis.comparison.seeds import compared
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Replicate, Sample
from assay.model.metric import Direction, Metric

UP, DOWN = Direction.MAXIMIZE, Direction.MINIMIZE
RISING, FALLING = Metric("m", UP), Metric("m", DOWN)
BY_RULE = Rules()


def sample(label: str, values: Iterable[float], seeds: Sequence[object] | None = ()) -> Sample:
    """One replicate per value; `seeds`: None: none logged; absent: 0, 1, 2 …"""
    numbers = list(values)
    known = range(len(numbers)) if seeds == () else seeds or [None] * len(numbers)
    replicates = tuple(
        Replicate((f"{label}-{i}",), (value,), None if seed is None else str(seed))
        for i, (value, seed) in enumerate(zip(numbers, known, strict=True))
    )
    runs = tuple(run_id for one in replicates for run_id in one.run_ids)
    return Sample(label, f"params.model = '{label}'", replicates, runs, len(replicates))


def asked(
    baseline: Sample,
    *candidates: Sample,
    rules: Rules = BY_RULE,
    way: Direction = UP,
    name: str = "m",
    unpaired: bool = False,
) -> MetricComparison:
    """One metric's comparison before p is corrected."""
    return compared(Metric(name, way), baseline, candidates, rules, unpaired=unpaired)


def answered(
    baseline: Sample, *candidates: Sample, rules: Rules = BY_RULE, way: Direction = UP, unpaired: bool = False
) -> MetricComparison:
    """The same decided, as a family of its own."""
    (found,) = decided([asked(baseline, *candidates, rules=rules, way=way, unpaired=unpaired)], rules)
    return found


def only(comparison: MetricComparison) -> Candidate:
    """The one candidate."""
    (candidate,) = comparison.candidates
    return candidate
