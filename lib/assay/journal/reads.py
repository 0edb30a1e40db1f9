"""What a journal holds, read within whatever transaction is open."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from assay.errors import JournalError
from assay.journal import sqlite
from assay.journal.schema import BODIES, ENTRIES, EVIDENCE, META, PEOPLE, SCHEMA, TABLES
from assay.model.journal import Body, Entry, Head, Recorded
from assay.model.people import Person
from assay.model.records import UNREADABLE, made
from assay.model.review.notes import JournalNote

_ALL = select(*ENTRIES.c, BODIES.c.text.label("body"), PEOPLE.c.text.label("person")).select_from(
    ENTRIES.outerjoin(BODIES, BODIES.c.hash == ENTRIES.c.body_hash).outerjoin(PEOPLE, PEOPLE.c.id == ENTRIES.c.actor)
)


def is_journal(connection: Connection, file: str) -> bool:
    """Whether it has been made; raises JournalError for a newer version's, and for a file of something else."""
    there = sqlite.tables(connection)
    if not there:
        return False
    if not there.issuperset(TABLES.tables):
        raise JournalError(JournalNote.JOURNAL_OTHER, file=file)
    schema = connection.scalar(select(META.c.value).where(META.c.name == "schema"))
    if not str(schema).isdecimal():
        raise JournalError(JournalNote.JOURNAL_DAMAGED, file=file, error="")
    if int(str(schema)) > SCHEMA:
        raise JournalError(JournalNote.JOURNAL_NEWER, file=file, found=int(str(schema)), known=SCHEMA)
    return True


def recorded(
    connection: Connection, subject: str = "", after: int = 0, kind: str = "", most: int = 0
) -> tuple[Recorded, ...]:
    """Entries after `after` in order, of one subject or kind or of all; `most`: how many at most, 0 for all."""
    asked: Select[Any] = _ALL.where(ENTRIES.c.seq > after).order_by(ENTRIES.c.seq)
    if not subject.isprintable():  # half a character is none that SQLite can look for
        return ()
    if subject:
        asked = asked.where(ENTRIES.c.subject == subject)
    if kind:
        asked = asked.where(ENTRIES.c.kind == kind)
    if most:
        asked = asked.limit(most)
    people: dict[str, Person | None] = {}
    found = []
    for *columns, body, person in connection.execute(asked).all():
        entry = _entry(columns)
        if entry.actor not in people:
            people[entry.actor] = as_person(person)
        found.append(Recorded(entry, people[entry.actor], as_body(body)))
    return tuple(found)


def _entry(columns: Sequence[object]) -> Entry:
    seq, at, actor, verified, *rest = columns
    return Entry(seq, at, actor, bool(verified), *rest)  # type: ignore[arg-type]


def as_body(text: object) -> Body | None:
    """What an entry says; None for what is gone or no JSON object."""
    try:
        found = json.loads(str(text)) if text is not None else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def as_person(text: object) -> Person | None:
    """Who made an entry; None for who is gone or cannot be read."""
    try:
        return made(Person, json.loads(str(text))) if text is not None else None
    except UNREADABLE:
        return None


def head(connection: Connection) -> Head:
    """The last entry."""
    row = connection.execute(select(ENTRIES.c.seq, ENTRIES.c.hash).order_by(ENTRIES.c.seq.desc()).limit(1)).first()
    return Head(*row) if row else Head()


def hash_at(connection: Connection, seq: int) -> str:
    """The hash of that entry, "" where there is none."""
    return connection.scalar(select(ENTRIES.c.hash).where(ENTRIES.c.seq == seq)) or ""


def evidence(connection: Connection, sha256: str) -> str | None:
    """A text that was kept, by its SHA-256; None where there is none."""
    return connection.scalar(select(EVIDENCE.c.text).where(EVIDENCE.c.sha256 == sha256))
