"""Reviews are opened, and their evidence is frozen."""

from dataclasses import replace

from assay import journal
from assay.actions.rights import allowed, own_store, present, still_open
from assay.actions.saving import based, is_again, newest, put, saved
from assay.actions.texts import written
from assay.errors import ReviewError
from assay.journal.transaction import Transaction
from assay.model.people import Acting, Person
from assay.model.review.acts import Frozen, Opened
from assay.model.review.evidence import FrozenEvidence
from assay.model.review.notes import ReviewNote
from assay.model.review.review import Review
from assay.queries.review.freezing import freeze
from assay.queries.review.reading import known
from assay.queries.review.reading import review as read
from assay.uri import shown, store_name
from assay.workspace import Desk


def opened(desk: Desk, acting: Acting, asked: Opened) -> Review:
    """A new review of the store that is looked at, its evidence frozen at once; seconds.

    Raises ReviewError where a side has no runs, nobody logged the metric or a text is missing; JournalError.
    """
    person = present(desk, acting)
    allowed(acting, Opened)
    desk = newest(desk)
    asked = _worded(desk, asked)
    own = journal.open(desk.settings.journal)
    if id := _opened_as(own, person, acting.nonce):
        return read(desk, id)
    evidence = _frozen(desk, asked)
    with own.writing() as pen:
        if id := _opened_as(pen, person, acting.nonce):
            return known(id, pen.recorded(id))
        id = pen.next_subject()
        put(pen, acting, id, asked)
        put(pen, acting, id, _kept(pen, evidence))
        return known(id, pen.recorded(id))


def frozen(desk: Desk, acting: Acting, id: str) -> Review:
    """Evidence of the runs as they are now, besides what was frozen before; seconds."""
    present(desk, acting)
    desk = newest(desk)
    before = read(desk, id)
    allowed(acting, Frozen, before)
    own_store(desk, before)
    still_open(desk, before)
    evidence, on = _frozen(desk, before.opened), before.frozen[0].seq if before.frozen else 0

    def make(review: Review) -> Frozen:
        still_open(desk, review)
        based(on, review.frozen[0] if review.frozen else None)
        return Frozen(evidence.sha256, evidence.inputs.sha256)

    return saved(desk, acting, id, Frozen, make, evidence.text, evidence.inputs.text)


def _worded(desk: Desk, asked: Opened) -> Opened:
    """With the store that is looked at, whatever was asked for."""
    uri = desk.settings.tracking_uri
    return replace(
        asked,
        title=written("a title", asked.title, needed=True),
        question=written("a question", asked.question),
        hypothesis=written("a hypothesis", asked.hypothesis),
        baseline=written("a baseline", asked.baseline, needed=True),
        candidate=written("a candidate", asked.candidate, needed=True),
        metric=written("a metric", asked.metric, needed=True),
        store=store_name(uri),
        store_shown=shown(uri),
    )


def _frozen(desk: Desk, asked: Opened) -> FrozenEvidence:
    if desk.work is None:
        raise ReviewError(ReviewNote.REVIEW_NO_RUNS_READ)
    return freeze(desk.work, asked, desk.now)


def _kept(pen: Transaction, evidence: FrozenEvidence) -> Frozen:
    return Frozen(pen.keep_evidence(evidence.text), pen.keep_evidence(evidence.inputs.text))


def _opened_as(source: journal.Journal | Transaction, person: Person, nonce: str) -> str:
    """The review that the same form opened already, "" for none."""
    every = source.recorded(kind="opened") if nonce else ()
    return next((one.entry.subject for one in every if is_again((one,), Opened, person, nonce)), "")
