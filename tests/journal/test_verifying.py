"""A changed, deleted, replaced or cut-off row is found, and said where; so is every text, and what guards them."""

import shutil
from pathlib import Path
from time import process_time

import pytest

from assay import journal
from assay.errors import JournalError
from assay.journal.hashing import of_fields
from assay.model.journal import JournalCheck
from assay.model.note import Code
from assay.model.records import canonical
from assay.model.review.acts import Commented, Erased, Frozen
from assay.model.review.notes import JournalNote as Says
from assay.view.text.notes import words
from journaled import ANN, BEN, behind, file_of, filled, noted, three, unguarded, url_of, verified

COPY = (
    "INSERT INTO entries SELECT seq + 3, at, actor, verified, via, kind, subject, version + 3, body_hash, hash, 'new'"
)
CASES = {
    "changed": ("UPDATE entries SET kind = 'decided' WHERE seq = 2", 2, Says.CHAIN_HASH),
    "changed last": ("UPDATE entries SET at = '2020' WHERE seq = 5", 5, Says.CHAIN_HASH),
    "unverified": ("UPDATE entries SET verified = 0 WHERE seq = 3", 3, Says.CHAIN_HASH),
    "deleted": ("DELETE FROM entries WHERE seq = 2", 3, Says.CHAIN_GAP),
    "first deleted": ("DELETE FROM entries WHERE seq = 1", 2, Says.CHAIN_GAP),
    "moved": ("UPDATE entries SET previous = 'x' WHERE seq = 4", 4, Says.CHAIN_LINK),
    "replaced": ("UPDATE bodies SET text = '{}' WHERE text LIKE '%first%'", 2, Says.CHAIN_BODY),
    "salted anew": ("UPDATE bodies SET salt = '' WHERE text LIKE '%second%'", 3, Says.CHAIN_BODY),
    "unsaid": ("DELETE FROM bodies WHERE text LIKE '%second%'", 3, Says.CHAIN_BODY_GONE),
    "renamed": ("UPDATE people SET text = replace(text, 'Ben', 'Cem')", 4, Says.CHAIN_PERSON),
    "unknown": ("DELETE FROM people WHERE text LIKE '%Ben%'", 4, Says.CHAIN_PERSON),
    "other evidence": ("UPDATE evidence SET text = 'results!'", 5, Says.CHAIN_EVIDENCE),
    "no evidence": ("DELETE FROM evidence", 5, Says.CHAIN_EVIDENCE),
    "cut off": ("DELETE FROM entries WHERE seq > 3", 4, Says.CHAIN_CUT),
    "emptied": ("DELETE FROM entries", 1, Says.CHAIN_CUT),
}


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A journal of five entries by two people, the last of them with evidence."""
    url = url_of(tmp_path_factory.mktemp("five"))
    three(url)
    noted(url, "R-001", Commented("third"), person=BEN)
    with journal.open(url).writing() as pen:
        act = Frozen(pen.keep_evidence("results"), pen.keep_evidence("inputs"))
        pen.append("frozen", "R-001", canonical(act), ANN, "page")
    return url


@pytest.fixture
def url(five: str, tmp_path: Path) -> str:
    shutil.copytree(file_of(five).parent, tmp_path / "copy")
    return f"sqlite:///{tmp_path / 'copy' / 'journal.db'}"


def said(found: JournalCheck) -> tuple[int | None, Code | None]:
    """Where and how; the words name the entry."""
    if found.problem and found.first_broken:
        assert str(found.first_broken) in words(found.problem) or found.problem.code is Says.CHAIN_CUT
    assert found.ok is (found.problem is None)
    return found.first_broken, found.problem.code if found.problem else None


@pytest.mark.parametrize("case", CASES)
def test_what_was_done_to_a_journal_is_found_where_it_was_done(url: str, case: str) -> None:
    statement, seq, code = CASES[case]
    assert said(journal.verify(url)) == (None, None)
    unguarded(url, statement)
    assert said(journal.verify(url)) == (seq, code)


def test_a_row_written_anew_with_a_hash_that_fits_is_found_by_the_next_or_by_the_head(url: str) -> None:
    stored = [one.entry for one in journal.open(url).recorded()]
    for seq, where, code in ((3, 4, Says.CHAIN_LINK), (5, None, Says.CHAIN_OTHER)):
        one = stored[seq - 1]
        rest = ("command", one.kind, one.subject, one.version, one.body_hash, one.previous)
        digest = of_fields([seq, one.at, one.actor, 1, *rest])
        unguarded(url, f"UPDATE entries SET via = 'command', hash = '{digest}' WHERE seq = {seq}")
        assert said(journal.verify(url)) == (where, code)
        back = f"UPDATE entries SET via = '{one.via}', hash = '{one.hash}' WHERE seq = {seq}"
        unguarded(url, back)
    assert journal.verify(url).ok


def test_a_cut_off_tail_is_noticed_by_the_head_that_was_kept_here_or_elsewhere(url: str) -> None:
    opened = journal.open(url)
    last, third, head = opened.head(), opened.recorded()[2].entry.hash, Path(f"{file_of(url)}.head")
    assert journal.verify(url, last.hash.upper()).ok
    assert journal.verify(url, third).ok
    unguarded(url, "DELETE FROM entries WHERE seq > 3")
    noted(url, "R-001", Commented("in its place"), Commented("and more"), Commented("than there was"))
    assert head.read_text() == f"5 {last.hash}\n", "what is not led up to is not replaced"
    assert said(journal.verify(url)) == (None, Says.CHAIN_OTHER)
    head.unlink()
    assert journal.verify(url).ok
    assert said(journal.verify(url, last.hash)) == (None, Says.CHAIN_OTHER)
    assert "given" in words(journal.verify(url, last.hash).problem)
    head.write_text("no head at all")
    assert said(journal.verify(url)) == (None, Says.JOURNAL_DAMAGED)
    noted(url, "R-001", Commented("still saved"))
    assert head.read_text() == "no head at all"


def test_a_head_that_lags_behind_is_fine(url: str) -> None:
    third = journal.open(url).recorded()[2].entry.hash
    Path(f"{file_of(url)}.head").write_text(f"3 {third}\n")
    assert journal.verify(url).ok


def test_guards_that_are_gone_or_changed_are_named(url: str) -> None:
    behind(url, "DROP TRIGGER entries_no_delete", "DROP TRIGGER people_no_update")
    behind(url, "CREATE TRIGGER people_no_update BEFORE UPDATE ON people BEGIN SELECT 1; END")
    found = journal.verify(url)
    assert said(found) == (None, Says.CHAIN_TRIGGER)
    assert "entries_no_delete, people_no_update" in words(found.problem)


def test_what_was_erased_is_no_damage_and_what_is_named_by_no_erasure_stays(url: str) -> None:
    person = journal.open(url).recorded()[3].entry.actor
    with journal.open(url).writing() as pen:
        pen.append("erased", "R-001", canonical(Erased("private", entry=2)), ANN, "page")
        pen.append("erased", "people", canonical(Erased("asked", person=person)), ANN, "page")
        pen.erase_body(2)
        pen.erase_person(person)
    found = journal.verify(url)
    assert (found.ok, found.erased, found.entries) == (True, 2, 7)
    assert [one.body is None for one in journal.open(url).recorded()] == [False, True, *[False] * 5]
    assert [one.person is None for one in journal.open(url).recorded()] == [*[False] * 3, True, *[False] * 3]
    assert verified(file_of(url)) == 7
    for act in ("DELETE FROM bodies WHERE text LIKE '%private%'", "DELETE FROM people"):
        with pytest.raises(Exception, match="append-only"):
            behind(url, act)
    unguarded(url, "DELETE FROM bodies WHERE text LIKE '%first%' OR text LIKE '%private%'")
    assert said(journal.verify(url)) == (2, Says.CHAIN_BODY_GONE)


def test_no_journal_is_no_broken_one_and_damage_to_the_file_is(url: str, tmp_path: Path) -> None:
    for folder in ("none", "copy/journal.db"):
        with pytest.raises(JournalError) as raised:
            journal.verify(url_of(tmp_path / folder))
        assert raised.value.note.code is Says.JOURNAL_NONE
    gone = shutil.copytree(file_of(url).parent, tmp_path / "gone") / "journal.db"
    gone.unlink()
    assert said(journal.verify(f"sqlite:///{gone}")) == (1, Says.CHAIN_CUT)
    content = bytearray(file_of(url).read_bytes())
    content[4096:] = b"x" * (len(content) - 4096)
    file_of(url).write_bytes(content)
    assert said(journal.verify(url)) == (None, Says.JOURNAL_DAMAGED)


def test_the_verifier_of_the_manual_finds_what_ours_finds(url: str) -> None:
    assert verified(file_of(url)) == 5
    unguarded(url, "UPDATE bodies SET text = '{}' WHERE text LIKE '%first%'")
    with pytest.raises(AssertionError, match="the words of 2"):
        verified(file_of(url))


def test_a_hundred_thousand_entries_are_checked_in_five_seconds(url: str) -> None:
    filled(url, ((f"R-{number % 1_000 + 2:03}", Commented("x" * 200)) for number in range(100_000)))
    noted(url, "R-001", Commented("last"))
    started = process_time()
    assert journal.verify(url).entries == 100_006
    assert process_time() - started < 5
    assert verified(file_of(url)) == 100_006
