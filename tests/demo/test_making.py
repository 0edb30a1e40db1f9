import json
import logging
import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from statistics import mean

import mlflow
import numpy as np
import pandas as pd
import pytest
import yaml
from PIL import Image
from sklearn.metrics import f1_score

from assay import demo
from assay.demo import data, recipes, training
from assay.errors import SourceError
from assay.model.evidence.files import COMMIT_TAG, TEST_ROWS_TAG
from assay.model.policy import Policy
from assay.model.tradeoffs.question import ScorecardQuestion
from assay.model.tradeoffs.scorecard import Status
from assay.queries.tradeoffs.scorecard import scorecard
from assay.settings import SHIPPED
from carded import DIGITS, carrying
from demo.conftest import Made
from looking import looked_at
from saying import refused
from stores import Store

EXPERIMENTS = {
    "digits-classifiers": 19,
    "digits-ablation": 24,
    "diabetes-regression": 13,
    "leak-selection": 6,
    "leak-patients": 6,
    "leak-series": 6,
    "leak-images": 6,
    "digits-random-search": 7,
    "tumours-repeats": 10,
}


def test_every_experiment_is_there_with_all_its_runs(made: Made) -> None:
    assert {name: len(runs) for name, runs in made.runs.items()} == EXPERIMENTS
    assert made.report == demo.DemoReport(f"sqlite:///{made.store}", 9, 97)


def test_progress_counts_every_run_once_and_ends_at_all(made: Made) -> None:
    assert made.ticks == [(done, 97) for done in range(98)]


def test_what_a_killed_making_left_is_never_seen_and_gone_after_the_next(made: Made) -> None:
    assert not made.seen_after_kill
    assert "artifacts" in made.left_after_kill
    assert sorted(path.name for path in made.store.parent.iterdir()) == [".lock", "artifacts", "mlflow.db"]
    logged = {run.info.run_id for runs in made.recorded.values() for run in runs}
    assert {path.name for path in (made.store.parent / "artifacts").glob("*/*")} == logged


def test_a_finished_demo_is_recognised_and_left_as_it_is(made: Made) -> None:
    before, ticks = made.store.stat(), list[tuple[int, int]]()
    report = demo.make(made.store, progress=lambda done, expected: ticks.append((done, expected)))
    assert report == made.report
    assert ticks == []
    assert made.store.stat() == before


def test_every_configuration_has_the_same_seeds(made: Made) -> None:
    for runs in made.recorded.values():
        for recipe, seeds in seeds_by_recipe(runs).items():
            single = recipe in ("svc-rbf-pca80", "mlp-diverged", "mlp-search")
            assert seeds == ({"42"} if single else {"42", "123", "456"}), recipe


