"""A list of many reviews: each as it was recorded, the newest open ones beside the runs of now."""

from dataclasses import replace
from pathlib import Path
from time import process_time

from assay import journal
from assay.model.policy import Policy
from assay.model.records import canonical
from assay.model.review.acts import Act, Basis, Decided, Frozen, ReviewDecision, Withdrawn, kind_of
from assay.model.review.evidence import FrozenEvidence
from assay.model.review.gate import GateDecision, ReviewState
from assay.model.review.policy import GateCriterion
from assay.queries.review.listing import lines
from assay.workspace import Desk, Workspace
from gated import AUTHOR
from journaled import url_of
from proving import HERE, NEW, OLD
from reviewed import FROZEN_AT, opening


def test_a_list_is_there_at_once_and_asks_no_more_runs_than_time_allows(
    tmp_path: Path, work: Workspace, better: FrozenEvidence, policy: Policy
) -> None:
    desk = Desk(replace(work.settings, journal=url_of(tmp_path)), policy, work.snapshot, FROZEN_AT)
    assert lines(desk) == ()
    frozen, basis = Frozen(better.sha256, better.inputs.sha256), Basis(better.inputs.sha256, {}, {})
    accepted = Decided(ReviewDecision.PROMOTE, "good", "PROMOTE", better.sha256, basis)
    harm = replace(accepted, decision=ReviewDecision.ROLLBACK, gate="ROLLBACK")
    ends: tuple[tuple[Act, ...], ...] = ((), (accepted,), (Withdrawn("no"),), (harm,))
    asked = opening(work, OLD, NEW, HERE)
    with journal.open(desk.settings.journal).writing() as pen:
        for text in (better.text, better.inputs.text):
            pen.keep_evidence(text)
        for n in range(200):
            for act in (asked, frozen, *ends[n % len(ends)]):
                pen.append(kind_of(act), f"R-{n:03}", canonical(act), AUTHOR, "page")
        pen.append("opened", "R-200", canonical(asked), AUTHOR, "page")
    lines(desk)
    began = process_time()
    found = lines(desk)
    assert process_time() - began < 1.0
    assert [one.review.id for one in found[:2]] == ["R-200", "R-199"]
    by_id = {one.review.id: one for one in found}
    states = (ReviewState.BLOCKED, ReviewState.ACCEPTED, ReviewState.WITHDRAWN, ReviewState.HARMFUL)
    assert tuple(by_id[f"R-00{n}"].state for n in range(4)) == states
    assert [by_id[f"R-00{n}"].decision for n in (1, 3)] == [GateDecision.PROMOTE, GateDecision.ROLLBACK]
    assert (by_id["R-200"].state, by_id["R-200"].fresh) == (ReviewState.BLOCKED, None)
    assert (by_id["R-196"].fresh, by_id["R-196"].reason) == (True, by_id["R-000"].reason)
    assert {one.fresh for one in found if one.review.status != "open"} == {None}
    lenient = replace(policy, promotion=replace(policy.promotion, blocking=(GateCriterion.SIGNATURES,)), digest="")
    stale = {one.review.id: one for one in lines(replace(desk, policy=lenient))}
    assert (stale["R-196"].fresh, stale["R-196"].state) == (False, ReviewState.BLOCKED)
