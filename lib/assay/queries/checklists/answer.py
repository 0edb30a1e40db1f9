"""What do the runs of a candidate prove?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.analysis.checklists import comparison, leakage, runs, scorecard, tradeoffs
from assay.analysis.checklists.checks import passed
from assay.cache import contents
from assay.cache.connection import reading
from assay.model.comparison.question import Question
from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.proofs import ProofCheck as Check
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.proved import ChecklistQuestion, Proved
from assay.model.note import Note, note
from assay.queries.checklists.sources import Sources
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.sides import AskedSides, sides
from assay.workspace import Workspace

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Proving:
    """How a proof is made: what is asked for, and what an answer that is no refusal proves; `of`: its page."""

    of: ProofOf
    ask: Callable[[Sources], Any]
    prove: Callable[..., Proof]

    def __call__(self, sources: Sources) -> Proof:
        found = self.ask(sources)
        return Proof(self.of, None, found) if isinstance(found, Note) else self.prove(sources, found)


def proved(work: Workspace, question: ChecklistQuestion, said: Progress | None = None) -> Proved:
    """Every proof that is asked for, each with its numbers, or why there is none.

    `said` is told how many are done, of how many. Raises SelectionError for an unknown experiment or param to ignore,
    FilterError for a filter that cannot be read.
    """
    wanted = [check for check in (tuple(Check) if question.checks is None else question.checks) if check in _PROOFS]
    if not question.candidate.strip():
        return Proved(question, proofs=_nothing(wanted, note(Says.NO_CANDIDATE)))
    with reading(work.snapshot):
        asked, sources = _asked(work, question)
        if not sources.runs:
            silent = _nothing(wanted, note(Says.NO_RUN_OF_SIDE, len(asked.found) - 1))
            return _answer(asked, sources, silent)
        return _answer(asked, sources, dict(_each(sources, wanted, said)))


def _each(sources: Sources, wanted: Sequence[Check], said: Progress | None) -> Iterator[tuple[str, Proof]]:
    for done, check in enumerate(wanted, start=1):
        yield check, _PROOFS[check](sources)
        if said:
            said(done, len(wanted))


def _nothing(wanted: Sequence[Check], why: Note) -> dict[str, Proof]:
    return {check: Proof(_PROOFS[check].of, None, why) for check in wanted}


def _asked(work: Workspace, question: ChecklistQuestion) -> tuple[AskedSides, Sources]:
    """Both sides by name, with their runs and the experiments that these are of."""
    about = Question((), *question.sides, question.experiments, deleted=question.deleted, ignore=question.ignore)
    [asked] = sides(work.snapshot, work.policy, about, (None,))
    found = [contents.runs(work.snapshot, one.runs["run_id"].tolist()) for one in asked.found]
    candidate, baseline = found[-1], found[0] if len(found) > 1 else ()
    held = tuple(sorted({run.experiment for run in (*candidate, *baseline)}))
    return asked, Sources(work, question, candidate, baseline, question.experiments or held)


def _answer(asked: AskedSides, sources: Sources, proofs: Mapping[str, Proof]) -> Proved:
    """With what the links need of every answer that was asked for, and of no other."""
    names, question = [name.text for name in asked.names], sources.question
    known = {name: found for name, found in vars(sources).items() if not isinstance(found, Note)}
    front, apart = known.get("front"), known.get("ablation")
    waiting = known["leakage"].keeps_seconds if "leakage" in known else float("inf")
    return Proved(
        question=question,
        experiments=sources.experiments,
        candidate=names[-1],
        baseline=names[0] if question.baseline.strip() else "",
        run_ids=tuple(run.run_id for run in sources.runs),
        baseline_ids=tuple(run.run_id for run in sources.others),
        metrics=known.get("metrics", ()),
        examined="".join(known.get("examined", ())),
        objectives=tuple(one.text for one in front.question.objectives) if front else (),
        factors=apart.question.factors if apart else (),
        proofs=proofs,
        notes=doubts(asked.found, range(len(asked.found))),
        keeps_seconds=waiting,
    )


def _of_runs(prove: Callable[..., Proof], *more: Callable[[Sources], Any]) -> _Proving:
    return _Proving(
        ProofOf.RUNS, lambda own: own.runs, lambda own, found: prove(found, *(each(own) for each in more))
    )  # fmt: skip


def _plain(of: ProofOf, ask: Callable[[Sources], Any], prove: Callable[..., Proof]) -> _Proving:
    return _Proving(of, ask, lambda _, found: prove(found))


def _alone(prove: Callable[..., Proof]) -> _Proving:
    """Of a comparison that needs no baseline."""
    return _plain(ProofOf.COMPARISON, lambda own: own.comparison, prove)


def _versus(prove: Callable[..., Proof], *more: Callable[[Sources], Any]) -> _Proving:
    """Of one that does."""
    return _Proving(
        ProofOf.COMPARISON, lambda own: own.versus, lambda own, found: prove(found, *(each(own) for each in more))
    )  # fmt: skip


def _of_card(prove: Callable[..., Proof]) -> _Proving:
    return _plain(ProofOf.SCORECARD, lambda own: own.scored, prove)


def _of_splits(prove: Callable[..., Proof]) -> _Proving:
    return _plain(ProofOf.LEAKAGE, lambda own: own.splits, prove)


def _rules(own: Sources, _: object) -> Proof:
    return scorecard.statistics_set(own.work.policy.statistics, own.policy_place[0])


_PROOFS: Mapping[str, _Proving] = {
    Check.TRACKED: _of_runs(runs.tracked),
    Check.ALL_FINISHED: _of_runs(runs.all_finished),
    Check.NUMBERS_FINITE: _of_runs(runs.numbers_finite),
    Check.LEARNING_CURVES: _of_runs(runs.learning_curves, lambda own: own.stepped),
    Check.RESOURCES: _of_runs(runs.resources),
    Check.MODELS_KEPT: _of_runs(runs.models_kept, lambda own: own.kept_models),
    Check.SEEDS_PER_SIDE: _alone(comparison.seeds_per_side),
    Check.MEAN_AND_SPREAD: _alone(comparison.mean_and_spread),
    Check.BASELINE_MEASURED: _versus(comparison.baseline_measured),
    Check.FAIR_COMPARISON: _versus(comparison.fair_comparison, lambda own: own.test_rows),
    Check.SIGNIFICANT: _versus(comparison.significant),
    Check.QUALITY_KEPT: _versus(comparison.quality_kept, lambda own: own.groups),
    Check.NO_METRIC_WORSE: _plain(ProofOf.SCORECARD, lambda own: own.losses, scorecard.no_metric_worse),
    Check.NO_SLICE_WORSE: _plain(ProofOf.COMPARISON, lambda own: own.by_examples, comparison.no_slice_worse),
    Check.SLICES_MEASURED: _Proving(
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
    Check.ALERTS_SET: _Proving(
        ProofOf.POLICY,
        lambda own: own.scored,
        lambda own, found: scorecard.alerts_set(found, *own.policy_place),
    ),
    Check.STATISTICS_SET: _Proving(ProofOf.POLICY, lambda own: own.work.policy.statistics, _rules),
    Check.ON_FRONT: _plain(ProofOf.TRADEOFFS, lambda own: own.front, tradeoffs.on_front),
    Check.ABLATION_RAN: _plain(ProofOf.ABLATION, lambda own: own.ablation, tradeoffs.ablation_ran),
    Check.ABLATION_EXPLAINS: _plain(ProofOf.ABLATION, lambda own: own.ablation, tradeoffs.ablation_explains),
    Check.NO_LEAK: _plain(ProofOf.LEAKAGE, lambda own: own.leakage, leakage.no_leak),
    Check.SPLITS_LOGGED: _of_splits(leakage.splits_logged),
    Check.HOLD_OUT: _of_splits(leakage.hold_out),
    Check.THREE_SPLITS: _of_splits(leakage.three_splits),
    **{Check(check.value): _plain(ProofOf.LEAKAGE, lambda own: own.leakage, passed(check)) for check in LeakageCheck},
}
