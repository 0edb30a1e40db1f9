"""What the runs of a candidate prove: yes and no by numbers that other pages show, and silence with its reason."""

from pathlib import Path

import pytest

import proving
from assay.analysis.checklists.runs import holds_model
from assay.errors import FilterError, SelectionError
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Question
from assay.model.evidence.checklist import ProofOf
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import SplitNote
from assay.model.evidence.proofs import ProofCheck as Check
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.proved import ChecklistQuestion, Proved
from assay.model.policy import Policy
from assay.model.runs.store import Artifact
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.question import ScorecardQuestion
from assay.queries.checklists.answer import proved
from assay.queries.checklists.proofs import PROOFS
from assay.queries.comparison.answer import compare
from assay.queries.tradeoffs.scorecard import scorecard
from assay.view.text.notes import words
from assay.workspace import Workspace
from looking import looked_at
from noted import has, of
from proving import BARE, HERE, LEAKY, NEW, OLD, SICK, asked


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Workspace:
    folder = tmp_path_factory.mktemp("proving")
    return looked_at(proving.filled(folder), folder / "data", policy)


@pytest.fixture(scope="module")
def better(work: Workspace) -> Proved:
    return asked(work, NEW, OLD)


@pytest.fixture(scope="module")
def worse(work: Workspace) -> Proved:
    return asked(work, OLD, NEW)


def held(found: Proved, *checks: Check) -> list[bool | None]:
    return [found.proofs[check].holds for check in checks]


def those(found: Proved, *, holds: bool | None) -> set[str]:
    return {check for check, own in found.proofs.items() if own.holds is holds}


def test_every_check_that_files_may_name_has_its_proof() -> None:
    assert {*Check} - {*PROOFS} <= {Check.SAME_DATASET} - {check.value for check in LeakageCheck}


def test_a_candidate_with_evidence_proves_what_its_runs_show_and_nothing_else(better: Proved) -> None:
    assert those(better, holds=True) >= {
        *(Check.TRACKED, Check.ALL_FINISHED, Check.NUMBERS_FINITE, Check.LEARNING_CURVES, Check.RESOURCES),
        *(Check.MODELS_KEPT, Check.SEEDS_PER_SIDE, Check.MEAN_AND_SPREAD, Check.BASELINE_MEASURED),
        *(Check.FAIR_COMPARISON, Check.SIGNIFICANT, Check.QUALITY_KEPT, Check.NO_SLICE_WORSE, Check.SLICES_MEASURED),
        *(Check.SEVERAL_METRICS, Check.THRESHOLDS_MET, Check.QUALITY_THRESHOLDS, Check.PERFORMANCE_THRESHOLDS),
        *(Check.ALERTS_SET, Check.STATISTICS_SET, Check.ON_FRONT, Check.NO_LEAK, Check.SPLITS_LOGGED, Check.HOLD_OUT),
        *(Check.THREE_SPLITS, Check.SHARED_IDS, Check.GROUP_OVERLAP, Check.DUPLICATE_ROWS, Check.PREPROCESSING_FIT),
        *(Check.DATA_VERSION, Check.LOGGING),
    }
    assert those(better, holds=False) == {Check.DATA_ACCESS, Check.SEEDS, Check.FIVE_ELEMENTS}
    assert of(better.proofs[Check.NO_METRIC_WORSE].note, ScorecardNote.EFFECT_UNKNOWN)["of"] == 6
    assert held(better, Check.COST_THRESHOLDS, Check.RELIABILITY_THRESHOLDS, Check.TEMPORAL_OVERLAP) == [None] * 3
    assert of(better.proofs[Check.COST_THRESHOLDS].note, Says.NONE_OF_GROUP)["group"] == "cost"
    assert of(better.proofs[Check.TEMPORAL_OVERLAP].note, SplitNote.SPLITS_WITHOUT)["column"] == "time"
    assert of(better.proofs[Check.ABLATION_RAN].note, Says.NO_SWITCH) == {}
    assert of(better.proofs[Check.REPEATS_AGREE].note, Says.NEVER_REPEATED) == {}
    assert (better.candidate, better.baseline, better.examined) == ("new", "old", "accuracy")
    assert (len(better.run_ids), len(better.baseline_ids), better.notes) == (5, 5, ())


