"""`assay demo`: makes a store to explore."""

import sys

import click

from assay import sync
from assay.cli.options import settings_of, store_options, warn
from assay.cli.output import emit, say
from assay.model.note import note
from assay.model.problems import Demos
from assay.model.sync import Snapshot
from assay.queries import freshness, policies
from assay.settings import Settings
from assay.view.text.notes import words
from assay.view.text.numbers import count


@click.command(epilog="JSON: {tracking_uri, experiments, runs}.")
@store_options
@click.option("--small", is_flag=True, help="Fewer seeds and models: seconds instead of a minute.")
def demo(tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, small: bool) -> None:
    """Train small models on scikit-learn's bundled data and log them, unless this version's demo is there."""
    from assay import demo as making
    from assay.demo import reviews

    settings = settings_of(None, data, policy)
    if tracking_uri and tracking_uri != f"sqlite:///{settings.demo_store}":
        raise click.UsageError(
            f"the demo only ever fills its own store, {settings.demo_store}; choose its folder with --data."
        )
    with click.progressbar(length=1, label="Making the demo's store", file=sys.stderr) as bar:

        def show(done: int, expected: int) -> None:
            bar.length = expected
            bar.update(done - bar.pos)

        report = making.make(settings.demo_store, small=small, progress=show)
    if report.foreign:
        warn(words(note(Demos.OTHERS_RUNS, store=str(settings.demo_store), n=report.foreign)))
    else:
        reviews.make(settings, policies.current(settings.policy), _read)
    if as_json:
        emit({"tracking_uri": report.tracking_uri, "experiments": report.experiments, "runs": report.runs})
    else:
        say(f"{count(report.runs, 'run')} in {count(report.experiments, 'experiment')} at {report.tracking_uri}")


def _read(settings: Settings) -> Snapshot:
    """The store as it is now."""
    sync.sync(settings)
    found = freshness.current(settings).snapshot
    assert found is not None, "a sync that came through leaves a snapshot"
    return found
