"""Histories of many million values, kept packed in memory, and reduced to what a picture can show."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from assay.cache.loader import database
from assay.model.metric import LARGEST

Array = npt.NDArray[np.float64]

MOST_VALUES = 50_000_000
"""Some 7 bytes each."""

_USABLE = "(abs(value) < $largest)"


@dataclass(frozen=True, slots=True)
class Reduced:
    """Histories by number (from 0) at `places`, ascending.

    `width`: how much each place stands for, 0 where it is a step or second at which something was logged. A row of
    `history`, `place`, `mean`, `low` and `high` is what one history logged in one place (its number), NaN where none of
    it was a usable number. Per history: how many `values`, how many of them are `gaps`, and where the `last` is.
    """

    places: Array
    width: float
    history: npt.NDArray[np.int64]
    place: npt.NDArray[np.int64]
    mean: Array
    low: Array
    high: Array
    values: npt.NDArray[np.int64]
    gaps: npt.NDArray[np.int64]
    last: Array


class Histories:
    """Tables of one process, those used last kept; may be asked by several threads, which wait for each other."""

    def __init__(self, most: int = MOST_VALUES) -> None:
        self._most = most
        self._names: OrderedDict[Hashable, tuple[str, int]] = OrderedDict()
        self._made = 0
        self._lock = Lock()
        self._database = database()
        self._database.execute("ATTACH ':memory:' AS packed (COMPRESS)")

    def size(self, key: Hashable) -> int:
        """How many values of a history are kept."""
        with self._lock:
            return self._names[key][1] if key in self._names else 0

    def add(self, key: Hashable, series: pa.Table, unknown: Sequence[float] = ()) -> None:
        """Keeps a history: `step`, `timestamp` (ms) and `value` in the order of logging; one kept already stays.

        `unknown`: values that are kept as NaN.
        """
        steps = series["step"].to_numpy()
        once = bool(np.all(steps[1:] > steps[:-1]))
        # Of several values at one step the last counts, as everywhere.
        latest = "TRUE" if once else "row_number() OVER (PARTITION BY step ORDER BY timestamp DESC, place DESC) = 1"
        unused = ", ".join(repr(float(value)) for value in unknown)
        known = f"CASE WHEN value IN ({unused}) THEN 'nan'::DOUBLE ELSE value END" if unused else "value"
        with self._lock:
            if key in self._names:
                return
            self._made += 1
            name = f"packed.h{self._made}"
            self._database.register("series", series.append_column("place", pa.array(np.arange(len(steps)))))
            self._database.execute(
                f"""CREATE TABLE {name} AS SELECT step, {known} AS value, {latest} AS latest,
                (timestamp::HUGEINT - min(timestamp) OVER ()) / 1000.0 AS second FROM series"""
            )
            self._database.unregister("series")
            self._database.execute("CHECKPOINT packed")
            self._names[key] = name, len(steps)
            while len(self._names) > 1 and sum(size for _, size in self._names.values()) > self._most:
                _, (oldest, _) = self._names.popitem(last=False)
                self._database.execute(f"DROP TABLE {oldest}")

    def reduced(
        self, keys: Sequence[Hashable], *, by_time: bool, first: float | None, last: float | None, most: int
    ) -> Reduced | None:
        """The histories of `keys` between two ends, at `most` places at the most; None when one is no longer kept.

        Up to so many different steps (or seconds) are places by themselves; more are put together, evenly.
        """
        with self._lock:
            if any(key not in self._names for key in keys):
                return None
            for key in keys:
                self._names.move_to_end(key)
            return self._reduced([self._names[key][0] for key in keys], by_time, first, last, most)

    def _reduced(
        self, names: Sequence[str], by_time: bool, first: float | None, last: float | None, most: int
    ) -> Reduced:
        column, which = ("second", "TRUE") if by_time else ("step", "latest")
        parts = (
            f"SELECT {number} AS history, {column}::DOUBLE AS x, value FROM {name} WHERE {which}"
            for number, name in enumerate(names)
        )
        every = f"(FROM ({' UNION ALL '.join(parts)}) WHERE x BETWEEN $first AND $last)"
        ends = {"first": -np.inf if first is None else first, "last": np.inf if last is None else last}
        counts = self._numpy(
            f"""SELECT history, count(*) AS n, count(*) FILTER (WHERE NOT {_USABLE}) AS gaps,
            min(x) AS first, max(x) AS last FROM {every} GROUP BY history""",
            ends | {"largest": LARGEST},
        )
        values, gaps, lasts = np.zeros(len(names), int), np.zeros(len(names), int), np.full(len(names), np.nan)
        values[counts["history"]], gaps[counts["history"]] = counts["n"], counts["gaps"]
        lasts[counts["history"]] = counts["last"]
        found = self._numpy(f"SELECT DISTINCT x FROM {every} LIMIT {most + 1}", ends)["x"]
        if len(found) <= most:
            places, low, width, place = np.sort(found), 0.0, 0.0, "x"
        else:
            low, high = float(counts["first"].min()), float(counts["last"].max())
            width = (high - low) / most
            places = low + width * (np.arange(most) + 0.5)
            place = f"least(floor((x - $low) / $width), {most - 1})"
        cut = {"low": low, "width": width} if width else {}
        rows = self._numpy(
            f"""SELECT history, {place} AS place, avg(value) FILTER (WHERE {_USABLE}) AS mean,
            min(value) FILTER (WHERE {_USABLE}) AS low, max(value) FILTER (WHERE {_USABLE}) AS high
            FROM {every} GROUP BY 1, 2 ORDER BY 1, 2""",
            ends | cut | {"largest": LARGEST},
        )
        where = np.asarray(rows["place"], dtype=float)
        number = where.astype(np.int64) if width else np.searchsorted(places, where)
        mean, least, largest = (_floats(rows[name]) for name in ("mean", "low", "high"))
        history = np.asarray(rows["history"], dtype=np.int64)
        return Reduced(np.asarray(places, float), width, history, number, mean, least, largest, values, gaps, lasts)

    def _numpy(self, statement: str, values: Mapping[str, float]) -> dict[str, Any]:
        return dict(self._database.execute(statement, dict(values)).fetchnumpy())


def _floats(column: Any) -> Array:
    """NULL as NaN."""
    return np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