def test_numbers_are_those_of_the_pages_that_the_proofs_lead_to(work: Workspace, better: Proved) -> None:
    compared = compare(work, Question(better.metrics, OLD, (NEW,), (HERE,)))
    [candidate] = compared.first.candidates
    said = of(better.proofs[Check.SIGNIFICANT].note, Says.DIFFERENCE)
    assert (said["metric"], said["p"]) == (better.metrics[0], candidate.difference.p_adjusted)
    assert (said["difference"], said["over"]) == (candidate.difference.value, compared.comparisons)
    assert (said["n"], said["baseline"]) == (candidate.side.replicates, compared.first.baseline.replicates)
    card = scorecard(work, ScorecardQuestion(NEW, OLD, experiments=(HERE,)))
    told = of(better.proofs[Check.PERFORMANCE_THRESHOLDS].note, Says.THRESHOLDS)
    [own] = [one for one in card.judgements if one.metric.name == told["metric"]]
    assert (told["value"], told["limit"], told["status"]) == (own.side.value, own.criterion.threshold.value, own.status)
    assert words(better.proofs[Check.SIGNIFICANT].note, better.labels).startswith("5 + 5 replicates, p ")
    assert better.proofs[Check.NO_SLICE_WORSE].by_examples


def test_what_the_runs_show_the_contrary_of_is_a_no(worse: Proved) -> None:
    against = {
        *(Check.SIGNIFICANT, Check.QUALITY_KEPT, Check.NO_METRIC_WORSE, Check.NO_SLICE_WORSE),
        *(Check.THRESHOLDS_MET, Check.QUALITY_THRESHOLDS, Check.ON_FRONT, Check.TRAIN_TEST_GAP),
    }
    assert those(worse, holds=False) == against | {Check.DATA_ACCESS, Check.SEEDS, Check.FIVE_ELEMENTS}
    lost = of(worse.proofs[Check.NO_METRIC_WORSE].note, Says.METRICS_LOST)
    assert "accuracy" in lost["metrics"]
    assert of(worse.proofs[Check.NO_SLICE_WORSE].note, Says.SLICES)["n"] == 0
    assert words(worse.proofs[Check.QUALITY_THRESHOLDS].note).startswith("0 of 2 met; accuracy ")


def test_without_a_baseline_what_needs_one_stays_open(work: Workspace) -> None:
    found = asked(work, NEW)
    needing = {
        *(Check.BASELINE_MEASURED, Check.FAIR_COMPARISON, Check.SIGNIFICANT, Check.QUALITY_KEPT),
        *(Check.NO_METRIC_WORSE, Check.NO_SLICE_WORSE),
    }
    assert {check for check, own in found.proofs.items() if own.note.code is Says.NO_BASELINE} == needing
    assert held(found, Check.SEEDS_PER_SIDE, Check.THRESHOLDS_MET, Check.SLICES_MEASURED, Check.ON_FRONT) == [True] * 4
    assert (
        words(found.proofs[Check.SEEDS_PER_SIDE].note) == "5 replicates of accuracy, no two alike; 3 are needed a side"
    )


def test_a_candidate_that_is_its_own_baseline_is_held_against_nothing(work: Workspace) -> None:
    found = asked(work, NEW, "params.model != 'leaky'")
    assert {check for check, own in found.proofs.items() if own.note.code is Says.RUNS_OF_BOTH_SIDES} == {
        *(Check.BASELINE_MEASURED, Check.FAIR_COMPARISON, Check.SIGNIFICANT, Check.QUALITY_KEPT),
        *(Check.NO_METRIC_WORSE, Check.NO_SLICE_WORSE),
    }


