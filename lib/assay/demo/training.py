"""Trains one recipe with one seed and scores it on the rows held out for that."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from assay.demo.data import Data
from assay.demo.images import Array
from assay.demo.recipes import SERVING, Recipe
from assay.demo.scores import evaluate, example_log_loss, images, serving
from assay.demo.steps import DemoStep, fitted

_SHUFFLED = 100

Stop = Callable[[int, float], bool]


@dataclass(frozen=True, slots=True)
class Partition:
    """Row numbers; `validation` is empty unless a search needs one."""

    train: Array
    test: Array
    validation: Array = field(default_factory=lambda: np.array([], dtype=int))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one training gave: final metrics, histories by epoch (from 1), and the frames that are its evidence.

    `steps`: its preprocessing. `images`: what it logs as pictures, by path. `stopped`: the epoch after which a search
    gave up on it, else None.
    """

    metrics: Mapping[str, float]
    histories: Mapping[str, tuple[float, ...]]
    scores: pd.DataFrame
    splits: pd.DataFrame
    importance: "pd.Series[float]"
    steps: tuple[DemoStep, ...] = ()
    stopped: int | None = None
    images: Mapping[str, bytes] = field(default_factory=dict)


def partition(recipe: Recipe, data: Data, seed: int, *, validation: float = 0.0) -> Partition:
    """The test rows are the same for every seed; the training rows are the seed's own share of the others."""
    from sklearn.model_selection import GroupShuffleSplit, train_test_split

    rules = recipe.validation
    rows = np.arange(len(data.target))
    if rules.method == "group_split":
        shuffle = GroupShuffleSplit(n_splits=1, test_size=rules.test_size, random_state=rules.random_state)
        train, test = next(shuffle.split(rows, groups=data.group))
    elif rules.method == "time_split":
        order = np.argsort(np.asarray(data.time), kind="stable")
        train, test = np.split(order, [len(rows) - int(np.ceil(rules.test_size * len(rows)))])
    else:
        strata = data.target if rules.stratify else None
        train, test = train_test_split(
            rows, test_size=rules.test_size, stratify=strata, random_state=rules.random_state
        )
    if rules.train_share < 1:
        strata = data.target[train] if rules.stratify else None
        train, _ = train_test_split(train, train_size=rules.train_share, stratify=strata, random_state=seed)
    if not validation:
        return Partition(train, test)
    strata = data.target[train] if rules.stratify else None
    train, held = train_test_split(train, test_size=validation, stratify=strata, random_state=rules.random_state)
    return Partition(train, test, held)


@np.errstate(over="ignore", invalid="ignore")
def train(
    recipe: Recipe,
    data: Data,
    seed: int,
    *,
    rows: Partition | None = None,
    queries: int = 100,
    stop: Stop | None = None,
) -> Outcome:
    """One training. With validation rows it is scored on those and the test rows stay unseen.

    `queries`: how many single rows the latency is measured with. `stop` is asked after every epoch with the
    epoch and the validation score.
    """
    rows = rows or partition(recipe, data, seed)
    held = rows.validation if len(rows.validation) else rows.test
    steps = fitted(recipe, data, seed, rows.train, held)
    model = build(recipe, seed)
    watched = (_transformed(steps.transformers, data.features[held]), data.target[held])
    histories, stopped = _fit(
        recipe, model, steps.train.features, steps.train.target, watched if len(rows.validation) else None, stop
    )
    predictor = _pipeline(steps.transformers, model)
    metrics, scores = evaluate(recipe, data, predictor, rows.train, held)
    wanted = {name: metrics[name] for name in recipe.metrics if name in metrics}
    if set(SERVING) & set(recipe.metrics):
        wanted |= serving(predictor, data.features[held], queries, recipe.price_usd_per_hour)
    importance = _importance(model, predictor, data, steps.chosen, held)
    pictures = images(data, scores)
    return Outcome(wanted, histories, scores, _splits(data, rows), importance, steps.steps, stopped, pictures)


