from pathlib import Path

import mlflow
import numpy as np
import pandas as pd
import pytest
import yaml

from assay import evidence
from assay.errors import EvidenceError
from evidence.conftest import Run
from stores import Store

SCORES = pd.DataFrame({"example_id": [3, 1, 2], "accuracy": [1.0, 0.0, np.nan], "digit": [7, 8, 7]})
SPLITS = pd.DataFrame({"example_id": ["a", "b", "c"], "split": ["train", "train", "test"], "group": ["x", "y", "x"]})


def test_scores_keep_every_example_with_numbers_to_slice_by_as_text(run: Run) -> None:
    evidence.log_scores(SCORES, slices=["digit"])
    kept = run.frame("scores.parquet")
    assert kept["example_id"].tolist() == ["3", "1", "2"]
    assert kept["accuracy"].tolist()[:2] == [1.0, 0.0]
    assert np.isnan(kept["accuracy"].tolist()[2])
    assert kept["digit"].tolist() == ["7", "8", "7"]


def test_the_frame_that_was_handed_over_is_left_as_it_was(run: Run) -> None:
    before = SCORES.copy(deep=True)
    evidence.log_scores(SCORES, slices=["digit"])
    pd.testing.assert_frame_equal(SCORES, before)


def test_example_ids_may_stand_in_the_index(run: Run) -> None:
    evidence.log_scores(SCORES.set_index("example_id"))
    assert run.frame("scores.parquet")["example_id"].tolist() == ["3", "1", "2"]


def test_an_example_may_have_several_scores(run: Run) -> None:
    evidence.log_scores(pd.concat([SCORES, SCORES.iloc[:1]]))
    assert run.frame("scores.parquet")["example_id"].tolist() == ["3", "1", "2", "3"]


def test_splits_keep_groups_and_may_show_one_example_in_two_splits(run: Run) -> None:
    leak = pd.concat([SPLITS, pd.DataFrame({"example_id": ["a"], "split": ["test"], "group": ["x"]})])
    evidence.log_splits(leak)
    kept = run.frame("splits.parquet")
    assert kept.loc[kept["example_id"] == "a", "split"].tolist() == ["train", "test"]
    assert kept["group"].tolist() == ["x", "y", "x", "x"]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (SCORES.drop(columns="example_id"), "lack the column example_id; found: accuracy, digit"),
        (SCORES.iloc[:0], "have no rows"),
        (SCORES.assign(example_id=["a", np.nan, "c"]), "without an example_id"),
        (SCORES[["example_id"]].assign(digit="7"), "no numeric column"),
        ([1, 2, 3], "are a list; pass a pandas DataFrame"),
        (pd.concat([SCORES, SCORES[["accuracy"]]], axis=1), "two columns of the same name"),
    ],
    ids=["no id", "empty", "id missing", "no metric", "no frame", "two columns"],
)
def test_scores_that_no_review_could_use_are_refused_in_words(run: Run, frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        evidence.log_scores(frame)
    assert not (run.folder / "evidence").exists()


def test_labels_and_predictions_in_words_are_enough(run: Run) -> None:
    evidence.log_scores(SCORES[["example_id"]].assign(label=["cat", "dog", "cat"], prediction=["cat", "cat", "cat"]))
    assert (run.folder / "evidence" / "scores.parquet").exists()


def test_a_slice_that_is_no_column_is_named(run: Run) -> None:
    with pytest.raises(EvidenceError, match="lack the column colour"):
        evidence.log_scores(SCORES, slices=["colour"])


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (SPLITS.drop(columns="split"), "lack the column split"),
        (SPLITS.iloc[:0], "have no rows"),
        (SPLITS.assign(split=["train", np.nan, "test"]), "rows without a split"),
        (pd.concat([SPLITS, SPLITS.iloc[:1]]), "repeated rows for example_id and split, the first for a, train"),
    ],
    ids=["no split", "empty", "split missing", "repeated"],
)
def test_splits_that_no_review_could_use_are_refused_in_words(run: Run, frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        evidence.log_splits(frame)


def test_a_refusal_is_a_value_error(run: Run) -> None:
    with pytest.raises(EvidenceError) as caught:
        evidence.log_splits(SPLITS.iloc[:0])
    assert isinstance(caught.value, ValueError)


def test_feature_importance_is_kept_largest_first(run: Run) -> None:
    evidence.log_feature_importance(pd.Series({"age": 0.1, "bmi": 0.7, "sex": -0.2}))
    kept = run.frame("feature_importance.parquet")
    assert kept["feature"].tolist() == ["bmi", "age", "sex"]
    assert kept["importance"].tolist() == [0.7, 0.1, -0.2]


@pytest.mark.parametrize(
    ("series", "message"),
    [
        (pd.Series([], dtype=float), "is empty"),
        (pd.Series({"age": "high"}), "must hold numbers"),
        (pd.Series([1.0, 2.0], index=["age", "age"]), "names 'age' more than once"),
    ],
    ids=["empty", "text", "repeated"],
)
def test_feature_importance_that_says_nothing_is_refused(run: Run, series: "pd.Series[float]", message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        evidence.log_feature_importance(series)


def test_a_recipe_is_kept_as_readable_yaml_with_numpy_values_made_plain(run: Run) -> None:
    evidence.log_recipe({"name": "숫자", "model": {"C": np.float64(0.5), "layers": np.array([8, 4])}, "at": Path("a")})
    text = run.text("recipe.yaml")
    assert "숫자" in text
    assert yaml.safe_load(text) == {"name": "숫자", "model": {"C": 0.5, "layers": [8, 4]}, "at": "a"}


def test_a_recipe_that_is_empty_or_no_plain_value_is_refused(run: Run) -> None:
    with pytest.raises(EvidenceError, match="is empty"):
        evidence.log_recipe({})
    with pytest.raises(EvidenceError, match="object is no plain value"):
        evidence.log_recipe({"model": object()})


def test_without_an_active_run_nothing_is_started_and_the_way_out_is_named(store: Store) -> None:
    before = len(store.client.search_runs([store.experiment("training")]))
    with pytest.raises(EvidenceError, match="no active MLflow run"):
        evidence.log_splits(SPLITS)
    assert mlflow.active_run() is None
    assert len(store.client.search_runs([store.experiment("training")])) == before


def test_a_run_that_is_not_active_is_reached_by_its_id_and_a_client(store: Store) -> None:
    run_id = store.run("training")
    evidence.log_splits(SPLITS, run_id=run_id, client=store.client)
    assert [a.path for a in store.client.list_artifacts(run_id, "evidence")] == ["evidence/splits.parquet"]