def seeds_by_recipe(runs: list[mlflow.entities.Run]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for run in runs:
        found.setdefault(run.data.tags["recipe"], set()).add(run.data.params["seed"])
    return found


def test_classifiers_carry_quality_latency_size_and_a_cost_with_its_price(made: Made) -> None:
    for run in made.runs["digits-classifiers"]:
        if run.info.status == "FAILED":
            continue
        metrics = run.data.metrics
        assert set(metrics) - {"train_loss"} == {*recipes.METRICS["classification"], *recipes.SERVING}
        assert 0 < metrics["latency_p50_ms"] <= metrics["latency_p95_ms"] <= metrics["latency_p99_ms"]
        assert metrics["model_size_bytes"] > 1000
        assert run.data.params["price_usd_per_hour"] == "3.6"
        assert metrics["cost_per_1k_queries_usd"] > 0


def test_every_run_carries_its_evidence(made: Made) -> None:
    for runs in made.recorded.values():
        for run in runs:
            environment = json.loads(made.file(run, "environment.json").read_text())
            assert environment["seeds"]["seed"] == int(run.data.params["seed"])
            assert yaml.safe_load(made.file(run, "recipe.yaml").read_text())["name"] == run.data.tags["recipe"]
            assert run.inputs is not None
            assert run.inputs.dataset_inputs[0].dataset.digest
            if run.info.status == "FAILED":
                continue
            scores = pd.read_parquet(made.file(run, "scores.parquet"))
            splits = pd.read_parquet(made.file(run, "splits.parquet"))
            held = "validation" if "mlflow.parentRunId" in run.data.tags else "test"
            assert set(scores["example_id"]) == set(splits.loc[splits["split"] == held, "example_id"])
            assert splits["content_hash"].str.len().eq(16).all()
            importance = pd.read_parquet(made.file(run, "feature_importance.parquet"))
            assert importance["feature"].is_unique
            assert importance["importance"].notna().any() == (run.data.tags["recipe"] != "mlp-diverged")
            texts = scores.select_dtypes("object" if scores["example_id"].dtype == object else "string").columns
            assert len({*texts} - {"patient", "original", "image", "input"}) == 2


def test_what_a_training_reads_wrong_is_logged_as_an_image(made: Made) -> None:
    run = made.of("digits-classifiers", "svc-rbf")[0]
    scores = pd.read_parquet(made.file(run, "scores.parquet"))
    wrong = scores[scores["accuracy"] == 0]
    assert scores["image"].dropna().tolist() == wrong["image"].tolist() != []
    artifacts = made.file(run, "scores.parquet").parents[1]
    assert {str(path.relative_to(artifacts)) for path in artifacts.glob("examples/*.png")} == set(wrong["image"])
    with Image.open(artifacts / wrong["image"].iloc[0]) as image:
        assert (image.format, image.size) == ("PNG", (64, 64))
        digit = np.asarray(image)[::8, ::8]
    pixels = data.load("sklearn:digits").features[int(wrong["example_id"].iloc[0].rpartition("-")[2])].reshape(8, 8)
    assert digit[pixels == pixels.max()].max() == 0
    assert (digit[pixels == 0] == 255).all()


def test_regressions_log_what_went_in_and_came_out(made: Made) -> None:
    run = made.of("diabetes-regression", "ridge")[0]
    scores = pd.read_parquet(made.file(run, "scores.parquet"))
    assert (scores["prediction"] - scores["label"]).abs().tolist() == pytest.approx(scores["absolute_error"].tolist())
    assert scores["input"].str.contains(", bmi [+-]0").all()


def test_example_scores_add_up_to_the_metric(made: Made) -> None:
    run = made.of("digits-classifiers", "svc-rbf")[0]
    scores = pd.read_parquet(made.file(run, "scores.parquet"))
    assert scores["accuracy"].mean() == pytest.approx(run.data.metrics["accuracy"])
    assert sorted(scores["digit"].unique()) == list("0123456789")
    assert f1_score(scores["label"], scores["prediction"], average="macro") == run.data.metrics["f1_macro"]
    tree = made.of("diabetes-regression", "random-forest")[0]
    scores = pd.read_parquet(made.file(tree, "scores.parquet"))
    assert scores["squared_error"].mean() ** 0.5 == pytest.approx(tree.data.metrics["rmse"])
    importance = pd.read_parquet(made.file(tree, "feature_importance.parquet"))
    assert importance["importance"].sum() == pytest.approx(1)
    assert "bmi" in set(importance["feature"].head(3))


def test_seeds_give_spread_on_the_same_test_rows(made: Made) -> None:
    for experiment, recipe, metric in (
        ("digits-classifiers", "logistic-regression", "accuracy"),
        ("diabetes-regression", "ridge", "rmse"),
        ("leak-patients", "split-by-patient", "log_loss"),
    ):
        runs = made.of(experiment, recipe)
        assert len({run.data.metrics[metric] for run in runs}) == len(runs)
        tests = [pd.read_parquet(made.file(run, "scores.parquet"))["example_id"].tolist() for run in runs]
        assert all(rows == tests[0] for rows in tests)


def test_some_candidates_are_better_worse_or_slower(made: Made) -> None:
    def average(recipe: str, metric: str) -> float:
        return mean(run.data.metrics[metric] for run in made.of("digits-classifiers", recipe))

    baseline = average("logistic-regression", "accuracy")
    assert average("svc-rbf", "accuracy") > baseline + 0.01
    assert average("gaussian-nb", "accuracy") < baseline - 0.1
    assert abs(average("mlp", "accuracy") - baseline) < 0.01
    assert average("extra-trees", "accuracy") > baseline + 0.005
    assert average("extra-trees", "latency_p50_ms") > 5 * average("logistic-regression", "latency_p50_ms")


@pytest.mark.parametrize(
    ("model", "status"),
    [
        ("svc-rbf", Status.MET), ("k-nearest", Status.UNCERTAIN), ("logistic-regression", Status.MISSED),
        ("gaussian-nb", Status.ALERT),
    ],
)  # fmt: skip
def test_the_classifiers_show_every_status_of_a_scorecard(
    made: Made, policy: Policy, tmp_path: Path, model: str, status: Status
) -> None:
    work = looked_at(Store(made.report.tracking_uri), tmp_path / "data", carrying(policy, DIGITS))
    found = scorecard(work, ScorecardQuestion(f"params.model = '{model}'", experiments=("digits-classifiers",)))
    statuses = {one.metric.name: one.status for one in found.judgements}
    assert (statuses["accuracy"], statuses["availability"]) == (status, Status.NOT_LOGGED)


def test_leaks_look_better_than_their_honest_twins_and_say_that_they_are_simulated(made: Made) -> None:
    for experiment, leaky, honest, least in (
        ("leak-selection", "selection-before-split", "selection-after-split", 0.05),
        ("leak-patients", "split-by-visit", "split-by-patient", 0.05),
        ("leak-series", "split-at-random", "split-by-time", 0.05),
        ("leak-images", "moved-before-split", "moved-after-split", 0.02),
    ):
        accuracy = [[run.data.metrics["accuracy"] for run in made.of(experiment, r)] for r in (leaky, honest)]
        assert min(accuracy[0]) > max(accuracy[1]) + least
        simulated = {"true"} if experiment != "leak-images" else {"false"}
        assert {run.data.tags["simulated"] for run in made.runs[experiment]} == simulated
        assert {run.data.params.get("simulated", "false") for run in made.runs[experiment]} == simulated


@pytest.mark.parametrize(
    ("experiment", "recipe", "shared"),
    [
        ("leak-patients", "split-by-visit", True),
        ("leak-patients", "split-by-patient", False),
        ("leak-images", "moved-before-split", True),
        ("leak-images", "moved-after-split", False),
    ],
)
def test_only_leaky_splits_have_a_group_on_both_sides(made: Made, experiment: str, recipe: str, shared: bool) -> None:
    for run in made.of(experiment, recipe):
        sides = pd.read_parquet(made.file(run, "splits.parquet")).groupby("split")["group"].agg(set)
        assert bool(sides["train"] & sides["test"]) is shared


@pytest.mark.parametrize(("recipe", "mixed"), [("split-at-random", True), ("split-by-time", False)])
def test_only_the_leaky_split_tests_on_hours_before_the_last_it_trained_on(
    made: Made, recipe: str, mixed: bool
) -> None:
    for run in made.of("leak-series", recipe):
        splits = pd.read_parquet(made.file(run, "splits.parquet"))
        last = splits.loc[splits["split"] == "train", "time"].max()
        assert (splits.loc[splits["split"] == "test", "time"] < last).any() == mixed
        assert splits["time"].dt.tz is None


def test_no_split_has_the_same_rows_or_ids_on_both_sides(made: Made) -> None:
    for runs in made.recorded.values():
        for run in runs:
            if run.info.status != "FAILED":
                splits = pd.read_parquet(made.file(run, "splits.parquet"))
                assert splits["example_id"].is_unique
                assert splits["content_hash"].is_unique
                assert splits["label"].notna().all()


def test_every_fitted_step_says_what_it_was_fitted_on_and_one_leaks(made: Made) -> None:
    found: dict[tuple[str, str, str], set[str]] = {}
    for experiment, runs in made.recorded.items():
        for run in runs:
            steps = {
                step
                for step, on in (("scaling", "scaling"), ("pca", "pca"), ("selection", "selection_k"))
                if run.data.params.get(on, "off") != "off" and run.info.status != "FAILED"
            }
            folder = made.file(run, "preprocessing")
            assert {path.stem for path in folder.glob("*.json")} == steps
            assert {f"assay.evidence.preprocessing.{step}" for step in steps} <= {*run.data.tags}
            for step in steps:
                fitted_on = json.loads((folder / f"{step}.json").read_text())["fitted_on"]
                found.setdefault((experiment, run.data.tags["recipe"], step), set()).add(fitted_on)
    leak = ("leak-selection", "selection-before-split", "selection")
    assert found.pop(leak) == {"all"}
    assert all(told == {"train"} for told in found.values())
    assert ("digits-ablation", "full", "pca") in found
    assert ("leak-selection", "selection-after-split", "selection") in found


def test_digits_share_their_test_rows_and_no_other_experiment_does(made: Made) -> None:
    tested: dict[str, set[str]] = {}
    for experiment, runs in made.recorded.items():
        for run in runs:
            if run.info.status != "FAILED":
                tested.setdefault(run.data.tags[TEST_ROWS_TAG], set()).add(experiment)
    digits = {"digits-classifiers", "digits-ablation", "digits-random-search"}
    assert [shared for shared in tested.values() if len(shared) > 1] == [digits]
    digits_tested = pd.read_parquet(made.file(made.of("digits-classifiers", "svc-rbf")[0], "scores.parquet"))
    moved = pd.Series(data.table(made_by("leak-images", "moved-before-split")).group)
    assert not moved.isin(digits_tested["example_id"]).any()


def made_by(experiment: str, name: str) -> recipes.Recipe:
    (file,) = (SHIPPED / "recipes").glob(f"*-{experiment}.yaml")
    return next(recipe for recipe in recipes.read_file(file).recipes if recipe.name == name)


def test_the_ablation_switches_each_component_on_and_off_and_nothing_else(made: Made) -> None:
    runs = made.runs["digits-ablation"]
    factors = ("scaling", "pca", "augmentation")
    cells = Counter(tuple(run.data.params[factor] for factor in factors) for run in runs)
    assert len(cells) == 8
    assert set(cells.values()) == {3}
    others = [
        {k: v for k, v in run.data.params.items() if k not in (*factors, "pca_components", "seed")} for run in runs
    ]
    assert all(other == others[0] for other in others)


def test_the_search_nests_its_trials_and_sums_them_up(made: Made) -> None:
    runs = made.runs["digits-random-search"]
    parent = next(run for run in runs if "mlflow.parentRunId" not in run.data.tags)
    trials = [run for run in runs if run.data.tags.get("mlflow.parentRunId") == parent.info.run_id]
    assert len(trials) == parent.data.metrics["total_trials"] == 6
    pruned = [run for run in trials if run.info.status == "KILLED"]
    assert len(pruned) == parent.data.metrics["pruned_trials"]
    assert all("pruned_after_epoch" in run.data.tags for run in pruned)
    finished = [run for run in trials if run.info.status == "FINISHED"]
    best = max(finished, key=lambda run: run.data.metrics["accuracy"])
    assert parent.data.metrics["best_score"] == best.data.metrics["accuracy"]
    assert parent.data.params["best_alpha"] == best.data.params["alpha"]
    assert parent.data.metrics["optimization_time"] > 0


def test_a_repeat_agrees_in_every_digit_but_those_of_times(made: Made) -> None:
    first, again = sorted(of_seed(made, "logistic-regression", "42"), key=lambda run: run.info.start_time)
    measured = {name for name in recipes.SERVING if name != "model_size_bytes"}
    assert {name for name, value in again.data.metrics.items() if value != first.data.metrics[name]} == measured
    assert again.data.params == first.data.params
    assert inputs_of(again) == inputs_of(first)
    assert made.file(again, "recipe.yaml").read_text() == made.file(first, "recipe.yaml").read_text()


@pytest.mark.parametrize("seed", ["42", "123"])
def test_data_that_changed_under_their_name_are_told_by_digest_and_digits_alone(made: Made, seed: str) -> None:
    first, again = sorted(of_seed(made, "mlp-v2", seed), key=lambda run: run.info.start_time)
    assert again.data.params == first.data.params
    assert made.file(again, "recipe.yaml").read_text() == made.file(first, "recipe.yaml").read_text()
    assert [name for name, _ in inputs_of(again)] == [name for name, _ in inputs_of(first)] == ["tumours"] * 2
    assert not {*inputs_of(again)} & {*inputs_of(first)}
    quality = recipes.METRICS["classification"]
    assert all(again.data.metrics[name] != first.data.metrics[name] for name in quality)


def of_seed(made: Made, recipe: str, seed: str) -> list[mlflow.entities.Run]:
    runs = [run for run in made.of("tumours-repeats", recipe) if run.data.params["seed"] == seed]
    assert len(runs) == 2
    return runs


def inputs_of(run: mlflow.entities.Run) -> list[tuple[str, str]]:
    assert run.inputs is not None
    return [(one.dataset.name, one.dataset.digest) for one in run.inputs.dataset_inputs]


def test_a_quick_try_logged_metrics_alone(made: Made) -> None:
    (run,) = made.of("tumours-repeats", "quick-try")
    assert run.data.metrics["accuracy"] > 0.9
    assert not run.data.params
    assert not (run.inputs and run.inputs.dataset_inputs)
    assert {"mlflow.source.git.commit", "assay.evidence.environment"}.isdisjoint(run.data.tags)
    assert not made.client.list_artifacts(run.info.run_id)


def test_the_classifiers_lack_nothing_on_record_but_what_the_machine_lacks(made: Made) -> None:
    contexts = {"training", "test"}
    for run in made.runs["digits-classifiers"]:
        record = json.loads(made.file(run, "environment.json").read_text())
        assert record["version"] == 2
        assert record["argv"]
        assert record["packages"]["scikit-learn"]
        assert record["threads"]
        assert record["cpu"]["usable"]
        assert {"random": "set", "numpy": "set"}.items() <= record["seeds"].items()
        assert run.inputs is not None
        assert {tag.value for one in run.inputs.dataset_inputs for tag in one.tags} == contexts
        if record["git"]:
            assert run.data.tags[COMMIT_TAG] == run.data.tags["mlflow.source.git.commit"] == record["git"]["commit"]


def test_one_run_failed_with_its_reason_and_one_diverged_step_by_step(made: Made) -> None:
    (failed,) = made.of("digits-classifiers", "svc-rbf-pca80")
    assert failed.info.status == "FAILED"
    assert failed.data.tags["error"].startswith("ValueError: n_components=80")
    assert failed.data.params["pca_components"] == "80"
    (diverged,) = made.of("diabetes-regression", "mlp-diverged")
    history = [point.value for point in made.client.get_metric_history(diverged.info.run_id, "train_loss")]
    assert len(history) > 2
    assert history[-2] > 1e6 * history[0]
    assert not diverged.data.metrics["rmse"] < 1e300


def test_networks_log_a_loss_for_every_epoch(made: Made) -> None:
    run = made.of("digits-classifiers", "mlp")[0]
    history = made.client.get_metric_history(run.info.run_id, "train_loss")
    assert [point.step for point in history] == list(range(1, 41))
    assert history[-1].value < history[0].value / 5


def test_names_and_notes_are_for_people_korean_ones_too(made: Made) -> None:
    run = next(r for r in made.of("digits-classifiers", "svc-rbf") if r.data.params["seed"] == "42")
    assert run.info.run_name == "svc-rbf, seed 42"
    assert "서포트 벡터" in run.data.tags["mlflow.note.content"]
    experiment = made.client.get_experiment_by_name("digits-classifiers")
    assert experiment
    assert "손글씨" in experiment.tags["mlflow.note.content"]


def test_training_anew_gives_the_same_numbers_but_for_measured_times(made: Made) -> None:
    measured = set(recipes.SERVING) - {"model_size_bytes"}
    for experiment in recipes.read(SHIPPED / "recipes"):
        whole = [recipe for recipe in experiment.recipes if recipe.logs == "everything"]
        trained = [recipe for recipe in whole if not recipe.tuning and recipe.expected != "failed"]
        for recipe in {recipe.model: recipe for recipe in trained}.values():
            runs = [r for r in made.of(experiment.name, recipe.name) if r.data.params["seed"] == "42"]
            run = min(runs, key=lambda one: one.info.start_time)
            again = training.train(recipe, data.table(recipe), 42, queries=2)
            for key, value in again.metrics.items():
                if key not in measured and np.isfinite(value):
                    assert run.data.metrics[key] == pytest.approx(value, rel=1e-9), (recipe.name, key)
            scores = pd.read_parquet(made.file(run, "scores.parquet"))
            assert scores["example_id"].tolist() == again.scores["example_id"].tolist()


def test_a_training_that_breaks_leaves_no_demo_and_no_making_changes_the_process_or_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_DISABLE_TELEMETRY")
    before = state_of_process()
    store = tmp_path / "내 데모 #1 100%" / "mlflow.db"
    broken = one_recipe(tmp_path / "broken", "n_estimators: -1")
    with pytest.raises(ValueError, match="n_estimators"):
        demo.make(store, small=True, recipe_folder=broken)
    assert not store.exists()
    assert state_of_process() == before
    report = demo.make(store, small=True, recipe_folder=one_recipe(tmp_path / "whole", "n_estimators: 2"))
    assert (report.experiments, report.runs) == (1, 6)
    assert state_of_process() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "whole", "내 데모 #1 100%"]
    assert not list(store.parent.glob("*.part*"))
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


