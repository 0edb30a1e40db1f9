"""Sentences for a report, as plain text."""

from collections.abc import Iterator, Mapping

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import Finding, Leakage, LeakageCell, LeakageRow
from assay.view.text.escape import flat, named
from assay.view.text.evidence.checks import NAMES, STATUSES
from assay.view.text.evidence.finding import worth
from assay.view.text.evidence.leakage import CAVEAT, basis, headline
from assay.view.text.notes import words

Findings = Mapping[tuple[str, str], Finding]
"""By the run and the check of a cell."""

_FOUND = (CheckStatus.FAIL, CheckStatus.WARN)


def ordered(found: Leakage) -> Iterator[tuple[LeakageRow, LeakageCell]]:
    """What was found, fails first."""
    for status in _FOUND:
        for row in found.rows:
            yield from ((row, cell) for cell in row.cells if cell.check.status is status)


def reports(found: Leakage, findings: Findings | None = None) -> list[str]:
    """The answer, a line a finding with what it is worth where `findings` know it, and how far to trust it."""
    said = [headline(found, name=named)]
    for row, cell in ordered(found):
        known = (findings or {}).get((cell.run_id, cell.check.check))
        value = f" {worth(known, plain=True)}" if known and known.worth else ""
        said.append(line(row, cell) + value)
    return [*said, basis(found), CAVEAT]


def line(row: LeakageRow, cell: LeakageCell) -> str:
    """`✕ fail: split-by-visit, groups apart: 240 of 240 test rows …`"""
    status = STATUSES[cell.check.status].label
    return f"{status}: {flat(row.label)}, {NAMES[cell.check.check]}: {words(cell.check.note)}"
