"""What people do in a review: what each act needs, and what it is refused for."""

from concurrent.futures import ThreadPoolExecutor
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
    TRAINER,
    approved,
    asked,
    at,
    begun,
    desk_of,
    kinds,
    shown,
    sign,
    store_in,
)
from assay import actions, journal
from assay.errors import AssayError
from assay.model.note import Code
from assay.model.people import Role
from assay.model.policy import Policy
from assay.model.review.acts import Answered, Basis, ItemReply, ReviewDecision, SignVerdict
from assay.model.review.notes import JournalNote, ReviewNote
from assay.model.review.policy import GateCriterion
from assay.model.review.review import ReviewStatus
from assay.queries.review import reading
from assay.uri import store_name
from assay.workspace import Desk
from looking import synced
from stores import Store

ID, COMMENT, REQUEST = "R-001", 3, 4


def refused(act: object, *given: object, **named: object) -> Code:
    """The code of what is raised."""
    with pytest.raises(AssayError) as raised:
        act(*given, **named)  # type: ignore[operator]
    return raised.value.note.code


def test_a_review_is_opened_with_its_evidence_or_not_at_all(empty: Desk) -> None:
    author, question = at(empty, AUTHOR, "n1"), asked(empty)
    for wrong, code in (
        (replace(question, candidate="params.model = 'none'"), ReviewNote.REVIEW_SIDE_EMPTY),
        (replace(question, metric="shoe_size"), ReviewNote.REVIEW_NO_METRIC),
        (replace(question, title="x" * 20_001), ReviewNote.ACT_TEXT_LONG),
        (replace(question, title="\n "), ReviewNote.ACT_NO_TEXT),
    ):
        assert refused(actions.opened, empty, author, wrong) is code
    nowhere = replace(empty, snapshot=None, settings=replace(empty.settings, data=empty.settings.data / "none"))
    assert refused(actions.opened, nowhere, author, question) is ReviewNote.REVIEW_NO_RUNS_READ
    assert not Path(empty.settings.journal.removeprefix("sqlite:///")).exists()
    found = actions.opened(empty, author, replace(question, title="Ab\x00c\ud800\r\nd", store="another"))
    assert (found.id, found.title, kinds(found)) == ("R-001", "Ab�c�\nd", ["opened", "frozen"])
    assert found.opened.store == store_name(empty.settings.tracking_uri)
    assert found.frozen
    assert reading.evidence(empty, found.frozen[1].evidence).inputs.sha256 == found.frozen[1].inputs
    again = actions.opened(empty, author, question)
    assert (again.id, len(again.timeline)) == ("R-001", 2)
    assert actions.opened(empty, at(empty, AUTHOR, "n2"), question).id == "R-002"
    assert [one.id for one in reading.reviews(empty)] == ["R-002", "R-001"]
    assert journal.verify(empty.settings.journal).ok


def test_a_signature_is_for_what_its_form_showed(desk: Desk) -> None:
    _, evidence, basis = shown(desk, ID)

    def approve(evidence: str = evidence, basis: Basis = basis, who: object = OWNER) -> object:
        return actions.signed(
            desk, at(desk, who), ID, Role.PRODUCTION, SignVerdict.APPROVE, "", evidence, basis  # type: ignore[arg-type]
        )  # fmt: skip

    assert refused(approve, evidence="0" * 64) is ReviewNote.EVIDENCE_MOVED
    assert refused(approve, basis=replace(basis, inputs="0" * 64)) is ReviewNote.BASIS_MOVED
    actions.waived(desk, at(desk, LEAD), ID, GateCriterion.REPRODUCIBLE, "a demo", "2026-12-01", evidence)
    assert refused(approve) is ReviewNote.BASIS_MOVED
    _found, evidence, basis = shown(desk, ID)
    assert approve(evidence, basis)
    desk = replace(desk, now=desk.now + timedelta(minutes=1))
    actions.frozen(desk, at(desk, REVIEWER), ID)
    assert refused(approve, evidence, basis) is ReviewNote.EVIDENCE_MOVED
    assert refused(sign, desk, ID, REVIEWER, Role.REVIEWER, SignVerdict.REQUEST_CHANGES, " ") is ReviewNote.ACT_NO_TEXT
    assert refused(sign, desk, ID, LEAD, Role.PRODUCTION) is ReviewNote.ROLE_NOT_OWN
    actions.frozen(desk, at(desk, LEAD), ID)
    assert refused(sign, desk, ID, LEAD, Role.TECH_LEAD) is ReviewNote.ACT_AUTHOR, "who froze last does not approve"
    away = replace(desk, snapshot=None, settings=replace(desk.settings, data=desk.settings.data / "none"))
    approve_away = (at(desk, OWNER), ID, Role.PRODUCTION, SignVerdict.APPROVE, "", *shown(desk, ID)[1:])
    assert refused(actions.signed, away, *approve_away) is ReviewNote.REVIEW_NO_RUNS_READ
    assert journal.verify(desk.settings.journal).ok


