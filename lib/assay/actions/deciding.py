"""A review is decided, withdrawn, or opened again."""

from assay.actions.rights import still_open
from assay.actions.saving import judged, saved
from assay.actions.signing import as_shown
from assay.actions.texts import written
from assay.errors import ReviewError
from assay.model.people import Acting
from assay.model.review.acts import Basis, Decided, Reopened, ReviewDecision, Withdrawn
from assay.model.review.gate import GateDecision, ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.model.review.review import Review, ReviewStatus
from assay.workspace import Desk


def decided(
    desk: Desk, acting: Acting, id: str, decision: ReviewDecision, reason: str, shown: str, basis: Basis
) -> Review:  # fmt: skip
    """A decision on what its form showed, with what the gate says of it; all but a promotion need a reason."""

    def make(found: ReviewStanding) -> Decided:
        as_shown(found, shown, basis)
        said = found.gate.decision
        if decision is ReviewDecision.PROMOTE and said is not GateDecision.PROMOTE:
            raise ReviewError(ReviewNote.REVIEW_NOT_READY, decision=said.value)
        why = written("a reason", reason, needed=decision is not ReviewDecision.PROMOTE)
        return Decided(decision, why, said.value, shown, basis)

    return judged(desk, acting, id, Decided, make)


def withdrawn(desk: Desk, acting: Acting, id: str, reason: str) -> Review:
    """Taken back by who opened it."""

    def make(review: Review) -> Withdrawn:
        still_open(desk, review)
        return Withdrawn(written("a reason", reason))

    return saved(desk, acting, id, Withdrawn, make)


def reopened(desk: Desk, acting: Acting, id: str, reason: str) -> Review:
    """Open again after it was rejected or withdrawn, with a reason; approvals of before do not count."""

    def make(review: Review) -> Reopened:
        if review.status in (ReviewStatus.OPEN, ReviewStatus.ACCEPTED):
            raise ReviewError(ReviewNote.REVIEW_OPEN)
        return Reopened(written("a reason", reason, needed=True))

    return saved(desk, acting, id, Reopened, make)
