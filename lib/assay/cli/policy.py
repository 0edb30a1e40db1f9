"""`assay policy`: whether a file of rules can be used, and which rules hold."""

import click

from assay import settings as configuration
from assay.cli.options import settings_of, store_options, warn
from assay.cli.output import emit, say
from assay.errors import PolicyError
from assay.model.rules import RuleBook
from assay.queries import policies
from assay.view.objects import policy as objects
from assay.view.text import policy as text
from assay.view.text.notes import words


@click.group(invoke_without_command=True)
@click.pass_context
def policy(context: click.Context) -> None:
    """Read the rules that comparisons, scorecards and checks follow."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@policy.command(
    epilog="""JSON: {ok, file, rules, own, scorecards[], objectives[], notes: [{code, …, sentence}], warnings[]}, or
    {ok: false, file, error, note: {code, …}}. Exit code 1 where the file can't be used."""
)
@click.argument("file", required=False)
@store_options
def check(file: str | None, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool) -> int:
    """Say whether FILE, else the policy in use, is a good one, and what is wrong with it."""
    if file is not None and not file.strip():
        raise click.UsageError("FILE is empty; leave it out to check the policy in use.")
    path = configuration.read(tracking_uri=tracking_uri, data=data, policy=file or policy).policy
    try:
        found = policies.book(path)
    except PolicyError as error:
        if as_json:
            emit(objects.refused(str(path), error.note))
        else:
            say(words(error.note))
        return 1
    _warn(found)
    if as_json:
        emit(objects.checked(found))
    else:
        say(f"{path} is a good policy. {text.headline(found)} {text.named(found.policy)}")
    return 0


@policy.command(epilog="JSON: {path, value, file, line, shipped, usual}; usual: what is shipped in the rule's place.")
@click.argument("path")
@store_options
def get(path: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool) -> None:
    """Print the rule at PATH, such as metrics.accuracy.direction, and where it stands.

    For a metric that no entry names it is the rule of the wildcard that speaks of it.
    """
    found = policies.rule(policies.book(settings_of(tracking_uri, data, policy).policy), path)
    if as_json:
        emit(objects.rule(found))
    else:
        say(text.value(found.value))
        say(f"{found.path} in {found.file}, line {found.line} ({text.whose(found)})", to_people=True)


@policy.command(epilog="JSON: {file, rules: [{path, value, file, line, shipped, usual}], notes[], warnings[]}.")
@store_options
def tree(tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool) -> None:
    """Print the policy that holds as one file: every rule with a comment, whose it is and where it stands.

    The shipped scorecards are left out where your directions contradict them: no file of yours may hold both.
    """
    found = policies.book(settings_of(tracking_uri, data, policy).policy)
    _warn(found)
    if as_json:
        emit(objects.tree(found))
    else:
        whole = policies.whole(found)
        click.echo(text.tree(policies.as_file(whole)))
        say(text.headline(found), to_people=True)
        if len(whole) < len(found.rules):
            say(text.WITHOUT_CARDS, to_people=True)


def _warn(found: RuleBook) -> None:
    for note in found.notes:
        warn(words(note))
