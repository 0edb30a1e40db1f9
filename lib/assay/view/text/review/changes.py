"""What changed since something was signed or frozen: facts that make stale, beside what they were."""

from collections.abc import Mapping, Sequence

from assay.model.review.evidence import Change
from assay.model.review.gate import ReviewStanding, SignatureFound
from assay.model.review.notes import InputsNote
from assay.view.text.escape import markdown, short
from assay.view.text.numbers import MISSING
from assay.view.text.review.marks import REPLIES
from assay.view.text.review.people import cell, newest, when, who

_LONGEST = 90
_MOST = 12
_REPLIES: Mapping[str, str] = {reply.value: mark.word for reply, mark in REPLIES.items()}


def stale(standing: ReviewStanding) -> tuple[SignatureFound, ...]:
    """Signatures whose basis is not what is there now, with what changed; the newest of each person and role."""
    return tuple(one for one in newest(standing) if not one.fresh and one.changes)


def heading(found: SignatureFound) -> str:
    """`What changed since 이서준 signed`, Markdown."""
    return f"What changed since {who(found.signature.made)} signed"


def stale_otherwise(standing: ReviewStanding) -> tuple[SignatureFound, ...]:
    """Those of them since which something else changed than since the evidence was frozen."""
    return tuple(one for one in stale(standing) if one.changes != standing.fresh.changes)


def of_evidence(standing: ReviewStanding) -> str:
    """`What changed since the evidence was frozen, and since 이서준 signed it`, Markdown."""
    told = [who(one.signature.made) for one in stale(standing) if one.changes == standing.fresh.changes]
    also = f", and since {' and '.join(dict.fromkeys(told))} signed it" if told else ""
    return f"What changed since the evidence was frozen{also}"


def span(standing: ReviewStanding, found: SignatureFound) -> str:
    """`19 Nov 2026 09:12 UTC → 20 Nov 2026 16:40 UTC`: from the signature to the newest evidence."""
    frozen = standing.review.frozen
    until = when(frozen[0].at) if frozen and frozen[0].seq > found.signature.made.seq else "now"
    return f"{when(found.signature.made.at)} → {until}"


def rows(changes: Sequence[Change], labels: Sequence[str], before: str = "when signed") -> Mapping[str, Sequence[str]]:
    """A table of Markdown: what, before, now."""
    seen = changes[:_MOST]
    return {
        "what changed": [cell(one.note, labels) if one.then is None else "the result" for one in seen],
        before: [_cell(one, one.before) if one.then is None else cell(one.then, labels) for one in seen],
        "now": [_cell(one, one.now) if one.then is None else cell(one.note, labels) for one in seen],
    }


def caption(changes: Sequence[Change]) -> str:
    """What makes stale and what does not, and how many more there are."""
    facts = [one for one in changes if isinstance(one.note.code, InputsNote)]
    more = f"{len(changes) - _MOST} more are not listed. " if len(changes) > _MOST else ""
    also = "" if len(facts) == len(changes) else " Results are shown for information."
    return f"{more}Runs, params, metrics, data, rules, answers and waivers make a signature stale.{also}"


def shown(one: Change, value: str) -> str:
    """What was, or is, there: an answer in words, a waiver by its entry; plain text, "" for nothing."""
    if not value:
        return ""
    if one.note.code is InputsNote.ANSWER_CHANGED:
        return _REPLIES.get(value, value)
    return f"entry {value}" if one.note.code is InputsNote.WAIVER_CHANGED else short(value, _LONGEST)


def _cell(one: Change, value: str) -> str:
    return markdown(shown(one, value)) or MISSING
