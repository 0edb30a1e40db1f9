"""What binds, each with its next step: the numbered list below a review's answer."""

from collections.abc import Mapping

from assay.model.note import Code, Note
from assay.model.review.gate import CriterionFound, ReviewStanding, ReviewState
from assay.model.review.notes import GateNote as Gate
from assay.model.review.policy import GateCriterion
from assay.view.text.escape import markdown
from assay.view.text.review import criteria
from assay.view.text.review.changes import stale
from assay.view.text.review.people import Namer, labels_of, noted, shown_hash

_FREEZE = "Freeze again, read what changed, then sign."
_WAIVE = "or an approver waives it with a reason"
_OF_ONE = "A signature"
_CLOSED = (ReviewState.ACCEPTED, ReviewState.REJECTED, ReviewState.HARMFUL, ReviewState.WITHDRAWN)
_BY_CODE: Mapping[Code, str] = {
    Gate.GATE_NOTHING_FROZEN: "Freeze the evidence.",
    Gate.GATE_STALE: _FREEZE,
    Gate.GATE_NOT_COMPARABLE: "Look again when the store answers; until then nothing is let through.",
    Gate.GATE_HARM_ERRORS: "Don't promote it: reject it as harm, or mend it and log new runs.",
    Gate.GATE_HARM_ALERT: "Don't promote it: reject it as harm, or mend it and log new runs.",
    Gate.GATE_HARM_PRIMARY: "Don't promote it: reject it as harm, or mend it and log new runs.",
    Gate.CHANGES_REQUESTED: "Make them and ask for approval, or an approver dismisses them with a reason.",
    Gate.SIGNED_STALE: "Read below what changed, then sign the newest evidence.",
    Gate.SIGNED_BY_AUTHOR: "Somebody who neither opened it nor made its runs has to sign.",
    Gate.SIGNED_UNVERIFIED: "Sign in with an account that an issuer vouches for.",
    Gate.SIGNED_ROLE_GONE: "Somebody who has the role has to sign.",
    Gate.SIGNED_TWICE: "A second person has to sign.",
    Gate.SIGNED_ERASED: "Somebody else has to sign.",
}
_BY_CRITERION: Mapping[GateCriterion, str] = {
    GateCriterion.SIGNATURES: "Sign, or ask for the signature.",
    GateCriterion.SIGNIFICANT: f"Log more replicates, {_WAIVE}.",
    GateCriterion.REPLICATES: f"Log more seeds on both sides and freeze again, {_WAIVE}.",
    GateCriterion.IMPROVEMENT: f"Log more replicates, or keep the baseline, {_WAIVE}.",
    GateCriterion.THRESHOLDS: f"Measure again or improve it, {_WAIVE}.",
    GateCriterion.QUALITY: f"Log more replicates or mend what got worse, {_WAIVE}.",
    GateCriterion.FRONT: f"Look at Trade-offs for what beats it, {_WAIVE}.",
    GateCriterion.LEAKAGE: "Look at Leakage, mend the split or log what is missing, then train again.",
    GateCriterion.REPRODUCIBLE: f"Log what is missing, {_WAIVE}.",
    GateCriterion.CHECKLIST: "Answer the open items below.",
    GateCriterion.COMPLETE: f"Delete or rerun them, {_WAIVE}.",
}


def of(standing: ReviewStanding, *, namer: Namer = markdown) -> list[str]:
    """Each reason with what to do about it, as Markdown unless `namer` says otherwise; the one that binds first."""
    told = any(criterion(standing, one) for one in standing.gate.reasons if one.code is Gate.GATE_SIGNATURES)
    said = [one for one in standing.gate.reasons if not (told and one.code is Gate.SIGNED_STALE)]
    return list(dict.fromkeys(_said(standing, reason, namer) for reason in said))


def step(standing: ReviewStanding, reason: Note) -> str:
    """What to do about it; "" where nothing can be, as in a review that is closed."""
    if standing.gate.state in _CLOSED:
        return ""
    if standing.other_store and reason.code is Gate.GATE_NOT_COMPARABLE:
        return "Open it where its own store is read."
    if reason.code in _BY_CODE:
        return _BY_CODE[reason.code]
    found = criterion(standing, reason)
    if found and found.criterion is GateCriterion.SIGNATURES and stale(standing) and standing.review.frozen:
        if standing.fresh.changes:
            return "Read below what changed, freeze again, then sign."
        sha256 = shown_hash(standing.review.frozen[1].evidence)
        return f"Read below what changed, then sign the evidence {sha256}."
    return _BY_CRITERION[found.criterion] if found else ""


def criterion(standing: ReviewStanding, reason: Note) -> CriterionFound | None:
    """The criterion that gives this reason; None of harm and of what is about all of them."""
    return next((one for one in standing.gate.criteria if one.note == reason), None)


def _said(standing: ReviewStanding, reason: Note, namer: Namer) -> str:
    labels = labels_of(standing)
    found = criterion(standing, reason)
    bold = "**" if namer is markdown else ""
    name = criteria.name(found) if found else _OF_ONE if reason.code.name.startswith("SIGNED_") else ""
    head = f"{bold}{namer(name)}.{bold} " if name else ""
    said = noted(reason, labels, namer=namer)
    return f"{head}{said if _is_named(reason, said) else _sentence(said)} {step(standing, reason)}".strip()


def _is_named(reason: Note, said: str) -> bool:
    """Whether it begins with a metric, which is written as it was logged."""
    metric = dict(reason.values).get("metric")
    return isinstance(metric, str) and said.startswith(metric[:1]) and said.endswith(".")


def _sentence(text: str) -> str:
    """With a capital, and a full stop."""
    stop = "" if text.endswith(".") else "."
    return f"{text[:1].upper()}{text[1:]}{stop}"
