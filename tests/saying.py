"""What errors and notes say, in the words that people read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

from assay.errors import AssayError
from assay.model.note import Note
from assay.view.text.notes import words

Kind = TypeVar("Kind", bound=AssayError)


def said(by: AssayError | Note | None) -> str:
    """The words of an error or a note; none where there is nothing to say."""
    note = by.note if isinstance(by, AssayError) else by
    return words(note) if note else ""


@contextmanager
def refused(kind: type[Kind], match: str) -> Iterator[pytest.ExceptionInfo[Kind]]:
    """As pytest.raises, with the words in place of the text for tracebacks."""
    with pytest.raises(kind) as caught:
        yield caught
    assert re.search(match, said(caught.value)), said(caught.value)
