"""The journal: an append-only chain of what people decided, and what a check of it finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assay.model.note import Note
from assay.model.people import Person

Body = Mapping[str, Any]
"""What an entry says, as JSON."""


class Via(StrEnum):
    """What somebody acted through."""

    PAGE = "page"
    COMMAND = "command"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the chain, all of it text and numbers as they are stored; `seq` orders, not `at`.

    `at`: UTC, ISO 8601 with microseconds and Z. `actor`: the id of a row of people, whose text may be erased.
    `version`: of the subject, from 1. `body_hash`: SHA-256 of a salt and the body's bytes, which may be erased too.
    `previous`: the hash of the entry before, "" of the first. `hash`: SHA-256 of all of these.
    """

    seq: int
    at: str
    actor: str
    verified: bool
    via: str
    kind: str
    subject: str
    version: int
    body_hash: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with who made it and what it says; each None where it was erased."""

    entry: Entry
    person: Person | None
    body: Body | None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: whoever knows it notices a tail that was cut off. `seq` 0 and "" of an empty journal."""

    seq: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """What a check of the chain found; `first_broken`: the first entry that is not as it was written, `problem`: how.

    `erased`: bodies and people that were erased, as the journal says itself.
    """

    entries: int
    head: Head
    first_broken: int | None = None
    problem: Note | None = None
    erased: int = 0

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return self.problem is None
