"""Every criterion of the gate that frozen results are judged by, each with its numbers and how far it is from met."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from assay.model.comparison.difference import Verdict
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import LeakageCheck
from assay.model.metric import Direction, MetricUnit
from assay.model.note import Note, Value, note
from assay.model.review.evidence import ChecksFound, LimitReached, MetricEffect, Results, SliceEffect
from assay.model.review.gate import CriterionFound, CriterionStatus
from assay.model.review.notes import GateNote as Says
from assay.model.review.policy import GateCriterion as Of
from assay.model.review.policy import PromotionPolicy
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.scorecard import Status

Effect = MetricEffect | SliceEffect
Is = CriterionStatus

_ALL_TELL = frozenset({LeakageCheck.SAME_DATASET.value, LeakageCheck.TEST_LOOKS.value})
"""Checks that pass for runs which logged neither splits nor metrics of a kind."""
_FINE = frozenset({Exclusion.REPEAT, Exclusion.RUNNING, Exclusion.SCHEDULED, Exclusion.NESTED})
"""Why a run may stand in no mean without anything being left out."""


_CRUMB = 1e-12
"""The mean of 57 times 0.01 is above 0.01 by its last digit."""


def judged(results: Results, rules: PromotionPolicy, level: float) -> Iterator[CriterionFound]:
    """Those that need neither answers nor signatures, without waivers; `level`: that of the policy's statistics."""
    primary = results.primary
    yield _significant(primary, _alpha(level), rules)
    yield _replicates(primary, rules)
    yield _improvement(primary, rules)
    yield _thresholds(results.limits, rules)
    yield _quality(results, rules)
    yield _front(results, rules)
    yield _leakage(results.leakage, rules)
    yield _reproducible(results, rules)
    yield _complete(results, rules)


def shown(results: Results, level: float) -> Note:
    """The effect in the primary metric, with its p."""
    return _shown(results.primary, _alpha(level))


def _alpha(level: float) -> float:
    return round(1 - level, 12)


def _shown(one: MetricEffect, alpha: float) -> Note:
    told = one.direction is not None
    return note(Says.GATE_SIGNIFICANT, **_effect(one), p=one.p, over=one.over, level=alpha, told=told)


def harms(results: Results, rules: PromotionPolicy) -> Iterator[Note]:
    """What no waiver helps against: errors above the guard, an interval beyond an alert, a primary metric worse."""
    if results.error_rate is not None and results.error_rate > rules.error_guard + _CRUMB:
        yield note(Says.GATE_HARM_ERRORS, value=results.error_rate, limit=rules.error_guard)
    for one in results.limits:
        if one.status is Status.ALERT:
            yield note(
                Says.GATE_HARM_ALERT, metric=one.metric, unit=one.unit.value, value=one.value, low=one.low,
                high=one.high, alert=one.alert or "",
            )  # fmt: skip
    if results.primary.verdict is Verdict.WORSE:
        yield note(Says.GATE_HARM_PRIMARY, **_effect(results.primary))


def _significant(one: MetricEffect, alpha: float, rules: PromotionPolicy) -> CriterionFound:
    if one.difference is None:
        status = Is.NOT_LOGGED if None in one.values else Is.UNCERTAIN
    elif one.p is None or one.direction is None:
        status = Is.UNCERTAIN
    else:
        status = Is.MET if one.p < alpha and one.direction.gain(one.difference) > 0 else Is.MISSED
    return _found(Of.SIGNIFICANT, status, rules, _shown(one, alpha), one.p, alpha, _unlikely(one))


def _unlikely(one: MetricEffect) -> float | None:
    """p, where the effect is for the worse its distance from 2: the surer of a loss, the further from met."""
    lost = one.direction is not None and one.difference is not None and one.direction.gain(one.difference) < 0
    return 2 - one.p if one.p is not None and lost else one.p


def _replicates(one: MetricEffect, rules: PromotionPolicy) -> CriterionFound:
    n, needed = min(one.n), rules.replicates
    few = (note(Says.GATE_FEW_REPLICATES, advised=rules.advised),) if n < rules.advised else ()
    said = note(Says.GATE_REPLICATES, baseline=one.n[0], candidate=one.n[1], needed=needed)
    status = Is.MISSED if n < needed else Is.WARNED if few else Is.MET
    return _found(Of.REPLICATES, status, rules, said, n, needed, needed - n, few)


def _improvement(one: MetricEffect, rules: PromotionPolicy) -> CriterionFound:
    minimum, gain = rules.minimum_improvement, _gain(one)
    low = gain[0] if gain else None
    if gain is None:
        status = Is.NOT_LOGGED if None in one.values else Is.UNCERTAIN
    else:
        status = Is.MET if gain[0] > minimum else Is.MISSED if gain[1] <= minimum else Is.UNCERTAIN
    said = note(
        Says.GATE_IMPROVEMENT, metric=one.metric, unit=one.unit.value, low=low, minimum=minimum, reason=one.reason,
        told=one.direction is not None,
    )  # fmt: skip
    worth = None if low is None else minimum - low
    return _found(Of.IMPROVEMENT, status, rules, said, low, minimum, worth)


