"""The params that set the sides of a comparison apart."""

import pandas as pd

from assay.model.comparison.answer import Comparison
from assay.view.tables.column import Column, Table
from assay.view.tables.comparison.sides import width
from assay.view.text.escape import csv_cell, flat, markdown, short
from assay.view.text.numbers import MISSING

# Two words of this length stand beside each other in a card; whole values are on the runs' own pages.
_LONGEST, _MOST = 26, 80


def params(found: Comparison) -> pd.DataFrame:
    """Params that differ as Markdown that shows them letter by letter: one row a param, one column a side."""
    headers = _distinct([markdown(label) for label in found.labels])
    rows = {
        markdown(one.key): [MISSING if v is None else markdown(_fitting(v)) or "“”" for v in one.values]
        for one in found.setting.params
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=headers)


def plain_params(found: Comparison) -> Table:
    """The same for many sides, as a table that scrolls: one row a side, one column a param."""
    differing = found.setting.params
    frame = pd.DataFrame(
        {f"param:{one.key}": [None if v is None else csv_cell(flat(v)) for v in one.values] for one in differing}
    )
    frame.insert(0, "side", [csv_cell(flat(label)) for label in found.labels])
    columns = {"side": Column("side", pinned=True, width=width(list(frame["side"])))}
    columns |= {f"param:{one.key}": Column(flat(one.key)) for one in differing}
    return Table(frame, columns, "Parameters that differ between the sides")


def _fitting(value: str) -> str:
    return short(" ".join(short(word, _LONGEST) for word in value.split()), _MOST)


def _distinct(headers: list[str]) -> list[str]:
    """Headers made unique, so that no column hides another."""
    return [h if headers.index(h) == i else f"{h} ({headers[: i + 1].count(h)})" for i, h in enumerate(headers)]
