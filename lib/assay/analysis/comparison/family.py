"""Everything that was asked at once, decided as one family: p corrected over all of it, then verdicts and plans."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assay.analysis import planning
from assay.analysis.comparison.plan import luck, plan
from assay.analysis.comparison.verdicts import decided as judged
from assay.analysis.comparison.verdicts import out_of_reach
from assay.analysis.examples import slices
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.examples import Slice
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Method, Rules
from assay.model.note import Note, note


def decided(found: Sequence[MetricComparison], rules: Rules) -> tuple[MetricComparison, ...]:
    """Every metric's comparison with p_adjusted, verdicts, plans and the caveats that hang on these.

    The family is all candidates on all metrics, those without a p value too; slices are a family of their own.
    """
    asked = [(one, candidate) for one in found for candidate in one.candidates]
    differences = judged([c.difference for _, c in asked], [one.metric for one, _ in asked], rules)
    rows = [row for _, c in asked if c.examined for row in c.examined.slices]
    whose = [one.metric for one, c in asked if c.examined for _ in c.examined.slices]
    sliced = slices.decided(rows, whose, rules.of_slices)
    left = iter(differences), iter(sliced)
    return tuple(_decided(one, *left, rules, len(asked)) for one in found)


def replanned(
    found: Sequence[MetricComparison], rules: Rules, effect: float, family: int
) -> tuple[MetricComparison, ...]:
    """The same with plans for a difference that the reader wants to see; `family`: over how many p is corrected."""
    return tuple(
        replace(one, candidates=tuple(replace(c, plan=plan(one, c, rules, family, effect)) for c in one.candidates))
        for one in found
    )


def _decided(
    one: MetricComparison, differences: Iterator[Difference], rows: Iterator[Slice], rules: Rules, family: int
) -> MetricComparison:
    candidates = []
    for candidate in one.candidates:
        own = replace(candidate, difference=next(differences))
        if own.examined:
            ordered = slices.ordered([next(rows) for _ in own.examined.slices], one.metric.direction)
            own = replace(own, examined=replace(own.examined, slices=ordered))
        elif one.tasks is None:
            own = replace(own, plan=plan(one, own, rules, family))
        candidates.append(own)
    seeds = one.tasks is None and not any(own.examined for own in candidates)
    said = [
        text
        for at, c in enumerate(candidates, start=1)
        for text in (_caveats(one, c, at, rules, family) if seeds else _unadjusted(c.difference, at, rules, family))
    ]
    made = replace(one, candidates=tuple(candidates), notes=tuple(dict.fromkeys((*one.notes, *said))))
    return replace(made, luck=luck(made)) if seeds else made


def _caveats(one: MetricComparison, candidate: Candidate, place: int, rules: Rules, family: int) -> tuple[Note, ...]:
    """What a reader must know beside this verdict."""
    found, sizes = candidate.difference, {one.baseline.replicates, candidate.side.replicates}
    if sizes == {1}:
        return (note(Says.SIDE_IS_CHECKPOINT, place),)
    if found.value is not None and 1 in sizes:
        return (note(Says.SINGLE_TRAINING, place),)
    if found.verdict in {Verdict.TOO_FEW, Verdict.CANNOT_BE_SIGNIFICANT}:
        return ()
    if found.verdict is Verdict.NOT_SHOWN:
        return _unadjusted(found, place, rules, family)
    if rules.method is Method.PERMUTATION or not out_of_reach(found, rules):
        return ()
    enough = planning.fewest_for_permutation(
        level=rules.level, comparisons=family if rules.corrected else 1, paired=found.paired
    )
    return (
        note(
            Says.RESTS_ON_NORMALITY, place, alpha=rules.alpha, smallest_p=found.min_attainable_p, enough=enough,
            paired=found.paired,
        ),
    )  # fmt: skip


def _unadjusted(found: Difference, place: int, rules: Rules, family: int) -> tuple[Note, ...]:
    """Where a reader of the interval alone would see a claim that the correction takes away."""
    claimed = found.p_value is not None and found.p_value < rules.threshold
    if not claimed or found.verdict is not Verdict.NOT_SHOWN or rules.simultaneous:
        return ()
    return (note(Says.UNADJUSTED, place, family=family, p=found.p_adjusted),)