def test_a_review_is_decided_by_what_the_gate_says(desk: Desk) -> None:
    approved(desk, ID)
    _, evidence, basis = shown(desk, ID)
    promote = (at(desk, LEAD), ID, ReviewDecision.PROMOTE, "", evidence, basis)
    assert refused(actions.decided, desk, *promote) is ReviewNote.REVIEW_NOT_READY
    found = actions.dismissed(desk, at(desk, OWNER), ID, REQUEST, "It was done.")
    assert found.signatures[0].dismissed
    assert refused(actions.dismissed, desk, at(desk, OWNER), ID, REQUEST, "Twice") is ReviewNote.ACT_NOTHING_SUCH
    assert refused(actions.dismissed, desk, at(desk, OWNER), ID, 5, "No request") is ReviewNote.ACT_NOTHING_SUCH
    kept = actions.decided(desk, at(desk, LEAD), ID, ReviewDecision.KEEP_TESTING, "two more seeds", evidence, basis)
    assert kept.status is ReviewStatus.OPEN
    assert kept.decision
    assert kept.closing is None
    assert (
        refused(actions.decided, desk, *promote[:2], ReviewDecision.REJECT, "", evidence, basis)
        is ReviewNote.ACT_NO_TEXT
    )
    done = actions.decided(desk, *promote)
    assert done.status is ReviewStatus.ACCEPTED
    assert done.decision
    assert done.decision[1].gate == "PROMOTE"
    lead = at(desk, LEAD)
    assert refused(actions.decided, desk, *promote) is ReviewNote.REVIEW_CLOSED
    assert (
        refused(sign, desk, ID, LEAD, Role.TECH_LEAD)
        is refused(actions.frozen, desk, lead, ID)
        is ReviewNote.REVIEW_CLOSED
    )
    assert refused(actions.reopened, desk, lead, ID, "why not") is ReviewNote.REVIEW_OPEN
    assert actions.commented(desk, lead, ID, "A year later").comments[-1].text == "A year later"


def test_what_was_rejected_or_withdrawn_is_opened_again_without_its_signatures(desk: Desk) -> None:
    sign(desk, ID, LEAD, Role.TECH_LEAD)
    _, evidence, basis = shown(desk, ID)
    harm = actions.decided(desk, at(desk, OWNER), ID, ReviewDecision.ROLLBACK, "errors", evidence, basis)
    assert (harm.status, harm.harmful) == (ReviewStatus.REJECTED, True)
    assert refused(actions.withdrawn, desk, at(desk, AUTHOR), ID, "") is ReviewNote.REVIEW_CLOSED
    assert refused(actions.reopened, desk, at(desk, REVIEWER), ID, "") is ReviewNote.ACT_NO_TEXT
    again = actions.reopened(desk, at(desk, REVIEWER), ID, "errors were another's")
    assert (again.status, again.signatures, again.decision, again.closing) == (ReviewStatus.OPEN, (), None, None)
    assert refused(actions.reopened, desk, at(desk, REVIEWER), ID, "twice") is ReviewNote.REVIEW_OPEN
    gone = actions.withdrawn(desk, at(desk, AUTHOR), ID, "")
    assert gone.status is ReviewStatus.WITHDRAWN
    assert refused(actions.asked, desk, at(desk, AUTHOR), ID, Role.PRODUCTION, "") is ReviewNote.REVIEW_CLOSED


