"""The documented JSON object of a check of the journal."""

from typing import Any

from assay.model.journal import JournalCheck
from assay.view.objects import reasoned


def check(found: JournalCheck) -> dict[str, Any]:
    """`head` is a hash, null of an empty journal."""
    return {
        "entries": found.entries,
        "ok": found.ok,
        "first_broken": found.first_broken,
        "head": found.head.hash or None,
        "erased": found.erased,
        **reasoned(found.problem, ()),
    }
