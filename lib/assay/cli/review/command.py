"""`assay review`: may a candidate replace the baseline, what is missing, and who signed."""

import click

from assay.cli.options import store_options
from assay.cli.output import emit, say
from assay.cli.output import table as write
from assay.cli.review.acts import answer, comment, decide, freeze, open_, sign
from assay.cli.review.desk import NO_SYNC, desk, looked, strict
from assay.cli.review.printing import show as print_standing
from assay.model.review.gate import GateDecision
from assay.queries.review.listing import lines
from assay.view.objects import review as objects
from assay.view.tables import review as tables
from assay.view.text.review.order import waiting_first

_OBJECT = """JSON: {review, title, status: open, accepted, rejected or withdrawn, state: harm, blocked,
    changes_requested, waiting, ready, accepted, accepted_for_other, rejected, harmful or withdrawn, decision: PROMOTE,
    ROLLBACK or KEEP_TESTING, headline, reasons: [{code, …, sentence, next_step}], criteria: [{criterion, name, met,
    status, value, limit, reason, blocking, warnings[], waiver}], checklist: {answered, open, blocking_open}, signoffs:
    [{role, verdict, by, at, verified, via, entry, why, evidence, fresh, counts, reason, dismissed, changes[]}], stale,
    missing: [role], evidence: {sha256, inputs_sha256, inputs_now, frozen, shown, reason}, changes: [{code, …, sentence,
    before, now}], other_store, authors_unmatched[], warnings[]}, and question, hypothesis, baseline, candidate, metric,
    experiments, store and opened as they were asked. The first of reasons binds. by is null of somebody erased."""


@click.group(invoke_without_command=True)
@click.pass_context
def review(context: click.Context) -> None:
    """Decide whether a candidate may replace the baseline, on evidence that is frozen, and sign for it."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@review.command(
    "list",
    epilog="""JSON: {reviews: [{review, title, status, …, state, decision, fresh, waits_for: [role], reason}]}. fresh:
    null where nobody looked; decision: what the gate said when a review was closed, of an open one what it says.""",
)
@store_options
@NO_SYNC
def listing(tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, no_sync: bool) -> None:
    """List every review; what waits for somebody first."""
    found = waiting_first(lines(desk(tracking_uri, data, policy, no_sync=no_sync)))
    if as_json:
        emit(objects.reviews(found))
    elif found:
        write(tables.reviews(found), wrap=True)
    else:
        say("No review yet; `assay review open` opens one.")


@review.command(epilog=_OBJECT)
@click.argument("id")
@store_options
@NO_SYNC
@click.option(
    "--evidence",
    default="",
    metavar="HASH",
    help="Older evidence, by its SHA-256 or 8 characters of it and more.",
)
def show(
    id: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, no_sync: bool, evidence: str
) -> None:
    """Show review ID: the answer, what binds, criteria, signatures, what changed and what happened."""
    at = desk(tracking_uri, data, policy, no_sync=no_sync)
    print_standing(looked(at, id, evidence), as_json=as_json, whole=True)


@review.command(epilog="JSON: as `assay review show`.")
@click.argument("id")
@store_options
def gate(id: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool) -> int:
    """Say whether the candidate of review ID may be promoted: exit code 0 for PROMOTE alone, else 1.

    Asks the store first; where it does not answer, or what was signed can't be compared with what is there now, the
    answer is no.
    """
    found = looked(strict(tracking_uri, data, policy), id)
    print_standing(found, as_json=as_json)
    return 0 if found.gate.decision is GateDecision.PROMOTE else 1


for act in (open_, freeze, answer, comment, sign, decide):
    review.add_command(act)
