"""Rows of checks in words: how many there are, whose they are, and what was looked at."""

from collections.abc import Sequence

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.matrix import CheckMatrix, CheckRow
from assay.view.text.comparison.claim import Fact
from assay.view.text.escape import code
from assay.view.text.evidence.checks import STATUSES, Namer
from assay.view.text.numbers import count
from assay.view.text.verdicts import Mark

_UNREAD = Mark("–", "not logged", "gray")


def mark(found: CheckMatrix) -> Mark:
    """Of the worst that was found; green only where every check that looked found nothing."""
    if found.worst is None:
        return _UNREAD
    return STATUSES[found.worst.worst.check.status]


def rows(found: CheckMatrix, n: int) -> str:
    """`8 configurations`, `1 run`."""
    return count(n, "run" if found.question.single else "configuration")


def in_view(found: CheckMatrix, among: Sequence[CheckRow]) -> str:
    """`8 configurations`; in view where there are more."""
    return f"{rows(found, len(among))}{' in view' if found.total > len(among) else ''}"


def called(found: CheckMatrix, row: CheckRow, name: Namer = code) -> str:
    """Its label; with its experiment where a row of another one in view has the same."""
    twice = any(one.label == row.label and one.experiment != row.experiment for one in found.rows)
    return f"{name(row.label)} of {name(row.experiment)}" if twice else name(row.label)


def counted(found: CheckMatrix) -> list[Fact]:
    """How many cells in view have which status."""
    marked = [(STATUSES[status], found.cells[status]) for status in STATUSES]
    return [Fact(f"{one.glyph} {n:,} {one.word}", colour=one.colour) for one, n in marked if n]


def everywhere(found: CheckMatrix, status: CheckStatus, among: Sequence[str]) -> tuple[str, ...]:
    """The checks `among` these with this status in every row in view; none without rows."""
    return tuple(
        check for check in among if found.rows and all(row.cell(check).check.status is status for row in found.rows)
    )


def listed(names: Sequence[str], most: int = 3) -> str:
    """`a, b, c and 12 more`."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def reading(done: int, total: int) -> str:
    """How far the reading of files is."""
    return f"Reading evidence, {done:,} of {count(total, 'run')}"
