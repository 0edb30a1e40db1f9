import numpy as np
import pandas as pd
import pytest

from assay import evidence
from assay.errors import EvidenceError
from evidence.conftest import Run

SCORES = pd.DataFrame({"example_id": [3, 1, 2], "accuracy": [1.0, 0.0, np.nan], "digit": [7, 8, 7]})


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
