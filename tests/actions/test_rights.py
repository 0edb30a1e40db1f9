"""Who may do what: every act of the table, by everybody, and nothing is written where it is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from acting import (
    ADMIN,
    AUTHOR,
    LEAD,
    OWNER,
    REVIEWER,
    VIEWER,
    asked,
    at,
    beside,
    shown,
)
from assay import actions, journal
from assay.errors import AssayError, ReviewError
from assay.model.note import Code, note
from assay.model.people import Acting, Person, Role
from assay.model.review.acts import Answered, ItemReply, ReviewDecision, SignVerdict
from assay.model.review.notes import AccountNote, ReviewNote
from assay.model.review.policy import GateCriterion
from assay.view.text.notes import words
from assay.workspace import Desk

Act = Callable[[Desk, Acting], object]
EVERYBODY = (VIEWER, REVIEWER, AUTHOR, LEAD, OWNER, ADMIN)
WRITERS = {REVIEWER, AUTHOR, LEAD, OWNER}
COMMENT, REQUEST = 3, 4
"""Entries of R-001 that the reviewer made."""


def signs(role: Role, verdict: SignVerdict) -> Act:
    def act(desk: Desk, acting: Acting) -> object:
        _, evidence, basis = shown(desk, "R-001")
        return actions.signed(desk, acting, "R-001", role, verdict, "because", evidence, basis)

    return act


def decides(decision: ReviewDecision) -> Act:
    def act(desk: Desk, acting: Acting) -> object:
        _, evidence, basis = shown(desk, "R-001")
        return actions.decided(desk, acting, "R-001", decision, "because", evidence, basis)

    return act


def waives(desk: Desk, acting: Acting) -> object:
    _, evidence, _ = shown(desk, "R-001")
    return actions.waived(desk, acting, "R-001", GateCriterion.REPRODUCIBLE, "a demo", "2026-12-01", evidence)


def opens(desk: Desk, acting: Acting) -> object:
    """What may be opened is shown elsewhere: a missing title is noticed after the right, and before the runs are asked."""
    return actions.opened(desk, acting, replace(asked(desk), title=" "))


TABLE: dict[str, tuple[Act, set[Person]]] = {
    "open": (opens, WRITERS),
    "freeze": (lambda desk, acting: actions.frozen(desk, acting, "R-001"), WRITERS),
    "answer": (
        lambda desk, acting: actions.answered(desk, acting, "R-001", Answered("a", "b", ItemReply.NO, reason="c"), 0),
        WRITERS,
    ),
    "comment": (lambda desk, acting: actions.commented(desk, acting, "R-001", "text"), WRITERS),
    "change a comment": (
        lambda desk, acting: actions.commented(desk, acting, "R-001", "text", COMMENT, COMMENT),
        {REVIEWER},
    ),
    "retract": (lambda desk, acting: actions.retracted(desk, acting, "R-001", COMMENT), {REVIEWER}),
    "ask": (lambda desk, acting: actions.asked(desk, acting, "R-001", Role.PRODUCTION, ""), WRITERS),
    "request changes": (signs(Role.REVIEWER, SignVerdict.REQUEST_CHANGES), {REVIEWER, AUTHOR}),
    "request changes as lead": (signs(Role.TECH_LEAD, SignVerdict.REQUEST_CHANGES), {LEAD, AUTHOR}),
    "edit": (lambda desk, acting: actions.edited(desk, acting, "R-001", "Title", "", 1), {AUTHOR}),
    "withdraw": (lambda desk, acting: actions.withdrawn(desk, acting, "R-001", ""), {AUTHOR}),
    "approve as lead": (signs(Role.TECH_LEAD, SignVerdict.APPROVE), {LEAD}),
    "approve as owner": (signs(Role.PRODUCTION, SignVerdict.APPROVE), {OWNER}),
    "approve as reviewer": (signs(Role.REVIEWER, SignVerdict.APPROVE), set()),
    "abstain": (signs(Role.PRODUCTION, SignVerdict.ABSTAIN), {OWNER, AUTHOR}),
    "dismiss": (lambda desk, acting: actions.dismissed(desk, acting, "R-001", REQUEST, "done"), {LEAD, OWNER}),
    "waive": (waives, {LEAD, OWNER}),
    "keep testing": (decides(ReviewDecision.KEEP_TESTING), {LEAD, OWNER}),
    "reject": (decides(ReviewDecision.REJECT), {LEAD, OWNER}),
    "reject as harm": (decides(ReviewDecision.ROLLBACK), {LEAD, OWNER}),
    "promote": (decides(ReviewDecision.PROMOTE), {LEAD, OWNER}),
    "erase": (lambda desk, acting: actions.erased(desk, acting, entry=COMMENT, reason="private"), {ADMIN}),
    "erase a person": (
        lambda desk, acting: actions.erased(desk, acting, person=REVIEWER.key, reason="asked to"),
        {ADMIN},
    ),
}
LATER = {ReviewNote.ACT_NO_TEXT, ReviewNote.ACT_NOTHING_SUCH, ReviewNote.REVIEW_NOT_READY}
"""What is refused to those who may, for other reasons than that of their role."""
REFUSED = {
    *(ReviewNote.ACT_NOT_ALLOWED, ReviewNote.ACT_AUTHOR, ReviewNote.ACT_AUTHOR_ONLY, ReviewNote.ROLE_NOT_OWN),
}


@pytest.mark.parametrize("name", TABLE)
def test_each_act_is_for_those_of_the_table(desk: Desk, name: str, tmp_path: Path) -> None:
    act, may = TABLE[name]
    for who in EVERYBODY:
        if who not in may:
            assert told(desk, act, at(desk, who)) in REFUSED, who.name
    assert told(desk, act, at(desk, None)) is ReviewNote.ACT_SIGNED_OUT
    somebody = next(iter(may), LEAD)
    closed = at(desk, somebody, closed=note(AccountNote.NOT_LOOPBACK))
    assert told(desk, act, closed) is AccountNote.NOT_LOOPBACK
    late = at(desk, somebody, signed_in_at=desk.now - timedelta(hours=12, seconds=1))
    assert told(desk, act, late) is told(desk, act, at(desk, somebody, signed_in_at=None)) is ReviewNote.ACT_SIGN_IN_OLD
    for who in may:
        own = beside(desk, tmp_path / who.subject)
        found = why_not(own, act, at(own, who))
        assert found is None or found in LATER, who.name
        assert journal.verify(own.settings.journal).ok


def why_not(desk: Desk, act: Act, acting: Acting) -> Code | None:
    """None where it is done."""
    try:
        act(desk, acting)
    except ReviewError as error:
        return error.note.code
    return None


def told(desk: Desk, act: Act, acting: Acting) -> Code:
    """Why it is refused, which leaves the journal as it was."""
    before = journal.open(desk.settings.journal).head()
    with pytest.raises(AssayError) as raised:
        act(desk, acting)
    assert journal.open(desk.settings.journal).head() == before
    assert words(raised.value.note).endswith((".", "…"))
    return raised.value.note.code
