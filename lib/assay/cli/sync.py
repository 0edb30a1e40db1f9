"""`assay sync`: brings the cache up to date."""

from dataclasses import asdict

import click

from assay import sync as syncing
from assay.cli.options import progress, settings_of, store_options, warn
from assay.cli.output import emit, say
from assay.view.objects import noted
from assay.view.text.notes import words
from assay.view.text.numbers import count


@click.command(
    epilog="""JSON: {tracking_uri, experiments, runs, new, changed, removed, seconds, version, complete_as_of,
    notes[], warnings[]}. runs and experiments: in the cache now; complete_as_of: every earlier change is in it."""
)
@store_options
@click.option("--full", is_flag=True, help="Read everything again, whatever the cache holds.")
def sync(tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, full: bool) -> None:
    """Read what changed in the MLflow store into the cache."""
    settings = settings_of(tracking_uri, data, policy)
    report = syncing.sync(settings, full=full, progress=progress())
    warnings = [words(warning) for warning in report.warnings]
    if as_json:
        notes = [noted(warning) for warning in report.warnings]
        moment = report.complete_as_of.isoformat()
        emit(asdict(report) | {"complete_as_of": moment, "notes": notes, "warnings": warnings})
        return
    for sentence in warnings:
        warn(sentence)
    say(
        f"{count(report.runs, 'run')} in {count(report.experiments, 'experiment')} from {report.tracking_uri}: "
        f"{report.new:,} new, {report.changed:,} changed, {report.removed:,} removed, in {report.seconds:.2f} s."
    )
    say(f"Complete as of {report.complete_as_of:%Y-%m-%d %H:%M:%S} UTC.")
