"""`assay reproducibility`: could somebody else get this again, and how?"""

from pathlib import Path
from typing import Any

import click

from assay.cli.options import progress, run_options, store_options, warn, workspace
from assay.cli.output import emit, say
from assay.cli.output import table as write
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.reproducibility import Reproducibility, ReproducibilityQuestion
from assay.queries.evidence.reproducibility import reproducibility as asked_of
from assay.queries.evidence.reproduction import reproduction
from assay.queries.runs.meant import meant
from assay.view.objects import reproducibility as objects
from assay.view.tables.evidence.reproducibility import brief, differences, repeats
from assay.view.text.evidence.reproduce.file import reproduce as markdown
from assay.view.text.evidence.reproducibility import reports
from assay.view.text.notes import words
from assay.workspace import Workspace

_MOST, _MOST_SHOWN = 1_000, 30
_YES, _NO = 0, 1


@click.command(
    epilog="""JSON: {runs: [{run_id, label, experiment, run_ids[], checks: [{check, status, value, limit, message,
    note: {code, …}, evidence: {sources[], …} or null, mean, run_ids[]}]}], summary: {check: {status: count}}, asked,
    rows, found, read, elements: [{element, rows, of, worst}], again: [run_id], compared: {kind: n}, against,
    differences: [{field, kind, status, values: {run_id: value}, against: {run_id: value}, parts[], unknown}],
    repeats: [{run_ids[], label, experiment, seed, identical, status, metrics, telling, measured, across: [{kind,
    field}], looked, unread, largest_difference: APART or null, differences: [APART]}], aside[], notes: [{code, …,
    sentence}], warnings[]} with APART = {metric, unit, difference, smallest, largest, std, seeds, reason?}. One
    object a run, up to 1,000, newest first. check: code_version, code_clean, data_access, data_version, seeds,
    environment, packages, hardware, container, command, pipeline, logging, repeats. status: pass, warn, fail,
    not_logged; a pass means that it is on record. A value of null in differences is a package that is not there. With
    --reproduce: {run_id, label, experiment, commit, markdown, missing: [{code, …, sentence}], expected: [{metric,
    unit, value, tolerance, measured, reason?}], repeats, warnings[]}."""
)
@store_options
@run_options
@click.option("--against", default="", metavar="F", help="Hold the runs against those that F finds.")
@click.option(
    "--reproduce", "run", metavar="RUN", help="Write how to run RUN again: its id, the beginning of it, or its name."
)
@click.option(
    "-o", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Where --reproduce writes; a file that is there is written over. [stdout]",
)  # fmt: skip
def reproducibility(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    no_sync: bool,
    run: str | None,
    file: Path | None,
    **asked: Any,
) -> int:
    """Say what is on record of every run, in what runs differ, and whether repeats agree.

    People get a row a configuration, the worst of its runs. Exits 1 when a repeat disagrees though nothing on record
    differs. With --reproduce, writes the Markdown file that says how to run one run again.
    """
    if file is not None and run is None:
        raise click.UsageError("-o FILE is where --reproduce RUN writes; give both.")
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    if run is not None:
        _reproduce(work, meant(work, run, asked["experiments"]), file, as_json=as_json)
        return _YES
    question = ReproducibilityQuestion(**asked, single=as_json, most=_MOST)
    found = asked_of(work, question, progress("records of runs"))
    for note in found.notes:
        warn(words(note))
    if found.total > len(found.rows):
        warn(f"Listed are {len(found.rows):,} of {found.total:,}; narrow them by --experiment or --filter.")
    if as_json:
        emit(objects.reproducibility(found))
    else:
        _show(found)
    return _NO if any(counts.get(CheckStatus.FAIL) for counts in found.summary.values()) else _YES


def _reproduce(work: Workspace, run_id: str, file: Path | None, *, as_json: bool) -> None:
    """The file, or its JSON, where it was asked for."""
    found = reproduction(work, run_id)
    text = markdown(found)
    if file is not None:
        try:
            file.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise click.UsageError(f"{file} cannot be written: {error.strerror}.") from None
        say(f"Written to {file}.", to_people=True)
    if as_json:
        emit(objects.reproduction(found, text))
    elif file is None:
        click.echo(text, nl=False)


def _show(found: Reproducibility) -> None:
    """The sentence first, then rows × checks, what differs, what repeats say, and a line a finding."""
    answer, *lines = reports(found)
    say(answer)
    for shown in (brief(found), differences(found), repeats(found)):
        if len(shown.frame):
            say()
            write(shown.head(_MOST_SHOWN))
            if (rest := len(shown.frame) - _MOST_SHOWN) > 0:
                say(f"And {rest:,} more; --json has all.")
    say()
    for line in lines:
        say(line)
