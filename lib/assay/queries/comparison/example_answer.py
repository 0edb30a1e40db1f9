"""What do the joined examples of two sides say?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assay.analysis.comparison.pairing import by_seed
from assay.analysis.comparison.rules import Rules
from assay.analysis.examples import means as analysis
from assay.analysis.examples import resampled as drawn
from assay.analysis.examples import slices as slicing
from assay.cache.examples import Pairs
from assay.cache.loading import Half
from assay.model.comparison import Difference, Direction, Method, Sample, Statistic
from assay.model.examples import ExampleComparison, ExampleSide, ExampleUnit, Flips, Slice
from assay.model.policy import Policy
from assay.queries import metrics
from assay.queries.comparison.example_notes import caveats, warnings
from assay.queries.comparison.scores import Scores
from assay.queries.comparison.sides import UNPAIRED

LISTED = 500
TOP = 20

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every candidate."""

    policy: Policy
    rules: Rules
    unit: ExampleUnit
    slice_by: str | None
    pair_by: str | None
    blank: ExampleComparison


def answer(
    question: Question, scores: Scores, pairs: Pairs, samples: tuple[Sample, Sample], refusal: str
) -> ExampleComparison:
    """Everything about one candidate, before p is corrected.

    `samples`: the runs whose scores were joined; `refusal`: why seeds × examples is not estimable, if so.
    """
    baseline, candidate = pairs.scores("baseline"), pairs.scores("candidate")
    means = question.rules.statistic is Statistic.MEAN
    other = None if means else drawn.compared(baseline, candidate, question.rules, paired=pairs.examples > 0)
    difference, notes = (
        (other.difference, other.notes)
        if other
        else _difference(question, pairs, baseline, candidate, samples, refusal)
    )
    shares = pairs.binary and all(len(sample.scores) == 1 for sample in samples)
    ends = [float(end) for values in (baseline, candidate) if values.size for end in (values.min(), values.max())]
    halves = [
        _side(sample, half, values, question.rules, scores, shares=shares)
        for sample, half, values in zip(samples, (pairs.baseline, pairs.candidate), (baseline, candidate), strict=True)
    ]
    if other:
        halves = [_by(half, own) for half, own in zip(halves, (other.baseline, other.candidate), strict=True)]
    higher = question.rules.direction is Direction.MAXIMIZE
    made = replace(
        question.blank,
        column=scores.column or "",
        id_column=scores.files[ids(samples[0])[0]].id_column,
        metric_unit=metrics.unit(question.policy, question.blank.metric, ends),
        binary=pairs.binary,
        examples=pairs.examples,
        baseline=halves[0],
        candidate=halves[1],
        difference=difference,
        flips=_flips(pairs, max(half.runs for half in halves), higher=higher)
        if pairs.binary and pairs.examples
        else None,
        losses=pairs.extremes(rising=higher, limit=TOP),
        gains=pairs.extremes(rising=not higher, limit=TOP),
        slices=_slices(question, pairs, shares=shares),
        columns=scores.columns,
        slice_columns=pairs.slices,
    )
    return replace(made, warnings=(*warnings(made), *notes), caveats=caveats(made))


def _difference(
    question: Question,
    pairs: Pairs,
    baseline: Array,
    candidate: Array,
    samples: tuple[Sample, Sample],
    refusal: str,
) -> tuple[Difference, tuple[str, ...]]:
    shares = pairs.binary and all(len(sample.scores) == 1 for sample in samples)
    if question.unit == "examples":
        compare = analysis.paired if pairs.examples else analysis.unpaired
        return compare(baseline, candidate, question.rules, shares=shares)
    if not pairs.examples:
        return analysis.not_estimable(None, 0, "the two sides share no example"), ()
    if refusal:
        return analysis.not_estimable(float(candidate.mean() - baseline.mean()), 0, refusal), ()
    return analysis.both(pairs.matrix(), question.rules), ()


def _side(sample: Sample, half: Half, values: Array, rules: Rules, scores: Scores, *, shares: bool) -> ExampleSide:
    std, interval, beside = analysis.intervals(values, rules, shares=shares)
    why = None if interval else f"no variation seen in {values.size:,} examples, so there is no interval"
    own = drawn.Half(float(values.mean()) if values.size else None, interval, why)
    return replace(side(sample, half, own, scores), std=std, bootstrap_interval=beside)