@pytest.mark.parametrize(
    ("name", "is_folder", "holds"),
    [
        ("model.pkl", False, True), ("svc.joblib", False, True), ("model.txt", False, True), ("model", True, True),
        ("model-0001.bin", False, True), ("checkpoint-500", True, True), ("best.safetensors", False, True),
        ("model_comparison.png", False, False), ("models.csv", False, False), ("scaler.pkl", False, False),
        ("weights.svg", False, False), ("model_summary.txt", False, False),
    ],
)  # fmt: skip
def test_a_picture_a_table_or_a_scaler_is_no_model(name: str, is_folder: bool, holds: bool) -> None:
    assert holds_model([Artifact(name, is_folder)]) is holds


def test_a_run_that_logged_a_number_ticks_nothing_that_rests_on_evidence(work: Workspace) -> None:
    found = asked(work, BARE, experiment="bare")
    assert those(found, holds=True) == {
        *(Check.TRACKED, Check.ALL_FINISHED, Check.NUMBERS_FINITE, Check.STATISTICS_SET),
        *(Check.SUSPICIOUS_SCORE, Check.LOGGING),
    }
    empty = asked(work, "attributes.run_name = 'empty'", experiment="bare")
    assert (len(empty.run_ids), those(empty, holds=True)) == (1, set())
    assert held(found, Check.SEEDS_PER_SIDE, Check.MEAN_AND_SPREAD) == [False, False]
    assert of(found.proofs[Check.SPLITS_LOGGED].note, Says.RUNS_WITHOUT_SPLITS) == {"n": 1, "of": 1}
    assert held(found, Check.HOLD_OUT, Check.NO_LEAK, Check.CODE_VERSION, Check.SEEDS, Check.MODELS_KEPT) == [None] * 5


def test_a_leak_and_a_failed_run_are_named_by_their_run(work: Workspace) -> None:
    leaks = (Check.GROUP_OVERLAP, Check.NO_LEAK, Check.HOLD_OUT, Check.SHARED_IDS)
    found = asked(work, LEAKY, OLD, *leaks)
    own = found.proofs[Check.GROUP_OVERLAP]
    assert (own.of, own.check) == (ProofOf.LEAKAGE, "group_overlap")
    assert own.run_id in found.run_ids
    assert held(found, *leaks) == [False, False, True, True]
    assert words(found.proofs[Check.NO_LEAK].note).startswith("1 check fails: 200 of 200 test rows")
    runs = (Check.ALL_FINISHED, Check.NUMBERS_FINITE, Check.TRACKED)
    spread = (Check.SEEDS_PER_SIDE, Check.MEAN_AND_SPREAD, Check.SIGNIFICANT, Check.THRESHOLDS_MET)
    sick = asked(work, SICK, OLD, *runs, *spread)
    assert held(sick, *runs) == [False, False, True]
    assert sick.proofs[Check.ALL_FINISHED].run_id == sick.run_ids[0]
    assert held(sick, *spread) == [None] * 4
    assert of(sick.proofs[Check.SIGNIFICANT].note, Says.SIDE_UNMEASURED)["metric"] == "accuracy"


def test_what_is_found_of_several_configurations_or_of_picked_runs_proves_nothing_by_its_spread(
    work: Workspace,
) -> None:
    spread = (Check.SEEDS_PER_SIDE, Check.MEAN_AND_SPREAD, Check.SIGNIFICANT, Check.QUALITY_KEPT, Check.THRESHOLDS_MET)
    both = asked(work, "attributes.status = 'FINISHED'", OLD, *spread)
    assert held(both, *spread) == [None] * 5
    assert has(both.notes, ComparisonNote.SEVERAL_CONFIGURATIONS)
    picked = asked(work, f"{NEW} and params.seed != '42'", OLD, *spread)
    assert held(picked, *spread) == [None] * 5
    assert has([picked.proofs[Check.SIGNIFICANT].note], ComparisonNote.REPLICATES_FILTERED_OUT)


