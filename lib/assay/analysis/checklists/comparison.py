"""What does a comparison of a candidate with a baseline prove?"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.examples import Slice
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.procedure import Interval
from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.files import ANSWERS, IMAGES, INPUTS
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.metric import MEASURED, Metric
from assay.model.note import Note, Value, note
from assay.model.runs.data import Sameness

_AT_LEAST_TWO = 2
_DOUBTS = (ComparisonNote.SEVERAL_CONFIGURATIONS, ComparisonNote.REPLICATES_FILTERED_OUT)
_SHOWN_ONLY = frozenset((*INPUTS, *IMAGES, *ANSWERS))
"""Columns that examples are shown with, which are no slices."""
Holds = bool | None
Row = TypeVar("Row")


def seeds_per_side(found: Comparison) -> Proof:
    """Of the side with fewest distinct replicates; a candidate alone counts for itself."""
    one, sides = found.first, found.first.sides
    if (why := _unmeasured(one) or mixed(one)) is not None:
        return _silent(one.metric, why)
    counts = [side.replicates for side in sides]
    needed, baseline = found.rules.fewest, counts[0] if len(counts) > 1 else None
    about = {"n": counts[-1], "baseline": baseline, "needed": needed}
    return _of(one.metric, min(counts) >= needed, Says.REPLICATES, about)


def mean_and_spread(found: Comparison) -> Proof:
    """Of the candidate, in the metric that matters most."""
    one = found.first
    side = one.sides[-1]
    nothing = note(Says.SIDE_UNMEASURED, len(one.sides) - 1, metric=one.metric.name)
    if not side.sample.scores:
        return _silent(one.metric, _unmeasured(one) or nothing)
    if (why := mixed(one)) is not None:
        return _silent(one.metric, why)
    if side.replicates < _AT_LEAST_TWO:
        return _of(one.metric, False, Says.SINGLE_REPLICATE)
    if side.std is None:
        return _silent(one.metric, side.reason or nothing)
    about = {"value": side.value, "std": side.std, "n": side.replicates, **_ends(side.interval)}
    return _of(one.metric, True, Says.SPREAD, about)


def baseline_measured(found: Comparison) -> Proof:
    """Runs of the baseline that count and log the metric that matters most."""
    one = found.first
    side = one.baseline
    if not side.sample.run_ids:
        return _silent(one.metric, note(Says.NO_RUN_OF_SIDE, 0))
    if not side.sample.scores:
        return Proof(ProofOf.COMPARISON, False, note(Says.SIDE_UNMEASURED, 0, metric=one.metric.name))
    about = {"n": side.replicates, "value": side.value, "std": side.std}
    return _of(one.metric, True, Says.BASELINE_SCORES, about)


def fair_comparison(found: Comparison, test_rows: Mapping[str, str | None]) -> Proof:
    """By dataset digests, else by which test rows each run says it was scored on (run → that, None where unsaid)."""
    one, data = found.first, found.setting.data
    if data.test is Sameness.DIFFERENT:
        return _of(one.metric, False, Says.TEST_DATA_OTHER)
    said = [{test_rows.get(run_id) for run_id in side.sample.used_ids} for side in one.sides]
    rows = set().union(*said)
    if all(said) and None not in rows:
        same = len(rows) == 1
        return _of(one.metric, same or None, Says.TEST_ROWS_SAME if same else Says.TEST_DATA_UNKNOWN)
    if data.test is Sameness.SAME:
        return _of(one.metric, True, Says.TEST_DATA_SAME)
    return _of(one.metric, None, Says.TEST_DATA_UNKNOWN)


def significant(found: Comparison) -> Proof:
    """Better in the metric that matters most; too few replicates, or a p that is not below the level, speak against."""
    one = found.first
    [candidate] = one.candidates
    if (why := _unmeasured(one) or mixed(one)) is not None:
        return _silent(one.metric, why)
    if one.metric.assumed:
        return _of(one.metric, None, Says.WAY_NOT_TOLD)
    verdict = candidate.difference.verdict
    unknown = candidate.difference.p_adjusted is None and verdict is not Verdict.TOO_FEW
    holds = None if unknown else verdict is Verdict.BETTER
    counts = {"n": candidate.side.replicates, "baseline": one.baseline.replicates, "over": found.comparisons}
    return _of(one.metric, holds, Says.DIFFERENCE, {**counts, **_difference(one, candidate)})


def quality_kept(found: Comparison, groups: Mapping[str, str]) -> Proof:
    """Every metric of quality: by the scorecard's `groups` (metric → group), else one that measures no cost."""
    own = [one for one in found.metrics if is_quality(one.metric, groups) and not one.metric.assumed]
    known = [one for one in own if one.candidates[0].difference.value is not None]
    why = mixed(found.first)
    if why is not None or not known:
        return _silent(found.first.metric, _unmeasured(found.first) or why or note(Says.NOTHING_TO_COMPARE))
    held = {one.metric.name: _kept(one.metric, *_judged(one.candidates[0])) for one in known}
    worst = _deciding(known, [held[one.metric.name] for one in known])
    kept = sum(one is True for one in held.values())
    about = {"n": kept, "of": len(known), **_difference(worst, worst.candidates[0])}
    return _of(worst.metric, _all(held.values()), Says.QUALITY, about)


