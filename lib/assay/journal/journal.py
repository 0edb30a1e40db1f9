"""A journal: what people decided, read at any time, and written one transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, select

from assay.errors import JournalError
from assay.journal import heads, reads, sqlite
from assay.journal.schema import DRAFTS, META, SCHEMA, TABLES
from assay.journal.transaction import Transaction
from assay.model.journal import Head, Recorded
from assay.model.review.notes import JournalNote
from assay.uri import scheme_of, shown


class Journal:
    """The journal in an SQLite file; made by the first write, and until then an empty one. Raises JournalError."""

    def __init__(self, url: str) -> None:
        if scheme_of(url).partition("+")[0] != "sqlite":
            raise JournalError(JournalNote.JOURNAL_SCHEME, file=shown(url), found=scheme_of(url))
        self.path: Path = sqlite.path_of(url)
        self.file = str(self.path)

    @contextmanager
    def looking(self) -> Iterator[Connection | None]:
        """One look at it, in which nothing changes; None where there is no journal yet."""
        with sqlite.told(self.file):
            if not self.path.exists():
                yield None
                return
            if not self.path.is_file():
                raise JournalError(JournalNote.JOURNAL_GONE, file=self.file, error="")
            with sqlite.reading(self.path).connect() as connection:
                yield connection if reads.is_journal(connection, self.file) else None

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction that nobody else writes beside; all of it is kept, or nothing where something is raised."""
        with self.looking():  # a file of something else is refused before it is opened for writing, which changes it
            pass
        with sqlite.told(self.file):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            engine = sqlite.writing(self.path)
            with engine.begin() as connection:
                if not reads.is_journal(connection, self.file):
                    _made(connection)
                before = reads.head(connection)
                pen = Transaction(connection)
                yield pen
                grown = reads.head(connection) != before
        with suppress(JournalError), sqlite.told(self.file):  # what was written is kept, whatever happens here
            if grown:
                self._keep_head()
            if pen.erased:
                sqlite.settle(self.path)

    def _keep_head(self) -> None:
        """In a transaction of its own: what it sees is on the disk, and nobody else writes the head meanwhile."""
        with sqlite.writing(self.path).begin() as connection:
            heads.keep(connection, self.path)

    def recorded(self, subject: str = "", after: int = 0, kind: str = "") -> tuple[Recorded, ...]:
        """Entries after `after` in order, of one subject or kind or of all."""
        with self.looking() as connection:
            return reads.recorded(connection, subject, after, kind) if connection else ()

    def head(self) -> Head:
        """The last entry."""
        with self.looking() as connection:
            return reads.head(connection) if connection else Head()

    def since(self, known: Head) -> tuple[Head, tuple[Recorded, ...]] | None:
        """The head, and what came after `known`; None where the chain does not lead on from there."""
        with self.looking() as connection:
            if connection is None:
                return (Head(), ()) if not known.seq else None
            if known.seq and reads.hash_at(connection, known.seq) != known.hash:
                return None
            found = reads.recorded(connection, after=known.seq)
            last = found[-1].entry if found else None
            return (Head(last.seq, last.hash) if last else known), found

    def evidence(self, sha256: str) -> str | None:
        """A text that was kept, by its SHA-256; None where there is none."""
        with self.looking() as connection:
            return reads.evidence(connection, sha256) if connection else None

    def draft(self, owner: str, place: str) -> str:
        """What somebody typed at a place and has not saved, "" for nothing."""
        asked = select(DRAFTS.c.text).where(DRAFTS.c.owner == owner, DRAFTS.c.place == place)
        with self.looking() as connection:
            return (connection.scalar(asked) if connection else None) or ""


def _made(connection: Connection) -> None:
    """A new journal, within the transaction that writes its first row."""
    TABLES.create_all(connection)
    sqlite.guard(connection)
    connection.execute(META.insert(), [{"name": "schema", "value": str(SCHEMA)}])
