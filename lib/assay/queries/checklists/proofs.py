"""How each proof is made: which question's answer it rests on, and what that answer proves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assay.analysis.checklists import comparison, leakage, runs, scorecard, tradeoffs
from assay.analysis.checklists.checks import five_elements, passed, repeats_agree
from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.proofs import ProofCheck as Check
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.record import RECORDS
from assay.model.note import Note, note
from assay.queries.checklists.sources import Sources


@dataclass(frozen=True, slots=True)
class Proving:
    """How a proof is made: what is asked for, and what an answer that is no refusal proves; `of`: its page."""

    of: ProofOf
    ask: Callable[[Sources], Any]
    prove: Callable[..., Proof]

    def __call__(self, sources: Sources) -> Proof:
        found = self.ask(sources)
        return Proof(self.of, None, found) if isinstance(found, Note) else self.prove(sources, found)


def _of_runs(prove: Callable[..., Proof], *more: Callable[[Sources], Any]) -> Proving:
    return Proving(
        ProofOf.RUNS, lambda own: own.runs, lambda own, found: prove(found, *(each(own) for each in more))
    )  # fmt: skip


def _plain(of: ProofOf, ask: Callable[[Sources], Any], prove: Callable[..., Proof]) -> Proving:
    return Proving(of, ask, lambda _, found: prove(found))


def _alone(prove: Callable[..., Proof]) -> Proving:
    """Of a comparison that needs no baseline."""
    return _plain(ProofOf.COMPARISON, lambda own: own.comparison, prove)


def _versus(prove: Callable[..., Proof], *more: Callable[[Sources], Any]) -> Proving:
    """Of one that does."""
    return Proving(
        ProofOf.COMPARISON, lambda own: own.versus, lambda own, found: prove(found, *(each(own) for each in more))
    )  # fmt: skip


def _of_card(prove: Callable[..., Proof]) -> Proving:
    return _plain(ProofOf.SCORECARD, lambda own: own.scored, prove)


def _of_leakage(prove: Callable[..., Proof]) -> Proving:
    return _plain(ProofOf.LEAKAGE, lambda own: own.leakage, prove)


def _of_splits(prove: Callable[..., Proof]) -> Proving:
    return _plain(ProofOf.LEAKAGE, lambda own: own.splits, prove)


def _of_record(prove: Callable[..., Proof]) -> Proving:
    return _plain(ProofOf.REPRODUCIBILITY, lambda own: own.record, prove)


def _rules(own: Sources, _: object) -> Proof:
    """Of runs with a number to which they apply."""
    if not any(run.metrics for run in own.runs):
        return Proof(ProofOf.POLICY, None, note(Says.NO_NUMBER_LOGGED, n=len(own.runs)))
    return scorecard.statistics_set(own.work.policy.statistics, own.policy_place[0])


PROOFS: Mapping[str, Proving] = {
    Check.TRACKED: _of_runs(runs.tracked),
    Check.ALL_FINISHED: _of_runs(runs.all_finished),
    Check.NUMBERS_FINITE: _of_runs(runs.numbers_finite),
    Check.LEARNING_CURVES: _of_runs(runs.learning_curves, lambda own: own.stepped),
    Check.RESOURCES: _of_runs(runs.resources),
    Check.MODELS_KEPT: Proving(
        ProofOf.RUNS,
        lambda own: own.kept_models,
        lambda own, found: runs.models_kept(own.runs, found),
    ),
    Check.SEEDS_PER_SIDE: _alone(comparison.seeds_per_side),
    Check.MEAN_AND_SPREAD: _alone(comparison.mean_and_spread),
    Check.BASELINE_MEASURED: _versus(comparison.baseline_measured),
    Check.FAIR_COMPARISON: _versus(comparison.fair_comparison, lambda own: own.test_rows),
    Check.SIGNIFICANT: _versus(comparison.significant),
    Check.QUALITY_KEPT: _versus(comparison.quality_kept, lambda own: own.groups),
    Check.NO_METRIC_WORSE: _plain(ProofOf.SCORECARD, lambda own: own.losses, scorecard.no_metric_worse),
    Check.NO_SLICE_WORSE: _plain(ProofOf.COMPARISON, lambda own: own.by_examples, comparison.no_slice_worse),
    Check.SLICES_MEASURED: Proving(
        ProofOf.COMPARISON,
        lambda own: own.slices,
        lambda own, found: comparison.slices_measured(found, "".join(own.examined)),
    ),
    Check.SEVERAL_METRICS: _of_card(scorecard.several_metrics),
    Check.THRESHOLDS_MET: _of_card(scorecard.thresholds_met()),
    Check.QUALITY_THRESHOLDS: _of_card(scorecard.thresholds_met("quality")),
    Check.PERFORMANCE_THRESHOLDS: _of_card(scorecard.thresholds_met("performance")),
    Check.COST_THRESHOLDS: _of_card(scorecard.thresholds_met("cost")),
    Check.RELIABILITY_THRESHOLDS: _of_card(scorecard.thresholds_met("reliability")),
    Check.ALERTS_SET: Proving(
        ProofOf.POLICY,
        lambda own: own.scored,
        lambda own, found: scorecard.alerts_set(found, *own.policy_place),
    ),
    Check.STATISTICS_SET: Proving(ProofOf.POLICY, lambda own: own.work.policy.statistics, _rules),
    Check.ON_FRONT: _plain(ProofOf.TRADEOFFS, lambda own: own.front, tradeoffs.on_front),
    Check.ABLATION_RAN: _plain(ProofOf.ABLATION, lambda own: own.ablation, tradeoffs.ablation_ran),
    Check.ABLATION_EXPLAINS: _plain(ProofOf.ABLATION, lambda own: own.ablation, tradeoffs.ablation_explains),
    Check.NO_LEAK: _of_leakage(leakage.no_leak),
    Check.SPLITS_LOGGED: _of_splits(leakage.splits_logged),
    Check.HOLD_OUT: _of_splits(leakage.hold_out),
    Check.THREE_SPLITS: _of_splits(leakage.three_splits),
    **{Check(check.value): _of_leakage(passed(ProofOf.LEAKAGE, check)) for check in LeakageCheck},
    **{Check(check.value): _of_record(passed(ProofOf.REPRODUCIBILITY, check)) for check in RECORDS},
    Check.FIVE_ELEMENTS: _of_record(five_elements),
    Check.REPEATS_AGREE: _of_record(repeats_agree),
}