def build(recipe: Recipe, seed: int) -> Any:
    """The untrained model, seeded when it has a `random_state`."""
    module, _, name = recipe.class_path.rpartition(".")
    model = getattr(importlib.import_module(module), name)(**recipe.hyperparameters)
    return model.set_params(random_state=seed) if "random_state" in model.get_params() else model


def _fit(
    recipe: Recipe,
    model: Any,
    features: Array,
    target: Array,
    watched: tuple[Array, Array] | None,
    stop: Stop | None,
) -> tuple[dict[str, tuple[float, ...]], int | None]:
    """Fits at once, or epoch by epoch with histories; a loss that is no longer finite ends the training."""
    if recipe.epochs is None:
        model.fit(features, target)
        return {}, None
    classes = {"classes": np.unique(target)} if recipe.task == "classification" else {}
    losses: list[float] = []
    watch: list[float] = []
    for epoch in range(1, recipe.epochs + 1):
        losses.append(_epoch(recipe, model, features, target, classes if epoch == 1 else {}, losses))
        if watched:
            watch.append(float(model.score(*watched)))
        if not np.isfinite(losses[-1]):
            break
        if stop and watch and epoch < recipe.epochs and stop(epoch, watch[-1]):
            return _histories(losses, watch), epoch
    return _histories(losses, watch), None


def _epoch(
    recipe: Recipe, model: Any, features: Array, target: Array, classes: dict[str, Array], earlier: list[float]
) -> float:
    """The training loss after one more epoch; NaN where the model gives up on a loss that has exploded."""
    try:
        model.partial_fit(features, target, **classes)
    except ValueError:
        if not earlier or earlier[-1] < 1e6 * max(1.0, earlier[0]):
            raise
        return float("nan")
    return _loss(recipe, model, features, target)


def _histories(losses: list[float], watch: list[float]) -> dict[str, tuple[float, ...]]:
    return {"train_loss": tuple(losses), **({"val_accuracy": tuple(watch)} if watch else {})}


def _loss(recipe: Recipe, model: Any, features: Array, target: Array) -> float:
    if recipe.task == "regression":
        return float(np.mean((model.predict(features) - target) ** 2))
    return float(np.mean(example_log_loss(model, features, target)))


def _transformed(steps: list[Any], features: Array) -> Array:
    for step in steps:
        features = step.transform(features)
    return features


def _pipeline(steps: list[Any], model: Any) -> Any:
    from sklearn.pipeline import make_pipeline

    return make_pipeline(*steps, model)


def _splits(data: Data, rows: Partition) -> pd.DataFrame:
    """example_id, split, label, content_hash and, where rows come from somebody, group; where they have one, time."""
    parts = {"train": rows.train, "validation": rows.validation, "test": rows.test}
    order = np.concatenate([np.sort(part) for part in parts.values()]).astype(int)
    frame = pd.DataFrame(
        {
            "example_id": data.ids[order],
            "split": np.repeat(list(parts), [len(part) for part in parts.values()]),
            "label": data.target[order],
            "content_hash": data.hashes[order],
        }
    )
    ties = {"group": data.group, "time": data.time}
    return frame.assign(**{name: values[order] for name, values in ties.items() if values is not None})


def _importance(model: Any, predictor: Any, data: Data, chosen: Array | None, held: Array) -> "pd.Series[float]":
    """Impurity importance or the mean size of coefficients; of a model that says nothing of its columns, what the
    score loses when a column of some held-out rows is shuffled."""
    from sklearn.inspection import permutation_importance

    if chosen is not None and hasattr(model, "feature_importances_"):
        return pd.Series(model.feature_importances_, index=[data.columns[column] for column in chosen])
    if chosen is not None and hasattr(model, "coef_"):
        sizes = np.abs(np.atleast_2d(model.coef_)).mean(axis=0)
        return pd.Series(sizes, index=[data.columns[column] for column in chosen])
    few = held[:_SHUFFLED]
    found = permutation_importance(predictor, data.features[few], data.target[few], n_repeats=1, random_state=0)
    return pd.Series(found.importances_mean, index=data.columns)