def side(sample: Sample, half: Half, own: drawn.Half, scores: Scores) -> ExampleSide:
    """One side: who it is, what was counted, and what its examples say."""
    return ExampleSide(
        label=sample.label,
        filter=sample.filter,
        run_ids=ids(sample),
        examples=half.examples,
        mean=own.value,
        interval=own.interval,
        uneven=half.uneven,
        only_here=half.only_here,
        undefined=half.undefined,
        repeated=half.repeated,
        bootstrap_interval=own.interval,
        not_logged=scores.not_logged(sample.run_ids),
        excluded=sample.excluded,
        reason=own.reason,
        found_ids=sample.run_ids,
        counted=sample.runs,
    )


def _by(side: ExampleSide, own: drawn.Half) -> ExampleSide:
    """The side by another statistic than the mean."""
    return replace(side, mean=own.value, interval=own.interval, bootstrap_interval=own.interval, reason=own.reason)


def _flips(pairs: Pairs, runs: int, *, higher: bool) -> Flips:
    counts = pairs.agreement(higher=higher)
    score = "a score" if runs == 1 else "a mean score over the runs"
    gained, lost = (pairs.flipped(gained=gained, higher=higher, limit=LISTED) for gained in (True, False))
    rule = f"right is {score} of {'1' if runs == 1 else 'at least 0.5'}"
    if not higher:
        rule = f"right is {score} {'of 0' if runs == 1 else 'below 0.5'}, since lower is better"
    return Flips(counts.gained, counts.lost, counts.both, counts.neither, rule, LISTED, gained, lost)


def _slices(question: Question, pairs: Pairs, *, shares: bool) -> tuple[Slice, ...]:
    """Every category, not yet corrected; by the rule for examples whatever the unit, by t where that was asked for."""
    if not pairs.examples or question.rules.statistic is not Statistic.MEAN:
        return ()
    rows: list[Slice] = []
    for column in _columns(question, pairs):
        if shares and question.rules.method in {Method.AUTO, Method.PERMUTATION}:
            counts = pairs.shares(column)
            cells = (counts.n, counts.baseline, counts.candidate, counts.both)
            rows += slicing.shares(column, counts.categories, cells, question.rules)
            continue
        found = pairs.moments(column)
        powers = (found.first, found.second, found.third, found.fourth)
        table = slicing.table(column, found.categories, found.n, found.baseline, powers, found.centre)
        rough = slicing.rough(table, question.rules)
        rows += slicing.slices(table, pairs.values(column, rough) if rough else {}, question.rules)
    return tuple(rows)


def _columns(question: Question, pairs: Pairs) -> tuple[str, ...]:
    if question.slice_by is None:
        return pairs.slices
    return (question.slice_by,) if question.slice_by in pairs.slices else ()


def by_seeds(ours: Sample, theirs: Sample, question: Question) -> tuple[Sample, Sample, tuple[str, ...], str]:
    """The runs that share a seed, in the same order; with the reason why where there are too few of them."""
    if question.pair_by == UNPAIRED:
        return ours, theirs, (), "seeds × examples needs pairs of runs, and pairs were refused"
    pairing = by_seed(ours, theirs, True)
    if pairing.paired:
        seeds = [seed for seed, _ in pairing.values]
        return _of_seeds(ours, seeds), _of_seeds(theirs, seeds), pairing.warnings, ""
    said = " ".join(pairing.warnings).removeprefix("Pairing was asked for but is not possible: ").removesuffix(".")
    return ours, theirs, (), f"{said}; runs are paired by seed only, for pairs by order would be invented"


def _of_seeds(sample: Sample, seeds: Sequence[str]) -> Sample:
    by = {score.seed: score for score in sample.scores}
    return replace(sample, scores=tuple(by[seed] for seed in seeds))


def ids(sample: Sample) -> tuple[str, ...]:
    """The runs that the sample's scores come from."""
    return tuple(score.run_id for score in sample.scores)
