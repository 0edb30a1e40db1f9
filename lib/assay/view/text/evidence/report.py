"""Sentences for a report, as plain text."""

from collections.abc import Mapping

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import Finding, Leakage
from assay.view.text.escape import named
from assay.view.text.evidence.checks import NAMES, STATUSES
from assay.view.text.evidence.finding import worth
from assay.view.text.evidence.leakage import CAVEAT, basis, headline
from assay.view.text.evidence.rows import called, listed
from assay.view.text.notes import words

Findings = Mapping[tuple[str, str], Finding]
"""By the run and the check of a cell."""


def reports(found: Leakage, findings: Findings | None = None) -> list[str]:
    """The answer, a line a finding with what it is worth where `findings` know it, and how far to trust it."""
    alike: dict[tuple[CheckStatus, str, str], list[str]] = {}
    for row, cell in found.findings:
        known = (findings or {}).get((cell.run_id, cell.check.check))
        value = f" {worth(known, plain=True)}" if known and known.worth else ""
        said = f"{words(cell.check.note)}{value}"
        alike.setdefault((cell.check.status, cell.check.check, said), []).append(called(found, row, named))
    lines = [
        f"{STATUSES[status].label}: {NAMES[check]}, {listed(of)}: {said}" for (status, check, said), of in alike.items()
    ]
    trust = [basis(found), CAVEAT] if found.rows else []
    return [headline(found, name=named), *lines, *trust]
