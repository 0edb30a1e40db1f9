"""What an admin erases, and the journal says so; drafts, which their owner alone changes."""

from assay import journal
from assay.actions.rights import allowed, present, signed_in
from assay.actions.saving import put
from assay.actions.texts import written
from assay.errors import ReviewError
from assay.journal.transaction import Transaction
from assay.model.journal import Recorded
from assay.model.people import Acting
from assay.model.review.acts import Erased
from assay.model.review.notes import ReviewNote
from assay.model.review.review import Review
from assay.queries.review.reading import known
from assay.workspace import Desk

LONGEST = 1_000_000
"""Characters of a draft: what is too long to be saved is not lost either."""
PEOPLE = "people"
"""The subject of entries that erase somebody, who may have acted in every review."""


def erased(desk: Desk, acting: Acting, *, reason: str, entry: int = 0, person: str = "") -> Review | None:
    """Forgets what an entry says, all versions of a comment, or who somebody is; that it happened stays.

    `entry`: its number; `person`: `Person.key`. Gives the entry's review, None for a person. Raises ReviewError where
    there is nothing such, or no more.
    """
    present(desk, acting)
    allowed(acting, Erased)
    why = written("a reason", reason, needed=True)
    with journal.open(desk.settings.journal).writing() as pen:
        if not entry:
            _person(pen, acting, person, why)
            return None
        subject = _entry(pen, acting, entry, why)
        return known(subject, pen.recorded(subject))


def _person(pen: Transaction, acting: Acting, key: str, why: str) -> None:
    rows = [row for row, person in pen.people().items() if person.key == key]
    if not rows:
        raise ReviewError(ReviewNote.ACT_NOTHING_SUCH)
    for row in rows:
        put(pen, acting, PEOPLE, Erased(why, person=row))
    for row in rows:
        pen.erase_person(row)
    pen.drop_drafts(key)


def _entry(pen: Transaction, acting: Acting, seq: int, why: str) -> str:
    """The subject of the entry."""
    named = next(iter(pen.recorded(after=seq - 1, most=1)), None)
    if named is None or named.entry.seq != seq or named.body is None or named.entry.kind == "erased":
        raise ReviewError(ReviewNote.ACT_NOTHING_SUCH)
    subject = named.entry.subject
    comment, versions = _versions(pen.recorded(subject), named)
    for one in versions:
        put(pen, acting, subject, Erased(why, entry=one, comment=comment))
        pen.erase_body(one)
    return subject


def _versions(recorded: tuple[Recorded, ...], named: Recorded) -> tuple[int, list[int]]:
    """The comment that an entry is a version of, 0 for another kind, and all entries that go with it."""
    if named.entry.kind != "commented":
        return 0, [named.entry.seq]
    comment = (named.body or {}).get("comment") or named.entry.seq
    every = (one for one in recorded if one.entry.kind == "commented" and one.body is not None)
    return comment, [
        one.entry.seq for one in every if comment in (one.entry.seq, (one.body or {}).get("comment"))
    ]  # fmt: skip


def drafted(desk: Desk, acting: Acting, place: str, text: str) -> None:
    """Keeps what somebody typed at a place, nothing where it is empty; an old sign-in loses no text."""
    owner = signed_in(acting)
    kept = written("a text", text, most=LONGEST)
    with journal.open(desk.settings.journal).writing() as pen:
        pen.draft(owner.key, place, kept)