def no_slice_worse(found: Comparison) -> Proof:
    """Every category of the example scores, by the smallest effect that matters in the metric."""
    one = found.first
    examined = one.candidates[0].examined
    if examined is None or examined.reason is not None:
        why = note(Says.NO_EXAMPLE_SCORES) if examined is None or examined.reason is None else examined.reason
        return _silent(one.metric, why, by_examples=True)
    if not examined.slices:
        return _of(one.metric, None, Says.NO_SLICES, by_examples=True)
    held = [_kept(one.metric, row.verdict, row.interval) for row in examined.slices]
    worst = _deciding(examined.slices, held)
    kept = sum(holds is True for holds in held)
    about = {"n": kept, "of": len(held), **_slice(worst)}
    return _of(one.metric, _all(held), Says.SLICES, about, by_examples=True)


def slices_measured(columns: Collection[str], metric: str) -> Proof:
    """`columns`: what the example scores of the candidate can be sliced by."""
    telling = tuple(column for column in columns if column.lower() not in _SHOWN_ONLY)
    if not telling:
        return Proof(ProofOf.COMPARISON, None, note(Says.NO_SLICES), metric=metric, by_examples=True)
    said = note(Says.SLICES_LOGGED, columns=telling)
    return Proof(ProofOf.COMPARISON, True, said, metric=metric, by_examples=True)


def _unmeasured(one: MetricComparison) -> Note | None:
    """The first side without a run, or without a score; None where both have some."""
    place = len(one.sides) - 1
    for at, side in ((place, one.sides[-1]), (0, one.baseline)):
        if not side.sample.run_ids:
            return note(Says.NO_RUN_OF_SIDE, at)
        if not side.replicates:
            return note(Says.SIDE_UNMEASURED, at, metric=one.metric.name)
    return None


def mixed(one: MetricComparison) -> Note | None:
    """Why the spread of a side is not the noise of one configuration, of all its replicates; None where it is."""
    return next((own for own in one.notes if own.code in _DOUBTS), None)


def is_quality(metric: Metric, groups: Mapping[str, str]) -> bool:
    """By its group on the scorecard (metric → group), else as one that measures no cost."""
    group = groups.get(metric.name)
    return metric.unit not in MEASURED if group is None else group == "quality"


def _judged(candidate: Candidate) -> tuple[Verdict, Interval | None]:
    return candidate.difference.verdict, candidate.difference.interval


def _kept(metric: Metric, verdict: Verdict, interval: Interval | None) -> Holds:
    """Whether nothing is lost that matters; None where that can neither be told nor excluded."""
    if verdict is Verdict.WORSE:
        return False
    if interval is None:
        return None
    least = min(metric.direction.gain(interval.low), metric.direction.gain(interval.high))
    return True if verdict is Verdict.BETTER or least > -(metric.smallest_effect or 0.0) else None


def _all(held: Iterable[Holds]) -> Holds:
    """No where one is, open where one is, else yes."""
    every = list(held)
    return False if False in every else None if None in every else True


def _deciding(rows: Collection[Row], held: Collection[Holds]) -> Row:
    """The first that is lost, else the first that is open, else the first."""
    order = {False: 0, None: 1, True: 2}
    return min(zip(rows, held, strict=True), key=lambda pair: order[pair[1]])[0]


def _difference(one: MetricComparison, candidate: Candidate) -> dict[str, Value]:
    """What its words need: the difference, and the spreads that say how many digits it has."""
    found = candidate.difference
    return {
        "value": candidate.side.value,
        "before": one.baseline.value,
        "std": candidate.side.std,
        "std_before": one.baseline.std,
        "difference": found.value,
        "apart": found.std,
        "p": found.p_adjusted,
        "reason": found.reason,
        **_ends(found.interval),
    }


def _slice(row: Slice) -> dict[str, Value]:
    return {
        "column": row.column,
        "category": row.category,
        "examples": row.n,
        "difference": row.difference,
        **_ends(row.interval),
    }


def _ends(interval: Interval | None) -> dict[str, Value]:
    return {"low": None, "high": None} if interval is None else {"low": interval.low, "high": interval.high}


def _silent(metric: Metric, why: Note, *, by_examples: bool = False) -> Proof:
    return Proof(ProofOf.COMPARISON, None, why, metric=metric.name, by_examples=by_examples)


def _of(
    metric: Metric, holds: Holds, code: Says, values: Mapping[str, Value] = MappingProxyType({}), *,
    by_examples: bool = False,
) -> Proof:  # fmt: skip
    said = note(code, **{"metric": metric.name, "unit": metric.unit.value, **values})
    return Proof(ProofOf.COMPARISON, holds, said, metric=metric.name, by_examples=by_examples)