def state_of_process() -> tuple[object, ...]:
    numpy_state = np.random.get_state(legacy=False)["state"]["key"].tolist()
    level = logging.getLogger("mlflow").level
    return dict(os.environ), mlflow.get_tracking_uri(), level, random.getstate(), numpy_state


def one_recipe(folder: Path, trees: str) -> Path:
    """The quickest of the shipped files, with another number of trees, in a folder of its own."""
    folder.mkdir()
    text = (SHIPPED / "recipes" / "6-leak-patients.yaml").read_text().replace("n_estimators: 40", trees)
    (folder / "leaks.yaml").write_text(text)
    return folder


def test_a_demo_of_an_earlier_version_is_made_anew_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "mlflow.db"
    first = demo.make(path, small=True, recipe_folder=one_recipe(tmp_path / "first", "n_estimators: 2"))
    earlier = ids_of(first)
    assert artifacts_of(path) == earlier
    with pytest.raises(ValueError, match="n_estimators"):
        demo.make(path, small=True, recipe_folder=one_recipe(tmp_path / "broken", "n_estimators: -1"))
    assert ids_of(first) == earlier <= artifacts_of(path)
    second = demo.make(path, small=True, recipe_folder=one_recipe(tmp_path / "second", "n_estimators: 3"))
    assert second == first
    assert not ids_of(second) & earlier
    assert artifacts_of(path) == ids_of(second)
    assert not list(tmp_path.glob("*.part*"))
    once_more = list[int]()
    folder = tmp_path / "second"
    assert demo.make(path, recipe_folder=folder, progress=lambda done, _all: once_more.append(done)) == second
    assert once_more == []


