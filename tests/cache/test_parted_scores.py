"""A run's example scores, with and without the examples that are named."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assay.cache.parted_scores import parted
from assay.cache.score_files import ScoreFile, UnreadableError, inspect
from assay.cache.splits import offending
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.splits import SplitRole
from saying import refused


def scores(path: Path, **columns: Any) -> ScoreFile:
    pd.DataFrame(columns).to_parquet(path)
    return inspect(path)


def test_every_example_is_on_one_side(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    ids = [f"x{k}" for k in range(500)]
    values = rng.random(500)
    named = {*ids[::3], "nobody"}
    found = parted(scores(tmp_path / "s.parquet", example_id=ids, loss=values), "loss", named)
    inside = np.isin(ids, [*named])
    np.testing.assert_array_equal(found.named, np.sort(values[inside]))
    np.testing.assert_array_equal(found.clean, np.sort(values[~inside]))
    assert found.every.mean() == pytest.approx(values.mean())


def test_scores_of_one_example_are_one(tmp_path: Path) -> None:
    file = scores(
        tmp_path / "s.parquet", example_id=["a", "a", "b", "b", "c"], accuracy=[0.0, 1.0, 1.0, np.nan, np.nan]
    )
    found = parted(file, "accuracy", {"a", "c"})
    assert (found.named.tolist(), found.clean.tolist()) == ([0.5], [1.0])


def test_what_is_no_score_is_in_no_mean(tmp_path: Path) -> None:
    file = scores(tmp_path / "s.parquet", example_id=[*"abcde", None], loss=[1.0, np.inf, -1.0, np.nan, 1e300, 5.0])
    assert parted(file, "loss", {"a"}).every.tolist() == [-1.0, 1.0]
    assert parted(file, "loss", {"a"}, (-1.0,)).clean.tolist() == []


def test_examples_that_are_counted_from_0_are_those_of_the_splits(tmp_path: Path) -> None:
    """Ids of splits are text, and whole ones that pandas made floats are whole."""
    for ids in (np.arange(4), np.arange(4).astype(float), pd.Categorical(list("0123"))):
        found = parted(scores(tmp_path / "s.parquet", example_id=ids, right=[True, False, True, True]), "right", {"1"})
        assert (found.named.tolist(), found.clean.tolist()) == ([0.0], [1.0, 1.0, 1.0]), ids


def test_an_example_that_leaks_is_found_among_the_scores_whatever_its_id_is(tmp_path: Path) -> None:
    long = "x" * 1_500
    for ids in ([Decimal("1.00"), Decimal("2.00")], [2e15, 3e15], [f"{long}a", "b"]):
        rows = pd.DataFrame({"example_id": [ids[0], *ids], "split": ["train", "test", "test"]})
        rows.to_parquet(tmp_path / "splits.parquet")
        train, _, test = SplitRole
        named = offending(tmp_path / "splits.parquet", LeakageCheck.SHARED_IDS, train, test)
        found = parted(scores(tmp_path / "s.parquet", example_id=ids, loss=[1.0, 0.0]), "loss", named)
        assert (found.named.tolist(), found.clean.tolist()) == ([1.0], [0.0]), ids


def test_nobody_named_and_nothing_scored_are_empty_sides(tmp_path: Path) -> None:
    file = scores(tmp_path / "s.parquet", example_id=["a"], loss=[1.0])
    assert parted(file, "loss", ()).named.size == 0
    empty = scores(tmp_path / "s.parquet", example_id=["a"], loss=[np.nan])
    assert parted(empty, "loss", {"a"}).every.size == 0


def test_a_file_that_went_has_a_reason(tmp_path: Path) -> None:
    file = scores(tmp_path / "s.parquet", example_id=["a"], loss=[1.0])
    (tmp_path / "s.parquet").unlink()
    with refused(UnreadableError, "s.parquet"):
        parted(file, "loss", {"a"})
