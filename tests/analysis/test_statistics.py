"""Statistics of many resamples at once, against numpy and scipy on the rows that each resample drew."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import trim_mean
from sklearn.metrics import f1_score, roc_auc_score

from assay.analysis import statistics
from assay.analysis.sample import Array
from assay.analysis.statistics import Counted, Counts

RNG = np.random.default_rng(0)


def drawn(n: int) -> tuple[Counts, np.ndarray]:
    """Counts of twenty resamples, and the rows that they stand for."""
    picked = RNG.integers(0, n, (20, n))
    return np.stack([np.bincount(row, minlength=n) for row in picked]), picked


@pytest.mark.parametrize("n", [2, 5, 12, 13, 101])
@pytest.mark.parametrize(
    ("counted", "plain"),
    [
        (statistics.median, np.median),
        (lambda v: statistics.quantile(v, 0.9), lambda v: np.quantile(v, 0.9)),
        (lambda v: statistics.quantile(v, 0.99), lambda v: np.quantile(v, 0.99)),
        (lambda v: statistics.quantile(v, 1.0), np.max),
        (statistics.iqm, lambda v: trim_mean(v, 0.25)),
        (lambda v: statistics.trimmed_mean(v, 0.1), lambda v: trim_mean(v, 0.1)),
        (lambda v: statistics.trimmed_mean(v, 0.0), np.mean),
    ],
)
def test_each_resample_gets_its_own_answer(
    counted: Callable[[Array], Counted], plain: Callable[[Array], float], n: int
) -> None:
    for values in (RNG.normal(size=n), np.round(RNG.normal(size=n)), np.zeros(n)):
        counts, picked = drawn(n)
        assert counted(values).of(counts) == pytest.approx([plain(values[row]) for row in picked])
        assert counted(values).observed == pytest.approx(plain(values))


def test_classification_scores_agree_with_scikit_learn_on_every_resample() -> None:
    truth, said = RNG.integers(0, 4, 60), RNG.integers(0, 4, (3, 60))
    counts, picked = drawn(60)
    found = statistics.macro_f1(truth, said)
    expected = [np.mean([f1_score(truth[row], own[row], average="macro") for own in said]) for row in picked]
    assert found.of(counts) == pytest.approx(expected)
    assert found.observed == pytest.approx(np.mean([f1_score(truth, own, average="macro") for own in said]))
    of_one = statistics.f1(truth, said, 2).of(counts)
    assert of_one == pytest.approx(
        [np.mean([f1_score(truth[row] == 2, own[row] == 2) for own in said]) for row in picked]
    )
    binary, scores = truth % 2, np.round(RNG.normal(size=(3, 60)) + truth % 2, 1)
    assert statistics.auc(binary, scores).of(counts) == pytest.approx(
        [np.mean([roc_auc_score(binary[row], own[row]) for own in scores]) for row in picked]
    )


def test_a_class_that_a_resample_lacks_is_no_part_of_its_macro_f1() -> None:
    truth, said = np.array([0, 0, 1, 2]), np.array([[0, 0, 1, 1]])
    counts = np.array([[2, 2, 0, 0], [1, 1, 1, 1]])
    assert statistics.macro_f1(truth, said).of(counts) == pytest.approx([1.0, (1 + 2 / 3 + 0) / 3])


def test_thousands_of_classes_are_summed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    truth, said = RNG.integers(0, 30, 90), RNG.integers(0, 30, (2, 90))
    counts, _ = drawn(90)
    whole = statistics.macro_f1(truth, said).of(counts)
    monkeypatch.setattr(statistics, "_MOST_SUMS", 400)
    assert np.array_equal(statistics.macro_f1(truth, said).of(counts), whole)


def test_what_is_undefined_is_nan() -> None:
    assert np.isnan(statistics.auc(np.ones(4, dtype=int), np.ones((1, 4))).observed)
    assert np.isnan(statistics.f1(np.zeros(4, dtype=int), np.zeros((1, 4), dtype=int), 1).observed)


def test_a_trimmed_mean_does_not_see_what_it_cuts_off() -> None:
    values = np.append(np.arange(20.0), [1e59, -1e59])
    assert statistics.trimmed_mean(values, 0.1).observed == pytest.approx(trim_mean(values, 0.1))


@pytest.mark.parametrize("share", [-0.1, 0.5, 1.0])
def test_trimming_everything_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=str(share)):
        statistics.trimmed_mean(np.arange(4.0), share)
