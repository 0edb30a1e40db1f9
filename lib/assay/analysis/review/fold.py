"""A review as its entries tell it, in their order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assay.model.journal import Recorded
from assay.model.records import UNREADABLE
from assay.model.records import made as value_of
from assay.model.review.acts import (
    KINDS,
    Act,
    Answered,
    Commented,
    Decided,
    Dismissed,
    Edited,
    Erased,
    Frozen,
    Opened,
    Reopened,
    Retracted,
    ReviewDecision,
    SignatureAsked,
    Signed,
    SignVerdict,
    Waived,
    Withdrawn,
)
from assay.model.review.review import Comment, Made, Occasion, Review, ReviewStatus, Signature, Wording

_CLOSES = {
    ReviewDecision.PROMOTE: ReviewStatus.ACCEPTED,
    ReviewDecision.REJECT: ReviewStatus.REJECTED,
    ReviewDecision.ROLLBACK: ReviewStatus.REJECTED,
}
_ERASED = Opened(title="", baseline="", candidate="", metric="")
"""What a review was opened with whose first words were erased: it belongs to no store that anybody looks at."""


@dataclass(slots=True)
class _Story:
    """What has happened so far; `erased`: entry → the comment that it was a version of."""

    erased: Mapping[int, int]
    opened: tuple[Made, Opened] | None = None
    status: ReviewStatus = ReviewStatus.OPEN
    wordings: list[Wording] = field(default_factory=list)
    evidences: list[tuple[Made, Frozen]] = field(default_factory=list)
    answers: dict[str, tuple[Made, Answered]] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    requests: list[tuple[Made, SignatureAsked]] = field(default_factory=list)
    signatures: dict[int, Signature] = field(default_factory=dict)
    waivers: list[tuple[Made, Waived]] = field(default_factory=list)
    decision: tuple[Made, Decided] | None = None
    closing: tuple[Made, str] | None = None
    round: int = 0
    timeline: list[Occasion] = field(default_factory=list)


def folded(id: str, recorded: Sequence[Recorded]) -> Review | None:
    """The review with this id, of its entries in order; None where none of them opens one.

    What nobody can read any more, erased or of a newer version's kind, stands in the timeline and changes nothing.
    """
    acts = [act_of(one) for one in recorded]
    story = _Story({act.entry: act.comment for act in acts if isinstance(act, Erased) and act.entry})
    for one, act in zip(recorded, acts, strict=True):
        entry = one.entry
        made = Made(entry.seq, entry.at, one.person, entry.verified, entry.via)
        story.timeline.append(Occasion(made, entry.kind, act))
        if act is not None:
            _HAPPENS[type(act)](story, made, act)
        elif entry.kind in _LOST:
            _LOST[entry.kind](story, made)
    return _review(id, story) if story.opened else None


def act_of(recorded: Recorded) -> Act | None:
    """What an entry says; None where that is gone, or of a kind or form that nobody here knows."""
    kind = KINDS.get(recorded.entry.kind)
    try:
        return value_of(kind, recorded.body) if kind and recorded.body is not None else None
    except UNREADABLE:
        return None


def _review(id: str, story: _Story) -> Review:
    assert story.opened
    return Review(
        id=id,
        made=story.opened[0],
        opened=story.opened[1],
        status=story.status,
        wordings=tuple(story.wordings),
        evidences=tuple(story.evidences),
        answers=story.answers,
        comments=tuple(story.comments.values()),
        requests=tuple(story.requests),
        signatures=tuple(story.signatures.values()),
        waivers=tuple(story.waivers),
        decision=story.decision,
        closing=story.closing,
        round=story.round,
        timeline=tuple(story.timeline),
        last=story.timeline[-1].made.seq,
    )


def _opened(story: _Story, made: Made, act: Opened) -> None:
    if story.opened is None:
        story.opened = (made, act)
        story.round = made.seq
        story.wordings.append(Wording(made, act.title, act.hypothesis))


def _edited(story: _Story, made: Made, act: Edited) -> None:
    story.wordings.append(Wording(made, act.title, act.hypothesis, late=bool(story.evidences)))


def _frozen(story: _Story, made: Made, act: Frozen) -> None:
    story.evidences.append((made, act))


def _answered(story: _Story, made: Made, act: Answered) -> None:
    story.answers[act.key] = (made, act)


def _commented(story: _Story, made: Made, act: Commented) -> None:
    known = story.comments.get(act.comment)
    if known is None:
        story.comments[made.seq] = Comment(made, ((made, act.text),))
    else:
        story.comments[act.comment] = replace(known, versions=(*known.versions, (made, act.text)))


def _comment_lost(story: _Story, made: Made) -> None:
    """Its first version stands for all of them."""
    if story.erased.get(made.seq, 0) in (0, made.seq):
        story.comments[made.seq] = Comment(made, ((made, ""),), erased=True)


def _opening_lost(story: _Story, made: Made) -> None:
    _opened(story, made, _ERASED)


def _retracted(story: _Story, _: Made, act: Retracted) -> None:
    if act.comment in story.comments:
        story.comments[act.comment] = replace(story.comments[act.comment], retracted=True)


def _asked(story: _Story, made: Made, act: SignatureAsked) -> None:
    story.requests.append((made, act))


def _signed(story: _Story, made: Made, act: Signed) -> None:
    story.signatures[made.seq] = Signature(made, act)


def _dismissed(story: _Story, made: Made, act: Dismissed) -> None:
    if act.signature in story.signatures:
        known = story.signatures[act.signature]
        story.signatures[act.signature] = replace(known, dismissed=(made, act.reason))


def _waived(story: _Story, made: Made, act: Waived) -> None:
    story.waivers.append((made, act))


def _decided(story: _Story, made: Made, act: Decided) -> None:
    if act.decision in _CLOSES or story.status is ReviewStatus.OPEN:  # what was accepted stays what it was
        story.decision = (made, act)
    if act.decision in _CLOSES:
        story.status = _CLOSES[act.decision]
        story.closing = (made, act.reason)


def _withdrawn(story: _Story, made: Made, act: Withdrawn) -> None:
    story.status = ReviewStatus.WITHDRAWN
    story.closing = (made, act.reason)


def _reopened(story: _Story, made: Made, _: Reopened) -> None:
    story.status = ReviewStatus.OPEN
    story.signatures, story.decision, story.closing = _unsettled(story.signatures), None, None
    story.round = made.seq


def _unsettled(signatures: Mapping[int, Signature]) -> dict[int, Signature]:
    """Requested changes outlast a reopening, or an author could be rid of them by withdrawing."""
    kept: dict[str | int, dict[int, Signature]] = {}
    for seq, one in signatures.items():
        own = one.made.key or seq
        if one.act.verdict is SignVerdict.APPROVE:
            kept.pop(own, None)
        elif one.act.verdict is SignVerdict.REQUEST_CHANGES or own in kept:
            kept.setdefault(own, {})[seq] = one
    return dict(sorted((seq, one) for group in kept.values() for seq, one in group.items()))


def _erased(_story: _Story, _made: Made, _act: Erased) -> None:
    """It is seen by what is gone."""


_HAPPENS: Mapping[type, Callable[[_Story, Made, Any], None]] = {
    Opened: _opened,
    Edited: _edited,
    Frozen: _frozen,
    Answered: _answered,
    Commented: _commented,
    Retracted: _retracted,
    SignatureAsked: _asked,
    Signed: _signed,
    Dismissed: _dismissed,
    Waived: _waived,
    Decided: _decided,
    Withdrawn: _withdrawn,
    Reopened: _reopened,
    Erased: _erased,
}
_LOST: Mapping[str, Callable[[_Story, Made], None]] = {"opened": _opening_lost, "commented": _comment_lost}
