"""A review is what its entries tell, in their order; what nobody can read changes nothing and stays in sight."""

from assay.analysis.review.fold import folded
from assay.model.journal import Entry, Recorded
from assay.model.people import Person, Role
from assay.model.records import plain
from assay.model.review.acts import (
    Act,
    Answered,
    Basis,
    Commented,
    Decided,
    Dismissed,
    Edited,
    Erased,
    Frozen,
    ItemReply,
    Opened,
    Reopened,
    Retracted,
    ReviewDecision,
    SignatureAsked,
    Signed,
    SignVerdict,
    Waived,
    Withdrawn,
    kind_of,
)
from assay.model.review.policy import GateCriterion
from assay.model.review.review import Review, ReviewStatus

ANN = Person("https://accounts.example", "1", "Ann", "ann@example.org", verified=True)
OPENED = Opened("Title", "a", "b", "accuracy", "store", "shown", hypothesis="first")
BASIS = Basis("1" * 64, {"promotion/seeds": ItemReply.YES}, {GateCriterion.QUALITY: 4})
SIGNED = Signed(Role.TECH_LEAD, SignVerdict.REQUEST_CHANGES, "seeds", "2" * 64, BASIS)


def recorded(*acts: Act | str, gone: tuple[int, ...] = ()) -> list[Recorded]:
    """Entries of these acts, or of a kind that nobody knows; `gone`: entries whose words were erased."""
    kinds = [act if isinstance(act, str) else kind_of(act) for act in acts]
    return [
        Recorded(
            Entry(seq, f"2026-11-22T00:00:{seq:02}.000000Z", "x", True, "page", kind, "R-001", seq, "", "", ""),
            ANN,
            None if seq in gone else {"new": 1} if isinstance(act, str) else plain(act),
        )
        for seq, (kind, act) in enumerate(zip(kinds, acts, strict=True), start=1)
    ]


def told(*acts: Act | str, gone: tuple[int, ...] = ()) -> Review:
    found = folded("R-001", recorded(*acts, gone=gone))
    assert found
    return found


def decided(decision: ReviewDecision) -> Decided:
    return Decided(decision, "because", "PROMOTE", "2" * 64, BASIS)


def test_everything_that_is_said_comes_back_as_it_was_said() -> None:
    waived = Waived(GateCriterion.QUALITY, "why", "2026-12-01", "2" * 64, 0.25)
    answered = Answered("promotion", "seeds", ItemReply.NO, reason="two")
    asked = SignatureAsked(Role.PRODUCTION, "please")
    acts = (
        OPENED,
        Frozen("2" * 64, "1" * 64),
        answered,
        waived,
        SIGNED,
        asked,
        Answered("promotion", "seeds", ItemReply.YES, "five"),
    )
    found = told(*acts)
    assert [one.act for one in found.timeline] == [*acts]
    assert found.frozen
    assert (found.frozen[1], found.waivers[0][1], found.requests[0][1]) == (acts[1], waived, asked)
    assert found.answers["promotion/seeds"][1].reply is ItemReply.YES
    assert (found.signatures[0].act, found.signatures[0].made.seq, found.last, found.round) == (SIGNED, 5, 7, 1)
    assert found.signatures[0].act.basis.waivers == {GateCriterion.QUALITY: 4}


def test_a_hypothesis_written_after_the_evidence_is_late_and_both_stay() -> None:
    found = told(OPENED, Edited("Title", "second"), Frozen("2", "1"), Edited("New", "third"))
    assert [(one.hypothesis, one.late) for one in found.wordings] == [
        ("first", False),
        ("second", False),
        ("third", True),
    ]
    assert (found.title, found.hypothesis, found.opened.title) == ("New", "third", "Title")


def test_comments_have_versions_and_are_taken_back() -> None:
    found = told(
        OPENED, Commented("a"), Commented("b"), Commented("c", 2), Retracted(3), Retracted(99), Commented("d", 99)
    )
    assert [(one.text, len(one.versions), one.retracted) for one in found.comments] == [
        *(("c", 2, False), ("b", 1, True), ("d", 1, False)),
    ]


def test_decisions_close_and_reopening_forgets_signatures() -> None:
    for decision, status in (
        (ReviewDecision.PROMOTE, ReviewStatus.ACCEPTED),
        (ReviewDecision.REJECT, ReviewStatus.REJECTED),
        (ReviewDecision.ROLLBACK, ReviewStatus.REJECTED),
        (ReviewDecision.KEEP_TESTING, ReviewStatus.OPEN),
    ):
        found = told(OPENED, SIGNED, decided(decision))
        assert (found.status, found.harmful) == (status, decision is ReviewDecision.ROLLBACK)
        assert (found.closing is None) is (status is ReviewStatus.OPEN)
    again = told(OPENED, SIGNED, decided(ReviewDecision.ROLLBACK), Reopened("wrong store"))
    assert (again.status, again.signatures, again.harmful, again.closing, again.round) == (
        *(ReviewStatus.OPEN, (), False, None, 4),
    )
    gone = told(OPENED, Withdrawn("mistaken"))
    assert (gone.status, gone.closing and gone.closing[1]) == (ReviewStatus.WITHDRAWN, "mistaken")


def test_requested_changes_are_dismissed_with_a_reason() -> None:
    found = told(OPENED, SIGNED, SIGNED, Dismissed(2, "done"), Dismissed(77, "nothing"))
    assert [one.dismissed and one.dismissed[1] for one in found.signatures] == ["done", None]


def test_what_was_erased_or_is_of_a_newer_kind_stays_in_the_timeline_alone() -> None:
    comment = (Erased("private", 3, comment=3), Erased("private", 4, comment=3))
    acts = (OPENED, "promoted", Commented("a"), Commented("b", 3), SIGNED, Frozen("2", "1"), *comment, Erased("x", 5))
    found = told(*acts, gone=(3, 4, 5, 6))
    assert [one.act is None for one in found.timeline] == [False, True, True, True, True, True, False, False, False]
    assert [(one.text, one.erased, one.made.seq) for one in found.comments] == [("", True, 3)]
    assert (found.signatures, found.frozen) == ((), None)
    assert told(OPENED, gone=(1,)).opened.store == ""
    assert folded("R-001", recorded("promoted")) is folded("R-001", []) is None
    wrong = recorded(OPENED, SIGNED)
    wrong[1] = Recorded(wrong[1].entry, None, {"role": "king"})
    kept = folded("R-001", wrong)
    assert kept
    assert kept.timeline[1].act is None
