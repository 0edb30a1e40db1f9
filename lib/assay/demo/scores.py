"""Scores a trained model on held-out rows and measures what it costs to serve."""

import pickle
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from assay.demo.data import Data
from assay.demo.images import Array, png
from assay.demo.recipes import Recipe


def probabilities(model: Any, features: Array) -> Array:
    """Rows × classes; a softmax of the margins for models that know no probabilities, so poorly calibrated."""
    from scipy.special import softmax

    if hasattr(model, "predict_proba"):
        return np.asarray(model.predict_proba(features))
    return np.asarray(softmax(model.decision_function(features), axis=1))


def example_log_loss(model: Any, features: Array, target: Array) -> Array:
    """One value a row: minus the logarithm of the probability that the model gave the true class."""
    chosen = probabilities(model, features)[np.arange(len(target)), np.searchsorted(model.classes_, target)]
    return np.asarray(-np.log(np.clip(chosen, 1e-15, 1.0)))


def evaluate(
    recipe: Recipe, data: Data, predictor: Any, train: Array, held: Array
) -> tuple[dict[str, float], pd.DataFrame]:
    """Metrics by name, and a frame with one row per held-out example: id, scores, label, prediction, input, slices.

    Of images only those that were read wrong are in it, as what `images` logs.
    """
    from sklearn.metrics import f1_score

    truth, guess = data.target[held], predictor.predict(data.features[held])
    slices = data.slices.iloc[held].reset_index(drop=True)
    scores = pd.DataFrame({"example_id": data.ids[held]})
    if data.group is not None and recipe.group:
        scores[recipe.group] = data.group[held]
    train_guess = predictor.predict(data.features[train])
    if recipe.task == "regression":
        error, train_error = guess - truth, train_guess - data.target[train]
        scores = scores.assign(absolute_error=np.abs(error), squared_error=error**2, label=truth, prediction=guess)
        scores["input"] = [_text(data.columns, row) for row in data.features[held]]
        squared = float(np.mean(error**2))
        metrics = {
            "rmse": squared**0.5,
            "mae": float(np.mean(np.abs(error))),
            "r2": 1 - squared / float(np.var(truth)),
            "bias": float(np.mean(error)),
            "train_rmse": float(np.mean(train_error**2)) ** 0.5,
        }
        return metrics, scores.join(slices)
    losses = example_log_loss(predictor, data.features[held], truth)
    scores = scores.assign(accuracy=(guess == truth).astype(float), log_loss=losses, label=truth, prediction=guess)
    if recipe.images:
        scores["image"] = [
            None if right else _path(one) for one, right in zip(data.ids[held], guess == truth, strict=True)
        ]
    metrics = {
        "accuracy": float(np.mean(guess == truth)),
        "f1_macro": float(f1_score(truth, guess, average="macro")),
        "log_loss": float(np.mean(losses)),
        "train_accuracy": float(np.mean(train_guess == data.target[train])),
    }
    return metrics, scores.join(slices)


def images(data: Data, scores: pd.DataFrame) -> dict[str, bytes]:
    """The pictures that `scores` names, by their path among the run's artifacts."""
    named = scores.loc[scores["image"].notna(), "image"] if "image" in scores else ()
    rows = {_path(one): row for row, one in enumerate(data.ids)}
    return {path: png(data.features[rows[path]], data.side or 1) for path in named}


def _path(example_id: str) -> str:
    return f"examples/{example_id}.png"


def _text(columns: Sequence[str], row: Array) -> str:
    return ", ".join(f"{name} {value:+.2f}" for name, value in zip(columns, row, strict=True))


def serving(predictor: Any, features: Array, queries: int, price_usd_per_hour: float) -> dict[str, float]:
    """Measured one row at a time after a warm-up; the cost is that of a machine busy with query after query."""
    times = []
    for number in range(queries + 5):
        row = features[number % len(features)][None, :]
        start = time.perf_counter()
        predictor.predict(row)
        times.append(time.perf_counter() - start)
    times = times[5:]
    start = time.perf_counter()
    predictor.predict(features)
    batch = time.perf_counter() - start
    p50, p95, p99 = (float(value) * 1000 for value in np.quantile(times, (0.5, 0.95, 0.99)))
    return {
        "latency_p50_ms": p50,
        "latency_p95_ms": p95,
        "latency_p99_ms": p99,
        "throughput_qps": len(features) / batch,
        "model_size_bytes": float(len(pickle.dumps(predictor))),
        "cost_per_1k_queries_usd": float(np.mean(times)) * 1000 * price_usd_per_hour / 3600,
    }
