"""What does the journal hold: reviews, their evidence, and what somebody has typed?"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from assay import journal
from assay.analysis.review.fold import folded
from assay.errors import ReviewError
from assay.model.journal import Head, Recorded
from assay.model.records import UNREADABLE
from assay.model.review.evidence import FrozenEvidence
from assay.model.review.evidence import sha256 as hash_of
from assay.model.review.notes import ReviewNote
from assay.model.review.review import Review
from assay.workspace import Desk


@dataclass(slots=True)
class _Shelf:
    """The reviews of one journal as far as this process has read it, newest first."""

    head: Head = field(default_factory=Head)
    reviews: dict[str, Review] = field(default_factory=dict)
    sorted: tuple[Review, ...] = ()
    lock: Lock = field(default_factory=Lock)


@lru_cache(maxsize=4)
def _shelf(_url: str) -> _Shelf:
    return _Shelf()


def review(desk: Desk, id: str) -> Review:
    """The review with this id, as it is recorded now; raises ReviewError where there is none, or JournalError."""
    return known(id, journal.open(desk.settings.journal).recorded(id))


def known(id: str, recorded: Sequence[Recorded]) -> Review:
    """The review that these entries tell; raises ReviewError where none of them opens one."""
    found = folded(id, recorded) if id else None
    if found is None:
        raise ReviewError(ReviewNote.REVIEW_UNKNOWN, id=id)
    return found


def reviews(desk: Desk) -> tuple[Review, ...]:
    """Every review, the newest first; of what this process has read already, only what came after."""
    shelf = _shelf(desk.settings.journal)
    with shelf.lock:
        _read_on(shelf, desk.settings.journal)
        return shelf.sorted


def head(desk: Desk) -> Head:
    """The journal's last entry: as long as it is the same, so is everything that is recorded."""
    return journal.open(desk.settings.journal).head()


def evidence(desk: Desk, sha256: str) -> FrozenEvidence:
    """The evidence with this SHA-256; raises ReviewError where it is gone or cannot be read, or JournalError."""
    found = _evidence(desk.settings.journal, sha256)
    if found is None:
        raise ReviewError(ReviewNote.EVIDENCE_GONE, sha256=sha256)
    return found


def draft(desk: Desk, owner_key: str, place: str) -> str:
    """What that person typed at a place and has not saved, "" for nothing."""
    return journal.open(desk.settings.journal).draft(owner_key, place)


def _read_on(shelf: _Shelf, url: str) -> None:
    opened = journal.open(url)
    found = opened.since(shelf.head)
    anew = not shelf.head.seq
    reviews = dict(shelf.reviews)
    if found is None or (not anew and any(one.entry.kind == "erased" for one in found[1])):  # some of it is gone
        reviews, anew, found = {}, True, opened.since(Head()) or (Head(), ())
    head, recorded = found
    came = defaultdict[str, list[Recorded]](list)
    for one in recorded:
        came[one.entry.subject].append(one)
    for subject, own in came.items():  # entries are not kept: a review has what they say, and they would be as large
        if (told := folded(subject, own if anew else opened.recorded(subject))) is not None:
            reviews[subject] = told
    if recorded or len(shelf.sorted) != len(reviews):
        shelf.sorted = tuple(sorted(reviews.values(), key=lambda one: one.made.seq, reverse=True))
    shelf.head, shelf.reviews = head, reviews  # last: a look that fails half-way has read nothing


def _evidence(url: str, sha256: str) -> FrozenEvidence | None:
    """Kept once it was read: a hash never gets another text. One that is missing may still come."""
    try:
        return _kept(url, sha256)
    except UNREADABLE:
        return None


@lru_cache(maxsize=64)
def _kept(url: str, sha256: str) -> FrozenEvidence:
    text = _own(url, sha256)
    return FrozenEvidence.read(text, _own(url, str(json.loads(text)["inputs"])))


def _own(url: str, sha256: str) -> str:
    """The text with this SHA-256; ValueError for one that was changed past Assay, on which nobody may decide."""
    text = journal.open(url).evidence(sha256) or ""
    if hash_of(text) != sha256:
        raise ValueError(sha256)
    return text
