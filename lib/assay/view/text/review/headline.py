"""The first lines of a review: whether the candidate may be promoted, as sentence and badges."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from assay.model.note import Code
from assay.model.people import Role
from assay.model.review.acts import SignVerdict
from assay.model.review.gate import CriterionStatus, ReviewStanding, ReviewState
from assay.model.review.notes import GateNote as Gate
from assay.model.review.policy import GateCriterion
from assay.view.text.escape import markdown, short
from assay.view.text.numbers import count
from assay.view.text.review import criteria, marks
from assay.view.text.review.people import Namer, labels_of, name, newest, noted, when
from assay.view.text.verdicts import Mark

_LONGEST = 160
_ALONE: tuple[Code, ...] = (Gate.GATE_NOTHING_FROZEN, Gate.GATE_NOT_COMPARABLE, Gate.GATE_STALE)
"""Reasons that say it all where they bind."""


class Reader(NamedTuple):
    """Who reads: a sentence may speak of their own signature; `key` "" for nobody."""

    key: str = ""
    roles: frozenset[Role] = frozenset()


NOBODY = Reader()


def mark(standing: ReviewStanding) -> Mark:
    """Of its state."""
    return marks.STATES[standing.gate.state]


def headline(standing: ReviewStanding, reader: Reader = NOBODY, *, namer: Namer = markdown) -> str:
    """The answer first: `Not yet: …`, `Ready: …`, `May be promoted: …`, `Rejected: …`."""
    return _SAID[standing.gate.state](standing, reader, namer)


def badges(standing: ReviewStanding) -> tuple[Mark, ...]:
    """The gate's word, the state, criteria, signatures, and what is stale or waived."""
    gate = standing.gate
    done, asked = criteria.met(standing)
    have, needed = signed(standing)
    stale = sum(one.signature.act.verdict is SignVerdict.APPROVE and not one.fresh for one in newest(standing))
    waived = sum(one.waiver is not None and one.waiver.void is None for one in gate.criteria)
    shown = [marks.DECISIONS[gate.decision], marks.STATES[gate.state]]
    if asked:
        whole = done == asked
        shown.append(Mark("✓" if whole else "", f"{done} of {asked} criteria", "green" if whole else "gray"))
    if needed:
        shown.append(Mark("", f"{have} of {count(needed, 'signature')}", "blue" if have else "gray"))
    shown += [Mark(marks.STALE, f"{stale} stale", "orange")] if stale else []
    shown += [Mark("", f"{waived} waived", "orange")] if waived else []
    return tuple(shown)


def signed(standing: ReviewStanding) -> tuple[int, int]:
    """Signatures that count towards the quorum, and how many it takes, as the gate has them."""
    own = next((one for one in standing.gate.criteria if one.criterion is GateCriterion.SIGNATURES), None)
    return (int(own.value or 0), int(own.limit or 0)) if own else (0, 0)


def _harm(standing: ReviewStanding, _reader: Reader, namer: Namer) -> str:
    why = _first(standing, namer)
    return f"Harm: {why}"


def _blocked(standing: ReviewStanding, _reader: Reader, namer: Namer) -> str:
    reasons = standing.gate.reasons
    if reasons and reasons[0].code in _ALONE:
        why = noted(reasons[0], namer=namer)
        return f"Not yet: {why[:1].lower()}{why[1:]}"
    done, asked = criteria.met(standing)
    open_ = [one for one in standing.gate.criteria if one.keeps_back]
    verb = "is" if asked - done == 1 else "are"
    first = f" ({criteria.name(open_[0]).lower()})" if len(open_) == 1 else ""
    return f"Not yet: {asked - done} of {asked} required criteria {verb} not met{first}."


def _changes(standing: ReviewStanding, _reader: Reader, namer: Namer) -> str:
    asking = [
        name(one.signature.made.person, namer=namer)
        for one in standing.gate.signatures
        if one.signature.made.seq in standing.gate.requested
    ]
    who = " and ".join(dict.fromkeys(asking)) or "a reviewer"
    return f"Not yet: {who} {'ask' if len(set(asking)) > 1 else 'asks'} for changes."


