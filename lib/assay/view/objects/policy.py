"""The documented JSON objects of a policy and its rules."""

from typing import Any

from assay.model.note import Note
from assay.model.rules import Rule, RuleBook
from assay.view.objects import bare, noted
from assay.view.text.notes import words


def rule(one: Rule) -> dict[str, Any]:
    """A rule as its file has it; `usual` is null where nothing is shipped in its place, or it is shipped itself."""
    return {
        "path": one.path,
        "value": one.value,
        "file": one.file,
        "line": one.line,
        "shipped": one.shipped,
        "usual": one.usual,
    }


def tree(found: RuleBook) -> dict[str, Any]:
    """Every rule that holds."""
    return {"file": found.policy.origin, "rules": [rule(one) for one in found.rules], **_notes(found)}


def checked(found: RuleBook) -> dict[str, Any]:
    """What a good file holds."""
    return {
        "ok": True,
        "file": found.policy.origin,
        "rules": len(found.rules),
        "own": found.own,
        "scorecards": [card.name for card in found.policy.scorecards],
        "objectives": [one.name for one in found.policy.objectives],
        **_notes(found),
    }


def refused(file: str, why: Note) -> dict[str, Any]:
    """What is wrong with a file."""
    return {"ok": False, "file": file, "error": words(why), "note": bare(why)}


def _notes(found: RuleBook) -> dict[str, Any]:
    return {"notes": [noted(own) for own in found.notes], "warnings": [words(own) for own in found.notes]}
