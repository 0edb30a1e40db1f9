"""`assay runs`: what has been run."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from assay.cli.options import run_options, store_options, warn, workspace
from assay.cli.output import emit, say, table
from assay.model.note import Note
from assay.model.runs.listing import RUN_NAME, RUN_PARENT, Listing, ListQuestion
from assay.queries.runs import configurations as whole
from assay.queries.runs.inventory import deleted_runs
from assay.queries.runs.listing import listing
from assay.view.objects import runs as objects
from assay.view.tables.column import Column, Table
from assay.view.tables.runs import listing as tables
from assay.view.text.notes import words
from assay.view.text.notes.exclusions import excluded
from assay.view.text.numbers import count
from assay.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

AUTO = "auto"
_GROUPS = f"Params that make a configuration, {RUN_NAME} and {RUN_PARENT} among them; `{AUTO}`: all but the seed."


@click.command(
    epilog="""JSON: {runs: [{run_id, name, experiment, experiment_id, status, lifecycle_stage, start_time, end_time,
    params, metrics, tags, datasets: [{name, digest, context, use, source_type, source, rows}], reason?}],
    warnings[]}; with --group-by {configurations: [{label, experiment, experiment_id,
    key: {param: value}, n, replicates, run_ids[], metrics: {name: {n, mean, std, reason?}}}], excluded: {reason:
    count}, left_out: {code: count}, notes: [{code, …, sentence}], warnings[]}. n counts finished runs, replicates
    distinct ones, and where seeds are logged seeds; std has ddof 1."""
)
@store_options
@run_options
@click.option("--group-by", metavar="P,Q", help=_GROUPS)
def runs(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    experiments: tuple[str, ...],
    filter: str,
    ignore: tuple[str, ...],
    deleted: bool,
    no_sync: bool,
    group_by: str | None,
) -> None:
    """List runs, or configurations with their replicates averaged."""
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    named = tuple(part.strip() for part in (group_by or "").split(",") if part.strip())
    params = None if group_by is None else () if group_by == AUTO else named
    question = ListQuestion(experiments, filter, params, deleted=deleted, ignore=ignore)
    notes = whole.notes(work, question)
    if not as_json:
        found = listing(work, question)
        # A list averages nothing: what is in no mean is nothing to warn of there.
        _warn(found.notes if found.grouped else notes)
        _show(work, found)
        if not (question.deleted or found.found or found.hidden) and (gone := deleted_runs(work, experiments)):
            warn(f"{count(gone, 'run')} here {'was' if gone == 1 else 'were'} deleted in MLflow; --all lists them.")
    elif params is None:
        _warn(notes)
        emit(objects.runs(whole.runs(work, question), notes))
    else:
        every = whole.configurations(work, question)
        _warn(every.notes)
        emit(objects.configurations(every))


def _warn(notes: Sequence[Note]) -> None:
    for note in notes:
        warn(words(note))


def _show(work: Workspace, found: Listing) -> None:
    # A terminal can't open a row: runs have their ids there, configurations the name that a filter is written from.
    shown = tables.table(found)
    if not found.grouped:
        shown = _told_apart(shown, found.rows)
    # Params are what a narrow terminal can do without.
    columns = sorted(shown.columns.items(), key=lambda column: column[0].startswith("param:"))
    table(replace(shown, columns=dict(columns)))
    counted = count(len(found.rows), "configuration") + "; ± std over n replicates." if found.grouped else ""
    counted = counted or f"{count(len(found.rows), 'run')} of {work.snapshot.tracking_uri}"
    lost = excluded(found.excluded, "") if found.grouped else ""
    say(counted + (f" In no mean: {lost}." if lost else ""), to_people=True)


def _told_apart(shown: Table, rows: "pd.DataFrame") -> Table:
    """Runs with their ids, and where some are deleted, which."""
    deleted = rows["deleted"].map({True: "deleted", False: ""})
    columns = {"run_id": Column("id"), **shown.columns}
    if rows["deleted"].any():
        columns["deleted"] = Column("deleted")
    return Table(shown.frame.assign(run_id=rows["run_id"].str[:8], deleted=deleted), columns, shown.alt)
