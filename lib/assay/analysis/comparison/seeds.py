"""Baseline against candidates on one metric, by the scores of their seeds."""

from collections.abc import Sequence
from dataclasses import replace

from assay.analysis import coverage
from assay.analysis.comparison.claims import claimed, refused, unjudged
from assay.analysis.comparison.differences import difference
from assay.analysis.comparison.pairing import Pairing, about_seeds, by_seed
from assay.analysis.comparison.shape import doubts, uneven
from assay.analysis.comparison.sides import finite, side
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.difference import Difference
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Method, Rules
from assay.model.comparison.side import Sample, Side
from assay.model.metric import Metric
from assay.model.note import Note, note

_CHECKPOINT = 1


def compared(
    metric: Metric, baseline: Sample, candidates: Sequence[Sample], rules: Rules, *, unpaired: bool = False
) -> MetricComparison:
    """Every candidate against the baseline by the rule of docs/methods, before p is corrected (see `family`).

    Sides pair by seed where seeds allow it, unless they are to stay `unpaired`. A method asked by name is served;
    under a bootstrap, p inverts that bootstrap and is corrected like any other.
    """
    rules, refusal = claimed(rules, metric), refused(rules, metric)
    base, others = finite(baseline), [finite(candidate) for candidate in candidates]
    pairings = [Pairing() if unpaired else by_seed(base, other, place) for place, other in enumerate(others, start=1)]
    found = [side(sample, rules) for sample in (base, *others)]
    made = [
        _candidate(found[0], own, difference(base, own.sample, pairing, rules), rules, place)
        for place, (own, pairing) in enumerate(zip(found[1:], pairings, strict=True), start=1)
    ]
    said = [one for place, own in enumerate(found) for one in about_seeds(own.sample, place)]
    said += [one for pairing in pairings for one in pairing.notes]
    said += [one for place, own in enumerate(found) for one in doubts(own, metric, rules, place)]
    said += [
        one for place, c in enumerate(made, start=1) for one in uneven(found[0], c.side, c.difference, metric, place)
    ]
    if metric.assumed:
        said.append(note(Says.DIRECTION_ASSUMED, metric=metric.name))
    if refusal:
        said.append(refusal)
        made = [replace(one, difference=unjudged(one.difference, refusal)) for one in made]
    return MetricComparison(metric, found[0], tuple(made), tuple(dict.fromkeys(said)))


def _candidate(base: Side, own: Side, found: Difference, rules: Rules, place: int) -> Candidate:
    alone = base.replicates == own.replicates == _CHECKPOINT
    caveats = [note(Says.CHECKPOINTS)] if alone else []
    return Candidate(own, found, (*caveats, *_coverage(base, own, found, rules, place)))


def _coverage(base: Side, own: Side, found: Difference, rules: Rules, place: int) -> tuple[Note, ...]:
    """What the interval covers in simulations, and the percentile bootstrap beside it; shares of 1, None not known."""
    if found.interval is None:
        return ()
    n = found.pairs if found.paired else min(base.replicates, own.replicates)
    ends = _paired_coverage(rules, n) if found.paired else _unpaired_coverage(rules, n)
    known = ends if found.interval.level == coverage.SIMULATED_LEVEL and ends else (None,) * 4
    beside = known[2:] if rules.method in (Method.AUTO, Method.T) else (None, None)
    made = found.interval.procedure
    return (
        note(
            Says.COVERAGE, place, n=n, level=found.interval.level, procedure=made.what, detail=made.detail,
            paired=found.paired, low=known[0], high=known[1], bootstrap_low=beside[0], bootstrap_high=beside[1],
        ),
    )  # fmt: skip


def _paired_coverage(rules: Rules, n: int) -> tuple[float, float, float, float] | None:
    own, boot = coverage.of(rules.method, n), coverage.of(Method.PERCENTILE, n)
    return None if own is None or boot is None else (own.low, own.high, boot.low, boot.high)


def _unpaired_coverage(rules: Rules, n: int) -> tuple[float, float, float, float] | None:
    """How often an interval of no difference between normal scores holds 0."""
    own, boot = (coverage.false_alarms(m, n, "unpaired") for m in (rules.method, Method.PERCENTILE))
    if own is None or boot is None:
        return None
    held, beside = round(1 - own, 2), round(1 - boot, 2)
    return held, held, beside, beside
