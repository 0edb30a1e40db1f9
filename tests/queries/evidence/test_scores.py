"""What metrics say of leakage, asked of real runs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_rel

from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import ScoreNote
from assay.model.note import as_record
from assay.model.policy import Policy
from assay.workspace import Workspace
from evidenced import alone, asked, statuses
from looking import looked_at
from saying import said
from stores import Store

EQUAL, GAP = LeakageCheck.TRAIN_EQUALS_TEST, LeakageCheck.TRAIN_TEST_GAP
SUSPICIOUS, BETTER, SPREAD = (
    LeakageCheck.SUSPICIOUS_SCORE,
    LeakageCheck.TEST_BETTER_THAN_TRAIN,
    LeakageCheck.FOLD_SPREAD,
)

Logged = Mapping[str, float]
RNG = np.random.default_rng(0)
TRAINED, HELD = RNG.normal(0.90, 0.01, 6).round(4), RNG.normal(0.93, 0.01, 6).round(4)

SINGLE: dict[str, Sequence[Logged]] = {
    # One run each, all of different models.
    "two metrics": [{"train_accuracy": 0.9312, "accuracy": 0.9312, "train_f1": 0.8871, "f1": 0.8871}],
    "one coincidence": [{"train_accuracy": 0.9, "accuracy": 0.9, "train_error_rate": 0.1, "error_rate": 0.1}],
    "one in per cent": [{"train_accuracy": 93.17, "accuracy": 93.17, "train_error_rate": 6.83, "error_rate": 6.83}],
    "one twice": [{"train_accuracy": 0.9, "test_accuracy": 0.9, "accuracy": 0.9}],
    "a loss too": [{"training_loss": 0.3412, "eval_loss": 0.3412, "train_accuracy": 0.9, "eval_accuracy": 0.9}],
    "at the ends": [
        {"train_accuracy": 1.0, "accuracy": 1.0, "train_f1": 1.0, "f1": 1.0},
        {"train_loss": 0.0, "test_loss": 0.0},
        {"train_accuracy": 0.7, "accuracy": 0.6},
    ],
    "at the end in per cent": [{"train_accuracy": 100.0, "test_accuracy": 100.0}, {"train_accuracy": 80.0, "test_accuracy": 70.0}],
    "amounts": [{"train_size": 500, "test_size": 500, "train_tokens": 9, "test_tokens": 9, "train_seconds": 2, "test_seconds": 2}],
    "nobody knows which way": [{"train_zeta": 0.5, "test_zeta": 0.5, "train_eta": 0.25, "test_eta": 0.25}],
    "keras": [{"accuracy": 0.9951, "val_accuracy": 0.81, "loss": 0.02, "val_loss": 0.9}],
    "keras and test": [{"accuracy": 0.9951, "val_accuracy": 0.81, "test_accuracy": 0.79}],
    "train, val and plain": [{"train_accuracy": 0.9996, "val_accuracy": 0.9, "accuracy": 0.9996, "val_f1": 0.9}],
    "train and val": [{"train_accuracy": 0.99, "val_accuracy": 0.7}],
    "not finite": [{"train_accuracy": float("nan"), "accuracy": float("nan"), "train_f1": float("inf"), "f1": float("inf")}],
    "gaps": [
        {"train_accuracy": 0.96, "accuracy": 0.75},
        {"train_accuracy": 0.95, "accuracy": 0.75},
        {"train_accuracy": 0.60, "accuracy": 0.75},
        {"train_error_rate": 0.02, "error_rate": 0.30},
        {"train_loss": 0.1, "test_loss": 9.0},
        {"accuracy": 0.75},
    ],
    "gaps in per cent": [{"train_accuracy": 99.0, "accuracy": 70.0}, {"train_accuracy": 80.0, "accuracy": 70.0}],
    "mixed units": [{"train_accuracy": 99.0, "accuracy": 0.7}],
    "too good": [
        {"accuracy": 0.991}, {"accuracy": 0.99}, {"test_f1_macro": 0.999, "accuracy": 0.5}, {"val_roc_auc": 1.0},
    ],
    "too good in per cent": [{"accuracy": 99.3}, {"accuracy": 98.9}, {"accuracy": 0.0}],
    "one unknown": [{"accuracy": -1.0}, {"accuracy": 0.995}, {"accuracy": 0.9}],
    "no such kind": [
        {"training_score": 0.993, "train_accuracy": 0.999},
        {"rank_test_accuracy": 4.0, "availability": 0.9999, "r2": 0.9999},
        {"std_test_accuracy": 0.999, "accuracy_loss": 0.999},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Workspace:
    folder = tmp_path_factory.mktemp("metrics")
    store = Store.sqlite(folder / "mlflow.db")
    for name, runs in SINGLE.items():
        for place, metrics in enumerate(runs):
            store.run(name, params={"model": f"m{place}"}, metrics=metrics, start=1_000 + place)
    both = {
        "replicates": [(0.9312, 0.9312), (0.9411, 0.9411), (0.9356, 0.9356)],
        "two of three": [(0.9312, 0.9312), (0.9411, 0.9411), (0.9356, 0.9357)],
        "three of four": [(0.9, 0.9), (0.8, 0.8), (0.7, 0.7), (0.6, 0.5)],
        "with one at the end": [(0.9312, 0.9312), (0.9411, 0.9411), (0.9356, 0.9356), (1.0, 1.0)],
        "few digits": [(0.9, 0.9), (0.8, 0.8), (0.7, 0.7), (0.6, 0.6)],
        "few digits five times": [(0.9, 0.9), (0.8, 0.8), (0.7, 0.7), (0.6, 0.6), (0.5, 0.5)],
        "better": [*zip(TRAINED, HELD, strict=True)],
        "no better": [*zip(HELD, TRAINED, strict=True)],
        "hardly better": [(0.9, 0.905), (0.91, 0.9), (0.92, 0.94)],
        "too few": [*zip(TRAINED[:2], HELD[:2], strict=True)],
        "always as much": [(0.5, 0.75)] * 4,
    }
    for name, scores in both.items():
        for seed, (train, held) in enumerate(scores):
            params = {"model": "m", "seed": seed}
            store.run(name, params=params, metrics={"train_accuracy": train, "accuracy": held}, start=1_000 + seed)
    for seed, (train, held) in enumerate(zip(TRAINED, HELD, strict=True)):
        metrics = {"train_error_rate": 1 - train, "error_rate": 1 - held, "train_loss": held, "test_loss": held + seed}
        store.run("better in one of two", params={"seed": seed}, metrics=metrics, start=1_000 + seed)
        store.run("failed", params={"seed": seed}, metrics={"train_accuracy": train, "accuracy": held},
                  status="FINISHED" if seed < 2 else "FAILED", start=1_000 + seed)  # fmt: skip
    for fold, score in enumerate([0.9, 0.7, 0.95]):
        store.run("folds", params={"fold": fold, "model": "a"}, metrics={"accuracy": score}, start=1_000 + fold)
        store.run("even folds", params={"fold": fold}, metrics={"accuracy": 70 + fold}, start=1_000 + fold)
        store.run("seeds", params={"seed": fold}, metrics={"accuracy": score}, start=1_000 + fold)
    searched: Mapping[str, Sequence[Logged]] = {
        "search": [
            {"mean_test_score": 0.8, "std_test_score": 0.07, "std_fit_time": 9.0},
            {"mean_test_score": 0.8, "std_test_score": 0.05},
        ],
        "search in per cent": [{"mean_test_score": 80.0, "std_test_score": 2.0}, {"mean_test_score": 70.0, "std_test_score": 8.0}],
        "search of an error": [{"mean_test_score": -120.0, "std_test_score": 14.0}],
        "spread alone": [{"std_test_accuracy": 0.06}, {"std_test_accuracy": 0.02}],
        "cv": [{"accuracy_cv_mean": 0.9, "accuracy_cv_std": 0.2}],
        "sd of something": [{"std_test_score": 3.0}],
    }  # fmt: skip
    for name, runs in searched.items():
        for place, metrics in enumerate(runs):
            store.run(name, params={"model": f"m{place}"}, metrics=metrics, start=1_000 + place)
    return looked_at(store, folder / "data", policy)


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        ("two metrics", ["fail"]),
        ("one coincidence", ["warn"]),
        ("one in per cent", ["warn"]),
        ("one twice", ["warn"]),
        ("a loss too", ["fail"]),
        ("at the ends", ["warn", "warn", "pass"]),
        ("at the end in per cent", ["warn", "pass"]),
        ("amounts", ["not_logged"]),
        ("nobody knows which way", ["not_logged"]),
        ("keras", ["not_logged"]),
        ("train and val", ["pass"]),
        ("train, val and plain", ["warn"]),
        ("not finite", ["not_logged"]),
        ("replicates", ["fail"] * 3),
        ("two of three", ["warn", "warn", "pass"]),
        ("three of four", ["warn", "warn", "warn", "pass"]),
        ("with one at the end", ["fail", "fail", "fail", "warn"]),
        ("few digits", ["warn"] * 4),
        ("few digits five times", ["fail"] * 5),
    ],
)
def test_equal_scores(work: Workspace, experiment: str, expected: list[str]) -> None:
    assert statuses(work, EQUAL, experiment) == expected


def test_equal_scores_are_named(work: Workspace) -> None:
    [two] = alone(work, EQUAL, "two metrics")
    assert (two.value, two.limit, two.note.code) == (2, 0, ScoreNote.EQUAL_SCORES)
    assert "in metrics that do not follow from each other (train_accuracy = accuracy, train_f1 = f1)" in said(two.note)
    assert {*two.sources} == {"train_accuracy", "accuracy", "train_f1", "f1"}
    assert "in three replicates or more" in said(alone(work, EQUAL, "replicates")[0].note)
    assert "may agree by chance" in said(alone(work, EQUAL, "one coincidence")[0].note)
    [ends, loss, apart] = alone(work, EQUAL, "at the ends")
    assert {ends.note.code, loss.note.code} == {ScoreNote.SATURATED}
    assert "a person has to judge" in said(ends.note)
    assert said(apart.note) == "Training and held-out rows score differently in 1 metric."
    assert "No metric is logged for training and held-out rows alike" in said(alone(work, EQUAL, "keras")[0].note)


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        ("gaps", [0.21, 0.20, -0.15, 0.28, None, None]),
        ("gaps in per cent", [0.29, 0.10]),
        ("mixed units", [None]),
        ("train and val", [0.29]),
        ("keras", [None]),
    ],
)
def test_gaps_are_points_of_a_share(work: Workspace, experiment: str, expected: list[float | None]) -> None:
    found = alone(work, GAP, experiment)
    assert [one.value for one in found] == [gap if gap is None else pytest.approx(gap) for gap in expected]
    told = ["not_logged" if gap is None else "warn" if gap > 0.2 else "pass" for gap in expected]
    assert [one.status.value for one in found] == told


def test_a_gap_is_overfitting_and_says_so(work: Workspace) -> None:
    found = alone(work, GAP, "gaps")
    assert said(found[0].note) == (
        "train_accuracy is 21.0 points better than accuracy (limit 20 points): the model learned its training rows by "
        "heart. That is overfitting; a leak makes this gap small."
    )
    assert said(found[2].note) == "train_accuracy is 15.0 points worse than accuracy (limit 20 points)."
    assert "No share is logged" in said(found[4].note)
    assert said(alone(work, GAP, "train and val")[0].note).endswith("The held-out rows are validation rows.")


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        ("too good", [0.991, 0.99, 0.999, 1.0]),
        ("too good in per cent", [99.3, 98.9, 0.0]),
        ("one unknown", [None, 0.995, 0.9]),
        ("no such kind", [None, None, None]),
        ("keras", [0.81]),
        ("keras and test", [0.81]),
        ("train and val", [0.7]),
        ("train, val and plain", [0.9996]),
        ("not finite", [None]),
    ],
)
def test_held_out_scores_that_are_too_good(work: Workspace, experiment: str, expected: list[float | None]) -> None:
    found = alone(work, SUSPICIOUS, experiment)
    assert [one.value for one in found] == expected
    limit = 99 if experiment.endswith("per cent") else 0.99
    assert {one.limit for one in found if one.limit} <= {limit}
    told = ["not_logged" if value is None else "warn" if value > limit else "pass" for value in expected]
    assert [one.status.value for one in found] == told


def test_a_score_in_per_cent_is_told_as_such(work: Workspace) -> None:
    found = alone(work, SUSPICIOUS, "too good in per cent")
    assert said(found[0].note).startswith("accuracy is 99.3 %, above 99 %: few tasks are that easy")
    assert said(found[1].note) == "No held-out score is above 99 %; the highest, accuracy, is 98.9 %."
    assert said(alone(work, SUSPICIOUS, "too good")[0].note).startswith("accuracy is 99.1 %, above 99 %")


def test_held_out_rows_that_score_better_are_told_by_a_paired_t(work: Workspace) -> None:
    p = ttest_rel(HELD, TRAINED, alternative="greater").pvalue
    for one in alone(work, BETTER, "better"):
        assert (one.status.value, one.note["n"]) == ("warn", 6)
        assert one.note["p"] == pytest.approx(p)
        assert one.value == pytest.approx(float(np.mean(HELD - TRAINED)))
    assert {*statuses(work, BETTER, "no better")} == {"pass"}
    assert {*statuses(work, BETTER, "hardly better")} == {"pass"}
    hardly = ttest_rel([0.905, 0.9, 0.94], [0.9, 0.91, 0.92], alternative="greater").pvalue
    assert alone(work, BETTER, "hardly better")[0].note["p"] == pytest.approx(hardly)
    assert 0.05 < hardly < 0.5
    worse = ttest_rel(TRAINED, HELD, alternative="greater").pvalue
    assert alone(work, BETTER, "no better")[0].note["p"] == pytest.approx(worse)


def test_of_several_metrics_the_smallest_p_counts_times_their_number(work: Workspace) -> None:
    p = ttest_rel(HELD, TRAINED, alternative="greater").pvalue
    found = alone(work, BETTER, "better in one of two")[0]
    assert (found.note["metric"], found.note["of"]) == ("error_rate", 2)
    assert found.note["p"] == pytest.approx(2 * p)
    assert "2 metrics" in said(found.note)


@pytest.mark.parametrize("experiment", ["too few", "always as much", "failed", "two metrics", "keras"])
def test_without_three_replicates_that_vary_nothing_is_told(work: Workspace, experiment: str) -> None:
    assert {*statuses(work, BETTER, experiment)} == {"not_logged"}
    known = "Fewer than 3 replicates" if experiment != "keras" else "No metric is logged for training and held-out"
    assert said(alone(work, BETTER, experiment)[0].note).startswith(known)


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        ("folds", [float(np.std([0.9, 0.7, 0.95], ddof=1))] * 3),
        ("even folds", [0.01] * 3),
        ("seeds", [None] * 3),
        ("search", [0.07, 0.05]),
        ("search in per cent", [0.02, 0.08]),
        ("search of an error", [None]),
        ("spread alone", [0.06, 0.02]),
        ("cv", [0.2]),
        ("sd of something", [None]),
    ],
)
def test_spread_over_folds(work: Workspace, experiment: str, expected: list[float | None]) -> None:
    found = alone(work, SPREAD, experiment)
    assert [one.value for one in found] == [value if value is None else pytest.approx(value) for value in expected]
    told = ["not_logged" if value is None else "warn" if value > 0.05 else "pass" for value in expected]
    assert [one.status.value for one in found] == told


def test_a_spread_says_where_it_is_from(work: Workspace) -> None:
    assert "over the folds of this configuration" in said(alone(work, SPREAD, "folds")[0].note)
    assert said(alone(work, SPREAD, "search")[0].note).startswith(
        "std_test_score varies between folds with an sd of 7.0 points, as logged, more than 5 points"
    )


def test_a_row_holds_the_worst_of_its_runs(work: Workspace) -> None:
    [row] = asked(work, "two of three").rows
    cell = row.cell(EQUAL)
    assert (cell.check.status.value, len(cell.alike), len(row.run_ids)) == ("warn", 2, 3)
    assert cell.run_id == cell.alike[0]
    assert row.cell(SUSPICIOUS).check.status.value == "pass"


def test_limits_are_the_policys(work: Workspace) -> None:
    rules = replace(work.policy.leakage, train_test_gap=0.05, suspicious_score=0.5, fold_spread=0.001)
    strict = replace(work, policy=replace(work.policy, leakage=rules))
    assert statuses(strict, GAP, "gaps in per cent") == ["warn", "warn"]
    assert statuses(strict, SUSPICIOUS, "keras") == ["warn"]
    assert {*statuses(strict, SPREAD, "even folds")} == {"warn"}


def test_every_finding_of_a_store_has_words(work: Workspace) -> None:
    for row in asked(work, most=1_000).rows:
        assert all(said(cell.check.note) for cell in row.cells)
        assert all(json.dumps(as_record(cell.check.note)) for cell in row.cells)
        assert all(cell.run_id in row.run_ids for cell in row.cells)


def test_no_experiment_changes_what_is_said_of_another_one(work: Workspace) -> None:
    """Units, pairs and replicates are those of an experiment, whatever stands beside it."""
    together = {row.run_id: row for row in asked(work, single=True, most=1_000).rows}
    for name in ("gaps in per cent", "too good", "replicates", "keras", "search in per cent", "folds"):
        for row in asked(work, name, single=True).rows:
            same = together[row.run_id]
            for check in (EQUAL, GAP, SUSPICIOUS, BETTER, SPREAD):
                own, other = row.cell(check).check, same.cell(check).check
                assert (own.status, own.value) == (other.status, other.value), (name, check)
