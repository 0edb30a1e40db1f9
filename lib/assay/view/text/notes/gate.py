"""The words for what the gate says of a criterion, of a waiver and of a signature, with numbers and limits."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.model.metric import MetricUnit
from assay.model.note import Code
from assay.model.review.notes import GateNote as Says
from assay.model.runs.exclusion import Exclusion
from assay.view.text.escape import flat, short
from assay.view.text.notes.exclusions import reason
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import MINUS, Scale, count, p_phrase, plain, probability, scale

_MOST_NAMED = 3
_LONGEST = 60
_MOST_DIGITS = 6
_LIMIT = re.compile(r"([<>]=?)\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)")
_NO_WAY = "nobody told which way it gets better"
_ROLES = {"tech_lead": "tech lead", "production": "production approver"}


def roles(names: Sequence[str]) -> str:
    """`tech lead and production approver`."""
    return " and ".join(_ROLES.get(name, name) for name in names)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(flat(short(name, _LONGEST)) for name in names[:_MOST_NAMED]) + more


def _name(said: Said) -> str:
    return flat(short(said["metric"], _LONGEST))


def _scale(said: Said, *values: str) -> Scale:
    """By the interval's half width, as a comparison over examples writes it."""
    low, high = said.get("low"), said.get("high")
    half = [None] if low is None or high is None else [(high - low) / 2]
    unit = MetricUnit(said.get("unit") or "")
    return scale(unit, [said.get(value) for value in values], half, half)


def _telling(shown: Scale, limit: float, *values: float | None) -> Scale:
    """With the digits that it takes for no value to look like a limit that it is not."""
    for value in values:
        while value not in (None, limit) and shown.digits < _MOST_DIGITS and _alike(shown, value, limit):
            shown = replace(shown, digits=shown.digits + 1)
    return shown


def _alike(shown: Scale, value: float, limit: float) -> bool:
    return math.isclose(round(value * shown.factor, shown.digits), limit * shown.factor, rel_tol=1e-9)


def effect(said: Said) -> str:
    """`accuracy +1.9 points [+1.0, +2.7]`, or why there is no difference."""
    if said.get("difference") is None:
        return f"{_name(said)}: {said.get('reason') or 'no difference can be told'}"
    shown = _scale(said, "difference")
    return f"{_name(said)} {shown.difference(said['difference'])}{_ends(said, shown)}"


def _ends(said: Said, shown: Scale) -> str:
    if said.get("low") is None or said.get("high") is None:
        return ", without an interval"
    return f" [{', '.join(shown.ends(said['low'], said['high']))}]"


def _significant(said: Said) -> str:
    if said.get("difference") is None or said.get("p") is None:
        why = f" ({said['reason']})" if said.get("difference") is not None and said.get("reason") else ""
        return f"{effect(said)}, no p{why}."
    over = f" over {said['over']:comparison}" if said.get("over", 1) > 1 else ""
    needs = "" if said["p"] < said["level"] else f"; needs p < {plain(said['level'])}"
    return f"{effect(said)}, {p_phrase(said['p'])}{over}{needs}{_untold(said)}."


def _untold(said: Said) -> str:
    return "" if said.get("told", True) else f"; {_NO_WAY}"


def _improvement(said: Said) -> str:
    if said.get("low") is None:
        why = "no interval" if said.get("told", True) else _NO_WAY
        return f"{_name(said)}: {said.get('reason') or why}."
    shown = _telling(_scale(said, "low", "minimum"), said["minimum"], said["low"])
    limit = "0" if not said["minimum"] else shown.limit(said["minimum"])
    return f"Low end of the gain in {_name(said)} {shown.difference(said['low'])}, needs > {limit}."


def _limit(said: Said) -> str:
    """`throughput_qps 87 per s [80, 94], needs > 100`."""
    shown = _scale(said, "value")
    if said.get("value") is None:
        return f"{_name(said)} not logged, needs {bound(str(said['threshold']), shown)}"
    shown = _beside(said, str(said["threshold"]), shown)
    value = f"{shown.value(said['value'])}{_around(said, shown)}"
    return f"{_name(said)} {value}, needs {bound(str(said['threshold']), shown)}"


def _beside(said: Said, written: str, shown: Scale) -> Scale:
    """Fine enough for a value and its ends beside a limit as the policy writes it."""
    found = _LIMIT.fullmatch(written.strip())
    return _telling(shown, float(found[2]), *map(said.get, ("value", "low", "high"))) if found else shown


def _around(said: Said, shown: Scale) -> str:
    """The ends of an interval of a value, without their unit."""
    if said.get("low") is None or said.get("high") is None:
        return ""
    return f" [{shown.limits(said['low'], said['high'], signed=False).replace(' to ', ', ')}]"


def bound(written: str, shown: Scale) -> str:
    """A limit as the policy writes it (`> 0.75`), in the unit in which values are shown (`> 75 %`)."""
    found = _LIMIT.fullmatch(written.strip())
    return f"{found[1]} {plain(float(found[2]) * shown.factor)} {shown.unit}".strip() if found else written


def _thresholds(said: Said) -> str:
    silent = f"; {said['silent']} that nobody logs or requires" if said.get("silent") else ""
    first = f"{said['met']} of {said['of']} met"
    worst = f"; {_limit(said)}" if said.get("metric") else ""
    others = f", and {count(said['others'], 'more')}".removesuffix("s") if said.get("others") else ""
    return f"{first}{worst}{others}{silent}."


def _kept(said: Said) -> str:
    """What the worse end has to be, by which way the metric gets better; nothing of what is shown."""
    if said.get("worse"):
        return ", shown worse"
    smallest = said.get("smallest") or 0.0
    end, sign = ("high end below", "+") if said.get("lower") else ("low end above", MINUS)
    return f", needs a {end} {sign + _scale(said, 'difference').limit(smallest) if smallest else 0}"


