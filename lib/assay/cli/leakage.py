"""`assay leakage`: could a score be too good for a reason other than the model?"""

from typing import Any

import click

from assay.cli.options import progress, run_options, store_options, warn, workspace
from assay.cli.output import emit, say
from assay.cli.output import table as write
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import Finding, FindingQuestion, Leakage, LeakageQuestion
from assay.queries.evidence.finding import finding
from assay.queries.evidence.leakage import leakage as checked
from assay.view.objects import leakage as objects
from assay.view.tables.evidence.leakage import short
from assay.view.text.evidence.report import reports
from assay.view.text.notes import words
from assay.workspace import Workspace

_MOST = 1_000
_YES, _NO = 0, 1


@click.command(
    epilog="""JSON: {runs: [{run_id, label, experiment, run_ids[], checks: [{check, status, value, limit, message,
    note: {code, …}, evidence: {sources[], ids[], n, of} or null, mean, run_ids[], worth, reason?}]}], summary:
    {check: {status: count}}, asked, rows, found, read, notes: [{code, …, sentence}], warnings[]} with worth =
    {metric, direction, direction_source, unit, logged: ESTIMATE, without: ESTIMATE or null, difference, interval:
    [lo, hi], level, runs, over: seeds or examples, lost: [fewest, most], reason?}, null where no examples are named
    or no scores of them logged, and ESTIMATE = {mean, n, interval}. One object a run, up to 1,000: newest first
    where that is all, else the worst by their metrics. summary counts every run, as not_logged where its files were
    not read (read of found). status: pass, warn, fail, not_logged; a pass means that this check found nothing. ids:
    the first 100 of n held-out examples, of those that were looked at. difference: as logged − without them, in the
    unit that was logged."""
)
@store_options
@run_options
def leakage(
    tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, no_sync: bool, **asked: Any
) -> int:
    """Check every run for leaks that a program can find, and say what each is worth.

    People get a row a configuration, the worst of its runs. Exits 1 when a check fails in any run.
    """
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    found = checked(work, LeakageQuestion(**asked, single=as_json, most=_MOST), progress("evidence of runs"))
    for note in found.notes:
        warn(words(note))
    if found.total > len(found.rows):
        warn(f"Listed are {len(found.rows):,} of {found.total:,}; narrow them by --experiment or --filter.")
    known = _findings(work, found)
    if as_json:
        emit(objects.leakage(found, known))
    else:
        _show(found, known)
    return _NO if any(counts.get(CheckStatus.FAIL) for counts in found.summary.values()) else _YES


def _findings(work: Workspace, found: Leakage) -> dict[tuple[str, str], Finding]:
    """What is behind every finding that names examples."""
    naming = [cell for _, cell in found.findings if cell.check.offenders.n]
    said = progress("worth of findings")
    known: dict[tuple[str, str], Finding] = {}
    for done, cell in enumerate(naming, start=1):
        asked = FindingQuestion(cell.alike, cell.check.check, ignore=found.question.ignore)
        known[cell.run_id, cell.check.check] = finding(work, asked)
        if said:
            said(done, len(naming))
    return known


def _show(found: Leakage, known: dict[tuple[str, str], Finding]) -> None:
    """The sentence first, then rows × checks, then a line a finding."""
    answer, *lines = reports(found, known)
    say(answer)
    if found.rows:
        say()
        write(short(found))
        say()
    for line in lines:
        say(line)
