"""How an act is saved: right, then what it rests on, then the journal, in one transaction that nobody comes between."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assay import journal
from assay.actions.rights import allowed, goes_on, no_author, own_store, present
from assay.errors import ReviewError
from assay.journal.transaction import Transaction
from assay.model.journal import Recorded
from assay.model.people import Acting, Person
from assay.model.records import canonical, plain
from assay.model.review.acts import KINDS, Act, kind_of
from assay.model.review.gate import ReviewQuestion, ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.model.review.review import Made, Review
from assay.model.review.rights import NEVER_AUTHORS
from assay.queries import freshness
from assay.queries.review.reading import known
from assay.queries.review.standing import standing
from assay.workspace import Desk

_TRIES = 5


class _MovedError(Exception):
    """Somebody wrote between a look and the transaction: look again."""


def saved(desk: Desk, acting: Acting, id: str, kind: type[Act], make: Callable[[Review], Act], *texts: str) -> Review:
    """Writes down what `make` makes of the review as it is recorded in that moment, and gives it as it is then.

    A second click, which has the nonce of the first, writes nothing. `texts`: evidence to keep. Raises ReviewError for
    whoever may not, and what `make` raises; JournalError where nothing can be written.
    """
    person = present(desk, acting)
    with journal.open(desk.settings.journal).writing() as pen:
        recorded = pen.recorded(id)
        review = known(id, recorded)
        if not is_again(recorded, kind, person, acting.nonce):
            allowed(acting, kind, review)
            own_store(desk, review)
            put(pen, acting, id, make(review))
            for text in texts:
                pen.keep_evidence(text)
        return known(id, pen.recorded(id))


def judged(desk: Desk, acting: Acting, id: str, kind: type[Act], make: Callable[[ReviewStanding], Act]) -> Review:
    """The same for what rests on how an open review stands, which is asked of the newest runs before the transaction.

    Where somebody writes in between, it is asked anew. No author may do what is in `NEVER_AUTHORS`.
    """
    reader, desk = present(desk, acting), newest(desk)
    for _ in range(_TRIES):
        found = standing(desk, ReviewQuestion(id, reader=reader))

        def judge(review: Review, found: ReviewStanding = found) -> Act:
            now = _same(found, review)
            goes_on(now)
            if kind in NEVER_AUTHORS:
                no_author(acting, now)
            return make(now)

        try:
            return saved(desk, acting, id, kind, judge)
        except _MovedError:
            continue
    raise ReviewError(ReviewNote.ACT_CHANGED_MEANWHILE)


def newest(desk: Desk) -> Desk:
    """The same with the newest runs that were read: what is decided rests on no older look of a page."""
    return replace(desk, snapshot=freshness.current(desk.settings).snapshot or desk.snapshot)


def put(pen: Transaction, acting: Acting, id: str, act: Act) -> None:
    """Adds an act, with its form's nonce."""
    assert acting.here.person
    said = {**plain(act), "nonce": acting.nonce} if acting.nonce else act
    pen.append(kind_of(act), id, canonical(said), acting.here.person, acting.via)


def is_again(recorded: Sequence[Recorded], kind: type[Act], person: Person, nonce: str) -> bool:
    """Whether this is a second click on the same form."""
    return bool(nonce) and any(_is_same(one, kind, person, nonce) for one in recorded)


def _is_same(one: Recorded, kind: type[Act], person: Person, nonce: str) -> bool:
    by = one.person is not None and one.person.key == person.key
    return by and KINDS.get(one.entry.kind) is kind and (one.body or {}).get("nonce") == nonce


def based(on: int, newest: Made | None) -> None:
    """Raises ReviewError where somebody has changed what an edit started from; `on`: its entry, 0 for none."""
    if on != (newest.seq if newest else 0):
        who = newest.person.name if newest and newest.person else ""
        raise ReviewError(ReviewNote.ACT_CHANGED_MEANWHILE, who=who)


def _same(found: ReviewStanding, review: Review) -> ReviewStanding:
    """How it stands; comments and requests that came in between change nothing of it."""
    if _judged_by(found.review) != _judged_by(review):
        raise _MovedError
    return replace(found, review=review)


def _judged_by(review: Review) -> Review:
    return replace(review, comments=(), requests=(), timeline=(), last=0)
