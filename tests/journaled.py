"""Journals for tests: a few entries by hand, or a hundred thousand at once."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assay import journal
from assay.journal.hashing import FIELDS, of_fields, salted
from assay.model.journal import Entry
from assay.model.people import Person
from assay.model.records import canonical
from assay.model.review.acts import Act, Commented, Opened, kind_of

ANN = Person("https://accounts.example", "1", "Ann", "ann@example.org", verified=True)
BEN = Person("https://accounts.example", "2", "Ben", "ben@example.org", verified=True)
OPENED = Opened("A new model", "params.m = 'a'", "params.m = 'b'", "accuracy", "0123456789ab", "sqlite:////runs.db")


def url_of(folder: Path) -> str:
    """Of a journal below `folder`, which is not there yet."""
    return f"sqlite:///{folder / 'judged' / 'journal.db'}"


def file_of(url: str) -> Path:
    """The file that it stands in."""
    return Path(url.removeprefix("sqlite:///"))


def noted(url: str, subject: str, *acts: Act, person: Person = ANN, via: str = "page") -> list[Entry]:
    """Writes acts down, whatever rules say of them."""
    with journal.open(url).writing() as pen:
        return [pen.append(kind_of(act), subject, canonical(act), person, via) for act in acts]


def three(url: str) -> None:
    """A review and two comments on it."""
    noted(url, "R-001", OPENED, Commented("first"), Commented("second"))


def behind(url: str, *statements: str) -> None:
    """Runs SQL past Assay."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def unguarded(url: str, *statements: str) -> None:
    """The same, with every trigger taken away and put back."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        with _unguarded(connection):
            for statement in statements:
                connection.execute(statement)
        connection.commit()


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in guards:
        connection.execute(sql)


def filled(url: str, said: Iterable[tuple[str, Act]]) -> None:
    """Continues a journal with subjects and acts in one go, as ten thousands of appends would."""
    first = journal.open(url).head()
    with closing(sqlite3.connect(file_of(url))) as connection:
        actor = connection.execute("SELECT id FROM people").fetchone()[0]
        versions = dict(connection.execute("SELECT subject, max(version) FROM entries GROUP BY subject").fetchall())
        entries, bodies, seq, previous = list[tuple[object, ...]](), list[tuple[str, ...]](), first.seq, first.hash
        for subject, act in said:
            seq, text, salt = seq + 1, canonical(act), f"{seq:064x}"
            versions[subject] = versions.get(subject, 0) + 1
            body = salted(salt, text)
            row = (seq, "2026-11-22T00:00:00.000000Z", actor, 1, "page", kind_of(act), subject, versions[subject], body)
            assert len(row) + 1 == len(FIELDS)
            digest = of_fields([*row, previous])
            entries.append((*row, previous, digest))
            bodies.append((body, salt, text))
            previous = digest
        with _unguarded(connection):
            connection.executemany("INSERT INTO bodies VALUES (?, ?, ?)", bodies)
            connection.executemany(f"INSERT INTO entries VALUES ({', '.join('?' * 11)})", entries)
        connection.commit()


def _printed() -> Callable[[Path], int]:
    """The verifier that docs/journal.md prints, which knows nothing of Assay: how many entries follow from each other."""
    manual = Path(__file__).parents[1] / "docs" / "journal.md"
    found = re.search(r"^```python\n(.*?)^```$", manual.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    names: dict[str, Callable[[Path], int]] = {}
    exec(found[1], names)
    return names["verified"]


verified = _printed()
