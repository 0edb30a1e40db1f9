import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.svm import SVC

from assay.demo import scores

FEATURES = np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]])
TARGET = np.array([0, 0, 1, 1, 2, 2])


def test_the_log_loss_of_examples_averages_to_scikit_learns() -> None:
    model = LogisticRegression().fit(FEATURES, TARGET)
    ours = scores.example_log_loss(model, FEATURES, TARGET)
    assert ours.mean() == pytest.approx(log_loss(TARGET, model.predict_proba(FEATURES)))


def test_a_model_without_probabilities_gets_a_softmax_of_its_margins() -> None:
    model = SVC().fit(FEATURES, TARGET)
    chances = scores.probabilities(model, FEATURES)
    assert chances.sum(axis=1) == pytest.approx(np.ones(6))
    assert (chances.argmax(axis=1) == model.decision_function(FEATURES).argmax(axis=1)).all()


def test_the_cost_of_a_thousand_queries_follows_from_their_time_and_the_price() -> None:
    model = LogisticRegression().fit(FEATURES, TARGET)
    free, dear = (scores.serving(model, FEATURES, 20, price) for price in (0.0, 3600.0))
    assert free["cost_per_1k_queries_usd"] == 0
    assert dear["cost_per_1k_queries_usd"] > dear["latency_p50_ms"] / 2
    assert dear["latency_p50_ms"] <= dear["latency_p95_ms"] <= dear["latency_p99_ms"]
    assert dear["throughput_qps"] > 0