def test_a_waiver_is_for_what_is_not_met_for_a_while_and_with_a_reason(desk: Desk) -> None:
    _, evidence, _ = shown(desk, ID)

    def waive(criterion: GateCriterion, reason: str, until: str, evidence: str = evidence) -> object:
        return actions.waived(desk, at(desk, LEAD), ID, criterion, reason, until, evidence)

    assert refused(waive, GateCriterion.SIGNIFICANT, "why", "2026-12-01") is ReviewNote.WAIVER_NEEDLESS
    assert refused(waive, GateCriterion.SIGNATURES, "why", "2026-12-01") is ReviewNote.ACT_NOTHING_SUCH
    for day in ("2026-11-21", "2026-12-23", "tomorrow", ""):
        assert refused(waive, GateCriterion.REPRODUCIBLE, "why", day) is ReviewNote.WAIVER_DATE
    assert refused(waive, GateCriterion.REPRODUCIBLE, " ", "2026-12-22") is ReviewNote.ACT_NO_TEXT
    assert refused(waive, GateCriterion.REPRODUCIBLE, "why", "2026-12-22", "0" * 64) is ReviewNote.EVIDENCE_MOVED
    for day in ("2026-11-22", "2026-12-22"):
        assert waive(GateCriterion.REPRODUCIBLE, "a demo", day)


def test_of_two_editors_the_second_is_told_who_was_first(desk: Desk) -> None:
    author, reviewer = at(desk, AUTHOR), at(desk, REVIEWER)
    assert actions.edited(desk, author, ID, "Second", "late", 1).wordings[-1].late
    with pytest.raises(AssayError) as raised:
        actions.edited(desk, author, ID, "Third", "", 1)
    assert dict(raised.value.note.values) == {"who": "Author"}
    changed = actions.commented(desk, reviewer, ID, "Which seeds, and why?", COMMENT, COMMENT)
    assert [text for _, text in changed.comments[0].versions] == ["Which seeds?", "Which seeds, and why?"]
    moved = ReviewNote.ACT_CHANGED_MEANWHILE
    assert refused(actions.commented, desk, reviewer, ID, "Mine", COMMENT, COMMENT) is moved
    assert refused(actions.frozen, desk, at(desk, LEAD), "R-002") is ReviewNote.REVIEW_UNKNOWN
    assert actions.retracted(desk, reviewer, ID, COMMENT).comments[0].retracted
    assert refused(actions.commented, desk, reviewer, ID, "x", COMMENT, changed.last) is ReviewNote.ACT_NOTHING_SUCH
    assert refused(actions.commented, desk, reviewer, ID, " \n") is ReviewNote.ACT_NO_TEXT
    assert refused(actions.commented, desk, reviewer, ID, "x" * 100_000) is ReviewNote.ACT_TEXT_LONG


def test_a_double_click_is_one_act(desk: Desk) -> None:
    once = actions.commented(desk, at(desk, LEAD, "n1"), ID, "Once")
    assert actions.commented(desk, at(desk, LEAD, "n1"), ID, "Once") == once
    assert len(actions.commented(desk, at(desk, OWNER, "n1"), ID, "Once").comments) == len(once.comments) + 1
    _, evidence, basis = shown(desk, ID)
    form = (at(desk, LEAD, "n1"), ID, Role.TECH_LEAD, SignVerdict.APPROVE, "", evidence, basis)
    signed = actions.signed(desk, *form)
    assert actions.signed(desk, *form) == signed
    assert len(signed.signatures) == 2


