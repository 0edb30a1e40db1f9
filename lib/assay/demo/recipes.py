"""Reads experiments from YAML: each recipe defines one model wholly, and a wrong one is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from assay.demo.keys import DemoKeys
from assay.errors import RecipeError
from assay.model.problems import Recipes

Task = Literal["classification", "regression"]
Method = Literal["train_test_split", "group_split", "time_split"]
FitOn = Literal["training_rows", "all_rows"]
Moment = Literal["after_split", "before_split"]
Outcome = Literal["finished", "failed"]
Logs = Literal["everything", "metrics"]
Change = Literal["cleaned"]

METRICS: Mapping[str, tuple[str, ...]] = {
    "classification": ("accuracy", "f1_macro", "log_loss", "train_accuracy"),
    "regression": ("rmse", "mae", "r2", "bias", "train_rmse"),
}
SERVING = (
    "latency_p50_ms",
    "latency_p95_ms",
    "latency_p99_ms",
    "throughput_qps",
    "model_size_bytes",
    "cost_per_1k_queries_usd",
)
_SHARED = (
    "model",
    "loader",
    "data_interface",
    "preprocessor",
    "augmenter",
    "hyperparameter_tuning",
    "evaluation",
    "seeds",
)
_PLAN = ("again", "logs")
"""What is done with a recipe, and no part of what defines its model."""
_RECIPE = ("name", "role", "description", "expected", *_PLAN, *_SHARED)


@dataclass(frozen=True, slots=True)
class Validation:
    """How rows are split. The test rows depend on `random_state` alone, so every seed is scored on the same ones;
    each run trains on its own share `train_share` of the others, drawn by its seed."""

    method: Method = "train_test_split"
    test_size: float = 0.2
    stratify: bool = False
    random_state: int = 42
    train_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Tuning:
    """A random search over the hyperparameters that have a range; trials below the median are pruned."""

    n_trials: int
    metric: str
    direction: Literal["maximize", "minimize"]
    timeout: float
    prune_after: int


@dataclass(frozen=True, slots=True)
class Again:
    """Trained once more with these seeds when all are done; `data`: what has become of them by then, if anything."""

    seeds: tuple[int, ...] = ()
    data: Change | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """One model; `model` is its family's name (default: the recipe's).

    `hyperparameters` are fixed values, or ranges {type, low, high, log} where `tuning` is set. `augmented`: whether
    images are moved before or after they are split, None where it goes without saying: training images, after it.
    """

    experiment: str
    name: str
    role: str
    description: str
    model: str
    class_path: str
    hyperparameters: Mapping[str, Any]
    epochs: int | None
    source_uri: str
    task: Task
    target: str
    group: str | None
    scaling: bool
    pca: int | None
    selection: tuple[int, FitOn] | None
    augmentation: bool
    augmented: Moment | None
    metrics: tuple[str, ...]
    validation: Validation
    price_usd_per_hour: float
    images: bool
    seeds: tuple[int, ...]
    tuning: Tuning | None
    expected: Outcome
    again: Again
    logs: Logs
    mapping: Mapping[str, Any] = field(repr=False)

    @property
    def leaks_copies(self) -> bool:
        """Whether images are moved while test images are still among them."""
        return self.augmentation and self.augmented == "before_split"

    @property
    def simulated(self) -> bool:
        """Whether its data was made up."""
        return self.source_uri.startswith("simulated:")


@dataclass(frozen=True, slots=True)
class ExperimentRecipe:
    """One file: an experiment's name, its description, and its recipes, the most telling first."""

    name: str
    description: str
    recipes: tuple[Recipe, ...]


def read(folder: Path) -> tuple[ExperimentRecipe, ...]:
    """Every experiment in `folder`, by file name; RecipeError when there is none."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise RecipeError(Recipes.NO_RECIPES, folder=str(folder))
    return tuple(read_file(file) for file in files)


def read_file(file: Path) -> ExperimentRecipe:
    """The experiment in one file. Fields that stand beside `recipes` are shared, and a recipe's own win.

    Raises RecipeError naming the file, the key, what was found and what is allowed.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RecipeError(Recipes.RECIPE_NO_YAML, file=file.name, error=" ".join(str(error).split())) from None
    top = DemoKeys(file.name, content)
    top.allow("experiment", "description", "recipes", *_SHARED)
    name, items = top.text("experiment"), top.get("recipes", list)
    shared = {key: content[key] for key in _SHARED if key in content}
    recipes = tuple(_recipe(f"{file.name}, recipe {n}", name, shared, item) for n, item in enumerate(items, 1))
    names = [recipe.name for recipe in recipes]
    if not names or len(set(names)) < len(names):
        raise RecipeError(Recipes.RECIPE_NAMES, file=file.name, names=tuple(names))
    return ExperimentRecipe(name, top.text("description", ""), recipes)


