"""The first rows of Parquet files of strangers."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.cache import heads


def test_the_first_rows_and_columns_are_read_and_all_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"a": range(10), "b": list("abcdefghij"), "c": [[n, None] for n in range(10)]}).to_parquet(path)
    found = heads.head(path, 3, 2)
    assert found is not None
    frame, rows, columns = found
    assert (frame.to_dict("list"), rows, columns) == ({"a": ["0", "1", "2"], "b": ["a", "b", "c"]}, 10, 3)
    whole = heads.head(path, 100, 100)
    assert whole is not None
    assert whole[0]["c"].iloc[0] == "[0, NULL]"


def test_a_file_without_rows_has_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), path)
    found = heads.head(path, 3, 2)
    assert found is not None
    assert (list(found[0].columns), len(found[0]), found[1:]) == (["a"], 0, (0, 1))


def test_columns_of_one_name_are_both_there(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), path)
    found = heads.head(path, 3, 5)
    assert found is not None
    assert found[0].iloc[0].tolist() == ["1", "2"]


def test_what_would_unpack_to_far_more_than_it_is_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    pq.write_table(pa.table({"a": ["x" * 100_000] * 5}), path, use_dictionary=False, compression="zstd")
    assert path.stat().st_size < 100_000
    assert heads.head(path, 3, 2, most_bytes=100_000) is None
    found = heads.head(path, 3, 2)
    assert found is not None
    assert found[0]["a"].str.len().tolist() == [heads.LONGEST_CELL] * 3


def test_a_path_is_no_pattern(tmp_path: Path) -> None:
    for name in ("a*[b]?.parquet", "ab.parquet"):
        pd.DataFrame({name: [1]}).to_parquet(tmp_path / name)
    found = heads.head(tmp_path / "a*[b]?.parquet", 3, 2)
    assert found is not None
    assert list(found[0].columns) == ["a*[b]?.parquet"]


@pytest.mark.parametrize("content", [b"", b"PAR1PAR1", b"a,b\n1,2", b"PAR1" + b"\xff" * 64 + b"PAR1"])
def test_what_is_no_parquet_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    assert heads.head(path, 3, 2) is None
