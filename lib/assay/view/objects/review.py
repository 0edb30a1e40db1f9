"""The documented JSON objects of reviews: the gate's whole answer, and the list."""

from collections.abc import Sequence
from typing import Any

from assay.model.note import Note
from assay.model.people import Person
from assay.model.review.evidence import Change, FrozenEvidence
from assay.model.review.gate import CriterionFound, ReviewLine, ReviewStanding, SignatureFound, WaiverFound
from assay.model.review.review import Made, Review
from assay.view.objects import noted, plain
from assay.view.text.notes import words
from assay.view.text.review import criteria as text
from assay.view.text.review import headline, steps
from assay.view.text.review.people import labels_of

Json = dict[str, Any]


def review(standing: ReviewStanding) -> Json:
    """Everything that page, command and API say of a review; cli.md's keys, and what a reader needs beside them."""
    gate = standing.gate
    labels = labels_of(standing)
    shown = {
        **_about(standing.review),
        "state": gate.state,
        "decision": gate.decision,
        "headline": headline.headline(standing, namer=str),
        "reasons": [{**noted(one, labels), "next_step": steps.step(standing, one) or None} for one in gate.reasons],
        "criteria": [_criterion(one, labels) for one in gate.criteria],
        "checklist": {"answered": gate.answered, "open": gate.open, "blocking_open": gate.blocking_open},
        "signoffs": [_signature(one, labels) for one in gate.signatures],
        "stale": is_stale(standing),
        "missing": list(gate.missing),
        "evidence": _evidence(standing),
        "changes": [_change(one, labels) for one in standing.fresh.changes],
        "other_store": standing.other_store,
        "authors_unmatched": list(standing.unmatched),
        "warnings": [words(one, labels) for one in standing.problems],
    }
    return plain(shown)  # type: ignore[no-any-return]


def reviews(lines: Sequence[ReviewLine]) -> Json:
    """The list, in the order in which it is shown."""
    shown = {
        "reviews": [
            {
                **_about(one.review),
                "state": one.state,
                "decision": one.decision,
                "fresh": one.fresh,
                "waits_for": list(one.waits_for),
                "reason": _sentence(one.reason),
            }
            for one in lines
        ]
    }
    return plain(shown)  # type: ignore[no-any-return]


def opened(standing: ReviewStanding, url: str) -> Json:
    """Of a review that was just opened: the same with its address and the hash of its evidence."""
    return {**review(standing), "url": url, "evidence_sha256": standing.review.evidence_sha256 or None}


def is_stale(standing: ReviewStanding) -> bool:
    """Whether what was frozen, or a signature's basis, is not what is there now."""
    return bool(standing.fresh.changes) or any(not one.fresh for one in standing.gate.signatures)


def _about(own: Review) -> Json:
    return {
        "review": own.id,
        "title": own.title,
        "status": own.status,
        "question": own.opened.question or None,
        "hypothesis": own.hypothesis or None,
        "hypothesis_late": own.wordings[-1].late,
        "baseline": own.opened.baseline,
        "candidate": own.opened.candidate,
        "metric": own.opened.metric,
        "experiments": list(own.opened.experiments),
        "store": own.opened.store_shown,
        "opened": _made(own.made),
    }


def _made(made: Made) -> Json:
    return {"by": _person(made.person), "at": made.at, "verified": made.verified, "via": made.via, "entry": made.seq}


def _person(person: Person | None) -> str | None:
    """Null of one who was erased."""
    return person.name if person else None


def _criterion(found: CriterionFound, labels: Sequence[str]) -> Json:
    return {
        "criterion": found.criterion,
        "name": text.name(found),
        "met": found.status.passes,
        "status": found.status,
        "value": found.value,
        "limit": found.limit,
        "reason": words(found.note, labels).removesuffix("."),
        "blocking": found.blocking,
        "warnings": [words(one, labels) for one in found.warnings],
        "waiver": _waiver(found.waiver) if found.waiver else None,
    }


def _waiver(found: WaiverFound) -> Json:
    return {**_made(found.made), "until": found.act.until, "why": found.act.reason, "void": _sentence(found.void)}


def _signature(found: SignatureFound, labels: Sequence[str]) -> Json:
    act, dismissed = found.signature.act, found.signature.dismissed
    return {
        "role": act.role,
        "verdict": act.verdict,
        **_made(found.signature.made),
        "why": act.reason or None,
        "evidence": act.evidence,
        "fresh": found.fresh,
        "counts": found.counts,
        "reason": _sentence(found.reason),
        "dismissed": {**_made(dismissed[0]), "why": dismissed[1]} if dismissed else None,
        "changes": [_change(one, labels) for one in found.changes],
    }


def _change(one: Change, labels: Sequence[str]) -> Json:
    """Of a result, which makes nothing stale, both as they were said."""
    if one.then is not None:
        return {**noted(one.note, labels), "before": words(one.then, labels), "now": words(one.note, labels)}
    return {**noted(one.note, labels), "before": one.before or None, "now": one.now or None}


def _evidence(standing: ReviewStanding) -> Json:
    frozen = standing.review.frozen
    return {
        "sha256": standing.review.evidence_sha256 or None,
        "inputs_sha256": frozen[1].inputs if frozen else None,
        "inputs_now": standing.fresh.current,
        "frozen": _made(frozen[0]) if frozen else None,
        "shown": _shown(standing.evidence),
        "reason": _sentence(standing.fresh.reason),
    }


def _shown(evidence: FrozenEvidence | None) -> Json | None:
    """What the answer rests on; null where its text is gone."""
    if evidence is None:
        return None
    results = evidence.results
    return {
        "sha256": evidence.sha256,
        "labels": list(results.labels),
        "matched": list(results.matched),
        "counted": list(results.counted),
        "run_ids": [list(ids) for ids in results.run_ids],
    }


def _sentence(own: Note | None) -> str | None:
    return words(own) if own else None