def test_answers_say_what_they_rest_on_and_belong_to_what_is_asked(tmp_path: Path, policy: Policy) -> None:
    desk = desk_of(store_in(tmp_path), tmp_path, policy)
    desk = replace(
        desk, policy=replace(desk.policy, promotion=replace(desk.policy.promotion, checklists=("promotion",)))
    )
    begun(desk)
    found, evidence, basis = shown(desk, ID)
    item = next(
        one.found for one in found.gate.items if one.found.holds is None and one.found.severity.value == "block"
    )
    reviewer = at(desk, REVIEWER)

    def answer(reply: ItemReply, on: int = 0, **more: str) -> object:
        return actions.answered(desk, reviewer, ID, Answered(item.checklist, item.item, reply, **more), on)

    assert refused(answer, ItemReply.YES) is ReviewNote.REPLY_EVIDENCE
    assert refused(answer, ItemReply.NO) is refused(answer, ItemReply.NOT_APPLICABLE) is ReviewNote.REPLY_REASON
    unasked = Answered("promotion", "nothing", ItemReply.NO, reason="x")
    assert refused(actions.answered, desk, reviewer, ID, unasked, 0) is ReviewNote.ACT_NOTHING_SUCH
    assert answer(ItemReply.YES, evidence="https://drill.example/1")
    assert refused(answer, ItemReply.NO, reason="no") is ReviewNote.ACT_CHANGED_MEANWHILE
    approve = (at(desk, LEAD), ID, Role.TECH_LEAD, SignVerdict.APPROVE, "", evidence, basis)
    assert refused(actions.signed, desk, *approve) is ReviewNote.BASIS_MOVED
    assert sign(desk, ID, LEAD, Role.TECH_LEAD).signatures


def test_new_runs_make_old_forms_void_and_an_accepted_review_open_again(tmp_path: Path, policy: Policy) -> None:
    store = store_in(tmp_path)
    desk = desk_of(store, tmp_path, policy)
    begun(desk)
    approved(desk, ID)
    _, evidence, basis = shown(desk, ID)
    lead, form = at(desk, LEAD), (Role.TECH_LEAD, SignVerdict.APPROVE, "", evidence, basis)
    actions.decided(desk, lead, ID, ReviewDecision.PROMOTE, "", evidence, basis)
    _trained_by_somebody(store, desk)
    assert refused(actions.signed, desk, lead, ID, *form) is ReviewNote.BASIS_MOVED
    assert refused(actions.reopened, desk, lead, ID, "why") is ReviewNote.REVIEW_OPEN
    actions.frozen(desk, at(desk, REVIEWER), ID)
    assert refused(actions.signed, desk, lead, ID, *form) is ReviewNote.EVIDENCE_MOVED
    assert refused(sign, desk, ID, TRAINER, Role.TECH_LEAD) is ReviewNote.ACT_AUTHOR
    approved(desk, ID)
    _, evidence, basis = shown(desk, ID)
    assert refused(actions.decided, desk, at(desk, TRAINER), ID, ReviewDecision.REJECT, "x", evidence, basis)
    again = actions.decided(desk, lead, ID, ReviewDecision.PROMOTE, "", evidence, basis)
    assert kinds(again)[-2:] == ["signed", "decided"]
    assert refused(sign, desk, ID, LEAD, Role.TECH_LEAD) is ReviewNote.REVIEW_CLOSED
    elsewhere = replace(desk, settings=replace(desk.settings, tracking_uri="sqlite:////elsewhere.db"))
    assert refused(actions.commented, elsewhere, lead, ID, "x") is ReviewNote.REVIEW_OTHER_STORE


def _trained_by_somebody(store: Store, desk: Desk) -> None:
    tags = {"mlflow.user": "trained"}
    store.run("here", params={"model": "new", "seed": 7}, metrics={"accuracy": 0.954}, tags=tags)
    synced(store, desk.settings.data)


def test_many_act_at_once_and_all_of_it_is_kept(desk: Desk) -> None:
    def comment(number: int) -> object:
        return actions.commented(desk, at(desk, REVIEWER), ID, f"{number}")

    def approve(who: tuple[object, Role]) -> object:
        return sign(desk, ID, who[0], who[1])  # type: ignore[arg-type]

    with ThreadPoolExecutor(8) as pool:
        signing = [pool.submit(approve, one) for one in ((LEAD, Role.TECH_LEAD), (OWNER, Role.PRODUCTION))]
        saying = [pool.submit(comment, number) for number in range(12)]
        assert all(one.result() for one in (*signing, *saying))
    found = reading.review(desk, ID)
    assert {one.text for one in found.comments} == {"Which seeds?", *map(str, range(12))}
    assert len(found.signatures) == 3
    assert journal.verify(desk.settings.journal).ok


