"""What people write in a review: its wording, answers, comments and requests to sign."""

from assay.actions.rights import refused, still_open
from assay.actions.saving import based, saved
from assay.actions.texts import written
from assay.errors import ReviewError
from assay.model.people import APPROVERS, Acting, Role
from assay.model.review.acts import Answered, Commented, Edited, ItemReply, Retracted, SignatureAsked
from assay.model.review.notes import ReviewNote
from assay.model.review.review import Comment, Review
from assay.queries.review.standing import evidence_of
from assay.workspace import Desk


def edited(desk: Desk, acting: Acting, id: str, title: str, hypothesis: str, based_on: int) -> Review:
    """Another title and hypothesis; `based_on`: the entry of the wording that editing started from."""

    def make(review: Review) -> Edited:
        still_open(desk, review)
        based(based_on, review.wordings[-1].made)
        return Edited(written("a title", title, needed=True), written("a hypothesis", hypothesis))

    return saved(desk, acting, id, Edited, make)


def answered(desk: Desk, acting: Acting, id: str, answer: Answered, based_on: int) -> Review:
    """An answer to an item; `based_on`: the entry of the answer that is replaced, 0 for none.

    A yes needs what it rests on, the others a reason.
    """

    def make(review: Review) -> Answered:
        still_open(desk, review)
        _asked_for(desk, review, answer)
        before = review.answers.get(answer.key)
        based(based_on, before[0] if before else None)
        return _reasoned(answer)

    return saved(desk, acting, id, Answered, make)


def _reasoned(answer: Answered) -> Answered:
    evidence, reason = written("what it rests on", answer.evidence), written("a reason", answer.reason)
    if answer.reply is ItemReply.YES and not (evidence or reason):
        raise ReviewError(ReviewNote.REPLY_EVIDENCE)
    if answer.reply is not ItemReply.YES and not reason:
        raise ReviewError(ReviewNote.REPLY_REASON)
    return Answered(answer.checklist, answer.item, answer.reply, evidence, reason)


def _asked_for(desk: Desk, review: Review, answer: Answered) -> None:
    """Raises ReviewError for an item that the evidence does not ask of people."""
    evidence = evidence_of(desk, review.evidence_sha256)
    if evidence and not any(one.key == answer.key and not one.signature for one in evidence.results.items):
        raise ReviewError(ReviewNote.ACT_NOTHING_SUCH)


def commented(
    desk: Desk, acting: Acting, id: str, text: str, comment: int = 0, based_on: int = 0
) -> Review:  # fmt: skip
    """A comment, on a closed review too; `comment`: the one that is replaced, of which `based_on` was the newest entry.

    Only its author replaces a comment.
    """

    def make(review: Review) -> Commented:
        if comment:
            based(based_on, _own(acting, review, comment).versions[-1][0])
        return Commented(written("a text", text, needed=True), comment)

    return saved(desk, acting, id, Commented, make)


def retracted(desk: Desk, acting: Acting, id: str, comment: int) -> Review:
    """A comment that its author takes back."""

    def make(review: Review) -> Retracted:
        _own(acting, review, comment)
        return Retracted(comment)

    return saved(desk, acting, id, Retracted, make)


def _own(acting: Acting, review: Review, comment: int) -> Comment:
    """Their own comment; raises ReviewError for another's, and where it is gone."""
    found = next((one for one in review.comments if one.made.seq == comment), None)
    if found is None or found.retracted or found.erased:
        raise ReviewError(ReviewNote.ACT_NOTHING_SUCH)
    if acting.here.person is None or found.made.key != acting.here.person.key:
        raise refused()
    return found


def asked(desk: Desk, acting: Acting, id: str, role: Role, text: str) -> Review:
    """A request to sign in a role in which one may approve."""

    def make(review: Review) -> SignatureAsked:
        still_open(desk, review)
        if role not in APPROVERS:
            raise ReviewError(ReviewNote.ACT_NOTHING_SUCH)
        return SignatureAsked(role, written("a text", text))

    return saved(desk, acting, id, SignatureAsked, make)
