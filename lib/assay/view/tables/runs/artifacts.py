"""The files of a run, and the first rows of one that is a table."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from assay.model.runs.artifacts import FileKind, Preview, kind_of
from assay.model.runs.store import Artifact
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat, short

KINDS: Mapping[FileKind, str] = {
    FileKind.TEXT: "text",
    FileKind.JSON: "JSON",
    FileKind.CSV: "CSV",
    FileKind.PARQUET: "Parquet",
    FileKind.IMAGE: "image",
    FileKind.OTHER: "other",
}
_LONGEST_CELL = 200
_WIDE, _WIDTH = 30, 240
_EXACT = 2**53
_PADDED = re.compile(r"[+-]?0\d")


def files(found: Sequence[Artifact]) -> Table:
    """One row a file, by its path, in the order given."""
    frame = pd.DataFrame(
        {
            "path": [csv_cell(flat(artifact.path)) for artifact in found],
            "kind": [KINDS[kind_of(artifact.path)] for artifact in found],
            "size": pd.Series([artifact.size for artifact in found], dtype="float64"),
        }
    )
    columns = {
        "path": Column("file", pinned=True),
        "kind": Column("kind", width=72),
        "size": Column("size", "number", "bytes", width=80),
    }
    return Table(frame, columns, "The files that this run logged")


def rows(found: Preview) -> Table:
    """The first rows of a table; numbers as such, so that they sort."""
    shown: dict[str, object] = {}
    columns: dict[str, Column] = {}
    assert found.table is not None
    for at, name in enumerate(found.table.columns):
        cells = found.table.iloc[:, at].tolist()
        header = csv_cell(short(str(name), _WIDE)) or " "
        numbers = _numbers(cells)
        if numbers is not None:
            whole = all(number is None or number == int(number) for number in numbers)
            shown[f"{at}"] = pd.Series(numbers, dtype="float64")
            columns[f"{at}"] = Column(header, "number", "%d" if whole else "%.6g")
        else:
            texts = [None if cell is None else csv_cell(short(str(cell), _LONGEST_CELL)) for cell in cells]
            shown[f"{at}"] = texts
            wide = max((len(text or "") for text in texts), default=0) > _WIDE
            columns[f"{at}"] = Column(header, width=_WIDTH if wide else None)
    return Table(pd.DataFrame(shown), columns, f"The first rows of {flat(found.path)}")


def _numbers(cells: Sequence[object]) -> list[float | None] | None:
    """The cells as numbers; None unless each is one, as it would be written again, so that 007 stays an id."""
    found: list[float | None] = []
    for cell in cells:
        text = "" if cell is None else str(cell).strip()
        if not text:
            found.append(None)
            continue
        try:
            number = float(text)
        except ValueError:
            return None
        if not abs(number) < _EXACT or _PADDED.match(text):
            return None
        found.append(number)
    return found if any(number is not None for number in found) else None
