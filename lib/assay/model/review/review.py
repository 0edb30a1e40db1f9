"""A review as its entries tell it: nothing here is computed from runs, rules or the time of day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.people import Person
from assay.model.review.acts import (
    Act,
    Answered,
    Decided,
    Frozen,
    Opened,
    ReviewDecision,
    SignatureAsked,
    Signed,
    Waived,
)

SHORTEST = 8
"""Characters of a SHA-256 that tell one evidence of a review from the others."""


class ReviewStatus(StrEnum):
    """Where a review stands by what people decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Made:
    """Who did something, when (UTC, ISO 8601) and as which entry; `person` None where they were erased."""

    seq: int
    at: str
    person: Person | None
    verified: bool
    via: str

    @property
    def key(self) -> str:
        """What tells this person from others; "" of one who was erased."""
        return self.person.key if self.person else ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A title and a hypothesis, as they were from then on; `late`: written after evidence had been frozen."""

    made: Made
    title: str
    hypothesis: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with every version of its text, the newest last; an erased one is "" and `erased`."""

    made: Made
    versions: tuple[tuple[Made, str], ...]
    retracted: bool = False
    erased: bool = False

    @property
    def text(self) -> str:
        """As it is now."""
        return self.versions[-1][1]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature, and who set it aside with which reason, where it requested changes that somebody dismissed."""

    made: Made
    act: Signed
    dismissed: tuple[Made, str] | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """One line of the timeline; `act` None where its words were erased."""

    made: Made
    kind: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class Review:
    """What happened, in order; of what takes another's place only the newest, but for wordings and comments.

    `signatures`: of this round, every one, and what was requested before; `round`: the entry that began it. `answers`:
    `list/item` → the newest. `waivers`: every one, newest last. `decision`: what closed it or was noted last.
    """

    id: str
    made: Made
    opened: Opened
    status: ReviewStatus
    wordings: tuple[Wording, ...]
    evidences: tuple[tuple[Made, Frozen], ...] = ()
    answers: Mapping[str, tuple[Made, Answered]] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    requests: tuple[tuple[Made, SignatureAsked], ...] = ()
    signatures: tuple[Signature, ...] = ()
    waivers: tuple[tuple[Made, Waived], ...] = ()
    decision: tuple[Made, Decided] | None = None
    closing: tuple[Made, str] | None = None
    round: int = 0
    timeline: tuple[Occasion, ...] = ()
    last: int = 0
    """The seq of its newest entry."""

    @property
    def title(self) -> str:
        """As it is now."""
        return self.wordings[-1].title

    @property
    def hypothesis(self) -> str:
        """As it is now; "" for none."""
        return self.wordings[-1].hypothesis

    @property
    def frozen(self) -> tuple[Made, Frozen] | None:
        """The newest evidence; None before any, and where its entry was erased."""
        return self.evidences[-1] if self.evidences else None

    @property
    def evidence_sha256(self) -> str:
        """Of the newest evidence; "" where there is none."""
        return self.frozen[1].evidence if self.frozen else ""

    def frozen_as(self, sha256: str) -> tuple[Made, Frozen] | None:
        """The evidence whose SHA-256 begins with these, of 8 characters or more; None where none or several do."""
        found = [own for own in self.evidences if len(sha256) >= SHORTEST and own[1].evidence.startswith(sha256)]
        return found[0] if len(found) == 1 else None

    @property
    def harmful(self) -> bool:
        """Whether it was rejected for harm."""
        return self.decision is not None and self.decision[1].decision is ReviewDecision.ROLLBACK