def _recipe(where: str, experiment: str, shared: Mapping[str, Any], item: object) -> Recipe:
    own = DemoKeys(where, item)
    own.allow(*_RECIPE)
    merged = merge(shared, own.values)
    keys = DemoKeys(where, merged)
    model, loader, data = keys.part("model"), keys.part("loader"), keys.part("data_interface")
    before, augmenter, evaluation = keys.part("preprocessor", {}), keys.part("augmenter", {}), keys.part("evaluation")
    model.allow("name", "class_path", "hyperparameters", "epochs")
    loader.allow("source_uri")
    data.allow("task_type", "target_col", "group_col")
    before.allow("scaling", "pca", "selection")
    augmenter.allow("shift", "when")
    evaluation.allow("metrics", "validation", "price_usd_per_hour", "images")
    task: Task = data.one_of("task_type", get_args(Task))
    tuning = _tuning(keys.part("hyperparameter_tuning", {}), task)
    return Recipe(
        experiment=experiment,
        name=keys.text("name"),
        role=keys.one_of("role", ("baseline", "candidate"), "candidate"),
        description=keys.text("description", ""),
        model=model.text("name", own.text("name")),
        class_path=_class_path(model),
        hyperparameters=_hyperparameters(model, tuning),
        epochs=model.get("epochs", int, None),
        source_uri=loader.text("source_uri"),
        task=task,
        target=data.text("target_col"),
        group=data.text("group_col", "") or None,
        scaling=before.get("scaling", bool, False),
        pca=before.get("pca", int, None) or None,
        selection=_selection(before),
        augmentation=augmenter.get("shift", bool, False),
        augmented=augmenter.one_of("when", get_args(Moment), None),
        metrics=_metrics(evaluation, task),
        validation=_validation(evaluation.part("validation", {})),
        images=evaluation.get("images", bool, False),
        price_usd_per_hour=float(evaluation.get("price_usd_per_hour", (int, float), 0.0)),
        seeds=_seeds(keys),
        tuning=tuning,
        expected=keys.one_of("expected", get_args(Outcome), "finished"),
        again=_again(keys.part("again", {})),
        logs=keys.one_of("logs", get_args(Logs), "everything"),
        mapping={"experiment": experiment, **{key: merged[key] for key in merged if key not in _PLAN}},
    )


def merge(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """`shared` with `own` over it, key by key at every depth."""
    merged = dict(shared)
    for key, value in own.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = merge(merged[key], value) if both else value
    return merged


def _class_path(model: DemoKeys) -> str:
    path = model.text("class_path")
    if not path.startswith("sklearn.") or not path.replace(".", "_").isidentifier():
        raise model.wrong(Recipes.NO_CLASS, "class_path", path)
    return path


def _hyperparameters(model: DemoKeys, tuning: Tuning | None) -> Mapping[str, Any]:
    part = model.part("hyperparameters", {})
    for key, value in part.values.items():
        if not isinstance(value, Mapping):
            continue
        if tuning is None:
            raise part.wrong(Recipes.NOT_FIXED, key, value)
        span = part.part(key)
        span.allow("type", "low", "high", "log")
        span.one_of("type", ("int", "float"))
        if not span.get("low", (int, float)) < span.get("high", (int, float)):
            raise part.wrong(Recipes.LOW_ABOVE_HIGH, key, value)
        if span.get("log", bool, False) and span.get("low", (int, float)) <= 0:
            raise part.wrong(Recipes.LOW_NOT_ABOVE_ZERO, key, value)
    return part.values


def _tuning(part: DemoKeys, task: Task) -> Tuning | None:
    part.allow("enabled", "n_trials", "metric", "direction", "timeout", "prune_after")
    if not part.get("enabled", bool, False):
        return None
    return Tuning(
        n_trials=part.positive("n_trials"),
        metric=part.one_of("metric", METRICS[task]),
        direction=part.one_of("direction", ("maximize", "minimize")),
        timeout=float(part.positive("timeout")),
        prune_after=part.positive("prune_after"),
    )


def _selection(before: DemoKeys) -> tuple[int, FitOn] | None:
    part = before.part("selection", {})
    part.allow("k", "fit_on")
    return (part.positive("k"), part.one_of("fit_on", get_args(FitOn))) if part.values else None


def _metrics(evaluation: DemoKeys, task: Task) -> tuple[str, ...]:
    metrics = evaluation.get("metrics", list)
    known = METRICS[task] + SERVING
    for metric in metrics:
        if metric not in known:
            raise evaluation.wrong(Recipes.NO_CHOICE, "metrics", metric, allowed=known)
    return tuple(metrics)


def _validation(part: DemoKeys) -> Validation:
    part.allow("method", "test_size", "stratify", "random_state", "train_share")
    validation = Validation(
        method=part.one_of("method", get_args(Method), "train_test_split"),
        test_size=part.get("test_size", float, 0.2),
        stratify=part.get("stratify", bool, False),
        random_state=part.get("random_state", int, 42),
        train_share=float(part.get("train_share", (int, float), 1.0)),
    )
    if not 0 < validation.test_size < 1:
        raise part.wrong(Recipes.NO_SHARE, "test_size", validation.test_size)
    if not 0 < validation.train_share <= 1:
        raise part.wrong(Recipes.NO_SHARE_OR_ONE, "train_share", validation.train_share)
    return validation


def _again(part: DemoKeys) -> Again:
    part.allow("seeds", "data")
    return Again(_seeds(part), part.one_of("data", get_args(Change), None)) if part.values else Again()


def _seeds(keys: DemoKeys) -> tuple[int, ...]:
    seeds = keys.get("seeds", list)
    if not seeds or len(set(seeds)) < len(seeds) or not all(isinstance(s, int) and s >= 0 for s in seeds):
        raise keys.wrong(Recipes.WRONG_SEEDS, "seeds", seeds)
    return tuple(seeds)
