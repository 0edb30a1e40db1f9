"""One transaction that looks at what is recorded and adds to it, while nobody else can."""

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from assay.journal import reads
from assay.journal.hashing import FIELDS, of_fields, salt, salted
from assay.journal.schema import BODIES, DRAFTS, ENTRIES, EVIDENCE, PEOPLE
from assay.model.journal import Entry, Head, Recorded
from assay.model.people import Person
from assay.model.records import canonical
from assay.model.review.evidence import sha256


class Transaction:
    """What a transaction sees is what there is: nothing comes between a look and an entry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.erased = False

    def recorded(self, subject: str = "", after: int = 0, kind: str = "", most: int = 0) -> tuple[Recorded, ...]:
        """As `Journal.recorded`; `most`: how many at most, 0 for all."""
        return reads.recorded(self._connection, subject, after, kind, most)

    def head(self) -> Head:
        """The last entry."""
        return reads.head(self._connection)

    def evidence(self, sha: str) -> str | None:
        """As `Journal.evidence`."""
        return reads.evidence(self._connection, sha)

    def append(self, kind: str, subject: str, text: str, person: Person, via: str) -> Entry:
        """Adds an entry that says `text`, a JSON object; ValueError for a kind, subject or `via` of several lines."""
        before = self.head()
        stored: dict[str, str | int] = {
            "seq": before.seq + 1,
            "at": datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "actor": self._person(person),
            "verified": int(person.verified),
            "via": via,
            "kind": kind,
            "subject": subject,
            "version": self._version(subject) + 1,
            "body_hash": self._body(text),
            "previous": before.hash,
        }
        stored["hash"] = of_fields([stored[name] for name in FIELDS])
        self._connection.execute(insert(ENTRIES), [stored])
        return Entry(**{field.name: stored[field.name] for field in fields(Entry)} | {"verified": person.verified})  # type: ignore[arg-type]

    def keep_evidence(self, text: str) -> str:
        """Keeps a text under its SHA-256, once."""
        found = sha256(text)
        if self.evidence(found) is None:
            self._connection.execute(insert(EVIDENCE), [{"sha256": found, "text": text}])
        return found

    def next_subject(self, prefix: str = "R") -> str:
        """`R-001`, `R-002`, and so on: one that nobody has."""
        asked = select(ENTRIES.c.subject).where(ENTRIES.c.version == 1, ENTRIES.c.subject.like(f"{prefix}-%"))
        names = (re.fullmatch(rf"{prefix}-(\d+)", one) for one in self._connection.scalars(asked))
        return f"{prefix}-{max((int(name[1]) for name in names if name), default=0) + 1:03}"

    def erase_body(self, seq: int) -> None:
        """Forgets what that entry says; only once an entry of the kind `erased` names it."""
        named = select(ENTRIES.c.body_hash).where(ENTRIES.c.seq == seq).scalar_subquery()
        self._connection.execute(delete(BODIES).where(BODIES.c.hash == named))
        self.erased = True

    def erase_person(self, row: str) -> None:
        """Forgets a row of people; only once an entry of the kind `erased` names it."""
        self._connection.execute(delete(PEOPLE).where(PEOPLE.c.id == row))
        self.erased = True

    def people(self) -> Mapping[str, Person]:
        """Row → who it is; one account has a row for every spelling."""
        rows = self._connection.execute(select(PEOPLE.c.id, PEOPLE.c.text))
        return {row: person for row, text in rows if (person := reads.as_person(text))}

    def draft(self, owner: str, place: str, text: str) -> None:
        """Keeps what somebody typed at a place; an empty text is no draft."""
        own = {"owner": owner, "place": place}
        self._connection.execute(delete(DRAFTS).where(DRAFTS.c.owner == owner, DRAFTS.c.place == place))
        if text:
            self._connection.execute(insert(DRAFTS), [{**own, "text": text, "at": datetime.now(UTC).isoformat()}])

    def drop_drafts(self, owner: str) -> None:
        """Forgets whatever somebody typed."""
        self._connection.execute(delete(DRAFTS).where(DRAFTS.c.owner == owner))

    def _version(self, subject: str) -> int:
        asked = select(ENTRIES.c.version).where(ENTRIES.c.subject == subject).order_by(ENTRIES.c.version.desc())
        return self._connection.scalar(asked.limit(1)) or 0

    def _body(self, text: str) -> str:
        own = salt()
        found = salted(own, text)
        self._connection.execute(insert(BODIES), [{"hash": found, "salt": own, "text": text}])
        return found

    def _person(self, person: Person) -> str:
        text = canonical(asdict(person))
        known = self._connection.scalar(select(PEOPLE.c.id).where(PEOPLE.c.text == text))
        if known:
            return str(known)
        own = salt()
        found = salted(own, text)
        self._connection.execute(insert(PEOPLE), [{"id": found, "salt": own, "text": text}])
        return found
