"""Statistics of many resamples at once, against scikit-learn and scipy on each row."""

import numpy as np
import pytest
from scipy.stats import trim_mean
from sklearn.metrics import f1_score, roc_auc_score

from assay.analysis import statistics


def test_each_row_gets_its_own_answer() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(20, 13))
    assert statistics.mean(rows) == pytest.approx(rows.mean(axis=1))
    assert statistics.median(rows) == pytest.approx(np.median(rows, axis=1))
    assert statistics.quantile(0.9)(rows) == pytest.approx(np.quantile(rows, 0.9, axis=1))
    assert statistics.iqm(rows) == pytest.approx([trim_mean(row, 0.25) for row in rows])
    assert statistics.trimmed_mean(0.0)(rows) == pytest.approx(rows.mean(axis=1))
    assert statistics.trimmed_mean(0.49)(rows[:, :3]) == pytest.approx(np.median(rows[:, :3], axis=1))


def test_classification_scores_agree_with_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    truth, score = rng.integers(0, 2, (15, 40)).astype(float), np.round(rng.normal(size=(15, 40)), 1)
    assert statistics.auc(truth, score) == pytest.approx(
        [roc_auc_score(t, s) for t, s in zip(truth, score, strict=True)]
    )
    predicted = (score > 0).astype(float)
    expected = [f1_score(t, p) for t, p in zip(truth, predicted, strict=True)]
    assert statistics.f1(truth, predicted) == pytest.approx(expected)
    classes = rng.integers(0, 3, (15, 40)), rng.integers(0, 3, (15, 40))
    expected = [f1_score(t, p, average="macro") for t, p in zip(*classes, strict=True)]
    assert statistics.macro_f1([0, 1, 2])(*classes) == pytest.approx(expected)


def test_a_score_that_is_undefined_is_nan() -> None:
    assert np.isnan(statistics.auc(np.ones((1, 4)), np.ones((1, 4)))).all()
    assert np.isnan(statistics.f1(np.zeros((1, 4)), np.zeros((1, 4)))).all()


@pytest.mark.parametrize("share", [-0.1, 0.5, 1.0])
def test_trimming_everything_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=str(share)):
        statistics.trimmed_mean(share)
