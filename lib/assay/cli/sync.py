"""`assay sync`: brings the cache up to date."""

from dataclasses import asdict

import click

from assay import sync as syncing
from assay.cli.options import progress, settings_of, store_options, warn
from assay.cli.output import emit, say


@click.command(
    epilog="""JSON: {tracking_uri, experiments, runs, new, changed, removed, seconds, version, complete_as_of,
    warnings[]}. runs and experiments: in the cache now; complete_as_of: every earlier change is in it."""
)
@store_options
@click.option("--full", is_flag=True, help="Read everything again, whatever the cache holds.")
def sync(tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, full: bool) -> None:
    """Read what changed in the MLflow store into the cache."""
    settings = settings_of(tracking_uri, data, policy)
    report = syncing.sync(settings, full=full, progress=progress())
    if as_json:
        emit(asdict(report) | {"complete_as_of": report.complete_as_of.isoformat()})
        return
    for sentence in report.warnings:
        warn(sentence)
    say(
        f"{report.runs:,} runs in {report.experiments:,} experiments from {report.tracking_uri}: "
        f"{report.new:,} new, {report.changed:,} changed, {report.removed:,} removed, in {report.seconds:.2f} s."
    )
    say(f"Complete as of {report.complete_as_of:%Y-%m-%d %H:%M:%S} UTC.")
