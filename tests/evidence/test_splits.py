import hashlib
import json
from decimal import Decimal
from typing import Any

import mlflow
import numpy as np
import pandas as pd
import pytest

from assay import evidence
from assay.errors import EvidenceError
from assay.model.evidence.files import TEST_ROWS_TAG
from evidence.conftest import Run

SPLITS = pd.DataFrame({"example_id": ["a", "b", "c"], "split": ["train", "train", "test"], "group": ["x", "y", "x"]})


def test_splits_keep_groups_and_may_show_one_example_in_two_splits(run: Run) -> None:
    leak = pd.concat([SPLITS, pd.DataFrame({"example_id": ["a"], "split": ["test"], "group": ["x"]})])
    evidence.log_splits(leak)
    kept = run.frame("splits.parquet")
    assert kept.loc[kept["example_id"] == "a", "split"].tolist() == ["train", "test"]
    assert kept["group"].tolist() == ["x", "y", "x", "x"]


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


def test_features_are_kept_as_hashes_by_position(run: Run) -> None:
    features = pd.DataFrame({"age": [61, 48, 61], "dose": [2.0, np.nan, 2.0]}, index=[7, 7, 9])
    evidence.log_splits(SPLITS.set_index("example_id"), features=features)
    kept = run.frame("splits.parquet")
    assert kept.columns.tolist() == ["example_id", "split", "group", "content_hash"]
    assert kept["content_hash"].tolist() == evidence.hash_rows(features).tolist()
    assert kept["content_hash"].nunique() == 2


@pytest.mark.parametrize(
    ("frame", "features", "message"),
    [
        (SPLITS, pd.DataFrame({"x": [1, 2]}), "have 3 rows and the features 2; .* in the same order"),
        (SPLITS.assign(content_hash="a"), pd.DataFrame({"x": [1, 2, 3]}), "content_hash and features as well"),
        (SPLITS, np.ones((3, 2)), "are a ndarray; pass a pandas DataFrame"),
        (SPLITS, pd.DataFrame({"x": [[1], [2], [3]]}), "column x of the features cannot be hashed"),
    ],
    ids=["other length", "hashes too", "array", "lists"],
)
def test_features_that_do_not_fit_are_refused_in_words(
    run: Run, frame: pd.DataFrame, features: Any, message: str
) -> None:
    with pytest.raises(EvidenceError, match=message):
        evidence.log_splits(frame, features=features)
    assert not (run.folder / "evidence").exists()


def test_an_example_stands_once_in_each_split_of_each_fold(run: Run) -> None:
    folds = pd.concat([SPLITS.assign(fold=fold) for fold in (0, 1)])
    evidence.log_splits(folds.assign(label=["x", "y", "x"] * 2))
    assert run.frame("splits.parquet")["fold"].tolist() == [0, 0, 0, 1, 1, 1]
    with pytest.raises(EvidenceError, match="rows for example_id, fold and split, the first for a, 0, train"):
        evidence.log_splits(pd.concat([folds, folds.iloc[:1]]))
    without = SPLITS.assign(fold=pd.Series([None, 0, 0]))
    with pytest.raises(EvidenceError, match="repeated rows"):
        evidence.log_splits(pd.concat([without, without.iloc[:1]]))


@pytest.mark.parametrize("column", ["content_hash", "group", "label", "fold", "colour"])
def test_values_of_several_kinds_become_text_and_whole_numbers_are_alike(run: Run, column: str) -> None:
    ids = [*"abcdefgh"]
    values = [3, 3.0, "x", None, 0.5, True, np.int64(3), 2**70]
    evidence.log_splits(pd.DataFrame({"example_id": ids, "split": "train", column: pd.Series(values, dtype=object)}))
    kept = run.frame("splits.parquet")[column]
    assert kept.dropna().tolist() == ["3", "3", "x", "0.5", "True", "3", str(2**70)]
    assert kept.isna().tolist() == [False] * 3 + [True] + [False] * 4
    mixed = pd.DataFrame({"example_id": ["a", "b"], "split": "train", column: pd.Categorical([1.0, "x"])})
    evidence.log_splits(mixed)
    assert run.frame("splits.parquet")[column].tolist() == ["1", "x"]


def test_values_that_are_no_names_are_refused(run: Run) -> None:
    with pytest.raises(EvidenceError, match="hold list values; name each by a text or a number"):
        evidence.log_splits(SPLITS.assign(group=pd.Series([["p1"], ["p2"], ["p1", "p2"]])))


def test_the_tag_of_test_rows_is_equal_where_they_are_whatever_else_is_not(run: Run) -> None:
    def tag(frame: pd.DataFrame) -> str | None:
        evidence.log_splits(frame)
        return run.tags.get(TEST_ROWS_TAG)

    first = tag(SPLITS)
    assert first == "ids:" + hashlib.sha256(json.dumps(["c"]).encode()).hexdigest()
    assert tag(SPLITS.iloc[::-1].assign(split=["Test ", "fit", "dev"])) == first
    assert tag(SPLITS.replace("test", "hold_out")) == first
    assert tag(pd.concat([SPLITS.assign(fold=0), SPLITS.assign(fold=1)])) == first
    assert tag(SPLITS.assign(split="test")) != first
    assert tag(SPLITS.assign(split=["train", "test", "validation"])) != first


def test_test_rows_with_hashes_meet_by_what_they_hold(run: Run) -> None:
    def tag(ids: list[str], x: list[float]) -> str:
        evidence.log_splits(
            pd.DataFrame({"example_id": ids, "split": ["train", "test", "test"]}), features=pd.DataFrame({"x": x})
        )
        return run.tags[TEST_ROWS_TAG]

    first = tag(["a", "b", "c"], [1, 2, 3])
    assert first.startswith("rows:")
    assert len(first) == len("rows:") + 64
    assert tag(["r", "s", "t"], [7.0, 3.0, 2.0]) == first
    assert tag(["a", "b", "c"], [1, 2, 4]) != first
    evidence.log_splits(SPLITS.assign(content_hash=pd.Series(["x", "y", None])))
    assert run.tags[TEST_ROWS_TAG].startswith("ids:")


def test_without_test_rows_there_is_no_tag_of_them_and_an_earlier_one_goes(run: Run) -> None:
    evidence.log_splits(SPLITS)
    assert TEST_ROWS_TAG in run.tags
    evidence.log_splits(SPLITS.replace("test", "validation"))
    assert {*run.tags} == {"assay.evidence.splits"}
    evidence.log_splits(SPLITS.replace("test", "production"))
    assert {*run.tags} == {"assay.evidence.splits"}
    assert mlflow.active_run() is not None


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("split", [["train"], ["train"], ["test"]], "lists or other objects in example_id and split"),
        ("fold", [[1], [1], [2]], "lists or other objects in example_id, fold and split"),
        ("example_id", ["a", "\ud800", "c"], "half a character"),
        ("group", ["a", "\ud800", "c"], "half a character"),
        ("split", ["train", "\ud800", "test"], "half a character"),
    ],
)
def test_values_that_nobody_can_name_are_refused(run: Run, column: str, values: list[Any], message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        evidence.log_splits(SPLITS.assign(**{column: pd.Series(values, dtype=object)}))
    assert not run.tags


def test_numbers_without_end_are_groups_like_others(run: Run) -> None:
    groups = pd.Series([Decimal("Infinity"), Decimal("1.0"), float("-inf")], dtype=object)
    evidence.log_splits(SPLITS.assign(group=groups))
    assert run.frame("splits.parquet")["group"].tolist() == ["Infinity", "1", "-inf"]