def _waiting(standing: ReviewStanding, reader: Reader, _namer: Namer) -> str:
    if any(one.keeps_back and one.criterion is GateCriterion.CHECKLIST for one in standing.gate.criteria):
        n = standing.gate.blocking_open
        verb = "waits" if n == 1 else "wait"
        return f"Not yet: {count(n, 'question')} of the checklist {verb} for an answer."
    stale = [
        one for one in newest(standing)
        if one.signature.act.verdict is SignVerdict.APPROVE and not one.fresh
        and one.signature.act.role in standing.gate.missing
    ]  # fmt: skip
    own = next((one for one in stale if reader.key and one.signature.made.key == reader.key), None)
    if own:
        role = marks.in_sentence(own.signature.act.role)
        return f"Not yet: your signature as {role} is for other evidence. Sign again, or ask for changes."
    if stale:
        roles = marks.in_sentence(*dict.fromkeys(one.signature.act.role for one in stale))
        return f"Not yet: the signature of the {roles} is for other evidence and has to be given again."
    missing = standing.gate.missing
    if {*missing} <= {one.signature.act.role for one in standing.gate.signatures if one.counts}:
        return "Not yet: it waits for another person to sign."
    if mine := [one for one in missing if one in reader.roles and reader.key not in standing.authors]:
        return f"Not yet: it waits for your signature as {marks.in_sentence(*mine)}."
    verb = "signature" if len(missing) == 1 else "signatures"
    return f"Not yet: it waits for the {verb} of the {marks.in_sentence(*missing)}."


def _ready(standing: ReviewStanding, _reader: Reader, _namer: Namer) -> str:
    done, asked = criteria.met(standing)
    said = "all" if done == asked else f"{done} of"
    waived = any(one.blocking and one.status is CriterionStatus.WAIVED for one in standing.gate.criteria)
    how = "met or waived" if waived else "met"
    return f"Ready: {said} {asked} required criteria are {how}, and an approver may accept it."


def _accepted(standing: ReviewStanding, _reader: Reader, namer: Namer) -> str:
    return f"May be promoted: accepted by {_decided(standing, namer)}."


def _accepted_for_other(standing: ReviewStanding, _reader: Reader, namer: Namer) -> str:
    changes = standing.fresh.changes
    since = f"{count(len(changes), 'thing')} changed since" if changes else "the inputs changed since"
    return f"Not any more: it was accepted for other evidence by {_decided(standing, namer)}, and {since}."


def _rejected(standing: ReviewStanding, _reader: Reader, namer: Namer) -> str:
    harm = " for harm" if standing.gate.state is ReviewState.HARMFUL else ""
    decided = standing.review.decision
    why = f": “{namer(short(decided[1].reason, _LONGEST))}”" if decided and decided[1].reason else "."
    return f"Rejected{harm} by {_decided(standing, namer)}{why}"


def _withdrawn(standing: ReviewStanding, _reader: Reader, namer: Namer) -> str:
    closing = standing.review.closing
    why = f": “{namer(short(closing[1], _LONGEST))}”" if closing and closing[1] else "."
    return f"Withdrawn by its author{why}"


def _decided(standing: ReviewStanding, namer: Namer) -> str:
    decided = standing.review.decision
    return f"{name(decided[0].person, namer=namer)}, {when(decided[0].at)}" if decided else "an approver"


def _first(standing: ReviewStanding, namer: Namer) -> str:
    labels = labels_of(standing)
    reasons = standing.gate.reasons
    return noted(reasons[0], labels, namer=namer) if reasons else "shown."


_SAID: Mapping[ReviewState, Callable[[ReviewStanding, Reader, Namer], str]] = {
    ReviewState.HARM: _harm,
    ReviewState.BLOCKED: _blocked,
    ReviewState.CHANGES_REQUESTED: _changes,
    ReviewState.WAITING: _waiting,
    ReviewState.READY: _ready,
    ReviewState.ACCEPTED: _accepted,
    ReviewState.ACCEPTED_FOR_OTHER: _accepted_for_other,
    ReviewState.REJECTED: _rejected,
    ReviewState.HARMFUL: _rejected,
    ReviewState.WITHDRAWN: _withdrawn,
}
