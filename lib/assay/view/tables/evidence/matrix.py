"""Rows × checks as a table: for the page with all that is known of a row, for a terminal terse."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.matrix import CheckMatrix, CheckRow
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat, short
from assay.view.text.evidence.checks import STATUSES

COLOURS = {mark.label: mark.colour for mark in STATUSES.values()}
NAME_WIDTH, _CELL = 200, 108
_LONGEST = 30


def several(found: CheckMatrix) -> bool:
    """Whether rows are of more than one experiment."""
    return len({row.experiment for row in found.rows}) > 1


def checked(found: CheckMatrix, shown: Sequence[str], names: Mapping[str, str], looks_for: Mapping[str, str]) -> Table:
    """A row a configuration or run, a column a check; `data`: every check, and the runs behind each row.

    The experiment stands last, where there are several: a phone has room for the name and two checks.
    """
    what = "run" if found.question.single else "configuration"
    columns = {
        "label": Column(what, pinned=True, width=NAME_WIDTH),
        **{
            str(check): Column(names[check], "marks", width=_CELL, help=looks_for[check], colours=COLOURS)
            for check in shown
        },
        **({"experiment": Column("experiment")} if several(found) else {}),
    }
    frame = pd.DataFrame([_row(row, shown) for row in found.rows], columns=["label", "experiment", *map(str, shown)])
    data = pd.DataFrame([_figures(row) for row in found.rows], dtype=object)
    return Table(frame, columns, f"Each {what} with what every check says of it", data)


def _row(row: CheckRow, shown: Sequence[str]) -> dict[str, object]:
    cells = {str(check): [STATUSES[row.cell(check).check.status].label] for check in shown}
    return {"label": csv_cell(short(row.label, _LONGEST)), "experiment": csv_cell(flat(row.experiment)), **cells}


def _figures(row: CheckRow) -> dict[str, object]:
    return {
        "label": row.label,
        "experiment": row.experiment,
        "run_id": row.run_id,
        "runs": len(row.run_ids),
        "filter": row.filter,
        **{str(cell.check.check): cell.check.status.value for cell in row.cells},
    }


def terse(found: CheckMatrix, shown: Sequence[str], names: Mapping[str, str]) -> Table:
    """The same for a terminal: what passes is a tick, so that findings stand out."""
    columns = {
        **({"experiment": Column("experiment")} if several(found) else {}),
        "label": Column("run" if found.question.single else "configuration", pinned=True),
        **{str(check): Column(names[check]) for check in shown},
    }
    rows = [
        {
            "experiment": flat(row.experiment),
            "label": flat(row.label),
            **{str(c): _brief(row.cell(c).check.status) for c in shown},
        }
        for row in found.rows
    ]
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, "What the checks say")


def _brief(status: CheckStatus) -> str:
    return {CheckStatus.PASS: "✓", CheckStatus.NOT_LOGGED: "–"}.get(status, STATUSES[status].label)
