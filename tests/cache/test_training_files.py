"""Files of fitted steps and of feature importance as training code and accidents leave them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.cache import training_files
from assay.cache.score_files import UnreadableError
from assay.cache.training_files import feature_shares, fitted_step
from assay.model.evidence.training import FeatureShare, FittedStep
from saying import refused


def step(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("fitted_on", ["train", "all", "neither"])
def test_a_step_says_which_rows_its_numbers_are_those_of(tmp_path: Path, fitted_on: str) -> None:
    path = step(tmp_path / "scaler.json", {"step": "scaler", "fitted_on": fitted_on, "more": [1]})
    assert fitted_step(path) == FittedStep("scaler", fitted_on)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "7", '{"step": "s"}', {"step": "s", "fitted_on": "test"}, {"step": "s", "fitted_on": ["all"]},
     {"step": "s", "fitted_on": None}, {"step": None, "fitted_on": "all"}, {"step": ["s"], "fitted_on": "all"},
     '{"step": NaN, "fitted_on": "all"}', {"fitted_on": "all"}, "[" * 100_000, " " * 1_000_001 + "{}"],
)  # fmt: skip
def test_what_is_no_step_is_said_to_be_none(tmp_path: Path, content: Any) -> None:
    with refused(UnreadableError, r"scaler\.json holds no fitted step that can be read"):
        fitted_step(step(tmp_path / "scaler.json", content))


def test_a_step_that_is_gone_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with refused(UnreadableError, "no fitted step"):
        fitted_step(tmp_path / "nowhere.json")


def test_a_name_that_fills_a_page_is_cut(tmp_path: Path) -> None:
    assert len(fitted_step(step(tmp_path / "s.json", {"step": "x" * 9_999, "fitted_on": "all"})).name) == 200


def test_half_a_character_in_a_name_can_be_shown(tmp_path: Path) -> None:
    found = fitted_step(step(tmp_path / "s.json", r'{"step": "a\ud800b", "fitted_on": "all"}'))
    assert found.name == "a?b"


def importance(path: Path, feature: Any, value: Any) -> Path:
    pd.DataFrame({"feature": feature, "importance": value}).to_parquet(path)
    return path


def test_shares_are_of_all_importance_above_nothing(tmp_path: Path) -> None:
    path = importance(tmp_path / "f.parquet", ["a", "b", "c", "d", None], [1.0, 3.0, -2.0, float("nan"), 4.0])
    assert feature_shares(path, 9) == (FeatureShare("", 0.5), FeatureShare("b", 0.375), FeatureShare("a", 0.125))
    assert feature_shares(path, 1) == (FeatureShare("", 0.5),)


@pytest.mark.parametrize("values", [[2, 6], ["2", "6"], [True, True], pd.array([2, None], dtype="Int64")])
def test_importance_of_any_kind_of_number_is_read(tmp_path: Path, values: Any) -> None:
    found = feature_shares(importance(tmp_path / "f.parquet", [3, 7], values), 5)
    assert sum(one.share for one in found) == pytest.approx(1)
    assert {one.feature for one in found} <= {"3", "7"}


@pytest.mark.parametrize("values", [["much", "little"], [0.0, 0.0], [-1.0, float("nan")], [[1], [2]]])
def test_importance_that_says_nothing_is_said_to_be_unreadable(tmp_path: Path, values: Any) -> None:
    with refused(UnreadableError, r"f\.parquet holds no feature importance that can be read"):
        feature_shares(importance(tmp_path / "f.parquet", ["a", "b"], values), 5)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"{}"])
def test_a_damaged_file_of_importance_has_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.parquet"
    path.write_bytes(content)
    with refused(UnreadableError, "no feature importance"):
        feature_shares(path, 5)
    pd.DataFrame({"name": ["a"]}).to_parquet(path)
    with refused(UnreadableError, "no feature importance"):
        feature_shares(path, 5)
    path.unlink()
    with refused(UnreadableError, "no feature importance"):
        feature_shares(path, 5)


def test_importance_near_the_largest_float_has_shares(tmp_path: Path) -> None:
    found = feature_shares(importance(tmp_path / "f.parquet", ["a", "b"], [1.2e308, 1.2e308]), 5)
    assert [one.share for one in found] == [0.5, 0.5]
    found = feature_shares(importance(tmp_path / "f.parquet", ["a", "b"], [2**60 + 1, 3]), 5)
    assert found[0].share == pytest.approx(1)


def test_names_that_are_no_text_make_the_file_unreadable(tmp_path: Path) -> None:
    offsets = pa.py_buffer(np.arange(3, dtype=np.int32).tobytes())
    names = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"\xff\xfe"))
    pq.write_table(pa.table({"feature": names, "importance": [1.0, 2.0]}), tmp_path / "f.parquet")
    with refused(UnreadableError, "no feature importance"):
        feature_shares(tmp_path / "f.parquet", 5)


def test_a_small_file_of_very_many_features_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_files, "_MOST_FEATURES", 9)
    path = importance(tmp_path / "f.parquet", ["a"] * 10, 1.0)
    with refused(UnreadableError, "names 10 features, more than the 9 that are read"):
        feature_shares(path, 5)