def _thresholds(limits: Sequence[LimitReached], rules: PromotionPolicy) -> CriterionFound:
    binding = [one for one in limits if any(one.logged) or one.metric in rules.required]
    if not binding:
        return _found(Of.THRESHOLDS, Is.WARNED, rules, note(Says.GATE_NO_THRESHOLDS))
    left = sorted((one for one in binding if one.status is not Status.MET), key=_unmet)
    about: dict[str, Value] = {
        "met": len(binding) - len(left),
        "of": len(binding),
        "silent": len(limits) - len(binding),
    }
    if left:
        worst = left[0]
        about |= {"metric": worst.metric, "unit": worst.unit.value, "value": worst.value, "threshold": worst.threshold,
                  "low": worst.low, "high": worst.high, "others": len(left) - 1}  # fmt: skip
    uncertain = all(one.status is Status.UNCERTAIN for one in left)
    status = Is.MET if not left else Is.UNCERTAIN if uncertain else Is.MISSED
    return _found(
        Of.THRESHOLDS, status, rules, note(Says.GATE_THRESHOLDS, **about), len(binding) - len(left), len(binding),
        _far(len(left), (_beyond(one) for one in left)),
    )  # fmt: skip


def _unmet(one: LimitReached) -> tuple[bool, float]:
    """What is missed before what is uncertain, the furthest first."""
    return one.status is Status.UNCERTAIN, -_beyond(one)


def _beyond(one: LimitReached) -> float:
    """How far the value, or the worse end of its interval, is beyond the threshold, by its size; most without any."""
    sign, _, limit = one.threshold.partition(" ")
    worse = one.low if sign.startswith(">") else one.high
    value = one.value if worse is None else worse
    if value is None or not limit:
        return inf
    short = float(limit) - value if sign.startswith(">") else value - float(limit)
    return max(0.0, short) / (abs(float(limit)) or 1.0)


def _quality(results: Results, rules: PromotionPolicy) -> CriterionFound:
    own = [one for one in results.metrics if one.quality and one.direction is not None]
    if not own:
        return _found(Of.QUALITY, Is.NOT_LOGGED, rules, note(Says.GATE_NO_QUALITY))
    rows: list[Effect] = [*own, *results.slices]
    held = [_kept(one) for one in rows]
    status = Is.MISSED if False in held else Is.UNCERTAIN if None in held else Is.MET
    lost = (_lost(one) for one, kept in zip(rows, held, strict=True) if not kept)
    worst = min(zip(rows, held, strict=True), key=lambda pair: (_ORDER[pair[1]], -_lost(pair[0])))[0]
    silent = () if results.slices or results.slices_reason is None else (results.slices_reason,)
    kept = sum(one is True for one in held)
    return _found(
        Of.QUALITY, status, rules, _said_kept(worst, own, results.slices), kept, len(held),
        _far(len(held) - kept, lost), silent,
    )  # fmt: skip


_ORDER = {False: 0, None: 1, True: 2}


def _said_kept(worst: Effect, own: Sequence[MetricEffect], slices: Sequence[SliceEffect]) -> Note:
    """Of the row that decides, among rows of its kind."""
    if isinstance(worst, SliceEffect):
        met = sum(_kept(one) is True for one in slices)
        about = {**_end(worst), "column": worst.column, "category": worst.category}
        return note(Says.GATE_SLICES, met=met, of=len(slices), **about)
    met = sum(_kept(one) is True for one in own)
    return note(Says.GATE_QUALITY, met=met, of=len(own), **_end(worst))


def _end(one: Effect) -> dict[str, Any]:
    """The effect, and which end of its interval must not lie beyond what."""
    worse, lower = one.verdict is Verdict.WORSE, one.direction is Direction.MINIMIZE
    return {**_effect(one), "smallest": one.smallest_effect, "worse": worse, "lower": lower}


def _kept(one: Effect) -> bool | None:
    """Whether nothing is lost that matters; None where that can neither be told nor excluded."""
    if one.verdict is Verdict.WORSE:
        return False
    if one.verdict is Verdict.BETTER:
        return True
    gain = _gain(one)
    return True if gain and gain[0] > -(one.smallest_effect or 0.0) else None


def _lost(one: Effect) -> float:
    """How far the low end of the gain is below minus the smallest effect, by its size; furthest where nobody knows."""
    smallest, gain = one.smallest_effect or 0.0, _gain(one)
    return inf if gain is None else max(0.0, -smallest - gain[0]) / (smallest or 1.0)


def _front(results: Results, rules: PromotionPolicy) -> CriterionFound:
    said = results.front_note or note(Says.GATE_NOTHING_FROZEN)
    status = Is.UNCERTAIN if results.front is None else Is.MET if results.front else Is.MISSED
    chance = dict(said.values).get("probability")
    value = float(chance) if isinstance(chance, int | float) else None
    return _found(Of.FRONT, status, rules, said, value, None, None if value is None else 1 - value)


