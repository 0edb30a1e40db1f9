"""What single examples' rows hold, read from real files."""

from pathlib import Path

import numpy as np
import pandas as pd

from assay.cache.excerpts import ExampleRow, rows
from assay.cache.score_files import ScoreFile, UnreadableError, inspect
from saying import refused


def file(path: Path, **columns: object) -> ScoreFile:
    pd.DataFrame({"example_id": ["a", "b", "c"], "accuracy": [1.0, 0.0, np.nan], **columns}).to_parquet(
        path, index=False
    )
    return inspect(path)


def test_input_label_answer_and_score_are_read_of_the_asked_examples_alone(tmp_path: Path) -> None:
    found = rows(
        file(tmp_path / "f", text=["one", "두 번", None], label=[1, 2, 3], prediction=[1.0, 7.5, np.nan], image=[None, "x/b.png", None]),
        "accuracy", ["b", "c", "z"], 200,
    )  # fmt: skip
    assert found == [
        ExampleRow("b", 0.0, "2", "7.5", "두 번", 3, "x/b.png"),
        ExampleRow("c", None, "3", None, None, None, None),
    ]


def test_long_texts_are_cut_and_their_length_is_known(tmp_path: Path) -> None:
    [found] = rows(file(tmp_path / "f", input=["x" * 5000, "", ""], answer=["y" * 300] * 3), "accuracy", ["a"], 200)
    assert (found.input, found.letters, found.said) == ("x" * 200, 5000, "y" * 200)


def test_names_that_others_use_are_taken_too_and_the_first_of_several_wins(tmp_path: Path) -> None:
    made = file(tmp_path / "f", **{"inputs/q": ["q"] * 3, "ground_truth": ["g"] * 3, "outputs": ["o"] * 3})
    [found] = rows(made, "accuracy", ["a"], 200)
    assert (found.input, found.label, found.said) == ("q", "g", "o")
    both = file(tmp_path / "g", question=["second"] * 3, input=["first"] * 3, target=["t"] * 3, label=["l"] * 3)
    [found] = rows(both, "accuracy", ["a"], 200)
    assert (found.input, found.label) == ("first", "l")


def test_an_id_that_is_the_input_is_not_shown_twice(tmp_path: Path) -> None:
    pd.DataFrame({"question": ["why?"], "text": ["no"], "accuracy": [1.0]}).to_parquet(tmp_path / "f", index=False)
    [found] = rows(inspect(tmp_path / "f"), "accuracy", ["why?"], 200)
    assert (found.example_id, found.input) == ("why?", None)


def test_a_score_that_is_no_column_is_none(tmp_path: Path) -> None:
    [found] = rows(file(tmp_path / "f"), None, ["a"], 200)
    assert found == ExampleRow("a", None, None, None, None, None, None)


def test_a_file_that_was_damaged_since_is_refused(tmp_path: Path) -> None:
    made = file(tmp_path / "scores.parquet")
    made.path.write_bytes(b"no parquet at all")
    with refused(UnreadableError, "scores.parquet"):
        rows(made, "accuracy", ["a"], 200)
