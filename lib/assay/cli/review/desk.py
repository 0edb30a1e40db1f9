"""At which desk and as whom the command reads and acts in a review."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from uuid import uuid4

import click

from assay import identity, sync
from assay.cli.options import progress, settings_of, warn
from assay.errors import AssayError, ReviewError
from assay.identity.accounts import DEMO_ACCOUNTS
from assay.model.journal import Via
from assay.model.note import Note
from assay.model.people import Acting
from assay.model.review.gate import ReviewQuestion, ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.queries import desk as desks
from assay.queries.review.standing import standing
from assay.settings import Settings
from assay.view.text.notes import words
from assay.workspace import Desk

Command = TypeVar("Command", bound=Callable[..., Any])

NO_SYNC = click.option("--no-sync", is_flag=True, help="Read the cache as it is; don't ask the store.")
AS = click.option(
    "--as",
    "account",
    type=click.Choice([one.subject for one in DEMO_ACCOUNTS]),
    help="On the demo's store alone: which of its accounts acts, the first unless told.",
)


def desk(tracking_uri: str | None, data: str | None, policy: str | None, *, no_sync: bool) -> Desk:
    """With the runs as they are now; without any, or with those read before, where the store is away."""
    settings = settings_of(tracking_uri, data, policy)
    if not no_sync and (problem := _synced(settings)):
        warn(words(problem))
    return desks.now(settings)


def strict(tracking_uri: str | None, data: str | None, policy: str | None) -> Desk:
    """With the runs as they are now, and with none where nobody can tell: older ones may let something through."""
    settings = settings_of(tracking_uri, data, policy)
    problem = _synced(settings)
    if problem:
        warn(words(problem))
    found = desks.now(settings)
    return replace(found, snapshot=None) if problem else found


def acting(at: Desk, account: str | None) -> Acting:
    """Whoever runs the command; each run of it is an act of its own."""
    if account and not (at.settings.demo and at.settings.auth == "local"):
        raise click.UsageError("--as is for the demo's store alone; elsewhere the system's account acts.")
    return Acting(identity.of_command(at.settings, at.policy, account or ""), Via.COMMAND, str(uuid4()))


def signing(at: Desk, account: str | None) -> Acting:
    """The same for what rests on who it is; raises ReviewError where people sign in on pages."""
    if at.settings.auth != "local":
        raise ReviewError(ReviewNote.LOCAL_ONLY)
    return acting(at, account)


def looked(at: Desk, id: str, evidence: str = "") -> ReviewStanding:
    """How the review stands now."""
    return standing(at, ReviewQuestion(id, evidence))


def _synced(settings: Settings) -> Note | None:
    """What kept the store from being read."""
    try:
        report = sync.sync(settings, progress=progress())
    except AssayError as error:
        return error.note
    for warning in report.warnings:
        warn(words(warning))
    return None
