"""Rows of an extract as plain values that can be compared."""

import math
from typing import Any

from assay.model.runs.store import MetricPoint
from assay.sources.source import SCHEMAS, Extract, Source

Row = tuple[Any, ...]


def quiet(read: int, expected: int | None) -> None:
    """A progress that nobody watches."""


def rows(extract: Extract | None) -> dict[str, list[Row]]:
    """Each table's rows, sorted; NaN as a word, for it equals nothing. Columns are those of SCHEMAS.

    What a source calls a dataset is its own affair: each is there once, without that, and inputs have its name and
    digest instead.
    """
    assert extract is not None
    found = {}
    for name, schema in SCHEMAS.items():
        table = extract.tables[name]
        assert table.schema == schema
        records = table.read_all().to_pylist() if hasattr(table, "read_all") else table.to_pylist()
        found[name] = sorted((tuple(map(_plain, record.values())) for record in records), key=repr)
    named = {key: dataset for key, *dataset in found["datasets"]}
    found["datasets"] = sorted({tuple(dataset) for dataset in named.values()}, key=repr)
    found["inputs"] = sorted((run, *named[dataset][:2], context) for run, dataset, context in found["inputs"])
    return found


def history(source: Source, run_id: str, key: str) -> tuple[MetricPoint, ...]:
    """Every value of a short history."""
    rows = zip(*source.series(run_id, key, 1_000).to_pydict().values(), strict=True)
    return tuple(MetricPoint(value, step, timestamp) for step, timestamp, value in rows)


def _plain(value: Any) -> Any:
    return "NaN" if isinstance(value, float) and math.isnan(value) else value
