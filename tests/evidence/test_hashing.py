"""Rows are equal where what they mean is, and nowhere else."""

import datetime
import decimal
import subprocess
import sys
import uuid
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.errors import EvidenceError
from assay.evidence import hash_rows

UTC = datetime.UTC
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=UTC)
BIG = 2**53


def hash_of(value: object, kind: Any = object) -> str:
    """Of a row with one value, kept as `kind`."""
    return str(hash_rows(pd.DataFrame({"x": pd.Series([value], dtype=kind)})).iloc[0])


EQUAL: dict[str, list[tuple[object, Any]]] = {
    "one": [
        (1, "int64"), (1, "uint8"), (1.0, "float64"), (1.0, "float32"), (True, "bool"), (1, "Int64"), (1.0, "Float64"),
        (True, "boolean"), (1, "category"), (1, object), (1.0, object), (True, object), (np.int16(1), object),
        (decimal.Decimal(1), object), (1, "int64[pyarrow]"), (1.0, "double[pyarrow]"), (1, pd.SparseDtype("int64", 0)),
    ],
    "zero": [(0, "int64"), (0.0, "float64"), (-0.0, "float64"), (-0.0, "float32"), (-0.0, object), (False, "bool")],
    "missing": [
        (np.nan, "float64"), (-np.nan, "float64"), (None, object), (pd.NaT, object), (pd.NA, object), (None, "Int64"),
        (None, "boolean"), (None, "string"), (None, "category"), (pd.NaT, "datetime64[ns]"), (pd.NaT, "timedelta64[s]"),
        (None, "int64[pyarrow]"), (float("nan"), object), (pd.NaT, "datetime64[us, Asia/Seoul]"),
    ],
    "a half": [(0.5, "float64"), (0.5, "float32"), (0.5, "Float32"), (0.5, object), (decimal.Decimal("0.5"), object)],
    "text": [("a", object), ("a", "string"), ("a", "str"), ("a", "category"), ("a", "string[pyarrow]")],
    "no text": [("", object), ("", "string"), ("", "category")],
    "a time": [
        (NOON, object), (NOON, "datetime64[ns, UTC]"), (NOON, "datetime64[s, Asia/Seoul]"), (pd.Timestamp(NOON), object),
        (NOON.replace(tzinfo=None), "datetime64[ms]"), (np.datetime64("2026-03-01T12:00"), object),
        (NOON, "timestamp[us, UTC][pyarrow]"), (NOON, "category"),
    ],
    "a date": [(datetime.date(2026, 3, 1), object), (pd.Timestamp("2026-03-01"), "datetime64[us]")],
    "a span": [
        (datetime.timedelta(hours=1), object), (pd.Timedelta("1h"), "timedelta64[ns]"),
        (np.timedelta64(3600, "s"), "timedelta64[s]"),
    ],
    "beyond 63 bits": [(2**63, "uint64"), (2.0**63, "float64"), (2**63, object), (2**63, "UInt64")],
    "beyond 64 bits": [(2**70, object), (2.0**70, "float64")],
    "infinite": [(np.inf, "float64"), (np.inf, "float32"), (float("inf"), object)],
}  # fmt: skip


@pytest.mark.parametrize("meaning", EQUAL)
def test_what_means_the_same_is_equal_however_it_is_kept(meaning: str) -> None:
    found = {f"{value!r} as {kind}": hash_of(value, kind) for value, kind in EQUAL[meaning]}
    assert len(set(found.values())) == 1, found


def test_whatever_differs_in_meaning_differs() -> None:
    values: list[tuple[object, Any]] = [kinds[0] for kinds in EQUAL.values()]
    values += [
        ("1", object), ("1.0", object), ("nan", object), ("None", object), ("True", object), (b"a", object),
        (-1, "int64"), (BIG, "int64"), (BIG + 1, "int64"), (BIG + 2, "int64"), (BIG + 1, object), (-np.inf, "float64"),
        (2**63 - 1, "int64"), (-(2**63), "int64"), (2**64 - 1, "uint64"), (2**70 + 1, object), (-(2**70), object),
        (3600, "int64"), (3600 * 10**9, "int64"), (NOON.timestamp(), "float64"), (np.nextafter(0.5, 1), "float64"),
        (pd.Timestamp("2026-03-01T12:00:00.000000001"), "datetime64[ns]"), (pd.Interval(0, 1), object),
        ("(0, 1]", object), (pd.Period("2026-03"), object), (uuid.UUID(int=1), object), ("half \ud800 character", object),
        ("half \ud801 character", object), ("a\0", object), ("숫자", object), (0.1, "float32"), (0.1, "float64"),
        (np.array([1], dtype=np.int64).view(np.float64)[0], "float64"),
    ]  # fmt: skip
    found: dict[str, object] = {}
    for value, kind in values:
        own = hash_of(value, kind)
        if (value, kind) == (BIG + 1, object):
            assert found[own] == BIG + 1
        else:
            assert own not in found, (value, found[own])
        found[own] = value


