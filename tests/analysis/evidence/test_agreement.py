"""Do scores of training and held-out rows agree because the rows are the same, or by chance?"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest

from assay.analysis.evidence.logged import LoggedScores, ScorePair
from assay.analysis.evidence.scores import train_equals_test
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.notes import ScoreNote
from assay.model.evidence.splits import SplitRole
from assay.model.metric import Direction

FAIL, WARN, PASS = CheckStatus.FAIL, CheckStatus.WARN, CheckStatus.PASS
OTHER = 0.5
"""What training rows score where they do not agree."""


def logged(
    held: Mapping[str, Sequence[float]], agrees: Mapping[str, Sequence[bool]], scale: float = 1.0
) -> LoggedScores:
    """Trainings of one configuration: the held-out scores, and whether those of training rows are the same."""
    values = {f"test_{name}": own for name, own in held.items()}
    values |= {f"train_{name}": np.where(agrees[name], own, OTHER).tolist() for name, own in held.items()}
    frame = pd.DataFrame(values)
    n = len(frame)
    pairs = tuple(ScorePair(f"train_{m}", f"test_{m}", SplitRole.TEST, Direction.MAXIMIZE) for m in held)
    scales = pd.DataFrame(scale, frame.index, frame.columns)
    return LoggedScores(
        frame, scales, np.zeros(n, np.int64), np.arange(n), np.ones(n, bool), pairs, (), (), np.full(n, -1)
    )  # fmt: skip


def said(scores: LoggedScores) -> list[CheckStatus]:
    found = train_equals_test(scores)
    return [found.say(at).status for at in range(scores.n)]


def once(accuracy: float, f1: float, scale: float = 1.0) -> CheckStatus:
    [status] = said(logged({"accuracy": [accuracy], "f1": [f1]}, {"accuracy": [True], "f1": [True]}, scale))
    return status


def repeated(scores: Sequence[float], agreeing: int) -> list[CheckStatus]:
    agrees = [place < agreeing for place in range(len(scores))]
    return said(logged({"accuracy": scores}, {"accuracy": agrees}))


@pytest.mark.parametrize(("accuracy", "f1"), [(521 / 540, 0.9634012), (0.905, 0.9), (0.912, 0.887), (0.8, 0.7512)])
def test_two_metrics_that_agree_prove_that_the_rows_are_the_same_where_one_is_fine_enough(
    accuracy: float, f1: float
) -> None:
    assert once(accuracy, f1) is FAIL


def test_scores_in_per_cent_are_as_fine_as_shares() -> None:
    assert once(93.17, 91.2, scale=100.0) is FAIL
    assert once(93.0, 91.0, scale=100.0) is WARN


@pytest.mark.parametrize(("accuracy", "f1"), [(17 / 20, 14 / 17), (43 / 50, 36 / 43), (0.91, 0.89), (1 / 3, 2 / 3)])
def test_shares_of_few_rows_and_scores_of_two_digits_agree_by_chance_too(accuracy: float, f1: float) -> None:
    assert once(accuracy, f1) is WARN
    [check] = [
        train_equals_test(logged({"accuracy": [accuracy], "f1": [f1]}, {"accuracy": [True], "f1": [True]})).say(0)
    ]
    assert check.note.code is ScoreNote.EQUAL_ONCE
    assert check.value == 2


def test_one_metric_in_three_replicates_fails_where_the_scores_are_fine_enough() -> None:
    assert repeated([0.9148, 0.9185, 0.9241], agreeing=3) == [FAIL] * 3
    assert repeated([0.9148, 0.9185, 0.9241], agreeing=2) == [WARN, WARN, PASS]
    assert repeated([0.85, 0.9, 0.95], agreeing=3) == [WARN] * 3


def test_three_chance_agreements_among_many_replicates_prove_nothing() -> None:
    fine = np.linspace(0.9012, 0.9345, 20).round(4).tolist()
    assert repeated(fine, agreeing=3) == [WARN] * 3 + [PASS] * 17
    assert repeated(fine, agreeing=9)[:9] == [WARN] * 9
    assert repeated(fine, agreeing=10)[:9] == [FAIL] * 9


def test_replicates_at_the_end_of_the_scale_are_neither_for_it_nor_against_it() -> None:
    held = [0.9148, 0.9185, 0.9241, 1.0, 1.0, 1.0, 1.0]
    assert repeated(held, agreeing=7) == [FAIL] * 3 + [WARN] * 4


def test_honest_models_on_small_test_sets_do_not_fail() -> None:
    """Without any overfitting, where agreement is likeliest; F1 of the positives."""
    rng, n, trials = np.random.default_rng(5), 50, 4_000
    sides = []
    for _ in range(2):
        positive = rng.binomial(n, 0.4, trials)
        true, negative = rng.binomial(positive, 0.9), rng.binomial(n - positive, 0.9)
        sides.append((true + negative) / n)
        sides.append(2 * true / (n + true - negative))
    names = ("train_accuracy", "train_f1", "test_accuracy", "test_f1")
    frame = pd.DataFrame(dict(zip(names, sides, strict=True)))
    pairs = tuple(ScorePair(f"train_{m}", f"test_{m}", SplitRole.TEST, Direction.MAXIMIZE) for m in ("accuracy", "f1"))
    scores = LoggedScores(
        frame, pd.DataFrame(1.0, frame.index, frame.columns), np.arange(trials), np.arange(trials),
        np.ones(trials, bool), pairs, (), (), np.full(trials, -1),
    )  # fmt: skip
    status = train_equals_test(scores).status
    assert (status == FAIL.severity).sum() == 0
    assert (status == WARN.severity).mean() > 0.05
