"""Joins of what runs predicted, on real files."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay.cache.predictions import Predictions, predictions
from assay.cache.score_files import ScoreFile, UnreadableError, inspect
from saying import refused

IDS = [f"e{k}" for k in range(6)]
LABELS = ["cat", "dog", "cat", "dog", "owl", "cat"]


def file(path: Path, ids: object, label: object, prediction: object, name: str = "prediction") -> ScoreFile:
    pd.DataFrame({"example_id": ids, "label": label, name: prediction}).to_parquet(path, index=False)
    return inspect(path)


def named(found: Predictions) -> tuple[list[str], list[list[str]], list[list[str]]]:
    """Labels, and predictions of both sides, by name."""
    sides = [[[found.classes[int(code)] for code in run] for run in side.said]
             for side in (found.baseline, found.candidate)]  # fmt: skip
    return [found.classes[code] for code in found.baseline.truth], sides[0], sides[1]


def test_runs_of_both_sides_meet_by_id_whatever_their_order(tmp_path: Path) -> None:
    first = file(tmp_path / "a", IDS, LABELS, LABELS)
    second = file(tmp_path / "b", IDS[::-1], LABELS[::-1], ["cat"] * 6)
    other = file(tmp_path / "c", IDS, LABELS, ["emu", *LABELS[1:]])
    found = predictions([first, second], [other], "prediction")
    assert (found.examples, found.classes) == (6, ("cat", "dog", "emu", "owl"))
    labels, ours, theirs = named(found)
    assert sorted(labels) == sorted(LABELS)
    assert (ours[0], ours[1]) == (labels, ["cat"] * 6)
    assert sum(one != two for one, two in zip(labels, theirs[0], strict=True)) == 1
    assert np.array_equal(found.baseline.truth, found.candidate.truth)


@pytest.mark.parametrize(
    ("label", "prediction"),
    [([0, 1, 2], ["0", "1", "2"]), ([0.0, 1.0, 2.0], [0, 1, 2]), (["0.0", "1.0", "2"], [0, 1, 2]),
     ([False, True, True], [0, 1, 1]), (pd.Categorical(["x", "y", "x"]), ["x", "y", "x"]), ([0.5, 1.5, 2], [0.5, 1.5, 2])],
)  # fmt: skip
def test_numbers_and_text_of_the_same_class_meet(tmp_path: Path, label: object, prediction: object) -> None:
    one = file(tmp_path / "a", IDS[:3], label, prediction)
    found = predictions([one], [one], "prediction")
    assert found.examples == 3
    assert np.array_equal(found.baseline.said[0], found.baseline.truth)


def test_what_cannot_be_used_is_counted(tmp_path: Path) -> None:
    base = file(tmp_path / "a", [*IDS, "e5"], [0, 1, np.nan, 1, 0, 1, 1], [0, 1, 1, None, 0, 1, 1])
    more = file(tmp_path / "b", [*IDS[:2], "new"], [0, 1, 1], [0, 0, 1])
    found = predictions([base], [more], "prediction")
    counts, other = found.halves
    assert (counts.undefined, counts.repeated, counts.examples, counts.only_here) == (2, 2, 3, 1)
    assert (other.examples, other.only_here, found.examples) == (3, 1, 2)


def test_examples_whose_labels_disagree_are_left_out(tmp_path: Path) -> None:
    base = [file(tmp_path / "a", IDS, LABELS, LABELS), file(tmp_path / "b", IDS, ["dog", *LABELS[1:]], LABELS)]
    other = file(tmp_path / "c", IDS, [*LABELS[:5], "owl"], LABELS)
    found = predictions(base, [other], "prediction")
    assert (found.examples, found.disagreed) == (4, 2)
    assert found.baseline.said.shape == (2, 4)


def test_sides_that_share_no_example_keep_their_own(tmp_path: Path) -> None:
    base = file(tmp_path / "a", IDS, LABELS, LABELS)
    other = file(tmp_path / "b", ["z1", "z2"], ["owl", "emu"], ["owl", "owl"])
    found = predictions([base], [other], "prediction")
    assert (found.examples, found.baseline.truth.size, found.candidate.truth.size) == (0, 6, 2)
    assert [found.classes[int(code)] for code in found.candidate.said[0]] == ["owl", "owl"]


def test_probabilities_stay_numbers(tmp_path: Path) -> None:
    one = file(tmp_path / "a", IDS, [0, 1, 0, 1, 1, 0], [0.1, 0.9, np.inf, np.nan, 0.7, 0.2], "probability")
    found = predictions([one], [one], "probability")
    assert (found.examples, found.halves[0].undefined, found.classes) == (4, 2, ("0", "1"))
    assert sorted(found.baseline.said[0]) == [0.1, 0.2, 0.7, 0.9]


def test_a_file_without_a_usable_row_is_named(tmp_path: Path) -> None:
    good = file(tmp_path / "a", IDS, LABELS, LABELS)
    bad = file(tmp_path / "b.parquet", IDS, [None] * 6, LABELS)
    with refused(UnreadableError, r"No row of b\.parquet has both a label and a prediction") as raised:
        predictions([good], [bad], "prediction")
    assert raised.value.path == bad.path
