"""What the gate says: a table per criterion and per state, and the laws that hold for all of it."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.model.comparison.difference import Verdict
from assay.model.evidence.check import CheckStatus as Check
from assay.model.evidence.checklist import ItemStatus
from assay.model.evidence.proofs import ProofNote
from assay.model.note import note
from assay.model.people import Role
from assay.model.review.acts import Answered, Basis, Decided, ItemReply, ReviewDecision, SignVerdict
from assay.model.review.evidence import Change, ChecksFound, Fresh, ItemFound
from assay.model.review.gate import CriterionStatus as Is
from assay.model.review.gate import GateDecision as Says
from assay.model.review.gate import GateFound
from assay.model.review.gate import ReviewState as State
from assay.model.review.notes import GateNote, InputsNote, ReviewNote
from assay.model.review.policy import GateCriterion as Of
from assay.model.review.policy import PromotionPolicy
from assay.model.review.review import ReviewStatus
from assay.model.tradeoffs.scorecard import Status
from assay.view.text.notes import words
from gated import (
    ANSWERS,
    AUTHOR,
    BASIS,
    INPUTS,
    ITEMS,
    LEAD,
    LEAKS,
    PRODUCTION,
    QUORUM,
    READER,
    RECORDS,
    ROLES,
    TODAY,
    criterion,
    effect,
    evidence,
    gate,
    latency,
    limit,
    made,
    signed,
    slice_effect,
    waived,
)

LOST = {"verdict": Verdict.NOT_SHOWN, "low": -0.02, "high": 0.004, "difference": -0.008, "p": 0.2}
FAR = Fresh("other", (Change(note(InputsNote.RUNS_CAME, n=1, side="candidate")),))


def quality(**but: Any) -> Any:
    """A second metric of quality beside the primary one."""
    return (effect(), effect(metric="f1_macro", **but))


def test_where_all_is_met_and_signed_the_candidate_may_be_promoted() -> None:
    found = gate()
    assert (found.decision, found.state, found.reasons, found.missing) == (Says.PROMOTE, State.READY, (), ())
    assert [one.criterion for one in found.criteria] == [*Of]
    assert {one.status for one in found.criteria} == {Is.MET}
    assert all(words(one.note, ("old", "new")) for one in found.criteria)
    assert (found.answered, found.open, found.blocking_open) == (3, 1, 0)
    assert [one.counts for one in found.signatures] == [True, True]


@pytest.mark.parametrize(
    ("of", "but", "status", "worth"),
    [
        (Of.SIGNIFICANT, {"primary": effect(p=0.049)}, Is.MET, 0.049),
        (Of.SIGNIFICANT, {"primary": effect(p=0.05)}, Is.MISSED, 0.05),
        (Of.SIGNIFICANT, {"primary": effect(p=0.001, difference=-0.02)}, Is.MISSED, 1.999),
        (Of.SIGNIFICANT, {"primary": effect(p=None)}, Is.UNCERTAIN, None),
        (Of.SIGNIFICANT, {"primary": effect(direction=None)}, Is.UNCERTAIN, 0.001),
        (Of.SIGNIFICANT, {"primary": effect(p=None, difference=None, values=(0.9, None))}, Is.NOT_LOGGED, None),
        (Of.REPLICATES, {"primary": effect(n=(5, 2))}, Is.MISSED, 1),
        (Of.REPLICATES, {"primary": effect(n=(3, 9))}, Is.WARNED, 0),
        (Of.REPLICATES, {"primary": effect(n=(9, 5))}, Is.MET, -2),
        (Of.IMPROVEMENT, {"primary": effect(low=0.0001)}, Is.MET, -0.0001),
        (Of.IMPROVEMENT, {"primary": effect(low=0.0)}, Is.UNCERTAIN, 0.0),
        (Of.IMPROVEMENT, {"primary": effect(low=-0.03, high=0.0)}, Is.MISSED, 0.03),
        (Of.IMPROVEMENT, {"primary": effect(low=None, high=None)}, Is.UNCERTAIN, None),
        (Of.IMPROVEMENT, {"primary": effect(low=None, high=None, values=(None, 0.9))}, Is.NOT_LOGGED, None),
        (Of.IMPROVEMENT, {"primary": latency(n=(5, 5))}, Is.UNCERTAIN, 0.1),
        (Of.THRESHOLDS, {"limits": (limit(), limit(metric="f1", status=Status.MISSED, low=0.45, high=0.5))}, Is.MISSED, 1 + 1 / 3),
        (Of.THRESHOLDS, {"limits": (limit(status=Status.UNCERTAIN),)}, Is.UNCERTAIN, 1.0),
        (Of.THRESHOLDS, {"limits": (limit(status=Status.ALERT, low=0.0, high=0.1),)}, Is.MISSED, 1.5),
        (Of.THRESHOLDS, {"limits": (limit(status=Status.NOT_LOGGED, logged=(False, True), value=None, low=None, high=None),)}, Is.MISSED, 2.0),
        (Of.THRESHOLDS, {"limits": (limit(status=Status.NOT_LOGGED, logged=(False, False)),)}, Is.WARNED, None),
        (Of.THRESHOLDS, {"limits": ()}, Is.WARNED, None),
        (Of.QUALITY, {"metrics": quality(low=-0.009, verdict=Verdict.NOT_SHOWN)}, Is.MET, 0.0),
        (Of.QUALITY, {"metrics": quality(**LOST)}, Is.UNCERTAIN, 1.5),
        (Of.QUALITY, {"metrics": quality(**LOST | {"verdict": Verdict.WORSE})}, Is.MISSED, 1.5),
        (Of.QUALITY, {"metrics": quality(low=None, high=None, verdict=Verdict.TOO_FEW)}, Is.UNCERTAIN, 2.0),
        (Of.QUALITY, {"metrics": (latency(),)}, Is.NOT_LOGGED, None),
        (Of.QUALITY, {"slices": (slice_effect(verdict=Verdict.WORSE, low=-0.03),)}, Is.MISSED, 1 + 2 / 3),
        (Of.QUALITY, {"slices": (slice_effect(low=-0.011),)}, Is.UNCERTAIN, pytest.approx(1 + 1 / 11)),
        (Of.QUALITY, {"slices": (), "slices_reason": note(ProofNote.NO_EXAMPLE_SCORES)}, Is.MET, 0.0),
        (Of.FRONT, {"front": False}, Is.MISSED, pytest.approx(0.03)),
        (Of.FRONT, {"front": None, "front_note": note(ProofNote.ONE_EXPERIMENT_NEEDED, n=2)}, Is.UNCERTAIN, None),
        (Of.LEAKAGE, {"leakage": ChecksFound(LEAKS | {"group_overlap": {Check.FAIL: 1, Check.PASS: 4}})}, Is.MISSED, 1.5),
        (Of.LEAKAGE, {"leakage": ChecksFound(LEAKS | {"group_overlap": {Check.WARN: 1}})}, Is.WARNED, 0.0),
        (Of.LEAKAGE, {"leakage": ChecksFound({"shared_ids": {Check.NOT_LOGGED: 5}, "test_looks": {Check.PASS: 5}})}, Is.NOT_LOGGED, 0.0),
        (Of.LEAKAGE, {"leakage": ChecksFound(reason=note(ProofNote.NO_CANDIDATE))}, Is.NOT_LOGGED, 0.0),
        (Of.REPRODUCIBLE, {"records": ChecksFound(RECORDS | {"pipeline": {Check.PASS: 4, Check.NOT_LOGGED: 1}})}, Is.NOT_LOGGED, 1.5),
        (Of.REPRODUCIBLE, {"records": ChecksFound(RECORDS | {"pipeline": {Check.WARN: 5}})}, Is.MISSED, pytest.approx(1 + 5 / 6)),
        (Of.REPRODUCIBLE, {"records": ChecksFound()}, Is.NOT_LOGGED, 5.0),
        (Of.REPRODUCIBLE, {"records": ChecksFound(RECORDS | {"container": {Check.FAIL: 5}})}, Is.MET, 0.0),
        (Of.CHECKLIST, {"items": (*ITEMS, ItemFound("promotion", "x", ITEMS[0].severity, {}))}, Is.WAITING, 1),
        (Of.CHECKLIST, {"items": (replace(ITEMS[0], holds=False),)}, Is.MISSED, 1),
        (Of.CHECKLIST, {"items": ()}, Is.MET, 0),
        (Of.COMPLETE, {"left_out": ({"failed": 1}, {"nan": 1})}, Is.MISSED, 2),
        (Of.COMPLETE, {"left_out": ({"repeat": 2}, {"running": 1, "nested": 3})}, Is.MET, 0),
    ],
)  # fmt: skip
def test_each_criterion_by_its_numbers(of: Of, but: dict[str, Any], status: Is, worth: float | None) -> None:
    found = gate(evidence(**but))
    one = criterion(found, of)
    assert (one.status, one.worth) == (status, worth)
    assert words(one.note, ("old", "new"))
    assert all(words(own, ("old", "new")) for own in one.warnings)
    if status.passes:
        assert one.note not in found.reasons
    else:
        assert found.decision is not Says.PROMOTE
        assert one.note in found.reasons
        assert gate(evidence(**but), rules=PromotionPolicy(blocking=tuple(own for own in Of if own is not of))) != found


def test_limits_are_the_policys() -> None:
    few = evidence(primary=effect(n=(4, 4)))
    assert criterion(gate(few, rules=PromotionPolicy(replicates=5)), Of.REPLICATES).status is Is.MISSED
    assert criterion(gate(rules=PromotionPolicy(minimum_improvement=0.01)), Of.IMPROVEMENT).status is Is.UNCERTAIN
    assert criterion(gate(rules=PromotionPolicy(required=("cost",))), Of.THRESHOLDS).status is Is.MISSED
    assert criterion(gate(rules=PromotionPolicy(records=("container",))), Of.REPRODUCIBLE).status is Is.NOT_LOGGED
    assert gate(evidence(error_rate=0.011), rules=PromotionPolicy(error_guard=0.02)).decision is Says.PROMOTE
    alone = PromotionPolicy(blocking=(Of.LEAKAGE,))
    found = gate(evidence(primary=effect(p=0.9), front=False), rules=alone, signatures=())
    assert (found.decision, found.missing) == (Says.PROMOTE, (Role.TECH_LEAD, Role.PRODUCTION))


HARMS = [
    ({"error_rate": 0.0101}, GateNote.GATE_HARM_ERRORS),
    ({"limits": (limit(status=Status.ALERT, low=0.1, high=0.2),)}, GateNote.GATE_HARM_ALERT),
    ({"primary": effect(verdict=Verdict.WORSE, low=-0.03, high=-0.01, difference=-0.02)}, GateNote.GATE_HARM_PRIMARY),
]


@pytest.mark.parametrize(("but", "code"), HARMS)
def test_harm_comes_first_whatever_is_signed_waived_or_stale(but: dict[str, Any], code: GateNote) -> None:
    every = tuple(waived(own) for own in Of)
    for found in (gate(evidence(**but)), gate(evidence(**but), waivers=every), gate(evidence(**but), fresh=FAR)):
        assert (found.decision, found.state) == (Says.ROLLBACK, State.HARM)
        assert found.reasons[0].code is code
        assert words(found.reasons[0])
    assert gate(evidence(error_rate=0.01)).decision is Says.PROMOTE
    assert gate(evidence(error_rate=None)).decision is Says.PROMOTE


def asking(person: Any = READER, role: Role = Role.REVIEWER, seq: int = 20, **how: Any) -> Any:
    return signed(seq, person, role, SignVerdict.REQUEST_CHANGES, **how)


MISSED = evidence(front=False)
OPEN = evidence(items=(*ITEMS, ItemFound("promotion", "x", ITEMS[0].severity, {})))


@pytest.mark.parametrize(
    ("but", "state", "first"),
    [
        ({"nothing": True}, State.BLOCKED, GateNote.GATE_NOTHING_FROZEN),
        ({"fresh": FAR}, State.BLOCKED, GateNote.GATE_STALE),
        ({"fresh": Fresh(None, reason=note(ReviewNote.REVIEW_NO_RUNS_READ))}, State.BLOCKED, GateNote.GATE_NOT_COMPARABLE),
        ({"found": MISSED}, State.BLOCKED, ProofNote.ON_THE_FRONT),
        ({"found": MISSED, "signatures": (asking(),)}, State.BLOCKED, ProofNote.ON_THE_FRONT),
        ({"signatures": (*QUORUM, asking())}, State.CHANGES_REQUESTED, GateNote.CHANGES_REQUESTED),
        ({"signatures": (asking(),)}, State.CHANGES_REQUESTED, GateNote.CHANGES_REQUESTED),
        ({"signatures": QUORUM[:1]}, State.WAITING, GateNote.GATE_SIGNATURES),
        ({"found": OPEN, "signatures": QUORUM}, State.WAITING, GateNote.GATE_CHECKLIST),
        ({"answers": {}}, State.WAITING, GateNote.GATE_CHECKLIST),
        ({}, State.READY, None),
    ],
)  # fmt: skip
def test_each_state_of_an_open_review_and_what_binds_first(but: dict[str, Any], state: State, first: Any) -> None:
    found = gate(but.pop("found", None), **but)
    assert (found.state, found.reasons[0].code if found.reasons else None) == (state, first)
    assert (found.decision is Says.PROMOTE) is (state is State.READY)
    assert all(words(one) for one in found.reasons)


def test_a_closed_review_is_what_people_decided_and_an_accepted_one_may_be_of_other_inputs() -> None:
    gone = Fresh("other", (Change(note(InputsNote.RUNS_WENT, n=1, side="baseline")),))
    accepted = ReviewStatus.ACCEPTED
    assert gate(status=accepted).state is State.ACCEPTED
    assert gate(status=accepted, fresh=gone).state is State.ACCEPTED
    assert gate(status=accepted, fresh=FAR).state is State.ACCEPTED_FOR_OTHER
    assert gate(status=accepted, fresh=Fresh(None)).state is State.ACCEPTED
    for inputs, state in ((INPUTS.sha256, State.ACCEPTED), ("before", State.ACCEPTED_FOR_OTHER)):
        basis = replace(BASIS, inputs=inputs)
        decided = (made(30, LEAD), Decided(ReviewDecision.PROMOTE, "", "PROMOTE", "e", basis))
        assert gate(status=accepted, decision=decided).state is state
        assert gate(status=accepted, decision=decided, fresh=FAR).state is State.ACCEPTED_FOR_OTHER
    harm = (made(30, LEAD), Decided(ReviewDecision.ROLLBACK, "", "ROLLBACK", "e", BASIS))
    assert gate(status=ReviewStatus.REJECTED, decision=harm).state is State.HARMFUL
    assert gate(status=ReviewStatus.REJECTED).state is State.REJECTED
    assert gate(status=ReviewStatus.WITHDRAWN).state is State.WITHDRAWN


STALE = replace(BASIS, inputs="before")
BOTH = (signed(10, LEAD, Role.TECH_LEAD), signed(11, LEAD, Role.PRODUCTION))
TWO_ROLES = {**ROLES, LEAD.key: frozenset({Role.TECH_LEAD, Role.PRODUCTION})}


@pytest.mark.parametrize(
    ("second", "why", "but"),
    [
        (signed(11, PRODUCTION, Role.PRODUCTION, verified=False), GateNote.SIGNED_UNVERIFIED, {}),
        (signed(11, AUTHOR, Role.PRODUCTION), GateNote.SIGNED_BY_AUTHOR, {}),
        (signed(11, PRODUCTION, Role.PRODUCTION), GateNote.SIGNED_ROLE_GONE, {"roles": {LEAD.key: ROLES[LEAD.key]}}),
        (signed(11, READER, Role.REVIEWER), GateNote.SIGNED_ROLE_GONE, {}),
        (signed(11, PRODUCTION, Role.PRODUCTION, basis=STALE), GateNote.SIGNED_STALE, {}),
        (signed(11, PRODUCTION, Role.PRODUCTION, basis=replace(BASIS, answers={})), GateNote.SIGNED_STALE, {}),
        (signed(11, PRODUCTION, Role.PRODUCTION, basis=replace(BASIS, waivers={Of.FRONT: 9})), GateNote.SIGNED_STALE, {}),
        (signed(11, None, Role.PRODUCTION), GateNote.SIGNED_ERASED, {}),
        (signed(11, LEAD, Role.PRODUCTION), GateNote.SIGNED_TWICE, {"roles": TWO_ROLES}),
        (signed(11, PRODUCTION, Role.PRODUCTION, SignVerdict.ABSTAIN), None, {}),
    ],
)  # fmt: skip
def test_a_signature_that_does_not_count_stays_in_sight_and_says_why(
    second: Any, why: GateNote | None, but: dict[str, Any]
) -> None:
    found = gate(signatures=(QUORUM[0], second), **but)
    assert (found.decision, found.state) == (Says.KEEP_TESTING, State.WAITING)
    assert [one.counts for one in found.signatures] == [True, False]
    assert (found.signatures[1].reason.code if found.signatures[1].reason else None) is why
    assert found.missing == (Role.PRODUCTION,)
    assert all(words(one) for one in found.reasons)


def test_who_counts_is_the_policys_to_say() -> None:
    unverified = tuple(signed(one.made.seq, one.made.person, one.act.role, verified=False) for one in QUORUM)
    assert gate(signatures=unverified, rules=PromotionPolicy(unverified_count=True)).decision is Says.PROMOTE
    assert gate(signatures=BOTH, roles=TWO_ROLES, rules=PromotionPolicy(people=1)).decision is Says.PROMOTE
    assert gate(rules=PromotionPolicy(people=3)).missing == (Role.PRODUCTION,)
    lead = PromotionPolicy(quorum=(Role.TECH_LEAD,), people=1)
    assert gate(signatures=QUORUM[:1], rules=lead).decision is Says.PROMOTE
    third = signed(12, PRODUCTION, Role.PRODUCTION)
    assert gate(signatures=(*BOTH, third), roles=TWO_ROLES).decision is Says.PROMOTE


def test_of_one_person_in_one_role_the_newest_counts() -> None:
    later = signed(12, LEAD, Role.TECH_LEAD, SignVerdict.ABSTAIN)
    found = gate(signatures=(*QUORUM, later))
    assert ([one.counts for one in found.signatures], found.missing) == ([False, True, False], (Role.TECH_LEAD,))
    renewed = (signed(8, LEAD, Role.TECH_LEAD, basis=STALE), *QUORUM)
    found = gate(signatures=renewed)
    assert ([one.counts for one in found.signatures], found.decision) == ([False, True, True], Says.PROMOTE)
    assert [one.fresh for one in found.signatures] == [False, True, True]


@pytest.mark.parametrize(
    ("signatures", "blocks"),
    [
        ((asking(),), True),
        ((asking(basis=STALE),), True),
        ((asking(), asking(seq=21)), True),
        ((asking(), signed(21, READER, Role.REVIEWER, SignVerdict.ABSTAIN)), False),
        ((asking(LEAD, Role.TECH_LEAD, 5), *QUORUM), False),
        ((asking(LEAD, Role.TECH_LEAD, 5), signed(6, LEAD, Role.TECH_LEAD, SignVerdict.ABSTAIN)), True),
        ((asking(LEAD, Role.TECH_LEAD, 5), signed(6, PRODUCTION, Role.PRODUCTION)), True),
        ((asking(dismissed=(made(21, LEAD), "done")),), False),
        ((asking(dismissed=(made(21, LEAD, verified=False), "done")),), True),
        ((asking(dismissed=(made(21, LEAD), "done")), asking(seq=22)), True),
        ((asking(None),), True),
        ((asking(None), signed(21, None, Role.REVIEWER, SignVerdict.ABSTAIN)), True),
    ],
)
def test_requested_changes_block_until_their_author_approves_or_an_approver_dismisses_them(
    signatures: Any, blocks: bool
) -> None:
    others = tuple(one for one in QUORUM if one not in signatures and signatures[0].made.person is not LEAD)
    found = gate(signatures=(*others, *signatures))
    assert bool(found.requested) is blocks
    assert any(one.code is GateNote.CHANGES_REQUESTED for one in found.reasons) is blocks


@pytest.mark.parametrize(
    ("waiver", "void"),
    [
        (waived(Of.FRONT, 0.03), None),
        (waived(Of.FRONT, 0.03, until="2026-11-21"), GateNote.WAIVER_ENDED),
        (waived(Of.FRONT, 0.02), GateNote.WAIVER_WORSE),
        (waived(Of.FRONT, 0.04), None),
        (waived(Of.FRONT, None), None),
        (waived(Of.FRONT, 0.03, status="missed"), None),
        (waived(Of.FRONT, None, status="uncertain"), GateNote.WAIVER_WORSE),
        (waived(Of.FRONT, 0.5, status="uncertain"), GateNote.WAIVER_WORSE),
        (waived(Of.FRONT, 0.03, person=READER), GateNote.WAIVER_ROLE_GONE),
        (waived(Of.FRONT, 0.03, person=AUTHOR), GateNote.WAIVER_BY_AUTHOR),
        (waived(Of.FRONT, 0.03, person=None), GateNote.SIGNED_ERASED),
        (waived(Of.FRONT, 0.03, verified=False), GateNote.SIGNED_UNVERIFIED),
    ],
)
def test_a_waiver_holds_until_its_day_ends_for_the_number_that_it_was_given_for(waiver: Any, void: Any) -> None:
    basis = replace(BASIS, waivers={} if void else {Of.FRONT: 9})
    quorum = tuple(signed(one.made.seq, one.made.person, one.act.role, basis=basis) for one in QUORUM)
    found = gate(MISSED, waivers=(waiver,), signatures=quorum)
    one = criterion(found, Of.FRONT)
    assert one.waiver is not None
    assert (one.waiver.void.code if one.waiver.void else None) is void
    assert (one.status, found.decision) == ((Is.MISSED, Says.KEEP_TESTING) if void else (Is.WAIVED, Says.PROMOTE))
    assert one.without is (None if void else Is.MISSED)
    assert gate(MISSED, waivers=(waiver,), signatures=QUORUM).decision is Says.KEEP_TESTING


def test_errors_at_the_guard_are_no_harm_however_many_runs_their_mean_is_of() -> None:
    assert math.fsum([0.01] * 57) / 57 > 0.01
    assert gate(evidence(error_rate=math.fsum([0.01] * 57) / 57)).decision is Says.PROMOTE


def test_a_waiver_of_a_gain_that_is_not_shown_is_none_of_a_loss() -> None:
    waiver = (waived(Of.SIGNIFICANT, 0.3, status="missed"),)
    for but, status in (({"p": 0.2}, Is.WAIVED), ({"p": 0.2, "difference": -0.004}, Is.MISSED)):
        found = gate(evidence(primary=effect(verdict=Verdict.NOT_SHOWN, **but)), waivers=waiver)
        assert criterion(found, Of.SIGNIFICANT).status is status


def test_nobody_waives_signatures_and_a_waiver_of_what_is_met_changes_nothing() -> None:
    assert gate(signatures=(), waivers=(waived(Of.SIGNATURES),)).missing == (Role.TECH_LEAD, Role.PRODUCTION)
    found = gate(waivers=(waived(Of.FRONT, 0.5),))
    assert (found.decision, criterion(found, Of.FRONT).status) == (Says.PROMOTE, Is.MET)
    older = (waived(Of.FRONT, 0.03), waived(Of.FRONT, 0.03, seq=12, until="2026-01-01"))
    assert criterion(gate(MISSED, waivers=older), Of.FRONT).waiver.made.seq == 9  # type: ignore[union-attr]


def reply(to: ItemFound, what: ItemReply) -> Any:
    key = f"{to.checklist}/{to.item}"
    return {key: (made(4, READER), Answered(to.checklist, to.item, what))}


@pytest.mark.parametrize(
    ("holds", "answer", "status"),
    [
        (True, None, ItemStatus.YES),
        (True, ItemReply.NO, ItemStatus.YES),
        (False, None, ItemStatus.NO),
        (False, ItemReply.YES, ItemStatus.NO),
        (False, ItemReply.NOT_APPLICABLE, ItemStatus.NO),
        (None, None, ItemStatus.OPEN),
        (None, ItemReply.YES, ItemStatus.YES),
        (None, ItemReply.NO, ItemStatus.NO),
        (None, ItemReply.NOT_APPLICABLE, ItemStatus.NOT_APPLICABLE),
    ],
)
def test_a_proof_goes_before_an_answer_and_a_waiver_settles_what_judges_the_same(
    holds: bool | None, answer: ItemReply | None, status: ItemStatus
) -> None:
    item = replace(ITEMS[0], holds=holds)
    known = evidence(items=(item,), primary=effect(p=0.5))
    said = reply(item, answer) if answer else {}
    [found] = gate(known, answers=said).items
    assert (found.status, found.waived) == (status, None)
    [waiving] = gate(known, answers=said, waivers=(waived(Of.SIGNIFICANT),)).items
    settled = status in (ItemStatus.YES, ItemStatus.NOT_APPLICABLE)
    assert (waiving.settled, waiving.waived) == (True, None if settled else Of.SIGNIFICANT)
    [other] = gate(known, answers=said, waivers=(waived(Of.FRONT),)).items
    assert other.settled is settled


def test_a_list_with_a_score_counts_half_for_what_people_say_and_its_lowest_section_decides() -> None:
    one, two = {"en": "One"}, {"en": "Two"}
    rows = tuple(
        ItemFound("ml-test-score", name, ITEMS[3].severity, {}, holds, section=section, scored=True)
        for name, holds, section in (("a", True, one), ("b", None, one), ("c", None, two), ("d", False, two))
    )
    said = reply(rows[1], ItemReply.YES) | reply(rows[2], ItemReply.YES) | reply(rows[3], ItemReply.YES)
    assert gate(evidence(items=rows), answers=said).scores == {"ml-test-score": 0.5}
    assert gate(evidence(items=rows), answers={}).scores == {"ml-test-score": 0.0}
    assert gate().scores == {}


SIGNATURE = st.builds(
    lambda seq, who, role, verdict, basis, verified: signed(seq, who, role, verdict, basis=basis, verified=verified),
    st.integers(20, 60), st.sampled_from([LEAD, PRODUCTION, READER, AUTHOR, None]), st.sampled_from([*Role]),
    st.sampled_from([*SignVerdict]), st.sampled_from([BASIS, STALE]), st.booleans(),
)  # fmt: skip


def ordered(given: Any) -> Any:
    return tuple(sorted({one.made.seq: one for one in given}.values(), key=lambda one: one.made.seq))


@settings(max_examples=60, deadline=None)
@given(st.lists(SIGNATURE, max_size=6))
def test_fresh_approvals_never_make_less_of_it_and_nobody_signs_alone(signatures: Any) -> None:
    before = gate(signatures=ordered(signatures))
    after = gate(signatures=(*ordered(signatures), *(signed(90 + n, who, role) for n, (who, role) in enumerate(
        [(LEAD, Role.TECH_LEAD), (PRODUCTION, Role.PRODUCTION)]))))  # fmt: skip
    assert {one for one in after.requested if one < 90} <= {*before.requested}
    assert before.decision is not Says.PROMOTE or after.decision is Says.PROMOTE
    people = {one.signature.made.key for one in before.signatures if one.counts}
    assert before.decision is not Says.PROMOTE or len(people) >= 2
    assert AUTHOR.key not in people
    assert "" not in people


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from([*Of])), st.sampled_from([but for but, _ in HARMS]))
def test_no_waiver_turns_harm(criteria: set[Of], but: dict[str, Any]) -> None:
    assert gate(evidence(**but), waivers=tuple(waived(own) for own in criteria)).decision is Says.ROLLBACK


@settings(max_examples=60, deadline=None)
@given(st.lists(SIGNATURE, max_size=6), st.booleans())
def test_without_the_runs_or_for_others_nothing_is_let_through(signatures: Any, told: bool) -> None:
    fresh = FAR if told else Fresh(None)
    found: GateFound = gate(signatures=(*QUORUM, *ordered(signatures)), fresh=fresh)
    assert found.decision is Says.KEEP_TESTING
    assert not any(one.counts for one in found.signatures)


def test_the_same_values_give_the_same_answer_and_the_basis_is_what_is_signed() -> None:
    assert gate() == gate()
    assert gate(signatures=(), answers=ANSWERS).signatures == ()
    assert Basis(INPUTS.sha256, {"promotion/canary": ItemReply.YES}, {}) == BASIS
    assert TODAY < "2026-11-23"
