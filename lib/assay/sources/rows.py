"""Rows gathered one run at a time, as the tables that every source gives."""

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import pyarrow as pa

from assay.model.runs.store import MetricPoint
from assay.sources.datasets import DatasetRow
from assay.sources.source import SCHEMAS, SERIES

LARGEST = 1.7976931348623157e308
_INFINITE = {LARGEST: float("inf"), -LARGEST: float("-inf")}


def number(value: float) -> float:
    """`value` as every source gives it: SQL stores write ±Inf as the largest float, so both are ±Inf."""
    return _INFINITE.get(value, value)


def series(points: Iterable[MetricPoint], most: int) -> pa.Table:
    """The first `most` points, as SERIES."""
    rows = [(point.step, point.timestamp, point.value) for point in islice(points, most)]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = [pa.array(own, field.type) for own, field in zip(columns, SERIES, strict=True)]
    return by_time(pa.table(arrays, schema=SERIES))


def by_time(logged: pa.Table) -> pa.Table:
    """Values in the order of logging, as SERIES."""
    times = logged["timestamp"].to_numpy()
    return logged if np.all(times[1:] >= times[:-1]) else logged.take(np.argsort(times, kind="stable"))


class Rows:
    """Columns that grow by runs; `tables()` gives them in the form of SCHEMAS, experiments included."""

    def __init__(self) -> None:
        self._columns: dict[str, list[list[object]]] = {name: [[] for _ in schema] for name, schema in SCHEMAS.items()}
        self._datasets: dict[DatasetRow, str] = {}

    def add(self, table: str, row: Sequence[object]) -> None:
        """Appends one row, its values in the order of the table's schema."""
        for column, value in zip(self._columns[table], row, strict=True):
            column.append(value)

    def add_run(
        self,
        run: Sequence[object],
        metrics: Iterable[tuple[str, float, int, int]],
        params: Iterable[tuple[str, str]],
        tags: Iterable[tuple[str, str]],
        inputs: Iterable[tuple[DatasetRow, str]],
    ) -> None:
        """Appends one run and what belongs to it; `run` starts with its id, a metric with its key, an input with its
        dataset.
        """
        self.add("runs", run)
        for table, rows in (("metrics", metrics), ("params", params), ("tags", tags)):
            columns = self._columns[table]
            before = len(columns[1])
            for row in rows:
                for column, value in zip(columns[1:], row, strict=True):
                    column.append(value)
            columns[0].extend([run[0]] * (len(columns[1]) - before))
        for dataset, context in inputs:
            if dataset not in self._datasets:
                self._datasets[dataset] = str(len(self._datasets))
                self.add("datasets", (self._datasets[dataset], *dataset))
            self.add("inputs", (run[0], self._datasets[dataset], context))

    def tables(self) -> dict[str, pa.Table]:
        """What was gathered, one table per name in SCHEMAS."""
        return {
            name: pa.table(
                [pa.array(values, field.type) for values, field in zip(columns, SCHEMAS[name], strict=True)],
                schema=SCHEMAS[name],
            )
            for name, columns in self._columns.items()
        }