def test_the_order_of_columns_is_irrelevant_and_their_names_and_places_are_not() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"], "c": [3, 4]})
    hashes = hash_rows(frame).tolist()
    assert hash_rows(frame[["c", "a", "b"]]).tolist() == hashes
    assert hash_rows(frame.rename(columns={"a": "c", "c": "a"})).tolist() != hashes
    assert hash_rows(frame.rename(columns={"b": "d"})).tolist() != hashes
    assert hash_rows(frame.assign(d=np.nan)).tolist() != hashes
    swapped = pd.DataFrame({"a": [1, 2], "b": [2, 1]})
    assert hash_rows(swapped).nunique() == 2


def test_neighbouring_columns_do_not_run_into_each_other() -> None:
    texts = pd.DataFrame({"x": ["a", "ab", "abc", ""], "y": ["bc", "c", "", "abc"]})
    assert hash_rows(texts).nunique() == 4
    numbers = pd.DataFrame({"x": [1, 11, 111], "y": [111, 11, 1]})
    assert hash_rows(numbers).nunique() == 3


def test_it_is_16_hex_digits_on_the_index_of_the_frame_which_is_left_as_it_was() -> None:
    frame = pd.DataFrame({"a": [1.25, -0.0, np.nan], "b": [None, "x", 3]}, index=["r", "s", "r"])
    before = frame.copy(deep=True)
    hashes = hash_rows(frame, decimals=1)
    assert hashes.index.tolist() == ["r", "s", "r"]
    assert hashes.str.fullmatch("[0-9a-f]{16}").all()
    pd.testing.assert_frame_equal(frame, before)
    assert hash_rows(frame.iloc[:0]).tolist() == []


def test_decimals_round_floats_and_leave_whole_numbers_alone() -> None:
    nearly = pd.DataFrame(
        {"a": [0.1 + 0.2, 0.3], "n": pd.array([1.00001, 1], dtype="Float64"), "o": [0.12345, 0.12349]}
    )
    nearly["o"] = nearly["o"].astype(object)
    assert hash_rows(nearly).nunique() == 2
    assert hash_rows(nearly, decimals=3).nunique() == 1
    assert hash_rows(pd.DataFrame({"a": [0.04, -0.04]}), decimals=1).nunique() == 1
    assert hash_rows(pd.DataFrame({"a": [11, 12]}), decimals=-1).nunique() == 2


def test_mixed_columns_of_many_different_values_are_hashed_at_once() -> None:
    mixed = pd.Series([*range(20_000), *map(str, range(20_000)), *np.arange(20_000) + 0.5], dtype=object)
    assert hash_rows(pd.DataFrame({"x": mixed})).nunique() == 60_000


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (np.ones((2, 2)), "are a ndarray; pass a pandas DataFrame"),
        (pd.DataFrame(index=[1, 2]), "have no column"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "or two of one name"),
        (pd.DataFrame([[1, 2]], columns=[1, "1"]), "or two of one name"),
        (pd.DataFrame({"words": [["a"], ["b"]]}), "column words .* cannot be hashed: .*make it numbers, text or times"),
        (pd.DataFrame({"model": [object()]}), "column model .* it holds object values"),
        (pd.DataFrame({"z": [1j]}), "column z .* it holds complex values"),
    ],
    ids=["array", "no column", "two columns", "two by text", "lists", "objects", "complex"],
)
def test_features_that_cannot_be_hashed_are_refused_with_what_to_do(frame: Any, message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        hash_rows(frame)


def test_another_process_gives_the_same_hashes() -> None:
    """Written down, so that runs of another year and another version of pandas still meet."""
    code = (
        "import pandas as pd; from assay.evidence import hash_rows\n"
        "print(hash_rows(pd.DataFrame({'a': [1, 2.5], 'b': ['x', None], 'c': pd.to_datetime(['2026-03-01'] * 2)})).tolist())"
    )
    told = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert told.strip() == "['0ddf3c6eec3f3049', '0ac23e5da86f66fe']"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.one_of(st.integers(-3, 3), st.sampled_from([0.5, -0.0, float("nan")])), st.sampled_from("ab")),
        min_size=1,
        max_size=30,
    )
)
def test_rows_share_a_hash_exactly_where_they_are_equal(rows: list[tuple[float, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y"])
    meant = frame.assign(x=frame["x"].astype(float) + 0.0).groupby(["x", "y"], dropna=False).ngroup()
    hashes = hash_rows(frame.astype({"x": object}))
    assert hashes.groupby(meant.to_numpy()).nunique().eq(1).all()
    assert hashes.nunique() == meant.nunique()
