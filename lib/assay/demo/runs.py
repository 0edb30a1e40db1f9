"""Logs trainings as MLflow runs, with everything a review asks for."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assay import evidence
from assay.demo.data import Data
from assay.demo.images import Array
from assay.demo.recipes import Recipe
from assay.demo.steps import DemoStep
from assay.demo.store import SOURCE
from assay.demo.training import Outcome, Partition, partition

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import DatasetInput

CODE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Book:
    """Where runs are written, and the commit of the code that makes them, None outside a repository."""

    client: "MlflowClient"
    experiment_id: str
    commit: str | None


@contextmanager
def run(
    book: Book,
    name: str,
    recipe: Recipe,
    data: Data,
    seed: int,
    tags: Mapping[str, str],
    rows: Partition | None = None,
) -> Iterator[str]:
    """A new run with its params, tags, data, recipe and environment; ended as FAILED when the body raises."""
    from mlflow.entities import RunTag

    tags = {**_tags(book, recipe), **tags}
    run_id = str(book.client.create_run(book.experiment_id, run_name=name, tags=tags).info.run_id)
    try:
        seeds = evidence.seed_everything(seed)
        _log_inputs(book, run_id, recipe, data, rows or partition(recipe, data, seed))
        evidence.log_recipe(recipe.mapping, run_id=run_id, client=book.client)
        evidence.log_environment(seeds=seeds, code=CODE, run_id=run_id, client=book.client)
        yield run_id
    except BaseException as error:
        tag = RunTag("error", f"{type(error).__name__}: {error}")
        book.client.log_batch(run_id, params=_params(recipe, seed), tags=[tag])
        book.client.set_terminated(run_id, "FAILED")
        raise


def finish(
    book: Book,
    run_id: str,
    recipe: Recipe,
    seed: int,
    outcome: Outcome,
    *,
    more: Mapping[str, float] | None = None,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Logs what a training gave and ends its run, KILLED when a search stopped it; histories start at epoch 1."""
    from mlflow.entities import Metric, RunTag

    now = int(time.time() * 1000)
    series = outcome.histories.items()
    points = [Metric(key, value, now, step) for key, values in series for step, value in enumerate(values, 1)]
    points += [Metric(key, value, now, 0) for key, value in {**outcome.metrics, **(more or {})}.items()]
    named = [RunTag(key, value) for key, value in (tags or {}).items()]
    book.client.log_batch(run_id, metrics=points, params=_params(recipe, seed), tags=named)
    evidence.log_scores(outcome.scores, run_id=run_id, client=book.client)
    _log_images(book, run_id, outcome.images)
    evidence.log_splits(outcome.splits, run_id=run_id, client=book.client)
    for step in outcome.steps:
        _log_step(book, run_id, step)
    evidence.log_feature_importance(outcome.importance, run_id=run_id, client=book.client)
    book.client.set_terminated(run_id, "FINISHED" if outcome.stopped is None else "KILLED")


def metrics_alone(book: Book, name: str, recipe: Recipe, outcome: Outcome) -> None:
    """A run of somebody in a hurry: no params, no data, no evidence, no commit."""
    from mlflow.entities import Metric

    tags = _tags(replace(book, commit=None), recipe)
    run_id = str(book.client.create_run(book.experiment_id, run_name=name, tags=tags).info.run_id)
    now = int(time.time() * 1000)
    book.client.log_batch(run_id, metrics=[Metric(key, value, now, 0) for key, value in outcome.metrics.items()])
    book.client.set_terminated(run_id, "FINISHED")


def params(recipe: Recipe) -> dict[str, str]:
    """The recipe as flat params: components as on and off, ranges left out, hyperparameters by their own names."""
    rules = recipe.validation
    flat: dict[str, Any] = {
        "model": recipe.model,
        "class_path": recipe.class_path,
        "source_uri": recipe.source_uri,
        "validation": rules.method,
        "test_size": rules.test_size,
        "train_share": rules.train_share,
        "scaling": _switch(recipe.scaling),
        "pca": _switch(recipe.pca is not None),
        "augmentation": _switch(recipe.augmentation),
    }
    if recipe.simulated:
        flat["simulated"] = "true"
    if recipe.pca:
        flat["pca_components"] = recipe.pca
    if recipe.augmented:
        flat["augmented"] = recipe.augmented
    if recipe.selection:
        flat["selection_k"], flat["selection_fit_on"] = recipe.selection
    if recipe.price_usd_per_hour:
        flat["price_usd_per_hour"] = recipe.price_usd_per_hour
    if recipe.epochs:
        flat["epochs"] = recipe.epochs
    flat |= {key: value for key, value in recipe.hyperparameters.items() if not isinstance(value, Mapping)}
    return {key: str(value) for key, value in flat.items()}


def _switch(on: bool) -> str:
    return "on" if on else "off"


def _params(recipe: Recipe, seed: int) -> list[Any]:
    from mlflow.entities import Param

    return [Param(key, value) for key, value in {**params(recipe), "seed": str(seed)}.items()]


def _tags(book: Book, recipe: Recipe) -> dict[str, str]:
    tags = {
        "mlflow.user": "demo",
        "mlflow.source.name": SOURCE,
        "mlflow.source.type": "LOCAL",
        "recipe": recipe.name,
        "role": recipe.role,
        "simulated": "true" if recipe.simulated else "false",
    }
    if recipe.description:
        tags["mlflow.note.content"] = recipe.description
    if book.commit:
        tags["mlflow.source.git.commit"] = book.commit
    return tags


def _log_step(book: Book, run_id: str, fitted: DemoStep) -> None:
    """With targets for a step that learns from them, and so for the rows that it may have seen besides."""
    train, held, others = fitted.train, fitted.held_out, fitted.others
    targets: dict[str, Any] = {"others": others.features if others else None}
    if fitted.supervised:
        targets = {
            "train_target": train.target,
            "held_out_target": held.target,
            "others": (others.features, others.target) if others else None,
        }
    evidence.log_preprocessing(
        fitted.step, train.features, held.features, **targets, name=fitted.name, run_id=run_id, client=book.client
    )


def _log_images(book: Book, run_id: str, images: Mapping[str, bytes]) -> None:
    """All at once: a call for each would take longer than the training."""
    with TemporaryDirectory() as folder:
        for path, content in images.items():
            file = Path(folder) / path
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        if images:
            book.client.log_artifacts(run_id, folder)


def _log_inputs(book: Book, run_id: str, recipe: Recipe, data: Data, rows: Partition) -> None:
    """The rows that the run learns from and those that it is scored on."""
    held = {"validation": rows.validation} if len(rows.validation) else {"test": rows.test}
    inputs = [_input(recipe, data, part, context) for context, part in {"training": rows.train, **held}.items()]
    book.client.log_inputs(run_id, inputs)


def _input(recipe: Recipe, data: Data, rows: Array, context: str) -> "DatasetInput":
    from mlflow.entities import Dataset, DatasetInput, InputTag

    profile = {"num_rows": len(rows), "num_elements": len(rows) * data.features.shape[1]}
    dataset = Dataset(
        name=data.name,
        digest=data.digest_of(rows),
        source_type="code",
        source=json.dumps({"uri": recipe.source_uri}),
        profile=json.dumps(profile),
    )
    return DatasetInput(dataset, [InputTag("mlflow.data.context", context)])
