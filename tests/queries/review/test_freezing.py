"""What is frozen of a store: the numbers of the pages, in bytes that say the same when they are read again."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from assay.analysis.review.criteria import judged
from assay.errors import ReviewError
from assay.model.comparison.difference import Verdict
from assay.model.comparison.question import Question
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.proofs import ProofNote
from assay.model.policy import Policy
from assay.model.records import canonical
from assay.model.review.evidence import FrozenEvidence, sha256
from assay.model.review.gate import GateDecision, ReviewState
from assay.model.review.notes import GateNote, InputsNote, ReviewNote
from assay.model.review.policy import GateCriterion
from assay.queries.comparison.answer import compare
from assay.queries.review.freezing import freeze
from assay.queries.review.inputs import inputs
from assay.queries.review.looking import looked
from assay.view.text.notes import words
from assay.workspace import Desk, Workspace
from evidenced import Evidenced
from gated import AUTHOR, LEAD, made, review, signed
from looking import looked_at
from proving import HERE, LEAKY, NEW, OLD
from reviewed import FROZEN_AT, opening


def test_what_is_frozen_are_the_numbers_of_the_pages(work: Workspace, better: FrozenEvidence) -> None:
    found = better.results
    names = tuple(one.metric for one in found.metrics)
    assert names[:1] == ("accuracy",)
    compared = compare(work, Question(names, OLD, (NEW,), (HERE,)))
    [candidate] = compared.first.candidates
    assert (found.primary.difference, found.primary.p) == (candidate.difference.value, candidate.difference.p_adjusted)
    assert (found.primary.verdict, found.primary.n, found.primary.over) == (Verdict.BETTER, (5, 5), len(names))
    assert {one.category for one in found.slices} == {"cat", "dog"}
    assert found.scorecard == "digits"
    assert {one.metric: one.logged for one in found.limits}["availability"] == (False, False)
    assert (found.front, found.labels) == (True, ("old", "new"))
    assert found.leakage.counts["shared_ids"][CheckStatus.PASS] == 5
    assert "data_access" in found.records.worst
    assert {one.item for one in found.items if one.signature} == {"tech-lead-reviewed", "production-agreed"}
    assert {one.item for one in found.items if one.holds} >= {"better-with-seeds", "quality-kept", "alerts-set"}
    assert (found.matched, found.counted, found.left_out) == ((5, 5), (5, 5), ({}, {}))
    assert better.inputs == inputs(work, opening(work, OLD, NEW, HERE))


def test_its_text_says_the_same_when_it_is_read_again(better: FrozenEvidence) -> None:
    again = FrozenEvidence.read(better.text, better.inputs.text)
    assert again == better
    assert (again.sha256, again.inputs.sha256) == (better.sha256, better.inputs.sha256)
    assert f'"inputs":"{better.inputs.sha256}"' in better.text
    newer = better.text.replace('"labels":', '"later":{"a":1},"labels":', 1)
    later = FrozenEvidence.read(newer, better.inputs.text)
    assert (later.results, later.sha256) == (better.results, sha256(newer))
    for broken in ("", "{}", "[1]", better.text.replace('"primary":{', '"primary":{"n":3,"x":{', 1)):
        with pytest.raises((KeyError, TypeError, ValueError)):
            FrozenEvidence.read(broken, better.inputs.text)


def test_the_same_runs_freeze_to_the_same_results(work: Workspace, better: FrozenEvidence) -> None:
    again = freeze(work, opening(work, OLD, NEW, HERE), FROZEN_AT)
    assert canonical(again.results) == canonical(better.results)


@pytest.mark.parametrize(
    ("baseline", "candidate", "metric", "code"),
    [
        ("params.model = 'none'", NEW, "accuracy", ReviewNote.REVIEW_SIDE_EMPTY),
        (OLD, "params.model = 'none'", "accuracy", ReviewNote.REVIEW_SIDE_EMPTY),
        (OLD, NEW, "recall", ReviewNote.REVIEW_NO_METRIC),
        (OLD, OLD, "accuracy", ProofNote.RUNS_OF_BOTH_SIDES),
    ],
)
def test_nothing_is_frozen_of_a_side_without_runs_an_unknown_metric_or_runs_of_both_sides(
    work: Workspace, baseline: str, candidate: str, metric: str, code: ReviewNote
) -> None:
    with pytest.raises(ReviewError) as refused:
        freeze(work, opening(work, baseline, candidate, HERE, metric=metric), FROZEN_AT)
    assert refused.value.note.code is code


def test_a_run_without_a_number_in_another_metric_of_the_results_is_left_out_too(
    tmp_path: Path, policy: Policy
) -> None:
    store = Evidenced(tmp_path)
    for model, diverged in (("old", math.inf), ("new", math.nan)):
        for seed in range(3):
            scores = {"accuracy": 0.9 + seed / 100, "log_loss": 0.2 if seed else diverged, "shoe_size": math.nan}
            store.run("here", params={"model": model, "seed": seed}, metrics=scores)
    work = looked_at(store, tmp_path / "data", policy)
    found = freeze(work, opening(work, OLD, NEW, "here"), FROZEN_AT).results
    assert (found.counted, found.left_out) == ((3, 3), ({"not_finite": 1}, {"not_finite": 1}))
    complete = next(one for one in judged(found, policy.promotion, 0.95) if one.criterion is GateCriterion.COMPLETE)
    assert words(complete.note) == "2 of 6 runs that match are left out: not finite."


def test_a_leak_is_missed_and_mixed_configurations_show_nothing(work: Workspace) -> None:
    leak = freeze(work, opening(work, OLD, LEAKY, HERE), FROZEN_AT).results
    assert leak.leakage.counts["group_overlap"][CheckStatus.FAIL] == 5
    both = freeze(work, opening(work, OLD, "params.model != 'old'", HERE), FROZEN_AT).results
    assert (both.primary.verdict, both.primary.p, both.primary.low) == (Verdict.NOT_SHOWN, None, None)
    assert both.primary.difference is not None
    assert both.primary.reason is not None
    assert both.left_out[1] == {"failed": 1}


def test_a_review_stands_by_its_evidence_until_a_run_comes(
    tmp_path: Path, work: Workspace, better: FrozenEvidence, policy: Policy
) -> None:
    opened = opening(work, OLD, NEW, HERE)
    desk = Desk(work.settings, policy, work.snapshot, FROZEN_AT)
    basis = looked(desk, review(opened=opened, answers={}), better, lambda _: None).basis
    assert basis is not None
    sign = signed(10, LEAD, next(iter(policy.promotion.quorum)), basis=basis)
    sign = replace(sign, act=replace(sign.act, evidence=better.sha256))
    known = review(opened=opened, answers={}, signatures=(sign,), timeline=(), wordings=())
    found = looked(desk, known, better, lambda _: better)
    assert (found.fresh.current, found.fresh.changes) == (better.inputs.sha256, ())
    assert (found.gate.decision, found.gate.state) == (GateDecision.KEEP_TESTING, ReviewState.BLOCKED)
    assert {one.criterion for one in found.gate.criteria if one.keeps_back} == {
        *(GateCriterion.SIGNATURES, GateCriterion.REPRODUCIBLE, GateCriterion.CHECKLIST),
    }
    assert found.authors == {AUTHOR.key}
    assert (found.other_store, found.gate.signatures[0].fresh) == (False, True)

    older = replace(better, inputs=replace(better.inputs, candidate=dict(list(better.inputs.candidate.items())[1:])))
    stale = looked(desk, known, older, lambda _: older)
    assert [one.note.code for one in stale.fresh.changes] == [InputsNote.RUNS_CAME]
    assert stale.gate.reasons[0].code is GateNote.GATE_STALE
    before = replace(sign, act=replace(sign.act, basis=replace(basis, inputs=older.inputs.sha256), evidence="old"))
    told = looked(desk, replace(known, signatures=(before,)), better, lambda _: older).gate.signatures[0]
    assert (told.fresh, [one.note.code for one in told.changes]) == (False, [InputsNote.RUNS_CAME])

    for away in (
        Desk(desk.settings, policy, None, FROZEN_AT),
        Desk(replace(desk.settings, tracking_uri="sqlite:///other.db"), policy, work.snapshot, FROZEN_AT),
    ):
        unknown = looked(away, known, better, lambda _: None)
        assert (unknown.fresh.current, unknown.gate.reasons[0].code) == (None, GateNote.GATE_NOT_COMPARABLE)
        assert unknown.fresh.reason is not None
        assert not any(one.counts for one in unknown.gate.signatures)


def test_who_made_the_runs_is_an_author_by_the_names_that_the_policy_maps(
    work: Workspace, better: FrozenEvidence, policy: Policy
) -> None:
    of_lead = replace(LEAD, email="lea@example.org")
    known = replace(better, results=replace(better.results, users=("lea", "ci")))
    access = replace(policy.access, people={"lea@example.org": ("lea",)})
    desk = Desk(work.settings, replace(policy, access=access), work.snapshot, FROZEN_AT)
    asked = review(opened=opening(work, OLD, NEW, HERE), evidences=(), timeline=())
    found = looked(desk, asked, known, lambda _: None, of_lead)
    assert found.authors == {AUTHOR.key, LEAD.key}
    assert found.unmatched == ("ci",)
    assert [one.code for one in found.problems] == [ReviewNote.USERS_UNMATCHED]
    assert looked(desk, asked, known, lambda _: None).authors == {AUTHOR.key}
    frozen = replace(asked, evidences=((made(5, LEAD), None),))  # type: ignore[arg-type]
    assert looked(desk, frozen, known, lambda _: None).authors == {AUTHOR.key, LEAD.key}
