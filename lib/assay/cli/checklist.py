"""`assay checklist`: what the runs of a candidate prove, and what is left to people."""

from typing import Any

import click

from assay.cli.options import of_somebody, progress, run_options, store_options, warn, workspace
from assay.cli.output import emit, say
from assay.cli.output import table as write
from assay.model.evidence.checklist import Checklist, Language
from assay.model.evidence.proofs import ProofCheck
from assay.model.evidence.proved import AnsweredChecklist, ChecklistQuestion, Proved
from assay.model.note import Note
from assay.queries import provenance
from assay.queries.checklists.answer import proved
from assay.queries.checklists.known import chosen, known
from assay.view.objects import checklists as objects
from assay.view.tables import checklists as tables
from assay.view.text.checklists import headline as text
from assay.view.text.checklists.report import markdown
from assay.view.text.escape import flat
from assay.view.text.notes import words
from assay.workspace import Workspace

_BASELINE = click.option(
    "--baseline", default="", callback=of_somebody, metavar="F", help="Filter that finds today's model."
)
_LANGUAGE = click.option(
    "--language", type=click.Choice([own.value for own in Language]), default=Language.EN.value, help="Of the items."
)


@click.group(invoke_without_command=True)
@click.pass_context
def checklist(context: click.Context) -> None:
    """Tick what the runs of a candidate prove, and say what is left to people."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@checklist.command(
    "list",
    epilog="""JSON: {checklists: [{name, version, title: {en, ko}, template, scored, source, file, items, automatic,
    proved, against, open, blocking, score}], asked, notes: [{code, …, sentence}], warnings[]}. automatic: items that
    runs can prove. proved and the others after it are null without --filter; score: of the lowest section, null of a
    list that is not scored.""",
)
@store_options
@run_options
@_BASELINE
@_LANGUAGE
def listing(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    no_sync: bool,
    language: str,
    **asked: Any,
) -> None:
    """List every checklist, with --filter what the runs that it finds prove of each."""
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    held = known(work.settings)
    found = _proved(work, asked, held.known)
    _warn(found, held.problems)
    if as_json:
        emit(objects.checklists(found, held))
        return
    write(tables.lists(found, [AnsweredChecklist.of(own, found) for own in held.known], Language(language)))


@checklist.command(
    epilog="""JSON: {name, version, title: {en, ko}, template, scored, source, file, candidate: {label, filter, n,
    run_ids[]}, baseline, asked, proved, against, open, blocking, score, items: [{id, section: {en, ko} or null,
    text: {en, ko}, severity: block, warn or info, needs: link, number, file, automatic or signature, status: yes,
    no or open, proof: {check, holds, sentence, note: {code, …}, of, page, metric, run_id}}], notes: [{code, …,
    sentence}], warnings[]}. proof is null of an item that only people can answer; holds is null where the runs say
    nothing, and sentence and note say why. page: the address of the page that shows it, without its root. blocking:
    items open or no that let nothing be promoted. status of a proof that does not hold: no."""
)
@click.argument("name")
@store_options
@run_options
@_BASELINE
@_LANGUAGE
@click.option("--markdown", "as_markdown", is_flag=True, help="The list with boxes, to paste into a document.")
def show(
    name: str,
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    as_markdown: bool,
    no_sync: bool,
    language: str,
    **asked: Any,
) -> None:
    """Show the items of checklist NAME with what the runs that --filter finds prove.

    Proof against an item is a no; without evidence it stays open. Exits 0 whatever it finds.
    """
    if as_json and as_markdown:
        raise click.UsageError("--json and --markdown are two forms of one answer; ask for one.")
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    held, spoken = known(work.settings), Language(language)
    own = chosen(held, name)
    found = _proved(work, asked, (own,))
    answered = AnsweredChecklist.of(own, found)
    _warn(found, held.problems)
    if as_json:
        emit(objects.checklist(found, answered, held.problems))
    elif as_markdown:
        click.echo(markdown(found, answered, spoken, provenance.of(work)), nl=False)
    else:
        say(text.headline(found, answered, spoken, name=flat))
        say()
        write(tables.items(found, answered, spoken), wrap=True)
        if said := text.score(answered, spoken):
            say(f"\n{said}")


def _proved(work: Workspace, asked: dict[str, Any], lists: tuple[Checklist, ...]) -> Proved:
    """Only what some item of these lists needs."""
    wanted = {item.check for own in lists for item in own.items}
    checks = tuple(check for check in ProofCheck if check in wanted)
    question = ChecklistQuestion(asked.pop("filter"), **asked, checks=checks)
    return proved(work, question, progress("proofs"))


def _warn(found: Proved, problems: tuple[Note, ...]) -> None:
    for own in (*found.notes, *problems):
        warn(words(own, found.labels))
