"""What was counted of a file of splits is kept by its content, and nothing else is ever taken for it."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay.cache import split_facts
from assay.cache.score_files import UnreadableError
from assay.cache.splits import facts
from saying import refused
from splitted import parted, written


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """With everything that facts can hold: folds, offenders of each kind, notes."""
    rng = np.random.default_rng(0)
    n = 300
    frame = parted(200, 100, group=rng.integers(0, 80, n), content_hash=rng.integers(0, 90, n), time=rng.random(n))
    frame = frame.assign(
        label=rng.integers(0, 3, n), fold=pd.Series([None, "0", "1"] * 100), split=[*frame["split"][:-2], "odd", "dev"]
    )
    return written(tmp_path / "splits.parquet", frame)


def test_facts_come_back_as_they_were(file: Path, tmp_path: Path) -> None:
    found = facts(file)
    assert all(pair.copies and pair.groups and pair.conflicts and pair.order for pair in found.pairs)
    content = split_facts.digest(file)
    assert content == hashlib.sha256(file.read_bytes()).hexdigest()
    assert split_facts.kept(tmp_path / "facts", content) is None
    split_facts.keep(tmp_path / "facts", content, found)
    assert split_facts.kept(tmp_path / "facts", content) == found


def test_a_file_is_counted_once_whatever_it_is_called(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    found = split_facts.counted(folder, file)
    assert found == facts(file)
    split_facts.keep(folder, split_facts.digest(file), replace(found, rows=12_345))
    copy = tmp_path / "copy.parquet"
    copy.write_bytes(file.read_bytes())
    assert split_facts.counted(folder, copy).rows == 12_345


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda text: text[: len(text) // 2],
        lambda _: "[]",
        lambda _: "null",
        lambda _: "12",
        lambda _: '{"format": 1}',
        lambda _: '{"format": 1, "facts": {}}',
        lambda text: text.replace('"format": 1', '"format": 0'),
        lambda text: text.replace('"train": "train"', '"train": "fit"'),
        lambda text: text.replace('"example_id"', '"id"'),
        lambda text: text.replace('"code": "', '"code": "no_such_'),
        lambda text: text.replace('"pairs": [', '"pairs": [7, '),
        lambda text: text.replace('"sizes": [', '"sizes": ["x", '),
        lambda text: "\0" * len(text),
        lambda text: text.replace('"rows": 300', '"rows": -300'),
        lambda text: text.replace('"rows": 300', '"rows": "300"'),
        lambda text: text.replace('"n": ', '"n": 1'),
        lambda text: text.replace('"fold": "0"', '"fold": null'),
        lambda text: text.replace('"names": {', '"names": {"=1+1": 9, '),
    ],
)
def test_damaged_facts_are_counted_anew(file: Path, tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "facts"
    found = split_facts.counted(folder, file)
    [kept] = folder.iterdir()
    whole = kept.read_text()
    broken = damage(whole)  # type: ignore[operator]
    assert broken != whole
    kept.write_text(broken)
    assert split_facts.counted(folder, file) == found
    assert kept.read_text() == whole


@pytest.mark.parametrize(
    "tag", ["", "../../x", "x" * 64, "A" * 64, "a" * 63, "a" * 64 + "\n", "/etc/passwd", "a" * 64 + "/../b", "\0"]
)
def test_a_hostile_tag_is_no_path(file: Path, tmp_path: Path, tag: str) -> None:
    folder = tmp_path / "deep" / "facts"
    split_facts.keep(folder, tag, facts(file))
    assert split_facts.kept(folder, tag) is None
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["splits.parquet"]


def test_a_folder_that_keeps_nothing_costs_time_and_no_answer(file: Path, tmp_path: Path) -> None:
    (tmp_path / "facts").write_text("a file where the folder should be")
    found = split_facts.counted(tmp_path / "facts", file)
    assert split_facts.counted(tmp_path / "facts", file) == found
    assert split_facts.kept(tmp_path / "facts", split_facts.digest(file)) is None


def test_what_is_no_file_of_splits_is_not_kept(tmp_path: Path) -> None:
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "splits.parquet")
    with refused(UnreadableError, "no column example_id and split"):
        split_facts.counted(tmp_path / "facts", tmp_path / "splits.parquet")
    with refused(UnreadableError, "gone"):
        split_facts.counted(tmp_path / "facts", tmp_path / "nowhere.parquet")
    assert not (tmp_path / "facts").exists()


def test_names_of_any_script_and_none_come_back(tmp_path: Path) -> None:
    names = ["환자 1", "<b>", "\ud7ff\n", "=1+1", "💊"]
    frame = parted(5, 5, group=names * 2)
    path = written(tmp_path / "splits.parquet", frame)
    found = split_facts.counted(tmp_path / "facts", path)
    assert split_facts.counted(tmp_path / "facts", path) == found
    assert {one.shared for pair in found.pairs for one in pair.groups.named} == {*names}  # type: ignore[union-attr]
