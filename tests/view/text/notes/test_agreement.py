"""The words for scores that training and held-out rows share."""

from assay.model.evidence.notes import ScoreNote as Says
from assay.model.note import note
from assay.view.text.notes import words


def agreed(*names: str) -> str:
    once = note(
        Says.EQUAL_ONCE, metric="accuracy", train=names[0], value=0.85, names=names, n=len(names), role="test"
    )  # fmt: skip
    return words(once)


def test_why_an_agreement_may_be_chance_is_told_of_one_metric_and_of_several() -> None:
    assert agreed("train_accuracy").endswith("one metric of one training may agree by chance.")
    assert agreed("train_accuracy", "train_f1").endswith(
        "shares of few rows, and scores of few digits, may agree by chance."
    )
