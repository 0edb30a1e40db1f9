"""What the leakage checks found, as tables: rows × checks, the findings as a list, and who is behind one."""

from collections.abc import Sequence

import pandas as pd

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import Finding, Leakage, LeakageCheck
from assay.model.evidence.matrix import CheckRow
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat
from assay.view.text.escape import short as brief
from assay.view.text.evidence.checks import LOOKS_FOR, NAMES, STATUSES
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING

_COLOURS = {mark.label: mark.colour for mark in STATUSES.values()}
_SHARED: dict[str, tuple[str, str]] = {
    LeakageCheck.SHARED_IDS: ("also in", "times there"),
    LeakageCheck.GROUP_OVERLAP: ("group", "its rows in train"),
    LeakageCheck.TEMPORAL_OVERLAP: ("time", ""),
    LeakageCheck.DUPLICATE_ROWS: ("content hash", "copies in train"),
    LeakageCheck.LABEL_CONFLICTS: ("label in train", "rows with it"),
}
_NAME, _CELL = 200, 108
_LONGEST = 30


def matrix(found: Leakage, shown: Sequence[LeakageCheck] = tuple(LeakageCheck)) -> Table:
    """A row a configuration or run, a column a check; `data`: every check, and the runs behind each row.

    The experiment stands last, where there are several: a phone has room for the name and two checks.
    """
    what = "run" if found.question.single else "configuration"
    columns = {
        "label": Column(what, pinned=True, width=_NAME),
        **{
            str(check): Column(NAMES[check], "marks", width=_CELL, help=LOOKS_FOR[check], colours=_COLOURS)
            for check in shown
        },
        **({"experiment": Column("experiment")} if _several(found) else {}),
    }
    frame = pd.DataFrame([_row(row, shown) for row in found.rows], columns=["label", "experiment", *map(str, shown)])
    data = pd.DataFrame([_figures(row) for row in found.rows], dtype=object)
    return Table(frame, columns, f"Each {what} with what every check says of it", data)


def _several(found: Leakage) -> bool:
    return len({row.experiment for row in found.rows}) > 1


def _row(row: CheckRow, shown: Sequence[LeakageCheck]) -> dict[str, object]:
    cells = {str(check): [STATUSES[row.cell(check).check.status].label] for check in shown}
    return {"label": csv_cell(brief(row.label, _LONGEST)), "experiment": csv_cell(flat(row.experiment)), **cells}


def _figures(row: CheckRow) -> dict[str, object]:
    return {
        "label": row.label,
        "experiment": row.experiment,
        "run_id": row.run_id,
        "runs": len(row.run_ids),
        "filter": row.filter,
        **{str(cell.check.check): cell.check.status.value for cell in row.cells},
    }


def findings(found: Leakage) -> Table:
    """A row a warning or fail, fails first, with its sentence and figures."""
    made = [
        {
            "label": csv_cell(flat(row.label)),
            "experiment": csv_cell(flat(row.experiment)),
            "check": NAMES[cell.check.check],
            "status": [STATUSES[cell.check.status].label],
            "said": csv_cell(flat(words(cell.check.note))),
            "offenders": cell.check.offenders.n,
            "runs": f"{len(cell.alike):,} of {len(row.run_ids):,}",
        }
        for row, cell in found.findings
    ]
    columns = {
        "label": Column("run" if found.question.single else "configuration", pinned=True, width=_NAME),
        **({"experiment": Column("experiment")} if _several(found) else {}),
        "check": Column("check"),
        "status": Column("status", "marks", colours=_COLOURS),
        "said": Column("what was found"),
        "offenders": Column("examples", "number", "%,d"),
        "runs": Column("runs", "right"),
    }
    data = [
        {
            "label": row.label,
            "experiment": row.experiment,
            "run_id": cell.run_id,
            "check": str(cell.check.check),
            "status": cell.check.status.value,
            "value": cell.check.value,
            "limit": cell.check.limit,
            "examples": cell.check.offenders.n,
            "of": cell.check.offenders.of,
            "message": words(cell.check.note),
            "sources": ", ".join(cell.check.sources),
        }
        for row, cell in found.findings
    ]
    return Table(pd.DataFrame(made, columns=list(columns)), columns, "Every warning and fail", pd.DataFrame(data))


def offenders(found: Finding) -> Table:
    """A row a held-out example that is named: what it shares, with how many, its label and what the run said.

    Nobody counts how many training rows are later than each, so a time has no such column.
    """
    shared, others = _SHARED.get(found.question.check, ("shares", "with"))
    made = [
        {
            "example": csv_cell(flat(row.offender.example_id)),
            "shared": csv_cell(flat(row.offender.shared)) or MISSING,
            "others": row.offender.others,
            "label": _cell(row.label),
            "said": _cell(row.said),
        }
        for row in found.rows
    ]
    columns = {
        "example": Column("test example"),
        "shared": Column(shared),
        "others": Column(others, "number", "%,d"),
        "label": Column("label"),
        "said": Column("predicted"),
    }
    kept = {
        name: column
        for name, column in columns.items()
        if (name not in ("label", "said") or any(getattr(row, name) is not None for row in found.rows))
        and (name != "others" or others)
        and (name != "shared" or any(row.offender.shared for row in found.rows))
    }
    return Table(pd.DataFrame(made, columns=list(columns)), kept, "The held-out examples behind the finding")


def _cell(value: str | None) -> str | None:
    return None if value is None else csv_cell(flat(value))


def short(found: Leakage) -> Table:
    """The same as `matrix` for a terminal: what passes is a tick, so that findings stand out."""
    shown = found.telling or tuple(LeakageCheck)
    columns = {
        **({"experiment": Column("experiment")} if _several(found) else {}),
        "label": Column("run" if found.question.single else "configuration", pinned=True),
        **{str(check): Column(NAMES[check]) for check in shown},
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
