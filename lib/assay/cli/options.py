"""Options that commands share, and the cache they lead to."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from assay import settings as configuration
from assay import sync
from assay.cli.output import say
from assay.errors import AssayError, SelectionError
from assay.model.note import note
from assay.model.problems import Caches
from assay.queries import freshness, policies
from assay.queries.tradeoffs.reference import metric_value
from assay.settings import Settings
from assay.view.text.notes import words
from assay.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])


class MetricValue(click.ParamType):  # type: ignore[type-arg]
    """`METRIC=VALUE`, as `metric_value` reads it."""

    name = "METRIC=VALUE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return metric_value(str(value))
        except SelectionError as error:
            self.fail(words(error.note), param, ctx)


_PLACES = (
    click.option("--tracking-uri", metavar="URI", help="The MLflow store [MLFLOW_TRACKING_URI, else the demo's]."),
    click.option("--data", metavar="DIR", help="Folder of run-time files [ASSAY_DATA, else the user's own]."),
    click.option("--policy", metavar="FILE", help="The rules [ASSAY_POLICY, else the shipped ones]."),
)
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, nothing else there.")
_FILTER = "Only runs that it finds; every side of `compare`, the candidate of `checklist`."
_RUNS = (
    click.option("--experiment", "experiments", multiple=True, metavar="NAME", help="Name or id; repeatable."),
    click.option(
        "--filter",
        default="",
        metavar="F",
        help=_FILTER,
    ),
    click.option("--ignore", multiple=True, metavar="PARAM", help="Makes no configuration; repeatable."),
    click.option("--all", "deleted", is_flag=True, help="Deleted runs and runs of deleted experiments too."),
    click.option("--no-sync", is_flag=True, help="Read the cache as it is; don't ask the store."),
)


def place_options(command: Command) -> Command:
    """Adds --tracking-uri, --data and --policy."""
    for option in reversed(_PLACES):
        command = option(command)
    return command


def store_options(command: Command) -> Command:
    """Adds --tracking-uri, --data, --policy and --json."""
    return place_options(_JSON(command))


def run_options(command: Command) -> Command:
    """Adds --experiment, --filter, --ignore, --all and --no-sync."""
    for option in reversed(_RUNS):
        command = option(command)
    return command


def of_somebody(context: click.Context, param: click.Parameter, value: str) -> str:
    """A side's filter, which is not empty where it is given: that would find every run."""
    if not value.strip() and context.get_parameter_source(str(param.name)) is not ParameterSource.DEFAULT:
        raise click.BadParameter("it is empty and would find every run; leave it out for none.", context, param)
    return value


def unknown_option(command: Command) -> Command:
    """Adds --unknown: pairs of a metric and a value."""
    option = click.option(
        "--unknown", multiple=True, type=MetricValue(), help="A value that means that nobody knows; repeatable."
    )
    return option(command)


def settings_of(tracking_uri: str | None, data: str | None, policy: str | None) -> Settings:
    """Settings from the environment with the options on top; raises PolicyError whether or not rules are needed."""
    settings = configuration.read(tracking_uri=tracking_uri, data=data, policy=policy)
    policies.current(settings.policy)
    return settings


def workspace(tracking_uri: str | None, data: str | None, policy: str | None, *, no_sync: bool) -> Workspace:
    """The newest snapshot, synced first unless told not to; with one at hand a store that is away is a warning."""
    settings = settings_of(tracking_uri, data, policy)
    rules = policies.current(settings.policy)
    if not no_sync:
        _sync(settings)
    state = freshness.current(settings)
    if state.snapshot is None:
        problem = state.problem or note(Caches.UNFILLED)
        raise AssayError(problem.code, **dict(problem.values))
    return Workspace(settings, rules, state.snapshot)


def _sync(settings: Settings) -> None:
    try:
        report = sync.sync(settings, progress=progress())
    except AssayError as error:
        if freshness.current(settings).snapshot is None:
            raise
        warn(f"{words(error.note)} Going on with what the cache holds.")
    else:
        for warning in report.warnings:
            warn(words(warning))


def warn(sentence: str) -> None:
    """One warning on stderr."""
    say(f"assay: warning: {sentence}", to_people=True)


def progress(what: str = "runs") -> Callable[[int, int | None], None] | None:
    """Shows how far a long reading of `what` is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, expected: int | None) -> None:
        of = f" of {expected:,}" if expected else ""
        click.echo(f"\rReading {what}: {done:,}{of} ", nl=done == expected, err=True)

    return show
