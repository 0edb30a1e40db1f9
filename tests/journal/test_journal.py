"""What is written is there, in order, and nothing of it can be changed; what cannot be written is told."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from assay import journal
from assay.errors import JournalError
from assay.journal import sqlite
from assay.model.journal import Head
from assay.model.note import Code
from assay.model.people import Person
from assay.model.records import canonical
from assay.model.review.acts import Commented
from assay.model.review.notes import JournalNote
from assay.view.text.notes import words
from journaled import ANN, BEN, OPENED, behind, file_of, noted, three, url_of


@pytest.fixture
def url(tmp_path: Path) -> str:
    return url_of(tmp_path)


def told(act: Callable[[], object]) -> Code:
    """The code of what is raised, whose words name the file."""
    with pytest.raises(JournalError) as raised:
        act()
    assert "journal" in words(raised.value.note)
    return raised.value.note.code


def test_a_journal_is_made_by_the_first_write_and_is_empty_until_then(url: str) -> None:
    opened = journal.open(url)
    assert opened.recorded() == ()
    assert opened.head() == Head()
    assert opened.evidence("00") is None
    assert opened.draft("ann", "R-001") == ""
    assert opened.since(Head()) == (Head(), ())
    assert not file_of(url).parent.exists()
    three(url)
    assert [one.entry.seq for one in opened.recorded()] == [1, 2, 3]
    assert [one.entry.version for one in opened.recorded("R-001", after=1)] == [2, 3]
    assert opened.recorded()[0].person == ANN
    assert opened.recorded()[1].body == {"text": "first", "comment": 0}
    last = opened.recorded()[-1].entry
    assert opened.head() == Head(3, last.hash)
    assert last.at.endswith("Z")
    assert last.previous == opened.recorded()[1].entry.hash
    assert Path(f"{file_of(url)}.head").read_text() == f"3 {last.hash}\n"


def test_reviews_are_numbered_and_evidence_and_people_are_kept_once(url: str) -> None:
    with journal.open(url).writing() as pen:
        assert pen.next_subject() == "R-001"
        pen.append("opened", "R-001", canonical(OPENED), ANN, "page")
        pen.append("opened", "R-0999", canonical(OPENED), ANN, "page")
        pen.append("opened", "R-x", canonical(OPENED), BEN, "page")
        assert pen.next_subject() == "R-1000"
        assert pen.keep_evidence("{}") == pen.keep_evidence("{}")
        assert [*pen.people().values()].count(ANN) == 1
    assert journal.open(url).evidence("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a") == "{}"


def test_a_transaction_that_fails_leaves_nothing_behind(url: str) -> None:
    three(url)

    def half() -> None:
        with journal.open(url).writing() as pen:
            pen.keep_evidence("never")
            pen.append("commented", "R-001", canonical(Commented("never")), ANN, "page")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert journal.open(url).head().seq == 3
    assert journal.verify(url).ok
    for wrong in ("a\nb", "a\n"):
        with pytest.raises(ValueError, match="a"), journal.open(url).writing() as pen:
            pen.append(wrong, "R-001", "{}", ANN, "page")
    assert journal.open(url).head().seq == 3


def test_texts_come_back_letter_by_letter_however_long_and_strange(url: str) -> None:
    text = "한국어 \u2028\r\n<script> =1+1 🙂 \x00 " + "x" * 100_000
    noted(url, "R-001", OPENED, Commented(text))
    assert (journal.open(url).recorded()[1].body or {})["text"] == text
    assert journal.verify(url).ok


def test_drafts_are_their_owners_and_may_change(url: str) -> None:
    opened = journal.open(url)
    for text in ("a", "b"):
        with opened.writing() as pen:
            pen.draft("ann", "R-001", text)
    assert opened.draft("ann", "R-001") == "b"
    assert opened.draft("ben", "R-001") == ""
    with opened.writing() as pen:
        pen.draft("ann", "R-001", "")
        pen.draft("ben", "R-001", "c")
        pen.drop_drafts("ben")
    assert opened.draft("ann", "R-001") == ""
    assert opened.draft("ben", "R-001") == ""
    assert opened.head() == Head()


CHANGES = [
    "UPDATE entries SET kind = 'decided' WHERE seq = 2",
    "DELETE FROM entries WHERE seq = 3",
    "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 2",
    "INSERT OR REPLACE INTO entries SELECT 9, at, actor, 1, via, kind, 'R-9', 1, body_hash, previous, 'h' FROM entries",
    "INSERT OR REPLACE INTO entries SELECT 9, at, actor, 1, via, kind, subject, 2, body_hash, 'p', 'h' FROM entries",
    "UPDATE bodies SET text = '{}'",
    "DELETE FROM bodies",
    "INSERT OR REPLACE INTO bodies SELECT hash, salt, '{}' FROM bodies",
    "UPDATE OR REPLACE people SET text = '{}'",
    "DELETE FROM people",
    "REPLACE INTO people SELECT id, salt, '{}' FROM people",
    "INSERT INTO evidence VALUES ('00', 'a')",
    "DELETE FROM evidence",
    "UPDATE evidence SET text = ''",
]


def test_sql_changes_removes_or_replaces_nothing(url: str) -> None:
    three(url)
    behind(url, "INSERT INTO evidence VALUES ('00', '{}')")
    for change in CHANGES:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            behind(url, change)
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        behind(url, "REPLACE INTO bodies(rowid, hash, salt, text) VALUES (1, 'a', 'b', 'c')")
    assert journal.verify(url).ok


def test_what_is_no_journal_of_ours_is_left_alone(url: str, tmp_path: Path) -> None:
    three(url)
    assert told(lambda: journal.open("postgresql://ann:secret@host/journal")) is JournalNote.JOURNAL_SCHEME
    with pytest.raises(JournalError) as raised:
        journal.open("postgresql://ann:secret@host/journal")
    assert "secret" not in str(raised.value) + words(raised.value.note)
    behind(url, "UPDATE meta SET value = '2'")
    for act in (journal.open(url).recorded, lambda: three(url), lambda: journal.verify(url)):
        assert told(act) is JournalNote.JOURNAL_NEWER
    other = f"sqlite:///{tmp_path / 'mlflow.db'}"
    behind(other, "CREATE TABLE runs (a)")
    before = file_of(other).read_bytes()
    assert told(lambda: three(other)) is told(journal.open(other).recorded) is JournalNote.JOURNAL_OTHER
    assert [*file_of(other).parent.glob("mlflow.db*")] == [file_of(other)]
    assert file_of(other).read_bytes() == before
    damaged = f"sqlite:///{tmp_path / 'journal-damaged.db'}"
    file_of(damaged).write_bytes(b"no database at all " * 100)
    assert told(lambda: three(damaged)) is told(journal.open(damaged).head) is JournalNote.JOURNAL_DAMAGED
    assert journal.verify(damaged).problem
    empty = f"sqlite:///{tmp_path / 'empty?.db'}"
    file_of(empty).write_bytes(b"")
    assert journal.open(empty).recorded() == ()
    three(empty)
    assert journal.open(f"{empty}?timeout=5").head().seq == 3
    folder = f"sqlite:///{tmp_path / 'journal'}"
    file_of(folder).mkdir()
    assert told(journal.open(folder).head) is JournalNote.JOURNAL_GONE
    assert told(lambda: three(f"{empty}/journal.db")) is JournalNote.JOURNAL_GONE


AS_NOBODY = """
import os, sys
from assay import journal
from assay.errors import JournalError
from assay.journal import sqlite
from assay.model.people import Person
os.setgroups([]), os.setgid(65534), os.setuid(65534)
opened = journal.open(sys.argv[1])
print(len(opened.recorded()), journal.verify(sys.argv[1]).ok)
try:
    with opened.writing() as pen:
        pen.append("commented", "R-001", "{}", Person("local", "nobody", "Nobody"), "page")
