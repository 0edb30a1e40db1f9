"""What the command does in a review; everything goes through `actions`, as the page does."""

from typing import Any

import click

from assay import actions
from assay.cli.options import of_somebody, store_options
from assay.cli.output import emit, say
from assay.cli.review.desk import AS, NO_SYNC, acting, desk, looked, signing
from assay.cli.review.printing import address, show
from assay.errors import ReviewError
from assay.model.people import APPROVERS, Role
from assay.model.review.acts import Answered, Basis, ItemReply, Opened, ReviewDecision, SignVerdict
from assay.model.review.gate import ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.queries.review import reading
from assay.view.objects import review as objects
from assay.view.text.notes import words
from assay.workspace import Desk

_OBJECT = "JSON: as `assay review show`, of the review as it is then."
_HASH = click.option(
    "--evidence",
    default="",
    metavar="HASH",
    help="The evidence that was read: its SHA-256, 8 characters or more; refused where newer was frozen.",
)


_REASON = click.option("--reason", default="", metavar="T", help="Why; needed unless it is a plain yes.")


@click.command(
    "open",
    epilog="""JSON: as `assay review show`, with {url, evidence_sha256}; url: the address of its page, without the
    root.""",
)
@store_options
@NO_SYNC
@AS
@click.option("--candidate", required=True, callback=of_somebody, metavar="F", help="Filter that finds its runs.")
@click.option("--baseline", required=True, callback=of_somebody, metavar="F", help="Filter that finds today's runs.")
@click.option("--metric", required=True, metavar="M", help="The primary one.")
@click.option("--title", required=True, metavar="T")
@click.option("--question", default="", metavar="T", help="What is to be decided.")
@click.option("--hypothesis", default="", metavar="T", help="What is expected, before the evidence is frozen.")
@click.option("--experiment", "experiments", multiple=True, metavar="NAME", help="Name or id; repeatable.")
def open_(
    tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, no_sync: bool, account: str | None,
    **asked: Any,
) -> None:  # fmt: skip
    """Open a review and freeze its evidence: may the candidate replace the baseline?"""
    at = desk(tracking_uri, data, policy, no_sync=no_sync)
    made = actions.opened(at, acting(at, account), Opened(**asked))
    found = looked(at, made.id)
    if as_json:
        emit(objects.opened(found, address(found)))
        return
    show(found, as_json=False)
    say(f"\nIts page: {address(found)}")


@click.command(epilog=_OBJECT)
@click.argument("id")
@store_options
@NO_SYNC
@AS
def freeze(
    id: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, no_sync: bool,
    account: str | None,
) -> None:  # fmt: skip
    """Freeze the evidence of review ID again; signatures for what was frozen before do not count then."""
    at = desk(tracking_uri, data, policy, no_sync=no_sync)
    actions.frozen(at, acting(at, account), id)
    show(looked(at, id), as_json=as_json)


@click.command(epilog=_OBJECT)
@click.argument("id")
@store_options
@NO_SYNC
@AS
@click.option("--checklist", required=True, metavar="NAME")
@click.option("--item", required=True, metavar="I", help="Its id.")
@click.option("--answer", "reply", required=True, type=click.Choice([own.value for own in ItemReply]))
@click.option("--evidence", default="", metavar="T", help="What shows it: a link, a number, a file.")
@_REASON
def answer(
    id: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, no_sync: bool,
    account: str | None, checklist: str, item: str, reply: str, evidence: str, reason: str,
) -> None:  # fmt: skip
    """Answer item I of a checklist in review ID; no and not applicable need a reason."""
    at = desk(tracking_uri, data, policy, no_sync=no_sync)
    given = Answered(checklist, item, ItemReply(reply), evidence, reason)
    before = reading.review(at, id).answers.get(given.key)
    actions.answered(at, acting(at, account), id, given, before[0].seq if before else 0)
    show(looked(at, id), as_json=as_json)


@click.command(epilog=_OBJECT)
@click.argument("id")
@store_options
@NO_SYNC
@AS
@click.option("--text", required=True, metavar="T", help="Plain text; its lines are kept.")
def comment(
    id: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, no_sync: bool,
    account: str | None, text: str,
) -> None:  # fmt: skip
    """Comment on review ID."""
    at = desk(tracking_uri, data, policy, no_sync=no_sync)
    actions.commented(at, acting(at, account), id, text)
    show(looked(at, id), as_json=as_json)


@click.command(epilog=_OBJECT)
@click.argument("id")
@store_options
@AS
@click.option("--role", required=True, type=click.Choice([own.value for own in (Role.REVIEWER, *APPROVERS)]))
@click.option("--verdict", required=True, type=click.Choice([own.value for own in SignVerdict]))
@_REASON
@_HASH
def sign(
    id: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, account: str | None,
    role: str, verdict: str, reason: str, evidence: str,
) -> None:  # fmt: skip
    """Sign review ID in a role, under exactly the newest evidence; where people sign in, on the page alone."""
    at = desk(tracking_uri, data, policy, no_sync=False)
    who, found = signing(at, account), looked(at, id)
    read, basis = _under(found, evidence)
    actions.signed(at, who, id, Role(role), SignVerdict(verdict), reason, read, basis)
    show(looked(at, id), as_json=as_json)


@click.command(epilog=_OBJECT)
@click.argument("id")
@store_options
@AS
@click.option("--decision", required=True, type=click.Choice([own.value for own in ReviewDecision]))
@_REASON
@_HASH
def decide(
    id: str, tracking_uri: str | None, data: str | None, policy: str | None, as_json: bool, account: str | None,
    decision: str, reason: str, evidence: str,
) -> int:  # fmt: skip
    """Decide review ID: promote accepts and needs the gate's PROMOTE, else exit code 1; reject rejects, rollback
    rejects for harm, keep-testing is noted. Where people sign in, on the page alone.
    """
    at = desk(tracking_uri, data, policy, no_sync=False)
    who, found = signing(at, account), looked(at, id)
    read, basis = _under(found, evidence)
    try:
        actions.decided(at, who, id, ReviewDecision(decision), reason, read, basis)
    except ReviewError as error:
        if error.note.code is not ReviewNote.REVIEW_NOT_READY:
            raise
        return _not_yet(at, error, id, as_json=as_json)
    show(looked(at, id), as_json=as_json)
    return 0


def _not_yet(at: Desk, error: ReviewError, id: str, *, as_json: bool) -> int:
    """A gate that says no is an answer, not a wrong question."""
    say(f"assay: {words(error.note)}", to_people=True)
    show(looked(at, id), as_json=as_json)
    return 1


def _under(found: ReviewStanding, evidence: str) -> tuple[str, Basis]:
    """The newest evidence and what it holds for; raises ReviewError where there is none, or another one was read."""
    frozen = found.review.frozen
    if frozen is None or found.basis is None:
        raise ReviewError(ReviewNote.REVIEW_NO_EVIDENCE)
    if evidence and found.review.frozen_as(evidence.lower()) != frozen:
        raise ReviewError(ReviewNote.EVIDENCE_MOVED)
    return frozen[1].evidence, found.basis
