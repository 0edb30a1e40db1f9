from pathlib import Path
from typing import Any

import pytest
import yaml

from assay.demo import recipes
from assay.errors import RecipeError
from assay.settings import SHIPPED
from saying import refused, said

GOOD: dict[str, Any] = {
    "experiment": "digits",
    "seeds": [1, 2],
    "loader": {"source_uri": "sklearn:digits"},
    "data_interface": {"task_type": "classification", "target_col": "digit"},
    "evaluation": {"metrics": ["accuracy"]},
    "recipes": [{"name": "svc", "model": {"class_path": "sklearn.svm.SVC", "hyperparameters": {"C": 1}}}],
}


def read(tmp_path: Path, content: object) -> recipes.ExperimentRecipe:
    file = tmp_path / "digits.yaml"
    file.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))
    return recipes.read_file(file)


def changed(path: str, value: object) -> dict[str, Any]:
    """GOOD with one key, dots between the levels, set to something else."""
    content: dict[str, Any] = yaml.safe_load(yaml.safe_dump(GOOD))
    place: Any = content
    *parents, last = path.split(".")
    for key in parents:
        place = place[int(key)] if key.isdigit() else place.setdefault(key, {})
    if value is None:
        del place[last]
    else:
        place[last] = value
    return content


def test_the_shipped_recipes_are_the_nine_experiments() -> None:
    assert {experiment.name for experiment in recipes.read(SHIPPED / "recipes")} == {
        "digits-classifiers",
        "digits-ablation",
        "diabetes-regression",
        "leak-selection",
        "leak-patients",
        "leak-series",
        "leak-images",
        "digits-random-search",
        "tumours-repeats",
    }


def test_every_experiment_that_compares_has_one_baseline() -> None:
    for experiment in recipes.read(SHIPPED / "recipes"):
        baselines = [recipe.name for recipe in experiment.recipes if recipe.role == "baseline"]
        assert len(baselines) == (0 if experiment.name == "digits-random-search" else 1)


def test_a_recipe_has_the_shared_fields_under_its_own(tmp_path: Path) -> None:
    content = changed("recipes.0.evaluation", {"validation": {"test_size": 0.4}})
    content["recipes"].append({"name": "tree", "model": {"class_path": "sklearn.tree.DecisionTreeClassifier"}})
    content["recipes"][0] |= {"again": {"seeds": [1]}, "logs": "everything"}
    svc, tree = read(tmp_path, content).recipes
    assert svc.metrics == tree.metrics == ("accuracy",)
    assert (svc.validation.test_size, tree.validation.test_size) == (0.4, 0.2)
    assert svc.hyperparameters == {"C": 1}
    assert svc.mapping["loader"] == GOOD["loader"]
    assert svc.seeds == (1, 2)
    assert (svc.again, tree.again) == (recipes.Again((1,)), recipes.Again())
    assert svc.mapping.keys() == tree.mapping.keys(), "what is done with a recipe is no part of it"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("experiment", None, "digits.yaml: experiment is missing"),
        ("recipes", [], "recipes are none; name at least one"),
        ("recipes", [GOOD["recipes"][0]] * 2, "recipes are svc, svc; name at least one, each once"),
        ("recipes", "svc", "recipes is 'svc'; it must be of type list"),
        ("recipes", ["svc"], "recipe 1 holds 'svc'; it must be a mapping"),
        ("optimiser", {}, "unknown key 'optimiser'; allowed are experiment, "),
        ("recipes.0.model.class_path", "os.system", "class_path is 'os.system'; it must be a class of scikit-learn"),
        ("recipes.0.model.class_path", "sklearn.svm;x", "must be a class of scikit-learn"),
        ("recipes.0.model.depth", 3, "recipe 1, model: unknown key 'depth'"),
        ("recipes.0.model.hyperparameters.C", {"type": "float", "low": 0, "high": 1}, "tuning is not enabled"),
        ("recipes.0.expected", "maybe", "expected is 'maybe'; it must be one of finished, failed"),
        ("data_interface.task_type", "ranking", "must be one of classification, regression"),
        ("evaluation.metrics", ["rmse"], "metrics is 'rmse'; it must be one of accuracy, f1_macro"),
        ("evaluation.validation.test_size", 1.5, "test_size is 1.5; it must be a share between 0 and 1"),
        ("evaluation.validation.train_share", 0, "train_share is 0.0; it must be a share above 0"),
        ("augmenter", {"shift": True, "when": "later"}, "when is 'later'; it must be one of after_split, before_split"),
        ("augmenter", {"turn": True}, "augmenter: unknown key 'turn'; allowed are shift, when"),
        ("preprocessor.scaling", 1, "scaling is 1; it must be of type bool"),
        ("preprocessor.pca", True, "pca is True; it must be of type int"),
        ("preprocessor.selection.k", 0, "k is 0; it must be a whole number above 0"),
        ("seeds", [1, 1], "must be at least one whole number from 0, each once"),
        ("recipes.0.again", {"seeds": [1], "data": "lost"}, "again: data is 'lost'; it must be one of cleaned"),
        ("recipes.0.again", {"data": "cleaned"}, "again: seeds is missing"),
        ("recipes.0.again", {"seed": 1}, "again: unknown key 'seed'; allowed are seeds, data"),
        ("recipes.0.logs", "nothing", "logs is 'nothing'; it must be one of everything, metrics"),
        ("seeds", ["a"], "must be at least one whole number from 0"),
        ("hyperparameter_tuning", {"enabled": True, "n_trials": "many"}, "n_trials is 'many'; it must be of type int"),
    ],
)
def test_a_wrong_recipe_is_refused_with_file_key_and_what_is_allowed(
    tmp_path: Path, path: str, value: object, message: str
) -> None:
    with pytest.raises(RecipeError) as caught:
        read(tmp_path, changed(path, value))
    assert message in said(caught.value)
    assert said(caught.value).startswith("digits.yaml")


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ({"type": "float", "low": 1, "high": 0.5}, "a low below its high"),
        ({"type": "float", "low": 0, "high": 1, "log": True}, "a low above 0 with log: true"),
        ({"type": "word", "low": 0, "high": 1}, "type is 'word'; it must be one of int, float"),
        ({"type": "int", "low": 0}, "high is missing"),
    ],
)
def test_a_range_that_cannot_be_searched_is_refused(tmp_path: Path, span: dict[str, Any], message: str) -> None:
    content = changed("recipes.0.model.hyperparameters.C", span)
    tuning = {"enabled": True, "n_trials": 3, "metric": "accuracy", "direction": "maximize", "timeout": 5}
    content["hyperparameter_tuning"] = {**tuning, "prune_after": 2}
    with refused(RecipeError, message):
        read(tmp_path, content)


def test_a_file_that_is_no_yaml_and_a_folder_without_recipes_are_refused(tmp_path: Path) -> None:
    with refused(RecipeError, "digits.yaml is no YAML"):
        read(tmp_path, "experiment: [")
    with refused(RecipeError, "There are no recipes"):
        recipes.read(tmp_path / "nowhere")
