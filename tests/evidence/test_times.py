"""Times are on one clock, or refused."""

import datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assay import evidence
from assay.errors import EvidenceError
from evidence.conftest import Run

UTC = datetime.UTC
SEOUL = datetime.timezone(datetime.timedelta(hours=9))
NOON = datetime.datetime(2026, 3, 1, 12)
MIXED = "some rows has a zone and that of others has none"


def logged(run: Run, time: "pd.Series[Any]") -> "pd.Series[Any]":
    ids = [f"e{at}" for at in range(len(time))]
    evidence.log_splits(pd.DataFrame({"example_id": ids, "split": "train", "time": time}))
    return run.frame("splits.parquet")["time"]


@pytest.mark.parametrize(
    "time",
    [
        pd.Series([NOON, None]),
        pd.Series([pd.Timestamp(NOON, tz=UTC), pd.NaT]),
        pd.Series([NOON.replace(tzinfo=UTC).astimezone(SEOUL), None], dtype=pd.DatetimeTZDtype("s", "Asia/Seoul")),
        pd.Series([datetime.datetime(2026, 3, 1, 21, tzinfo=SEOUL), None], dtype=object),
        pd.Series([np.datetime64("2026-03-01T12:00"), None], dtype=object),
        pd.Series(["2026-03-01T12:00:00Z", None]),
        pd.Series(["2026-03-01 21:00+09:00", None]),
        pd.Series(["2026-03-01T12:00", None], dtype=object),
        pd.Series(["20260301T120000", None], dtype="category"),
    ],
)
def test_times_are_kept_as_timestamps_of_utc(run: Run, time: "pd.Series[Any]") -> None:
    kept = logged(run, time)
    assert kept.dtype.kind == "M"
    assert kept.dt.tz is None
    assert kept.tolist() == [pd.Timestamp(NOON), pd.NaT]


def test_times_of_several_zones_are_ordered_as_they_happened(run: Run) -> None:
    first, second = datetime.datetime(2026, 3, 1, 20, tzinfo=SEOUL), datetime.datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert logged(run, pd.Series([first, second], dtype=object)).is_monotonic_increasing
    assert logged(run, pd.Series(["2026-03-01T20:00+09:00", "2026-03-01T12:00Z"])).is_monotonic_increasing


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (pd.Series([3, 1]), [3, 1]),
        (pd.Series([0.5, np.nan]), [0.5, None]),
        (pd.Series([3, None], dtype="Int64"), [3, None]),
        (pd.Series([3, 0.5], dtype=object), [3, 0.5]),
        (pd.Series([3, 4], dtype=object), [3, 4]),
        (pd.Series([2**70, 1], dtype=object), [2.0**70, 1.0]),
    ],
)
def test_numbers_stay_numbers(run: Run, values: "pd.Series[Any]", kept: list[float | None]) -> None:
    assert [None if pd.isna(value) else value for value in logged(run, values)] == kept


def test_no_time_at_all_is_kept_as_none(run: Run) -> None:
    assert logged(run, pd.Series([None, None], dtype=object)).isna().all()


def test_dates_before_the_first_nanosecond_are_times_too(run: Run) -> None:
    assert logged(run, pd.Series(["1600-01-01", "2026-03-01"])).is_monotonic_increasing


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([NOON, NOON.replace(tzinfo=UTC)], MIXED),
        (["2026-03-01T12:00", "2026-03-01T12:00Z"], MIXED),
        (["2026-03-01", "2026-03-01 12:00-05"], MIXED),
        (["yesterday", "2026-03-01"], "cannot be read: .*yesterday.*; give ISO times or numbers"),
        (["17", "18"], "cannot be read"),
        ([1, "2026-03-01"], "holds mixed-integer values"),
        ([True, False], "holds bool values"),
        ([pd.Timedelta("1h"), pd.Timedelta("2h")], "holds timedelta64? values"),
        ([[1], [2]], "holds mixed values; give timestamps, ISO texts or numbers"),
    ],
    ids=["objects", "texts", "date", "words", "numbers in words", "both", "truths", "spans", "lists"],
)
def test_times_that_nobody_can_order_are_refused_in_words(run: Run, values: list[Any], message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        logged(run, pd.Series(values))
    assert not (run.folder / "evidence").exists()
