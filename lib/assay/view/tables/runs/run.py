"""What one run logged, as tables of keys and values."""

from collections.abc import Mapping

import pandas as pd

from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import Scale


def metrics(values: Mapping[str, float], scales: Mapping[str, Scale]) -> Table:
    """The latest value of each metric, NaN and infinities as such."""
    frame = pd.DataFrame(
        {
            "metric": [csv_cell(flat(key)) for key in values],
            "value": [scales[key].value(value) for key, value in values.items()],
        }
    )
    columns = {"metric": Column("metric", pinned=True), "value": Column("latest value", "right")}
    return Table(frame, columns, "The latest value of each metric of this run")


def pairs(values: Mapping[str, str], key: str) -> Table:
    """Params or tags: `key` is what a row's name is called."""
    frame = pd.DataFrame(
        {"key": [csv_cell(flat(name)) for name in values], "value": [csv_cell(flat(v)) for v in values.values()]}
    )
    columns = {"key": Column(key, pinned=True), "value": Column("value")}
    return Table(frame, columns, f"Every {key} of this run")