except JournalError as error:
    print(error.note.code)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root may become somebody who cannot write")
def test_a_journal_that_nobody_may_write_to_is_still_read(tmp_path: Path) -> None:
    """Once with the folder closed to writers, where SQLite may not make its log, and once with the file alone."""
    for folder_mode, file_mode in ((0o555, 0o444), (0o777, 0o444)):
        url = url_of(tmp_path / f"{folder_mode}")
        three(url)
        for folder in (tmp_path, *tmp_path.parents[:3]):
            folder.chmod(0o755)
        file_of(url).parent.parent.chmod(0o755)
        file_of(url).chmod(file_mode)
        file_of(url).parent.chmod(folder_mode)
        found = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, url], capture_output=True, text=True, check=True, env=dict(os.environ)
        )
        assert found.stdout.split("\n")[:2] == ["3 True", JournalNote.JOURNAL_READ_ONLY.value]


def test_a_full_disk_loses_nothing_and_is_told(url: str) -> None:
    three(url)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        assert told(lambda: noted(url, "R-001", Commented("x" * 400_000))) is JournalNote.JOURNAL_FULL
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert journal.open(url).head().seq == 3
    assert journal.verify(url).ok
    noted(url, "R-001", Commented("x" * 400_000))
    assert journal.verify(url).entries == 4


def test_a_file_that_has_no_more_pages_is_full_too(url: str) -> None:
    three(url)

    def capped(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 40")

    engine = sqlite.writing(file_of(url))
    event.listen(engine, "connect", capped)
    assert told(lambda: noted(url, "R-001", Commented("short"), Commented("x" * 400_000))) is JournalNote.JOURNAL_FULL
    event.remove(engine, "connect", capped)
    assert journal.open(url).head().seq == 3
    noted(url, "R-001", Commented("x" * 400_000))
    assert journal.verify(url).entries == 4


def test_who_waits_for_too_long_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    three(url)
    monkeypatch.setattr("assay.journal.sqlite.PATIENCE", 0.05)
    with journal.open(url).writing() as pen:
        pen.append("commented", "R-001", "{}", BEN, "page")
        assert told(lambda: three(url)) is JournalNote.JOURNAL_BUSY
        assert journal.open(url).head().seq == 3
    assert journal.open(url).head().seq == 4


def test_what_cannot_be_read_of_an_entry_is_none(url: str) -> None:
    with journal.open(url).writing() as pen:
        for text in ("[1]", "no json", "[" * 100_000):
            pen.append("commented", "R-001", text, Person("local", "a", "A"), "page")
    assert [one.body for one in journal.open(url).recorded()] == [None] * 3
