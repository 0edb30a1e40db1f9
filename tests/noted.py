"""Notes, as tests look for them: codes of two kinds may be the same text."""

from collections.abc import Iterable
from typing import Any

from assay.model.note import Code, Note


def only(notes: Iterable[Note], code: Code) -> Note:
    """The one note of this code."""
    [found] = [one for one in notes if one.code is code]
    return found


def has(notes: Iterable[Note], code: Code) -> bool:
    """Whether a note of this code is among them."""
    return any(one.code is code for one in notes)


def of(given: Note | None, code: Code) -> dict[str, Any]:
    """The values of a note, which must be of this code."""
    assert given is not None
    assert given.code is code, given
    return dict(given.values)
