"""The first rows of Parquet files of strangers."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.cache import heads
from assay.model.note import Note, note
from assay.model.runs.notes import ArtifactNote
from saying import said


def test_the_first_rows_and_columns_are_read_and_all_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"a": range(10), "b": list("abcdefghij"), "c": [[n, None] for n in range(10)]}).to_parquet(path)
    found = heads.head(path, 3, 2)
    assert not isinstance(found, Note)
    frame, rows, columns = found
    assert (frame.to_dict("list"), rows, columns) == ({"a": ["0", "1", "2"], "b": ["a", "b", "c"]}, 10, 3)
    whole = heads.head(path, 100, 100)
    assert not isinstance(whole, Note)
    assert whole[0]["c"].iloc[0] == "[0, NULL]"


def test_a_file_without_rows_has_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), path)
    found = heads.head(path, 3, 2)
    assert not isinstance(found, Note)
    assert (list(found[0].columns), len(found[0]), found[1:]) == (["a"], 0, (0, 1))


def test_columns_of_one_name_are_both_there(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), path)
    found = heads.head(path, 3, 5)
    assert not isinstance(found, Note)
    assert found[0].iloc[0].tolist() == ["1", "2"]


def test_what_would_unpack_to_far_more_than_it_is_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    pq.write_table(pa.table({"a": ["x" * 100_000] * 5}), path, use_dictionary=False, compression="zstd")
    assert path.stat().st_size < 100_000
    refused = heads.head(path, 3, 2, most_bytes=100_000)
    assert isinstance(refused, Note)
    assert refused.code is ArtifactNote.TABLE_TOO_LARGE
    found = heads.head(path, 3, 2)
    assert not isinstance(found, Note)
    assert found[0]["a"].str.len().tolist() == [heads.LONGEST_CELL] * 3


def test_every_group_of_rows_that_is_read_counts(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    table = pa.table({"a": ["x", *["x" * 100_000] * 5]})
    pq.write_table(table, path, use_dictionary=False, compression="zstd", row_group_size=1)
    assert not isinstance(heads.head(path, 1, 2, most_bytes=100_000), Note)
    found = heads.head(path, 2, 2, most_bytes=100_000)
    assert isinstance(found, Note)
    assert found.code is ArtifactNote.TABLE_TOO_LARGE
    assert "more than the 100 kB" in said(found)


def test_a_path_is_no_pattern(tmp_path: Path) -> None:
    for name in ("a*[b]?.parquet", "ab.parquet"):
        pd.DataFrame({name: [1]}).to_parquet(tmp_path / name)
    found = heads.head(tmp_path / "a*[b]?.parquet", 3, 2)
    assert not isinstance(found, Note)
    assert list(found[0].columns) == ["a*[b]?.parquet"]


@pytest.mark.parametrize("content", [b"", b"PAR1PAR1", b"a,b\n1,2", b"PAR1" + b"\xff" * 64 + b"PAR1"])
def test_what_is_no_parquet_is_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    assert heads.head(path, 3, 2) == note(ArtifactNote.NO_READABLE_TABLE)