def _quality(said: Said) -> str:
    return f"{said['met']} of {said['of']} keep up; {effect(said)}{_kept(said)}."


def _slices(said: Said) -> str:
    shown = _scale(said, "difference")
    where = f"{flat(short(said['column'], _LONGEST))} {flat(short(said['category'], _LONGEST))}"
    worst = f"{shown.difference(said['difference'])}{_ends(said, shown)}"
    return f"{said['met']} of {said['of']} slices keep up; {_name(said)} in {where} {worst}{_kept(said)}."


def _checks(said: Said) -> str:
    kinds = (("failed", "fail"), ("warned", "warn"), ("passed", "pass"), ("silent", "not logged"))
    counts = ", ".join(f"{said[key]:,} {word}" for key, word in kinds if said.get(key))
    # What only warns is told beside the criterion.
    worst = f"; {said['worst']}" if said.get("worst") and (said["failed"] or not said["warned"]) else ""
    return f"{counts or 'nothing was looked at'}{worst}."


def _records(said: Said) -> str:
    names = [name.replace("_", " ") for name in said.get("missing") or ()]
    missing = f"; not complete: {_listed(names)}" if names else ""
    return f"{said['met']} of {said['of']:record} complete in every run{missing}."


def _checklist(said: Said) -> str:
    waits = f"; {said['open']} that {said['open']:blocks|block} {said['open']:is|are} open" if said.get("open") else ""
    return f"{said['met']} of {said['of']} blocking items settled{waits}."


def _left_out(said: Said) -> str:
    names = [_excluded(name) for name in said.get("reasons") or ()]
    why = f": {_listed(names)}" if names else ""
    return f"{said['n']} of {said['of']:run} that match {said['n']:is|are} left out{why}."


def _excluded(why: str) -> str:
    return reason(Exclusion(why), "a metric") if why in {*Exclusion} else why


def _signatures(said: Said) -> str:
    have = f"{said['n']} of {said['needed']} signatures"
    missing = said.get("missing") or ()
    return f"{have}{f'; missing: {roles(missing)}' if missing else ''}."


def _errors(said: Said) -> str:
    shown = _telling(Scale(100.0, "%"), said["limit"], said["value"])
    return f"error_rate is {shown.value(said['value'])}, above the guard of {plain(100 * said['limit'])} %."


def _alert(said: Said) -> str:
    shown = _beside(said, str(said["alert"]), _scale(said, "low", "high"))
    value = f" {shown.value(said['value'])}" if said.get("value") is not None else ""
    beyond = bound(str(said["alert"]), shown)
    return f"{_name(said)}{value}{_around(said, shown)} lies wholly beyond the alert limit {beyond}."


def _front(said: Said) -> str:
    return f"On the front in {probability(said['chance'])}." if said.get("chance") is not None else "On the front."


WORDS: Mapping[Code, Words] = {
    Says.GATE_SIGNIFICANT: _significant,
    Says.GATE_REPLICATES: "{baseline} and {candidate} replicates, needs {needed} a side.",
    Says.GATE_FEW_REPLICATES: "Fewer than {advised} replicates a side: one odd seed may decide.",
    Says.GATE_IMPROVEMENT: _improvement,
    Says.GATE_THRESHOLDS: _thresholds,
    Says.GATE_NO_THRESHOLDS: "No threshold binds: neither side logs a metric of the scorecard, and none is required.",
    Says.GATE_QUALITY: _quality,
    Says.GATE_SLICES: _slices,
    Says.GATE_NO_QUALITY: "No quality metric that is told to get better upwards or downwards is logged by both sides.",
    Says.GATE_LEAKAGE: _checks,
    Says.GATE_RECORDS: _records,
    Says.GATE_CHECKLIST: _checklist,
    Says.GATE_COMPLETE: "{n} of {of:run} that match are in.",
    Says.GATE_LEFT_OUT: _left_out,
    Says.GATE_SIGNATURES: _signatures,
    Says.GATE_NOTHING_FROZEN: "No evidence is frozen, so there is nothing to judge.",
    Says.GATE_HARM_ERRORS: _errors,
    Says.GATE_HARM_ALERT: _alert,
    Says.GATE_HARM_PRIMARY: lambda said: f"{effect(said)}: the primary metric is shown worse.",
    Says.GATE_STALE: "The inputs are no longer those of the newest evidence: {n:change}.",
    Says.GATE_NOT_COMPARABLE: "What was frozen can't be compared with the runs as they are now.",
    Says.WAIVER_ENDED: "The waiver ended with {until} (UTC).",
    Says.WAIVER_WORSE: "It stands worse now than when it was waived.",
    Says.WAIVER_ROLE_GONE: "Who waived it no longer has a role to waive in.",
    Says.WAIVER_BY_AUTHOR: "Who waived it is an author of this candidate by now.",
    Says.SIGNED_UNVERIFIED: "Nobody vouches for this account, and the policy counts verified signatures alone.",
    Says.SIGNED_BY_AUTHOR: "Authors of a candidate don't approve it.",
    Says.SIGNED_STALE: "Given for other evidence, answers or waivers than there are now.",
    Says.SIGNED_ROLE_GONE: "Who signed no longer has this role.",
    Says.SIGNED_TWICE: "The same person already signs in another role.",
    Says.SIGNED_ERASED: "Who signed was erased.",
    Says.CHANGES_REQUESTED: lambda said: (
        f"{flat(short(said['who'], _LONGEST)) if said.get('who') else 'Somebody'} asks for changes."
    ),
}
