"""What do a comparison and a scorecard say of a candidate, as it is frozen?"""

from collections.abc import Iterator, Mapping, Sequence

from assay.analysis.checklists.comparison import is_quality, mixed
from assay.model.comparison.answer import Comparison, MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.procedure import Interval
from assay.model.comparison.side import Side
from assay.model.evidence.proofs import ProofNote
from assay.model.metric import MetricUnit
from assay.model.note import Note, note
from assay.model.review.evidence import Inputs, LimitReached, MetricEffect, SliceEffect
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.scorecard import Judgement, Scored, Status

LOGGED = "logged"
"""In place of a threshold of a metric that is required and on no card."""


def effects(found: Comparison, groups: Mapping[str, str]) -> tuple[MetricEffect, ...]:
    """Every metric, the primary one first; `groups`: metric → its group on the card.

    Where a side is of several configurations, its spread is no noise: then nothing is shown, and that is the reason.
    """
    return tuple(_effect(one, groups, found.comparisons) for one in found.metrics)


def _effect(one: MetricComparison, groups: Mapping[str, str], over: int) -> MetricEffect:
    [candidate] = one.candidates
    found, sides, doubt = candidate.difference, (one.baseline, candidate.side), mixed(one)
    low, high = (None, None) if doubt else _ends(found.interval)
    return MetricEffect(
        metric=one.metric.name,
        unit=one.metric.unit,
        direction=None if one.metric.assumed else one.metric.direction,
        group=groups.get(one.metric.name, ""),
        quality=is_quality(one.metric, groups),
        smallest_effect=one.metric.smallest_effect,
        n=(sides[0].replicates, sides[1].replicates),
        values=(sides[0].value, sides[1].value),
        stds=(sides[0].std, sides[1].std),
        difference=found.value,
        low=low,
        high=high,
        p=None if doubt else found.p_adjusted,
        over=over,
        paired=found.paired,
        method=found.p_method or "",
        verdict=Verdict.NOT_SHOWN if doubt else found.verdict,
        reason=doubt or found.reason,
        scores=(dict(_scores(sides[0])), dict(_scores(sides[1]))),
    )


def _scores(side: Side) -> Iterator[tuple[str, float]]:
    for one in side.sample.replicates:
        if one.score is not None:
            yield one.seed or one.run_ids[0], one.score


def slices(found: Comparison | Note) -> tuple[tuple[SliceEffect, ...], Note | None]:
    """Every category of the example scores, or why there is none."""
    if isinstance(found, Note):
        return (), found
    examined, metric = found.first.candidates[0].examined, found.first.metric
    if examined is None or examined.reason is not None:
        return (), examined.reason if examined else note(ProofNote.NO_EXAMPLE_SCORES)
    rows = tuple(
        SliceEffect(
            metric.name, metric.unit, None if metric.assumed else metric.direction, metric.smallest_effect,
            row.column, row.category, row.n, row.difference, *_ends(row.interval), row.verdict,
        )
        for row in examined.slices
    )  # fmt: skip
    return rows, None if rows else note(ProofNote.NO_SLICES, metric=metric.name, unit=metric.unit.value)


def limits(found: Scored | Note, required: Sequence[str], inputs: Inputs) -> tuple[LimitReached, ...]:
    """Every criterion of the card, then what is required, on no card, and logged by nobody of the candidate."""
    own = () if isinstance(found, Note) else found.judgements
    rows = tuple(_limit(one, _logged(one.metric.name, inputs)) for one in own)
    missing = (name for name in required if name not in {row.metric for row in rows})
    return (*rows, *(_missing(name) for name in missing if not _logged(name, inputs)[0]))


def _logged(metric: str, inputs: Inputs) -> tuple[bool, bool]:
    """By the candidate, and by the baseline."""
    candidate, baseline = (
        any(metric in run.metrics for run in side.values()) for side in (inputs.candidate, inputs.baseline)
    )
    return candidate, baseline


def _limit(one: Judgement, logged: tuple[bool, bool]) -> LimitReached:
    side, criterion = one.side, one.criterion
    low, high = _ends(side.interval)
    return LimitReached(
        metric=one.metric.name,
        unit=one.metric.unit,
        group=criterion.group,
        value=side.value,
        std=side.std,
        low=low,
        high=high,
        threshold=criterion.threshold.text,
        alert=criterion.alert.text if criterion.alert else None,
        status=one.status,
        logged=logged,
        reason=one.reason,
    )


def _missing(metric: str) -> LimitReached:
    nothing: tuple[None, None, None, None] = (None, None, None, None)
    why = note(ScorecardNote.CRITERION_NOT_LOGGED, metric=metric)
    return LimitReached(
        metric, MetricUnit.NONE, "", *nothing, LOGGED, None, Status.NOT_LOGGED, (False, False), why
    )  # fmt: skip


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (interval.low, interval.high) if interval else (None, None)
