"""Which reviews there are and what each waits for, for every page that tells of them."""

from assay.model.review.gate import ReviewLine
from assay.queries.review import reading
from assay.queries.review.listing import lines
from assay.ui import load
from assay.workspace import Desk


def reviews_now(desk: Desk) -> tuple[ReviewLine, ...]:
    """The newest first, memoised as far as the journal is the same; raises JournalError."""
    return load.judged(desk, reading.head(desk).hash, _lines, 0)


def _lines(desk: Desk, _: int) -> tuple[ReviewLine, ...]:
    return lines(desk)
