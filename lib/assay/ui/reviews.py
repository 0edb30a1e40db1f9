"""Which reviews there are and what each waits for, for every page that tells of them."""

from assay.model.review.gate import ReviewLine
from assay.model.review.review import ReviewStatus
from assay.queries.review import reading
from assay.queries.review.listing import lines
from assay.ui import load
from assay.workspace import Desk

_ROUNDS = 6
"""How often runs are asked for again at most; each takes the time of one and gets further, for inputs are kept."""


def reviews_now(desk: Desk) -> tuple[ReviewLine, ...]:
    """The newest first, memoised as far as the journal is the same; raises JournalError.

    Where time was too short to look at every open one, each later call looks at more.
    """
    head = reading.head(desk).hash
    asked: list[int] = []

    def further(own: Desk, place: int) -> tuple[ReviewLine, ...]:
        asked.append(place)
        return lines(own)

    found: tuple[ReviewLine, ...] = ()
    for place in range(_ROUNDS):
        found = load.judged(desk, head, further, place)
        if asked or not any(one.fresh is None and one.review.status is ReviewStatus.OPEN for one in found):
            break
    return found
