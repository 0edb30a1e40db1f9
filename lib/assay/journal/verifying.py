"""Whether everything in a journal is as it was written, and which entry is the first that is not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from assay.errors import JournalError
from assay.journal import heads, reads, sqlite
from assay.journal.hashing import FIELDS, of_fields, salted
from assay.journal.journal import Journal
from assay.journal.schema import BODIES, ENTRIES, EVIDENCE, PEOPLE
from assay.model.journal import Head, JournalCheck
from assay.model.note import Note, note
from assay.model.review.evidence import sha256
from assay.model.review.notes import JournalNote

_BATCH = 1_000
_ROWS = (
    select(*ENTRIES.c, BODIES.c.salt, BODIES.c.text)
    .select_from(ENTRIES.outerjoin(BODIES, BODIES.c.hash == ENTRIES.c.body_hash))
    .order_by(ENTRIES.c.seq)
)


@dataclass(slots=True)
class _Walk:
    """What a walk along the chain knows; texts that are gone are judged at its end, when all erasures are known."""

    people: Mapping[str, bool]
    evidence: Mapping[str, bool]
    last: Head = field(default_factory=Head)
    hashes: dict[int, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    bodies_gone: list[int] = field(default_factory=list)
    people_gone: dict[str, int] = field(default_factory=dict)
    bodies_erased: set[int] = field(default_factory=set)
    people_erased: set[str] = field(default_factory=set)


def verify(url: str, head: str = "") -> JournalCheck:
    """Walks the whole chain; `head`: a hash that was written down elsewhere and has to be in it.

    Raises JournalError where there is no journal, or this user or version cannot read it.
    """
    journal = Journal(url)
    try:
        with journal.looking() as connection:
            if connection is None:
                return _missing(journal, head)
            return _checked(connection, journal.path, head.strip().lower())
    except JournalError as error:
        if error.note.code is JournalNote.JOURNAL_DAMAGED:
            return JournalCheck(0, Head(), problem=error.note)
        raise


def _missing(journal: Journal, head: str) -> JournalCheck:
    """There is none, or there is none any more."""
    walk = _Walk({}, {})
    if heads.place(journal.path).exists() and (problem := _head_problem(walk, journal.path, head)):
        return JournalCheck(0, Head(), _cut_at(problem, walk), problem)
    raise JournalError(JournalNote.JOURNAL_NONE, file=journal.file)


def _checked(connection: Connection, path: Path, head: str) -> JournalCheck:
    walk = _Walk(_people(connection), _evidence(connection))
    broken = [*_broken(connection, walk), *_gone(walk)]
    first, how = min(broken, key=lambda one: one[0], default=(None, None))
    problem = how or _head_problem(walk, path, head) or _guard_problem(connection)
    erased = len(walk.bodies_gone) + len(walk.people_gone)
    return JournalCheck(len(walk.hashes), walk.last, first or _cut_at(problem, walk), problem, erased)


def _people(connection: Connection) -> dict[str, bool]:
    """Row → whether it is as it was written."""
    rows = connection.execute(select(PEOPLE.c.id, PEOPLE.c.salt, PEOPLE.c.text))
    return {own: salted(salt, text) == own for own, salt, text in rows}


def _evidence(connection: Connection) -> dict[str, bool]:
    """SHA-256 → whether it is that of its text; a text at a time, for one may have megabytes."""
    rows = connection.execution_options(yield_per=8).execute(select(EVIDENCE.c.sha256, EVIDENCE.c.text))
    return {own: sha256(text) == own for own, text in rows}


def _broken(connection: Connection, walk: _Walk) -> Iterator[tuple[int, Note]]:
    """Entries that are not as they were written, with how; all are walked, for a later one may erase what is gone."""
    for row in connection.execution_options(yield_per=_BATCH).execute(_ROWS).mappings():
        yield from ((row["seq"], problem) for problem in [*_problems(row, walk)][:1])
        walk.hashes[row["seq"]] = row["hash"]
        walk.last = Head(row["seq"], row["hash"])


def _problems(row: RowMapping, walk: _Walk) -> Iterator[Note]:
    """What is wrong with one entry; notes what the end of the walk needs."""
    if row["seq"] != walk.last.seq + 1:
        yield note(JournalNote.CHAIN_GAP, seq=row["seq"], expected=walk.last.seq + 1)
    if row["previous"] != walk.last.hash:
        yield note(JournalNote.CHAIN_LINK, seq=row["seq"])
    if of_fields([row[name] for name in FIELDS]) != row["hash"]:
        yield note(JournalNote.CHAIN_HASH, seq=row["seq"])
    walk.versions[row["subject"]] += 1
    if row["version"] != walk.versions[row["subject"]]:
        yield note(JournalNote.CHAIN_VERSION, seq=row["seq"], subject=row["subject"], version=row["version"])
    if row["text"] is None:
        walk.bodies_gone.append(row["seq"])
    elif salted(row["salt"], row["text"]) != row["body_hash"]:
        yield note(JournalNote.CHAIN_BODY, seq=row["seq"])
    if not walk.people.get(row["actor"], True):
        yield note(JournalNote.CHAIN_PERSON, seq=row["seq"], gone=False)
    if row["actor"] not in walk.people:
        walk.people_gone.setdefault(row["actor"], row["seq"])
    yield from _said(row, walk)


def _said(row: RowMapping, walk: _Walk) -> Iterator[Note]:
    """What is wrong with what an entry names; erasures are noted."""
    body = reads.as_body(row["text"]) if row["kind"] in ("frozen", "erased") else None
    if body and row["kind"] == "frozen":
        named = (str(body.get("evidence")), str(body.get("inputs")))
        if lost := next((one for one in named if not walk.evidence.get(one)), None):
            yield note(JournalNote.CHAIN_EVIDENCE, seq=row["seq"], sha256=lost, gone=lost not in walk.evidence)
    if body and row["kind"] == "erased":
        walk.bodies_erased |= {one for one in (body.get("entry"),) if isinstance(one, int)}
        walk.people_erased.add(str(body.get("person")))


def _gone(walk: _Walk) -> Iterator[tuple[int, Note]]:
    """Texts that are gone although no entry erased them."""
    for seq in walk.bodies_gone:
        if seq not in walk.bodies_erased:
            yield seq, note(JournalNote.CHAIN_BODY_GONE, seq=seq)
    for row, seq in walk.people_gone.items():
        if row not in walk.people_erased:
            yield seq, note(JournalNote.CHAIN_PERSON, seq=seq, gone=True)


def _head_problem(walk: _Walk, path: Path, head: str) -> Note | None:
    """What is wrong with the end, as the file beside the journal and a hash from elsewhere tell it."""
    if head and head not in walk.hashes.values():
        return note(JournalNote.CHAIN_OTHER, hash=head, file="")
    file = str(heads.place(path))
    try:
        known = heads.known(path)
    except ValueError:
        return note(JournalNote.JOURNAL_DAMAGED, file=file, error="")
    if known is None or walk.hashes.get(known.seq) == known.hash:
        return None
    if known.seq > walk.last.seq:
        return note(JournalNote.CHAIN_CUT, known=known.seq, last=walk.last.seq, file=file)
    return note(JournalNote.CHAIN_OTHER, hash=known.hash, file=file)


def _cut_at(problem: Note | None, walk: _Walk) -> int | None:
    """The first entry that is missing at the end, where that is what is wrong."""
    return walk.last.seq + 1 if problem and problem.code is JournalNote.CHAIN_CUT else None


def _guard_problem(connection: Connection) -> Note | None:
    lost = sqlite.missing_guards(connection)
    return note(JournalNote.CHAIN_TRIGGER, names=tuple(lost)) if lost else None