def _leakage(found: ChecksFound, rules: PromotionPolicy) -> CriterionFound:
    worst = {check: _worst(own) for check, own in found.counts.items()}
    by: Mapping[CheckStatus, list[str]] = {
        status: [check for check, own in worst.items() if own is status] for status in CheckStatus
    }
    failed, warned = by[CheckStatus.FAIL], by[CheckStatus.WARN]
    telling = [check for check, own in worst.items() if own is not CheckStatus.NOT_LOGGED and check not in _ALL_TELL]
    said = note(
        Says.GATE_LEAKAGE, failed=len(failed), warned=len(warned), passed=len(by[CheckStatus.PASS]),
        silent=len(by[CheckStatus.NOT_LOGGED]),
        worst=found.reason or next((found.worst[one] for one in (*failed, *warned) if one in found.worst), None),
    )  # fmt: skip
    runs = sum(own.get(CheckStatus.FAIL, 0) for own in found.counts.values())
    warnings = tuple(found.worst[one] for one in warned if one in found.worst)
    status = Is.MISSED if failed else Is.NOT_LOGGED if not telling else Is.WARNED if warned else Is.MET
    return _found(Of.LEAKAGE, status, rules, said, len(failed), 0, _far(len(failed), [float(runs)]), warnings)


def _worst(counts: Mapping[CheckStatus, int]) -> CheckStatus:
    """Of the runs that were looked at; a check that some runs pass and others did not log could tell of some."""
    findings = [status for status in (CheckStatus.FAIL, CheckStatus.WARN, CheckStatus.PASS) if counts.get(status)]
    return findings[0] if findings else CheckStatus.NOT_LOGGED


def _reproducible(results: Results, rules: PromotionPolicy) -> CriterionFound:
    counts = {check: results.records.counts.get(check, {}) for check in rules.records}
    missing = tuple(check for check, own in counts.items() if not _complete_record(own))
    findings = any(counts[check].get(status) for check in missing for status in (CheckStatus.FAIL, CheckStatus.WARN))
    said = note(Says.GATE_RECORDS, met=len(counts) - len(missing), of=len(counts), missing=missing)
    status = Is.MET if not missing else Is.MISSED if findings else Is.NOT_LOGGED
    lacking = sum(n for check in missing for own, n in counts[check].items() if own is not CheckStatus.PASS)
    warnings = tuple(results.records.worst[one] for one in missing if one in results.records.worst)
    return _found(
        Of.REPRODUCIBLE, status, rules, said, len(counts) - len(missing), len(counts),
        _far(len(missing), [float(lacking)]), warnings,
    )  # fmt: skip


def _complete_record(counts: Mapping[CheckStatus, int]) -> bool:
    """In every run."""
    return bool(counts.get(CheckStatus.PASS)) and not any(n for own, n in counts.items() if own is not CheckStatus.PASS)


def _complete(results: Results, rules: PromotionPolicy) -> CriterionFound:
    lost = [(why, n) for side in results.left_out for why, n in side.items() if why not in _FINE and n]
    aside = sum(
        n for side in results.left_out for why, n in side.items() if why in (Exclusion.RUNNING, Exclusion.SCHEDULED)
    )
    n, of = sum(n for _, n in lost), sum(results.matched) - aside
    if not n:
        return _found(Of.COMPLETE, Is.MET, rules, note(Says.GATE_COMPLETE, n=of, of=of), 0, 0, 0)
    reasons = tuple(dict.fromkeys(why for why, _ in lost))
    return _found(Of.COMPLETE, Is.MISSED, rules, note(Says.GATE_LEFT_OUT, n=n, of=of, reasons=reasons), n, 0, n)


def _gain(one: Effect) -> tuple[float, float] | None:
    """The ends of the interval as improvements, the lower first; None without an interval or a direction."""
    if one.low is None or one.high is None or one.direction is None:
        return None
    low, high = sorted((one.direction.gain(one.low), one.direction.gain(one.high)))
    return low, high


def _effect(one: Effect) -> dict[str, Any]:
    reason = one.reason if isinstance(one, MetricEffect) else None
    return {
        "metric": one.metric,
        "unit": MetricUnit(one.unit).value,
        "difference": one.difference,
        "low": one.low,
        "high": one.high,
        "reason": reason,
    }


def _far(n: int, by: Any) -> float:
    """How many are not met, and up to 1 how far the worst of them is from it."""
    worst = max(by, default=0.0) if n else 0.0
    return n + (1.0 if worst == inf else worst / (1 + worst))


def _found(
    of: Of, status: Is, rules: PromotionPolicy, said: Note, value: float | None = None, limit: float | None = None,
    worth: float | None = None, warnings: tuple[Note, ...] = (),
) -> CriterionFound:  # fmt: skip
    return CriterionFound(of, status, of in rules.blocking, said, value, limit, worth, warnings=warnings)
