"""What do a scorecard and the policy behind it prove?"""

from collections.abc import Callable, Sequence

from assay.model.comparison.notes import ComparisonNote
from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.note import Note, Value, note
from assay.model.policy import StatisticsPolicy
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.scorecard import Judgement, Scored, Status

_SEVERAL = 2
_DOUBTS = (ComparisonNote.SEVERAL_CONFIGURATIONS, ComparisonNote.REPLICATES_FILTERED_OUT)
_MISSED = (Status.ALERT, Status.MISSED)


def several_metrics(found: Scored) -> Proof:
    """Metrics of the card that the candidate logs."""
    own = _logged(found)
    if found.card is None or not own:
        return _silent(found)
    names = tuple(one.metric.name for one in own)
    return _of(len(own) >= _SEVERAL, Says.METRICS_JUDGED, n=len(own), card=found.card.name, metrics=names)


def thresholds_met(group: str = "") -> Callable[[Scored], Proof]:
    """Of every metric of one group of the card, or of all, that the candidate logs."""

    def judged(found: Scored) -> Proof:
        own = [one for one in _logged(found) if group in ("", one.criterion.group)]
        if not own:
            return _silent(found, group)
        missed, met = [one for one in own if one.status in _MISSED], [one for one in own if one.status is Status.MET]
        holds = False if missed else True if len(met) == len(own) else None
        mixed = next((own for own in found.notes if own.code in _DOUBTS), None)
        if mixed:
            return Proof(ProofOf.SCORECARD, None, mixed)
        told = next(iter(missed or [one for one in own if one not in met] or own))
        return _of(holds, Says.THRESHOLDS, n=len(met), of=len(own), group=group, **_judgement(told))

    return judged


def alerts_set(found: Scored, file: str, line: int) -> Proof:
    """Beside every threshold that a logged metric has; the card stands in `line` of `file`, 0 where it has none."""
    own = _logged(found)
    if not own:
        return _silent(found)
    without = tuple(one.metric.name for one in own if one.criterion.alert is None)
    n = len(own) - len(without)
    said = note(Says.ALERTS, n=n, of=len(own), without=without, file=file, line=line)
    return Proof(ProofOf.POLICY, not without, said)


def statistics_set(rules: StatisticsPolicy, file: str) -> Proof:
    """What holds before anything is compared."""
    about: dict[str, Value] = {"level": rules.level, "correction": rules.correction, "runs": rules.minimum_runs}
    return Proof(ProofOf.POLICY, True, note(Says.STATISTICS, file=file, **about), check="statistics")


def no_metric_worse(found: Scored) -> Proof:
    """Over every metric that both sides log; one of which nobody knows what matters keeps it open."""
    if not found.family:
        return Proof(
            ProofOf.SCORECARD, None, _why(found, ScorecardNote.NOTHING_SHARED) or note(Says.NOTHING_TO_COMPARE)
        )
    lost = tuple(own.metric.name for own in found.regressions if own.lost)
    blind = _why(found, ScorecardNote.EFFECT_UNKNOWN, ScorecardNote.WAY_UNKNOWN)
    if lost:
        return _of(False, Says.METRICS_LOST, n=len(lost), of=found.family, metrics=lost)
    if found.regressions:
        unsure = tuple(own.metric.name for own in found.regressions)
        return _of(None, Says.METRICS_OPEN, n=len(unsure), of=found.family, metrics=unsure)
    if blind:
        return Proof(ProofOf.SCORECARD, None, blind)
    return _of(True, Says.METRICS_KEPT, of=found.family)


def _logged(found: Scored) -> Sequence[Judgement]:
    return [one for one in found.judgements if one.status is not Status.NOT_LOGGED]


def _silent(found: Scored, group: str = "") -> Proof:
    """No card, or nothing of it is logged."""
    if found.card is None:
        return Proof(ProofOf.SCORECARD, None, found.notes[0] if found.notes else note(Says.NO_CARD))
    return _of(None, Says.NONE_OF_GROUP, card=found.card.name, group=group)


def _why(found: Scored, *codes: ScorecardNote) -> Note | None:
    return next((own for own in found.notes if own.code in codes), None)


def _judgement(one: Judgement) -> dict[str, Value]:
    limit = one.criterion.threshold
    return {
        "metric": one.metric.name,
        "unit": one.metric.unit.value,
        "value": one.side.value,
        "std": one.side.std,
        "low": one.side.interval.low if one.side.interval else None,
        "high": one.side.interval.high if one.side.interval else None,
        "comparator": limit.comparator,
        "limit": limit.value,
        "status": one.status.value,
    }


def _of(holds: bool | None, code: Says, **values: Value) -> Proof:
    return Proof(ProofOf.SCORECARD, holds, note(code, **values))
