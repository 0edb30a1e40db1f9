"""Histories kept packed and reduced: nothing lost that a picture could show."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from assay.cache.histories import Histories, Reduced


def series(values: Sequence[float] | np.ndarray, steps: Sequence[int] | None = None, every: int = 1_000) -> pa.Table:
    places = range(len(values)) if steps is None else steps
    times = [1_700_000_000_000 + every * at for at in range(len(values))]
    return pa.table({"step": pa.array(places, pa.int64()), "timestamp": times, "value": pa.array(values, pa.float64())})


def kept(*histories: pa.Table) -> Histories:
    made = Histories()
    for number, one in enumerate(histories):
        made.add(number, one)
    return made


def reduced(
    made: Histories, n: int = 1, *, by_time: bool = False, first: float | None = None, last: float | None = None,
    most: int = 100,
) -> Reduced:  # fmt: skip
    found = made.reduced(range(n), by_time=by_time, first=first, last=last, most=most)
    assert found is not None
    return found


def test_few_steps_are_places_by_themselves() -> None:
    found = reduced(kept(series([3.0, 2.0], [1, 5]), series([1.0], [3])), 2)
    assert (found.places.tolist(), found.width) == ([1.0, 3.0, 5.0], 0.0)
    assert found.history.tolist() == [0, 0, 1]
    assert found.place.tolist() == [0, 2, 1]
    assert found.mean.tolist() == [3.0, 2.0, 1.0]
    assert found.last.tolist() == [5.0, 3.0]


def test_times_may_be_as_far_apart_as_the_store_can_write_them() -> None:
    ends = [-(2**63 - 1), 2**63 - 1]
    table = pa.table({"step": [0, 1], "timestamp": pa.array(ends, pa.int64()), "value": [1.0, 2.0]})
    assert reduced(kept(table)).mean.tolist() == [1.0, 2.0]
    assert reduced(kept(table), by_time=True).places.tolist() == pytest.approx([0.0, 2**64 / 1000])


def test_a_million_values_keep_their_peaks_and_their_mean() -> None:
    values = np.sin(np.arange(1_000_000) / 1e5)
    values[314_159], values[271_828] = 9.0, -9.0
    found = reduced(kept(series(values, every=1)), most=500)
    assert len(found.places) == 500
    assert found.width == pytest.approx(1_999.998)
    assert (found.high.max(), found.low.min()) == (9.0, -9.0)
    assert found.mean.mean() == pytest.approx(values.mean(), abs=1e-6)
    assert found.mean[10] == pytest.approx(values[20_000:22_000].mean(), abs=1e-3)


def test_nearer_ends_show_every_step() -> None:
    found = reduced(kept(series(np.arange(100_000.0))), first=500, last=520)
    assert (found.width, found.mean.tolist()) == (0.0, list(map(float, range(500, 521))))
    assert found.values.tolist() == [21]


def test_of_several_values_at_one_step_the_last_counts() -> None:
    found = reduced(kept(series([1.0, 2.0, 3.0, 4.0], [1, 2, 1, 2])))
    assert found.mean.tolist() == [3.0, 4.0]


def test_over_time_every_value_counts_from_the_first_on() -> None:
    found = reduced(kept(series([1.0, 2.0, 3.0], [0, 0, 0], every=500)), by_time=True)
    assert (found.places.tolist(), found.mean.tolist()) == ([0.0, 0.5, 1.0], [1.0, 2.0, 3.0])


def test_what_is_no_usable_number_is_counted_and_a_gap() -> None:
    found = reduced(kept(series([1.0, np.nan, np.inf, 1e300, 2.0])))
    assert found.gaps.tolist() == [3]
    assert np.isnan(found.mean).tolist() == [False, True, True, True, False]
    assert found.high[0] == 1.0


def test_steps_may_be_as_large_as_they_can_be() -> None:
    steps = [2**62 + k * 2**40 for k in range(1_000)]
    found = reduced(kept(series([1.0] * 1_000, steps)), most=10)
    assert len(found.places) == 10
    assert sorted(set(found.place.tolist())) == list(range(10))


def test_the_room_is_bounded_and_what_is_gone_is_said() -> None:
    made = Histories(most=25)
    for number in range(3):
        made.add(number, series([1.0] * 10))
    assert [made.size(number) for number in range(3)] == [0, 10, 10]
    assert made.reduced([0, 1], by_time=False, first=None, last=None, most=5) is None


def test_what_was_used_last_stays() -> None:
    made = Histories(most=25)
    made.add("a", series([1.0] * 10))
    made.add("b", series([1.0] * 10))
    assert made.reduced(["a"], by_time=False, first=None, last=None, most=5) is not None
    made.add("c", series([1.0] * 10))
    assert [made.size(key) for key in "abc"] == [10, 0, 10]


def test_a_history_that_two_readers_bring_takes_its_room_once() -> None:
    made = Histories()
    for _ in range(3):
        made.add("a", series([1.0] * 10))
    assert made._database.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(1,)]
