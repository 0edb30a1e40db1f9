"""How a review of a real journal stands on a real store that changes."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import proving
from assay import journal
from assay.errors import ReviewError
from assay.model.people import Role
from assay.model.policy import Policy
from assay.model.records import canonical
from assay.model.review.acts import (
    Act,
    Erased,
    Frozen,
    Signed,
    SignVerdict,
    kind_of,
)
from assay.model.review.evidence import FrozenEvidence
from assay.model.review.gate import GateDecision, ReviewQuestion, ReviewState
from assay.model.review.notes import GateNote, InputsNote, ReviewNote
from assay.model.review.policy import PromotionPolicy
from assay.queries.review.freezing import freeze
from assay.queries.review.listing import lines
from assay.queries.review.standing import standing
from assay.view.text.review.report import reports
from assay.workspace import Desk
from evidenced import Evidenced
from gated import AUTHOR, LEAD, PRODUCTION
from journaled import noted, url_of
from looking import looked_at
from proving import HERE, NEW, OLD
from reviewed import opening

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PEOPLE = {
    LEAD.key: replace(LEAD, email="lea@example.org"),
    PRODUCTION.key: replace(PRODUCTION, email="pia@example.org"),
}
ROLES = {Role.TECH_LEAD: ("lea@example.org",), Role.PRODUCTION: ("pia@example.org",)}
LENIENT = PromotionPolicy(records=(), checklists=())


@pytest.fixture
def desk(tmp_path: Path, policy: Policy) -> Desk:
    known = replace(policy, promotion=LENIENT, access=replace(policy.access, roles=ROLES))
    work = looked_at(proving.filled(tmp_path), tmp_path / "data", known)
    return Desk(replace(work.settings, journal=url_of(tmp_path)), known, work.snapshot, NOW)


def opened(desk: Desk, id: str) -> FrozenEvidence:
    """A review with its evidence, as an action would write it."""
    assert desk.work
    asked = opening(desk.work, OLD, NEW, HERE)
    found = freeze(desk.work, asked, NOW)
    frozen(desk, id, found, asked)
    return found


def frozen(desk: Desk, id: str, found: FrozenEvidence, *before: Act) -> None:
    with journal.open(desk.settings.journal).writing() as pen:
        inputs, text = pen.keep_evidence(found.inputs.text), pen.keep_evidence(found.text)
        for act in (*before, Frozen(text, inputs)):
            pen.append(kind_of(act), id, canonical(act), AUTHOR, "page")


def signs(desk: Desk, id: str) -> None:
    """Both approvers, for what there is now."""
    shown = standing(desk, ReviewQuestion(id))
    assert shown.basis
    assert shown.evidence
    for person, role in zip(PEOPLE.values(), ROLES, strict=True):
        act = Signed(role, SignVerdict.APPROVE, "", shown.evidence.sha256, shown.basis)
        noted(desk.settings.journal, id, act, person=person)


def test_signatures_hold_until_a_run_comes_and_count_again_once_the_new_evidence_is_signed(desk: Desk) -> None:
    with pytest.raises(ReviewError) as unknown:
        standing(desk, ReviewQuestion("R-001"))
    assert unknown.value.note.code is ReviewNote.REVIEW_UNKNOWN
    first = opened(desk, "R-001")
    waiting = standing(desk, ReviewQuestion("R-001"))
    assert (waiting.gate.state, waiting.gate.missing) == (ReviewState.WAITING, (Role.TECH_LEAD, Role.PRODUCTION))
    signs(desk, "R-001")
    ready = standing(desk, ReviewQuestion("R-001"))
    assert (ready.gate.decision, ready.gate.state) == (GateDecision.PROMOTE, ReviewState.READY)
    [line] = lines(desk)
    assert (line.state, line.decision, line.fresh, line.waits_for) == (ready.gate.state, ready.gate.decision, True, ())

    store = Evidenced(desk.settings.data.parent)
    for model, score in (("old", 0.6), ("new", 0.99)):
        metrics = {"accuracy": score, "f1_macro": score, "latency_p95_ms": 2.0}
        store.run(HERE, params={"model": model, "seed": 7}, metrics=metrics)
    again = looked_at(store, desk.settings.data, desk.policy)
    later = replace(desk, snapshot=again.snapshot)
    stale = standing(later, ReviewQuestion("R-001"))
    assert (stale.gate.decision, stale.gate.state) == (GateDecision.KEEP_TESTING, ReviewState.BLOCKED)
    assert [one.note.code for one in stale.fresh.changes] == [InputsNote.RUNS_CAME] * 2
    assert [(one.fresh, one.counts) for one in stale.gate.signatures] == [(False, False)] * 2
    assert [(one.state, one.fresh) for one in lines(later)] == [(ReviewState.BLOCKED, False)]

    assert later.work
    frozen(later, "R-001", freeze(later.work, opening(later.work, OLD, NEW, HERE), NOW))
    told = standing(later, ReviewQuestion("R-001")).gate.signatures[0]
    assert [one.note.code for one in told.changes] == [InputsNote.RUNS_CAME] * 2 + [GateNote.GATE_SIGNIFICANT]
    assert told.changes[2].then not in (None, told.changes[2].note)
    before = standing(later, ReviewQuestion("R-001", first.sha256[:8].upper()))
    assert before.evidence == first
    assert reports(before)[-1].startswith(f"Evidence {first.sha256[:8]}, frozen ")
    asked = opening(later.work, OLD, NEW, HERE)
    other = freeze(later.work, asked, NOW.replace(hour=13))
    frozen(later, "R-002", other, asked)
    with pytest.raises(ReviewError) as another:
        standing(later, ReviewQuestion("R-001", other.sha256))
    assert another.value.note.code is ReviewNote.EVIDENCE_UNKNOWN
    assert before.gate.reasons[0].code is GateNote.GATE_STALE
    signs(later, "R-001")
    assert standing(later, ReviewQuestion("R-001")).gate.decision is GateDecision.PROMOTE
    away = replace(later, snapshot=None)
    closed = standing(away, ReviewQuestion("R-001"))
    assert (closed.gate.decision, closed.fresh.current) == (GateDecision.KEEP_TESTING, None)
    assert [(one.state, one.fresh) for one in lines(away)][1:] == [(ReviewState.READY, None)]
    with journal.open(desk.settings.journal).writing() as pen:
        for row in [row for row, person in pen.people().items() if person.key == PRODUCTION.key]:
            pen.append("erased", "people", canonical(Erased("asked to", person=row)), AUTHOR, "page")
            pen.erase_person(row)
    assert [one.state for one in lines(away)][1:] == [ReviewState.WAITING]