def test_what_is_erased_is_gone_from_the_disk_and_the_chain_holds(desk: Desk) -> None:
    url, reviewer, admin = desk.settings.journal, at(desk, REVIEWER), at(desk, ADMIN)
    actions.commented(desk, reviewer, ID, "a secret, said at length " * 50, COMMENT, COMMENT)
    actions.drafted(desk, reviewer, "R-001/comment", "a secret half said")
    before = actions.commented(desk, reviewer, ID, "another")
    assert before.comments[0].made.person == REVIEWER
    found = actions.erased(desk, admin, entry=COMMENT, reason="it was private")
    assert found
    assert [(one.erased, one.text) for one in found.comments] == [(True, ""), (False, "another")]
    assert kinds(found)[-2:] == ["erased", "erased"]
    assert refused(actions.erased, desk, admin, entry=COMMENT, reason="twice") is ReviewNote.ACT_NOTHING_SUCH
    assert refused(actions.erased, desk, admin, entry=found.last, reason="x") is ReviewNote.ACT_NOTHING_SUCH
    assert refused(actions.erased, desk, admin, entry=99, reason="x") is ReviewNote.ACT_NOTHING_SUCH
    assert refused(actions.erased, desk, admin, entry=1, reason="") is ReviewNote.ACT_NO_TEXT
    assert actions.erased(desk, admin, person=REVIEWER.key, reason="they asked") is None
    assert refused(actions.erased, desk, admin, person=REVIEWER.key, reason="x") is ReviewNote.ACT_NOTHING_SUCH
    later = reading.review(desk, ID)
    assert later.comments[0].made.person is None
    assert later.signatures[0].made.key == ""
    assert reading.reviews(desk) == (later,)
    assert reading.draft(desk, REVIEWER.key, "R-001/comment") == ""
    checked = journal.verify(url)
    assert (checked.ok, checked.erased) == (True, 3)
    left = b"".join(
        file.read_bytes() for file in Path(url.removeprefix("sqlite:///")).parent.iterdir() if file.is_file()
    )
    assert b"secret" not in left
    assert b"reviewer@example.org" not in left


def test_a_review_whose_first_words_were_erased_is_still_there_and_belongs_to_no_store(desk: Desk) -> None:
    found = actions.erased(desk, at(desk, ADMIN), entry=1, reason="a name in its title")
    assert found
    assert (found.title, found.opened.store, found.status) == ("", "", ReviewStatus.OPEN)
    assert refused(actions.commented, desk, at(desk, LEAD), ID, "x") is ReviewNote.REVIEW_OTHER_STORE


def test_typed_text_outlives_a_sign_in_that_is_too_old(desk: Desk) -> None:
    late = at(desk, REVIEWER, signed_in_at=None)
    actions.drafted(desk, late, "R-001/sign", "typed " * 20_000)
    assert reading.draft(desk, REVIEWER.key, "R-001/sign").startswith("typed typed")
    assert reading.draft(desk, LEAD.key, "R-001/sign") == ""
    actions.drafted(desk, late, "R-001/sign", "")
    assert reading.draft(desk, REVIEWER.key, "R-001/sign") == ""
    assert refused(actions.drafted, desk, at(desk, None), "R-001/sign", "x") is ReviewNote.ACT_SIGNED_OUT
    assert refused(actions.drafted, desk, late, "R-001/sign", "x" * 1_000_001) is ReviewNote.ACT_TEXT_LONG


def test_reviews_that_nobody_knows_and_journals_that_nobody_can_write_to_are_told(desk: Desk) -> None:
    for id in ("R-999", "", "R-001 "):
        assert refused(actions.commented, desk, at(desk, LEAD), id, "x") is ReviewNote.REVIEW_UNKNOWN
    folder = replace(desk, settings=replace(desk.settings, journal=f"sqlite:///{desk.settings.data}"))
    assert refused(actions.commented, folder, at(desk, LEAD), ID, "x") is JournalNote.JOURNAL_GONE
