"""Files of splits as training code, people and accidents leave them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.cache.score_files import UnreadableError
from assay.cache.split_files import read
from assay.cache.splits import facts
from assay.model.evidence.notes import SplitFiles
from noted import has, of, only
from saying import refused, said
from splitted import TEST, between, counted, parted, written


def cut(path: Path, keep: int) -> Path:
    content = written(path, parted(50, 50, group=["g"] * 100)).read_bytes()
    path.write_bytes(content[:keep] if keep > 0 else content[: len(content) // 2] + b"\0" * 400 + content[-300:])
    return path


@pytest.mark.parametrize("keep", [0, 4, 200, -1])
def test_a_file_that_is_cut_short_or_damaged_has_a_sentence(tmp_path: Path, keep: int) -> None:
    with refused(UnreadableError, r"splits\.parquet is damaged or cut short and cannot be read; log it again"):
        facts(cut(tmp_path / "splits.parquet", keep) if keep else tmp_path / written_empty(tmp_path))


def written_empty(folder: Path) -> str:
    (folder / "splits.parquet").write_bytes(b"")
    return "splits.parquet"


def test_a_file_that_is_gone_can_be_fetched_again(tmp_path: Path) -> None:
    with refused(UnreadableError, "gone from the data folder; reload to fetch it again"):
        facts(tmp_path / "splits.parquet")


def test_a_file_without_rows_or_without_the_columns_has_a_sentence(tmp_path: Path) -> None:
    empty = parted(1, 1)[:0]
    with refused(UnreadableError, r"splits\.parquet holds no rows"):
        counted(tmp_path / "splits.parquet", empty)
    with refused(UnreadableError, "has no column example_id and split; log it with evidence.log_splits"):
        counted(tmp_path / "splits.parquet", pd.DataFrame({"id": ["a"]}))


def test_columns_that_nobody_knows_are_in_nobodys_way(tmp_path: Path) -> None:
    frame = parted(1, 1, group=["a", "a"], note=["<b>", None], weights=[[1.0], [2.0]])
    plain = counted(tmp_path / "a.parquet", frame[["example_id", "split", "group"]])
    assert counted(tmp_path / "b.parquet", frame) == plain


def test_two_columns_of_a_name_are_refused_where_they_matter(tmp_path: Path) -> None:
    values = [pa.array(["a"]), pa.array(["test"]), pa.array(["g"]), pa.array(["h"])]
    path = tmp_path / "splits.parquet"
    pq.write_table(pa.table(values, names=["example_id", "split", "group", "group"]), path)
    with refused(UnreadableError, "several columns group; rename all but one"):
        facts(path)
    pq.write_table(pa.table(values, names=["example_id", "split", "note", "note"]), path)
    assert facts(path).rows == 1


@pytest.mark.parametrize(
    "hashes",
    [
        np.array([1, 2, 2], dtype="uint64") + np.uint64(2**63),
        np.array([-1, -2, -2]),
        ["a1", "b2", "b2"],
        [b"\xff\x00", b"\x01", b"\x01"],
        pd.Categorical(["a", "b", "b"]),
        [1.0, 2.0, 2.0],
        pd.array([1, 2, 2], dtype="Int64"),
    ],
)
def test_hashes_of_any_kind_meet(tmp_path: Path, hashes: Any) -> None:
    copies = between(counted(tmp_path / "s.parquet", parted(2, 1, content_hash=hashes))).copies
    assert copies is not None
    assert (copies.held.n, copies.held.of, copies.among, copies.repeats) == (1, 1, 2, 0)


def test_hashes_as_number_and_as_text_are_the_same_hashes(tmp_path: Path) -> None:
    numbers = [3, 10**18 + 7, 3, 10**18 + 7]
    found = [
        counted(tmp_path / "s.parquet", parted(2, 2, content_hash=own))
        for own in (numbers, [str(one) for one in numbers], pd.array(numbers, dtype="uint64"))
    ]
    assert found[0] == found[1] == found[2]


def test_hashes_that_lost_digits_as_floats_tell_nothing(tmp_path: Path) -> None:
    frame = parted(2, 1, content_hash=[2.0**60, float("nan"), 2.0**60])
    found = counted(tmp_path / "s.parquet", frame)
    assert between(found).copies is None
    assert "Log them as text" in said(only(found.notes, SplitFiles.HASHES_ROUNDED))
    whole = counted(tmp_path / "s.parquet", frame.assign(content_hash=[2.0**50, float("nan"), 2.0**50]))
    assert between(whole).copies.held.n == 1  # type: ignore[union-attr]


def test_ids_that_are_whole_floats_in_pandas_are_the_ids_that_they_were(tmp_path: Path) -> None:
    frame = pd.DataFrame({"example_id": [7.0, 8.0, 7.0], "split": ["train", "train", "test"]})
    assert [one.example_id for one in between(counted(tmp_path / "s.parquet", frame)).ids.named] == ["7"]


def test_three_names_of_one_split_are_taken_together_and_that_is_said(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"example_id": ["a", "a", "b", "c"], "split": ["train", "test", "Hold-out", " eval "], "group": list("gggg")}
    )
    found = counted(tmp_path / "s.parquet", frame)
    assert (found.sizes[0].test, between(found).ids.n, between(found).groups.n) == (3, 1, 3)  # type: ignore[union-attr]
    alike = of(only(found.notes, SplitFiles.SPLITS_ALIKE), SplitFiles.SPLITS_ALIKE)
    assert (sorted(alike["names"]), alike["role"]) == ([" eval ", "Hold-out", "test"], "test")
    assert [one.shared for one in between(found).groups.named] == ["g", "g", "g"]  # type: ignore[union-attr]


def test_splits_of_unknown_names_are_counted_aside(tmp_path: Path) -> None:
    frame = pd.DataFrame({"example_id": list("abcdef"), "split": ["train", "test", "1", "1", "calib", None]})
    found = counted(tmp_path / "s.parquet", frame)
    assert said(only(found.notes, SplitFiles.SPLITS_UNKNOWN)) == (
        "4 rows of the splits '1', '', 'calib' are neither training, validation nor test."
    )
    assert found.names == {"test": 1, "train": 1, "1": 2, "": 1, "calib": 1}
    assert (found.sizes[0].train, found.sizes[0].test) == (1, 1)


def test_a_thousand_names_of_splits_hide_none_that_is_known(tmp_path: Path) -> None:
    names = [f"s{k}" for k in range(1_000) for _ in range(2)] + ["train", "test"]
    frame = pd.DataFrame({"example_id": [f"x{k}" for k in range(len(names))], "split": names, "group": "g"})
    found = counted(tmp_path / "s.parquet", frame)
    assert [*found.names][:2] == ["test", "train"]
    assert [one.shared for one in between(found).groups.named] == ["g"]  # type: ignore[union-attr]


def test_rows_without_an_id_are_counted_in_sight(tmp_path: Path) -> None:
    frame = parted(2, 2).assign(example_id=pd.Series(["a", None, "", "a"]))
    found = counted(tmp_path / "s.parquet", frame)
    assert said(only(found.notes, SplitFiles.IDS_MISSING)) == (
        "2 rows of the splits have no example_id and are in no comparison."
    )
    assert (found.rows, found.sizes[0].train, found.sizes[0].test, between(found).ids.n) == (4, 1, 1, 1)
    assert not has(counted(tmp_path / "s.parquet", parted(2, 2)).notes, SplitFiles.IDS_MISSING)


def crossed(path: Path, times: Sequence[Any]) -> tuple[float, str, str]:
    order = between(counted(path, parted(2, 2, time=times))).order
    assert order is not None
    return order.share, order.last, order.first


SEOUL = pd.to_datetime(["2026-01-01", "2026-01-03", "2026-01-02", "2026-01-04"]).tz_localize("Asia/Seoul")


@pytest.mark.parametrize(
    "times",
    [
        [1, 3, 2, 4],
        [1.5, 3.5, 2.5, float("inf")],
        ["1", "3", "2.5", "4e0"],
        pd.to_datetime(["2026-01-01", "2026-01-03", "2026-01-02", "2026-01-04"]),
        SEOUL,
        SEOUL.date,
        ["2026-01-01", "2026-01-03", "2026-01-02", "2026-01-04"],
        pd.Categorical(["2026-01-01", "2026-01-03", "2026-01-02", "2026-01-04"]),
        ["2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-02T00:00:00+09:00", "2026-01-04T00:00:00-05"],
        ["2026-01-01 00:00:00", "2026-01-03 00:00", "2026-01-02", "2026-01-04"],
    ],
)
def test_times_of_any_kind_have_an_order(tmp_path: Path, times: Any) -> None:
    share, _, _ = crossed(tmp_path / "s.parquet", times)
    assert share in (0.5, 1.0)  # an infinite time is none
    assert share == 0.5 or any(isinstance(one, float) for one in times)


def test_aware_times_are_ordered_and_told_in_utc(tmp_path: Path) -> None:
    """Midnight in Seoul comes before the evening before in Los Angeles."""
    times = ["2026-01-02T00:00:00+09:00", "2026-01-01T16:00:00-08:00", "2026-01-02T01:00:00Z", "2026-01-02T02:00:00Z"]
    assert crossed(tmp_path / "s.parquet", times) == (0.0, "2026-01-02", "2026-01-02 01:00")
    aware = list(pd.to_datetime(times, utc=True).tz_convert("America/New_York"))
    assert crossed(tmp_path / "s.parquet", aware) == (0.0, "2026-01-02", "2026-01-02 01:00")


def test_some_times_with_an_offset_and_some_without_have_no_order(tmp_path: Path) -> None:
    times = ["2026-01-01 00:00:00+00:00", "2026-01-02 00:00:00", "2026-01-03 00:00:00", "2026-01-04 00:00:00"]
    found = counted(tmp_path / "s.parquet", parted(2, 2, time=times))
    assert between(found).order is None
    assert said(only(found.notes, SplitFiles.TIMES_MIXED)) == (
        "1 time has an offset from UTC and 3 have none, so they have no order."
    )


def test_what_only_ends_like_an_offset_makes_no_mix(tmp_path: Path) -> None:
    times = ["2026-01-01", "2026-01-02", "2026-01-03 10:00:00", "sometime in -05"]
    found = counted(tmp_path / "s.parquet", parted(2, 2, time=times))
    assert not has(found.notes, SplitFiles.TIMES_MIXED)
    assert (
        said(only(found.notes, SplitFiles.TIMES_PARTLY))
        == "1 time is no moment that can be read, and in no comparison."
    )
    assert between(found).order.before.of == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("times", [["soon", "later", "never", "now"], [True, False, True, True], [[1], [2], [3], [4]]])
def test_times_that_are_none_are_said_to_be_none(tmp_path: Path, times: list[Any]) -> None:
    found = counted(tmp_path / "s.parquet", parted(2, 2, time=times))
    assert between(found).order is None
    assert "neither a moment nor a number" in said(only(found.notes, SplitFiles.TIMES_UNREADABLE))


def test_a_column_of_times_without_one_time_has_no_order(tmp_path: Path) -> None:
    for kind in ("string", "datetime64[us]", "float64"):
        times = pd.Series([None] * 4, dtype=kind)
        found = counted(tmp_path / "s.parquet", parted(2, 2, time=times))
        order = between(found).order
        assert order is None or order.before.of == 0, kind


def test_infinite_and_far_moments_are_in_nobodys_way(tmp_path: Path) -> None:
    times = ["infinity", "-infinity", "2026-01-01 00:00:00", "290000-01-01 00:00:00"]
    found = counted(tmp_path / "s.parquet", parted(2, 2, time=times))
    assert found.rows == 4


def test_what_examples_have_is_that_of_their_split(tmp_path: Path) -> None:
    frame = pd.DataFrame({"example_id": ["a", "a", "b"], "split": ["train", "Test", "test"], "label": [1.0, 2.0, None]})
    table = read(written(tmp_path / "s.parquet", frame))
    assert table.texts("label", TEST, ["a", "b", "c"]) == {"a": "2"}
    assert table.texts("label", TEST, []) == {}


def test_parquet_of_other_writers_is_read(tmp_path: Path) -> None:
    """Large strings, dictionaries, views, several row groups, nested and unknown columns."""
    ids, split = pa.array([f"x{k}" for k in range(6)], pa.large_string()), ["train"] * 4 + ["test"] * 2
    columns = {
        "example_id": ids,
        "split": pa.array(split).dictionary_encode(),
        "group": pa.array(list("abcdab"), pa.string_view()),
        "time": pa.array([1, 2, 3, 4, 5, 6], pa.timestamp("ns")),
        "extra": pa.array([{"a": 1}] * 6),
    }
    path = tmp_path / "s.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=2, compression="zstd")
    pair = between(facts(path))
    assert (pair.groups.n, pair.ids.of) == (2, 2)  # type: ignore[union-attr]
