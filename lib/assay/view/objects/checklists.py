"""The documented JSON objects of checklists."""

from collections.abc import Sequence
from typing import Any

from assay.model.evidence.checklist import Checklist, Checklists, ItemAnswer
from assay.model.evidence.proved import AnsweredChecklist, ChecklistQuestion, Proved
from assay.model.note import Note
from assay.view.objects import bare, noted
from assay.view.text.checklists.places import page
from assay.view.text.notes import words

Json = dict[str, Any]


def checklist(found: Proved, answered: AnsweredChecklist, problems: Sequence[Note] = ()) -> Json:
    """Every item with what the runs say of it."""
    return {
        **_list(answered.checklist),
        "candidate": _side(found.candidate, found.question.candidate, found.run_ids),
        "baseline": _side(found.baseline, found.question.baseline, found.baseline_ids),
        "asked": _asked(found.question),
        **_counts(answered),
        "items": [_item(found, answered, one) for one in answered.answers],
        "notes": [noted(own, found.labels) for own in (*found.notes, *problems)],
        "warnings": [words(own, found.labels) for own in (*found.notes, *problems)],
    }


def checklists(found: Proved, known: Checklists) -> Json:
    """Every list with how much of it the runs prove; the counts are null without a candidate."""
    said = (*found.notes, *known.problems)
    return {
        "checklists": [_summed(found, AnsweredChecklist.of(own, found)) for own in known.known],
        "asked": _asked(found.question),
        "notes": [noted(own, found.labels) for own in said],
        "warnings": [words(own, found.labels) for own in said],
    }


def _list(own: Checklist) -> Json:
    return {
        "name": own.name,
        "version": own.version,
        "title": dict(own.title),
        "template": own.template,
        "scored": own.scored,
        "source": own.source or None,
        "file": str(own.path),
    }


def _summed(found: Proved, answered: AnsweredChecklist) -> Json:
    own = answered.checklist
    counts = _counts(answered) if found.candidate else dict.fromkeys(_counts(answered))
    automatic = sum(bool(item.check) for item in own.items)
    return {**_list(own), "items": len(own.items), "automatic": automatic, **counts}


def _counts(answered: AnsweredChecklist) -> Json:
    return {
        "proved": answered.yes,
        "against": answered.no,
        "open": answered.open,
        "blocking": answered.blocking,
        "score": answered.score,
    }


def _side(label: str, filter: str, run_ids: Sequence[str]) -> Json | None:
    return {"label": label, "filter": filter, "n": len(run_ids), "run_ids": run_ids} if filter else None


def _asked(question: ChecklistQuestion) -> Json:
    return {
        "candidate": question.candidate or None,
        "baseline": question.baseline or None,
        "experiments": question.experiments,
        "deleted": question.deleted,
        "ignore": question.ignore,
    }


def _item(found: Proved, answered: AnsweredChecklist, one: ItemAnswer) -> Json:
    own, title = one.item, answered.section(one.item).title
    return {
        "id": own.id,
        "section": dict(title) or None,
        "text": dict(own.text),
        "severity": own.severity,
        "needs": own.needs,
        "status": one.status,
        "proof": _proof(found, one),
    }


def _proof(found: Proved, one: ItemAnswer) -> Json | None:
    """What the runs say, be it why they say nothing."""
    if one.proof is None:
        return None
    own = one.proof
    return {
        "check": one.item.check,
        "holds": own.holds,
        "sentence": words(own.note, found.labels).removesuffix("."),
        "note": bare(own.note),
        "of": own.of,
        "page": page(found, own) if found.candidate else None,
        "metric": own.metric or None,
        "run_id": own.run_id or None,
    }
