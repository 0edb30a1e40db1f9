"""The words of which a metric's name is made."""

import pytest

from assay.model.metric import words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("test/meanAUC", ["test", "mean", "auc"]),
        ("valAccuracy-top1", ["val", "accuracy", "top1"]),
        ("F1 score", ["f1", "score"]),
        ("AUC", ["auc"]),
        ("faucet", ["faucet"]),
        ("정확도.acc", ["acc"]),
        ("__", []),
        ("", []),
    ],
)
def test_signs_and_capitals_stand_between_words(name: str, words: list[str]) -> None:
    assert words_of(name) == words
