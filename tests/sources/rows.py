"""Rows of an extract as plain values that can be compared."""

import math
from typing import Any

from assay.sources.source import SCHEMAS, Extract

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


def _plain(value: Any) -> Any:
    return "NaN" if isinstance(value, float) and math.isnan(value) else value
