"""Reviews are read once and then only what came after; a journal in another's place is read anew."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from assay import policy as policies
from assay import settings
from assay.errors import ReviewError
from assay.model.review.acts import Answered, Commented, Edited, Erased, ItemReply
from assay.queries.review import reading
from assay.workspace import Desk
from journaled import OPENED, file_of, filled, noted, three


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(settings.read({}, data=tmp_path), policies.load(), None, datetime(2026, 11, 22, tzinfo=UTC))


def test_a_list_has_what_was_added_since_and_nothing_of_a_journal_that_is_gone(desk: Desk) -> None:
    url = desk.settings.journal
    assert reading.reviews(desk) == ()
    three(url)
    [first] = reading.reviews(desk)
    assert reading.reviews(desk)[0] is first
    kept = Path(f"{file_of(url)}.kept")
    shutil.copy(file_of(url), kept)
    noted(url, "R-002", OPENED)
    noted(url, "people", Erased("asked", person="x"))
    noted(url, "R-001", Edited("Another title", ""))
    assert [one.title for one in reading.reviews(desk)] == [OPENED.title, "Another title"]
    assert reading.review(desk, "R-001") == reading.reviews(desk)[1]
    assert reading.head(desk).seq == 6
    shutil.copy(kept, file_of(url))
    noted(url, "R-001", *[Commented("other")] * 6)
    [again] = reading.reviews(desk)
    assert (again.title, len(again.comments)) == (OPENED.title, 8)
    file_of(url).unlink()
    assert reading.reviews(desk) == ()
    with pytest.raises(ReviewError):
        reading.review(desk, "R-001")
    with pytest.raises(ReviewError):
        reading.evidence(desk, "00")


def test_twenty_thousand_entries_are_read_in_no_time_once_they_were_read(desk: Desk) -> None:
    """A fifth of what a page is held to: 100,000 entries of 1,000 reviews in 3 s, then in 50 ms, one in 20 ms."""
    url = desk.settings.journal
    three(url)
    names = [f"R-{number:04}" for number in range(2, 202)]
    said = (
        Answered("promotion", f"item{k}", ItemReply.YES, "x" * 50) if k % 2 else Commented("x" * 200) for k in range(99)
    )
    filled(url, [*((name, OPENED) for name in names), *((name, act) for act in said for name in names)])
    assert _seconds(desk) < 1.2
    noted(url, "R-0100", Commented("one more"))
    assert min(_seconds(desk) for _ in range(3)) < 0.05
    started = process_time()
    assert len(reading.review(desk, "R-0100").timeline) == 101
    assert process_time() - started < 0.05
    assert len(reading.reviews(desk)) == 201


def _seconds(desk: Desk) -> float:
    started = process_time()
    reading.reviews(desk)
    return process_time() - started
