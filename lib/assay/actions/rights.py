"""Who may do what now: asked at every save, of the roles and the sign-in that are known then."""

from datetime import timedelta

from assay.errors import ReviewError
from assay.model.people import Acting, Person, Role
from assay.model.review.acts import Act
from assay.model.review.gate import ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.model.review.review import Review, ReviewStatus
from assay.model.review.rights import ALLOWED, AUTHORS_ALONE
from assay.queries.review.looking import elsewhere, looked
from assay.queries.review.standing import evidence_of
from assay.workspace import Desk


def present(desk: Desk, acting: Acting) -> Person:
    """Who acts; raises ReviewError where nobody is signed in, nothing may be saved, or the sign-in is too old."""
    person = signed_in(acting)
    since, hours = acting.here.signed_in_at, desk.policy.promotion.sign_in_hours
    if person.verified and (since is None or desk.now - since > timedelta(hours=hours)):
        raise ReviewError(ReviewNote.ACT_SIGN_IN_OLD, hours=hours)
    return person


def signed_in(acting: Acting) -> Person:
    """Who acts, however long ago they signed in."""
    if acting.here.closed is not None:
        raise ReviewError(acting.here.closed.code, **dict(acting.here.closed.values))
    if acting.here.person is None:
        raise ReviewError(ReviewNote.ACT_SIGNED_OUT)
    return acting.here.person


def allowed(acting: Acting, kind: type[Act], review: Review | None = None) -> None:
    """Raises ReviewError where no role of theirs allows this, or it is for who opened the review alone."""
    needed = ALLOWED[kind]
    if not needed & acting.here.roles:
        raise refused(*needed)
    person = acting.here.person
    if review and kind in AUTHORS_ALONE and (person is None or person.key != review.made.key):
        raise ReviewError(ReviewNote.ACT_AUTHOR_ONLY)


def refused(*needed: Role) -> ReviewError:
    """For somebody who has none of these roles."""
    return ReviewError(ReviewNote.ACT_NOT_ALLOWED, roles=tuple(one.value for one in Role if one in needed))


def own_store(desk: Desk, review: Review) -> None:
    """Raises ReviewError where the review is about another store than the one that is looked at."""
    if elsewhere(desk, review):
        raise ReviewError(ReviewNote.REVIEW_OTHER_STORE, store=review.opened.store_shown)


def no_author(acting: Acting, found: ReviewStanding) -> None:
    """Raises ReviewError for whoever opened, froze or worded what is judged, or made its runs."""
    if acting.here.person is None or acting.here.person.key in found.authors:
        raise ReviewError(ReviewNote.ACT_AUTHOR)


def still_open(desk: Desk, review: Review) -> None:
    """Raises ReviewError for a closed review; of one that was accepted the runs of now tell whether it is."""
    if review.status is ReviewStatus.OPEN:
        return
    if review.status is ReviewStatus.ACCEPTED:
        goes_on(looked(desk, review, evidence_of(desk, review.evidence_sha256), lambda _: None))
        return
    raise ReviewError(ReviewNote.REVIEW_CLOSED)


def goes_on(found: ReviewStanding) -> None:
    """The same where it is known how it stands."""
    if not found.is_open:
        raise ReviewError(ReviewNote.REVIEW_CLOSED)
