"""What names of metrics mean to the checks of leakage."""

from dataclasses import replace

import pytest

from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.splits import SplitRole

USUAL = LeakagePolicy()
TRAIN, VALIDATION, TEST = SplitRole


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("train_accuracy", (TRAIN, "accuracy")),
        ("training_accuracy_score", (TRAIN, "accuracy_score")),
        ("train/accuracy", (TRAIN, "accuracy")),
        ("train-auc", (TRAIN, "auc")),
        ("Train.Loss", (TRAIN, "loss")),
        ("loss_train", (TRAIN, "loss")),
        ("loss/training", (TRAIN, "loss")),
        ("mean_train_score", (TRAIN, "score")),
        ("val_loss", (VALIDATION, "loss")),
        ("val/acc", (VALIDATION, "acc")),
        ("valid_auc", (VALIDATION, "auc")),
        ("validation-f1", (VALIDATION, "f1")),
        ("f1_val", (VALIDATION, "f1")),
        ("test_accuracy", (TEST, "accuracy")),
        ("eval/accuracy", (TEST, "accuracy")),
        ("mean_test_score", (TEST, "score")),
        ("accuracy", (TEST, "accuracy")),
        ("AUC", (TEST, "auc")),
    ],
)
def test_a_name_tells_the_rows_and_what_is_measured_on_them(name: str, part: tuple[SplitRole, str]) -> None:
    assert USUAL.parted(name) == part


@pytest.mark.parametrize(
    "name", ["trainer_loss", "value_loss", "testing", "train", "train_", "t_validity", "explained"]
)
def test_a_name_that_only_begins_like_a_part_is_measured_whole(name: str) -> None:
    assert USUAL.parted(name) == (TEST, name)


def test_train_is_asked_before_validation_and_both_before_test() -> None:
    assert USUAL.parted("train_loss_val") == (TRAIN, "loss_val")
    assert USUAL.parted("eval_loss_val") == (VALIDATION, "eval_loss")
    every = replace(USUAL, train=("*",))
    assert {every.parted(name) for name in ("val_loss", "test_loss")} == {(TRAIN, "val_loss"), (TRAIN, "test_loss")}


def test_the_first_pattern_with_something_left_decides() -> None:
    own = replace(USUAL, test=("a_*", "a*", "*b"))
    assert [own.parted(name) for name in ("a_x", "a_", "ab", "xb", "b")] == [
        (TEST, "x"), (TEST, "_"), (TEST, "b"), (TEST, "x"), None,
    ]  # fmt: skip


def test_a_name_that_no_pattern_means_is_of_no_part() -> None:
    own = replace(USUAL, test=("test_*",))
    assert own.parted("accuracy") is None
    assert USUAL.parted("") is None
    assert not own.is_suspicious_kind("accuracy"), "nobody says that it is held out"
    assert own.is_suspicious_kind("test_accuracy")


@pytest.mark.parametrize(
    "name",
    [
        "accuracy", "Test_Accuracy", "testAccuracy", "eval/accuracy", "val_acc", "balanced_accuracy", "top-1 accuracy",
        "f1_macro", "testF1", "f1score", "AUC", "roc_auc", "test-auc", "val_auroc", "average_precision", "precision@5",
        "context_recall", "mean_test_accuracy", "test_acc_epoch", "LogisticRegression_accuracy_score-2_X_test",
    ],
)  # fmt: skip
def test_kinds_of_scores_are_words_of_a_held_out_name(name: str) -> None:
    assert USUAL.is_suspicious_kind(name)


@pytest.mark.parametrize(
    "name",
    [
        "faucet", "inaccuracy", "recalled", "availability", "recall_availability", "loss", "r2", "test_score", "auc2", "",
        "train_accuracy", "training_accuracy_score", "accuracy/train", "mean_train_accuracy", "split0_train_auc",
        "rank_test_score", "rank_test_accuracy", "std_accuracy", "accuracyStd", "accuracy_drop", "precision_loss",
        "train_test_accuracy_gap", "time_to_accuracy", "accuracy_error", "recall_count", "f1_difference", "f1_threshold",
    ],
)  # fmt: skip
def test_neither_other_words_nor_train_nor_what_is_told_of_a_score_is_such_a_kind(name: str) -> None:
    assert not USUAL.is_suspicious_kind(name)


def test_a_team_names_other_kinds_by_words_and_wildcards() -> None:
    own = replace(USUAL, suspicious_metrics=("Balanced_Accuracy", "*kappa", "r?"))
    found = [name for name in ("balanced-accuracy", "accuracy", "quadratickappa", "test_R2", "r22") if
             own.is_suspicious_kind(name)]  # fmt: skip
    assert found == ["balanced-accuracy", "quadratickappa", "test_R2"]
    assert not replace(USUAL, suspicious_metrics=()).is_suspicious_kind("accuracy")
