"""What the leakage checks found, as tables: rows × checks, the findings as a list, and who is behind one."""

from collections.abc import Sequence

import pandas as pd

from assay.model.evidence.leakage import Finding, Leakage, LeakageCheck
from assay.view.tables.column import Column, Table
from assay.view.tables.evidence.matrix import COLOURS, NAME_WIDTH, checked, several, terse
from assay.view.text.escape import csv_cell, flat
from assay.view.text.evidence.checks import LOOKS_FOR, NAMES, STATUSES
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING

_SHARED: dict[str, tuple[str, str]] = {
    LeakageCheck.SHARED_IDS: ("also in", "times there"),
    LeakageCheck.GROUP_OVERLAP: ("group", "its rows in train"),
    LeakageCheck.TEMPORAL_OVERLAP: ("time", ""),
    LeakageCheck.DUPLICATE_ROWS: ("content hash", "copies in train"),
    LeakageCheck.LABEL_CONFLICTS: ("label in train", "rows with it"),
}


def matrix(found: Leakage, shown: Sequence[LeakageCheck] = tuple(LeakageCheck)) -> Table:
    """A row a configuration or run, a column a check; `data`: every check, and the runs behind each row."""
    return checked(found, shown, NAMES, LOOKS_FOR)


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
        "label": Column("run" if found.question.single else "configuration", pinned=True, width=NAME_WIDTH),
        **({"experiment": Column("experiment")} if several(found) else {}),
        "check": Column("check"),
        "status": Column("status", "marks", colours=COLOURS),
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
    return terse(found, found.telling or tuple(LeakageCheck), NAMES)
