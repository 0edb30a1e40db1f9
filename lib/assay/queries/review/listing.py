"""Which reviews are there, and what does each wait for?"""

from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic

from assay.model.note import Note
from assay.model.people import Role
from assay.model.review.evidence import FrozenEvidence
from assay.model.review.gate import GateDecision, ReviewLine, ReviewStanding, ReviewState
from assay.model.review.review import Review, ReviewStatus
from assay.queries.review import reading
from assay.queries.review.looking import looked, supposed
from assay.queries.review.standing import evidence_of
from assay.workspace import Desk

SECONDS = 0.15
"""As long as runs are asked for, the newest open reviews first; of the others nobody knows whether they are fresh."""
_STATES = {
    ReviewStatus.ACCEPTED: ReviewState.ACCEPTED,
    ReviewStatus.REJECTED: ReviewState.REJECTED,
    ReviewStatus.WITHDRAWN: ReviewState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a line says besides its review."""

    state: ReviewState
    decision: GateDecision | None
    missing: tuple[Role, ...] = ()
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that a line hangs on where no run is asked; the others come with it.

    `last`: when its newest entry was made, which no other entry was. `people`: who did what counts, as far as they were
    not erased, which adds no entry to the review.
    """

    journal: str
    id: str
    last: str
    people: tuple[str, ...]
    policy: str
    today: str
    desk: Desk = field(compare=False)
    review: Review = field(compare=False)


def lines(desk: Desk) -> tuple[ReviewLine, ...]:
    """Every review, the newest first; raises JournalError."""
    held = reading.reviews(desk)
    until = monotonic() + SECONDS
    return tuple(_line(desk, one, until) for one in held)


def _line(desk: Desk, review: Review, until: float) -> ReviewLine:
    if review.status is not ReviewStatus.OPEN:
        return ReviewLine(review, _closed(review), _decision(review), None)
    if monotonic() < until and (evidence := _evidence(desk, review)):
        found = looked(desk, review, evidence, lambda _: None)
        if found.fresh.current is not None:
            return _as_line(review, _told(found), fresh=not found.fresh.changes)
    digest = desk.policy.digest or repr(desk.policy)
    last, today = review.timeline[-1].made.at, desk.now.date().isoformat()
    look = _Look(desk.settings.journal, review.id, last, _people(review), digest, today, desk, review)
    return _as_line(review, _supposed(look), fresh=None)


def _closed(review: Review) -> ReviewState:
    """By what was recorded: evidence that was frozen after an acceptance is of other inputs."""
    if review.harmful:
        return ReviewState.HARMFUL
    accepted = review.decision[1].basis.inputs if review.decision else None
    other = review.frozen is not None and accepted is not None and review.frozen[1].inputs != accepted
    if review.status is ReviewStatus.ACCEPTED and other:
        return ReviewState.ACCEPTED_FOR_OTHER
    return _STATES[review.status]


@lru_cache(maxsize=4096)
def _supposed(look: _Look) -> _Told:
    return _told(supposed(look.desk, look.review, _evidence(look.desk, look.review)))


def _people(review: Review) -> tuple[str, ...]:
    signed, waived = (one.made.key for one in review.signatures), (made.key for made, _ in review.waivers)
    return (review.made.key, *signed, *waived)


def _told(found: ReviewStanding) -> _Told:
    return _Told(found.gate.state, found.gate.decision, found.gate.missing, next(iter(found.gate.reasons), None))


def _as_line(review: Review, told: _Told, *, fresh: bool | None) -> ReviewLine:
    return ReviewLine(review, told.state, told.decision, fresh, told.missing, told.reason)


def _decision(review: Review) -> GateDecision | None:
    """What the gate said when it was closed."""
    said = review.decision[1].gate if review.decision else ""
    return GateDecision(said) if said in {*GateDecision} else None


def _evidence(desk: Desk, review: Review) -> FrozenEvidence | None:
    return evidence_of(desk, review.evidence_sha256)
