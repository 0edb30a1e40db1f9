"""Files of splits that somebody made to be too much."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.cache import spelling, split_files
from assay.cache.score_files import UnreadableError
from assay.cache.splits import facts, offending
from assay.model.evidence.check import MOST_NAMED
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import SplitFiles
from noted import of, only
from saying import refused
from splitted import TEST, TRAIN, between


def file_of(folder: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), folder / "splits.parquet")
    return folder / "splits.parquet"


def coded(values: list[str], n: int) -> pa.Array:
    """The same few values again and again, which a file holds in next to no space."""
    return pa.DictionaryArray.from_arrays(pa.array(np.arange(n, dtype=np.int32) % len(values)), pa.array(values))


def test_a_small_file_of_very_many_rows_is_not_counted_for_hours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_files, "_MOST_READ", 999)
    path = file_of(tmp_path, example_id=coded(["a"], 1_000), split=coded(["train", "test"], 1_000))
    with refused(UnreadableError, r"names 1,000 rows, more than the 999 that are read; log a sample of them"):
        facts(path)


def test_a_file_that_unpacks_to_more_than_there_is_room_for_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_files, "_SPACE", "SET memory_limit = '20MB'; SET max_temp_directory_size = '1MB'")
    n = 100_000
    split = coded(["train", "test"], n)
    path = file_of(tmp_path, example_id=coded(["x" * 2_000, "y" * 2_000], n), split=split, group=split)
    assert path.stat().st_size < 100_000
    with refused(UnreadableError, "needs more memory than there is for it; log shorter ids and groups"):
        facts(path)


def test_ids_groups_and_labels_are_told_apart_by_all_of_their_letters_and_kept_by_the_first(tmp_path: Path) -> None:
    long = "z" * 50_000
    ids, groups = [f"{long}{k}" for k in range(6)], [f"{long}a", f"{long}a", f"{long}b"] * 2
    path = file_of(tmp_path, example_id=ids, split=["train"] * 3 + ["test"] * 3, group=groups, label=[long] * 6)
    pair = between(facts(path))
    assert pair.ids.n == 0
    assert pair.groups is not None
    assert (pair.groups.n, pair.groups.values) == (3, 2)
    assert {len(one.example_id) for one in pair.groups.named} == {spelling.LONGEST}
    assert {one.shared for one in pair.groups.named} == {long[: spelling.LONGEST]}
    [named] = offending(path, LeakageCheck.GROUP_OVERLAP, TRAIN, TEST)
    assert len(named) == spelling.LONGEST


def test_names_of_splits_are_cut_and_few_of_them_are_told(tmp_path: Path) -> None:
    names = [f"{' ' * k}train" for k in range(20)] + ["test"] * 5 + [f"{k}{'x' * 50_000}" for k in range(75)]
    found = facts(file_of(tmp_path, example_id=[*range(100)], split=names))
    assert len(of(only(found.notes, SplitFiles.SPLITS_ALIKE), SplitFiles.SPLITS_ALIKE)["names"]) == 5
    assert max(map(len, found.names)) <= spelling.LONGEST
    assert found.sizes[0].train == 20


@pytest.mark.parametrize(
    "values",
    [
        np.arange(10, dtype=np.float16),
        pa.array([Decimal(k) for k in range(10)], pa.decimal256(50, 2)),
        pa.array([Decimal(k) for k in range(10)], pa.decimal128(30, 2)),
        np.arange(10, dtype=np.uint64),
        pa.array([b"\xff" * k for k in range(10)], pa.binary()),
        pa.array([k > 4 for k in range(10)]),
        pa.array([[k] for k in range(10)]),
        pa.array([{"a": k} for k in range(10)]),
        pa.nulls(10),
    ],
)
def test_a_column_may_be_of_any_kind(tmp_path: Path, values: Any) -> None:
    split = ["train"] * 5 + ["test"] * 5
    pair = between(facts(file_of(tmp_path, example_id=[*range(10)], split=split, group=values, content_hash=values)))
    assert pair.ids.n == 0
    assert pair.groups is not None
    assert pair.groups.n == 0


def test_quotes_sql_and_control_characters_are_values_like_others(tmp_path: Path) -> None:
    hostile = ["'; DROP TABLE held; --", '"\n\r\t', "a\0b", "\u202eabc", "{1}", "%s", "\\", "=1+1", "<b>", "$x$"]
    n = len(hostile)
    split = ["train"] * n + ["test"] * n
    path = file_of(
        tmp_path, example_id=hostile * 2, split=split, group=hostile * 2, label=hostile * 2, fold=["'"] * 2 * n
    )
    pair = between(facts(path))
    assert pair.groups is not None
    assert {one.shared for one in pair.groups.named} == {one.example_id for one in pair.ids.named} == {*hostile}
    assert (pair.ids.n, pair.groups.n, len(pair.ids.named)) == (n, n, min(n, MOST_NAMED))