def test_a_component_that_was_left_out_explains_what_it_is_worth(work: Workspace) -> None:
    found = asked(work, "params.pca = 'on'", "params.pca = 'off'", experiment="taken")
    assert held(found, Check.ABLATION_RAN, Check.ABLATION_EXPLAINS) == [True, True]
    assert found.factors == ("pca",)
    said = of(found.proofs[Check.ABLATION_EXPLAINS].note, Says.CONTRIBUTIONS)
    assert (said["component"], round(float(said["value"]), 3)) == ("pca", 0.06)
    assert found.proofs[Check.ABLATION_RAN].metric == "accuracy"
    assert of(found.proofs[Check.ALERTS_SET].note, Says.NONE_OF_GROUP)["card"] == "guide"
    assert found.proofs[Check.FAIR_COMPARISON].holds is None


def test_a_repeat_proves_or_disproves_that_it_repeats(work: Workspace) -> None:
    same, apart, coarse = (
        asked(work, f"params.model = '{model}'", "", Check.REPEATS_AGREE, experiment="again")
        for model in ("same", "apart", "coarse")
    )
    assert [one.proofs[Check.REPEATS_AGREE].holds for one in (same, apart, coarse)] == [True, False, None]
    assert of(coarse.proofs[Check.REPEATS_AGREE].note, Says.REPEATED_BY_CHANCE) == {"n": 1}
    assert words(same.proofs[Check.REPEATS_AGREE].note) == "1 repeat identical in 3 metrics"
    own = apart.proofs[Check.REPEATS_AGREE]
    assert words(own.note) == "1 repeat of 1 differs, f1 most"
    assert own.run_id in apart.run_ids


def test_only_what_is_asked_for_is_looked_into(work: Workspace) -> None:
    found = proved(work, ChecklistQuestion(NEW, OLD, (HERE,), checks=(Check.TRACKED,)))
    assert [*found.proofs] == [Check.TRACKED]
    assert (found.metrics, found.examined, found.objectives) == ((), "", ())
    told: list[tuple[int, int]] = []
    proved(
        work,
        ChecklistQuestion(NEW, checks=(Check.TRACKED, Check.ALL_FINISHED)),
        lambda done, of: told.append((done, of)),
    )
    assert told == [(1, 2), (2, 2)]


def test_nobody_and_nothing_found_leave_all_open_and_nonsense_is_refused(work: Workspace, tmp_path: Path) -> None:
    nobody, nothing = proved(work, ChecklistQuestion()), asked(work, "params.model = 'nope'", OLD)
    lost = asked(work, NEW, "params.model = 'nope'")
    for found, code in ((nobody, Says.NO_CANDIDATE), (nothing, Says.NO_RUN_OF_SIDE)):
        assert those(found, holds=None) == {*PROOFS}
        assert {own.note.code for own in found.proofs.values()} == {code}
    assert words(nothing.proofs[Check.TRACKED].note, nothing.labels) == "No run is found of params.model = 'nope'."
    assert words(lost.proofs[Check.SIGNIFICANT].note, lost.labels) == "No run is found of params.model = 'nope'."
    assert of(lost.proofs[Check.NO_METRIC_WORSE].note, ScorecardNote.NOTHING_SHARED) == {}
    assert held(lost, Check.BASELINE_MEASURED, Check.ON_FRONT, Check.THRESHOLDS_MET) == [None, True, True]
    with pytest.raises(FilterError):
        asked(work, "accuracy > 0.9")
    with pytest.raises(FilterError):
        asked(work, NEW, "accuracy > 0.9")
    with pytest.raises(SelectionError):
        asked(work, NEW, experiment="nowhere")