def test_a_demo_that_somebody_logged_to_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mlflow.db"
    first = demo.make(path, small=True, recipe_folder=one_recipe(tmp_path / "first", "n_estimators: 2"))
    own = Store(first.tracking_uri).run("digits-mine", metrics={"accuracy": 0.5})
    second = demo.make(path, small=True, recipe_folder=one_recipe(tmp_path / "second", "n_estimators: 3"))
    assert second == demo.DemoReport(first.tracking_uri, first.experiments + 1, first.runs + 1, foreign=1)
    assert own in ids_of(second)
    same = demo.make(path, small=True, recipe_folder=tmp_path / "first")
    assert same.foreign == 0


def ids_of(report: demo.DemoReport) -> set[str]:
    """Asked of the file: a client of this process would keep the earlier one open."""
    with closing(sqlite3.connect(report.tracking_uri.removeprefix("sqlite:///"))) as connection:
        return {run_id for (run_id,) in connection.execute("SELECT run_uuid FROM runs")}


def artifacts_of(path: Path) -> set[str]:
    return {run.name for run in (path.parent / "artifacts").glob("*/*")}


def test_a_file_that_is_no_store_is_refused_in_words_and_kept(tmp_path: Path) -> None:
    store = tmp_path / "mlflow.db"
    store.write_text("<html>not a store</html>")
    with refused(SourceError, "is not a whole MLflow store .* move it away"):
        demo.make(store)
    assert store.read_text() == "<html>not a store</html>"
