"""How does a review stand: what the gate says, whether it is fresh, and who may not sign?"""

from assay.errors import ReviewError
from assay.model.review.evidence import FrozenEvidence
from assay.model.review.gate import ReviewQuestion, ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.queries.review import reading
from assay.queries.review.looking import looked
from assay.workspace import Desk


def standing(desk: Desk, question: ReviewQuestion) -> ReviewStanding:
    """By its newest evidence, or the one asked for.

    Raises ReviewError for no such review, or evidence that was not frozen in it; JournalError as reading.
    """
    review = reading.review(desk, question.id)
    frozen = review.frozen_as(question.evidence.lower()) if question.evidence else review.frozen
    if question.evidence and frozen is None:
        raise ReviewError(ReviewNote.EVIDENCE_UNKNOWN, sha256=question.evidence, id=review.id)
    shown = evidence_of(desk, frozen[1].evidence if frozen else "")
    return looked(desk, review, shown, lambda sha256: evidence_of(desk, sha256), question.reader)


def evidence_of(desk: Desk, sha256: str) -> FrozenEvidence | None:
    """None where there is none, or its text is gone."""
    if not sha256:
        return None
    try:
        return reading.evidence(desk, sha256)
    except ReviewError:
        return None
