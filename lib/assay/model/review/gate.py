"""What the gate says of a review: whether its candidate may be promoted, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.evidence.checklist import ItemStatus, Severity
from assay.model.note import Note
from assay.model.people import Person, Role
from assay.model.review.acts import Answered, Basis, Waived
from assay.model.review.evidence import Change, Fresh, FrozenEvidence, ItemFound
from assay.model.review.policy import GateCriterion
from assay.model.review.review import Made, Review, ReviewStatus, Signature


class GateDecision(StrEnum):
    """What evidence, answers and signatures allow."""

    PROMOTE = "PROMOTE"
    ROLLBACK = "ROLLBACK"
    KEEP_TESTING = "KEEP_TESTING"


class ReviewState(StrEnum):
    """Where a review stands now; within *open* the first that fits, computed and never stored."""

    HARM = "harm"
    BLOCKED = "blocked"
    CHANGES_REQUESTED = "changes_requested"
    WAITING = "waiting"
    READY = "ready"
    ACCEPTED = "accepted"
    ACCEPTED_FOR_OTHER = "accepted_for_other"
    REJECTED = "rejected"
    HARMFUL = "harmful"
    WITHDRAWN = "withdrawn"


class CriterionStatus(StrEnum):
    """How a criterion stands; what was not logged, and what is uncertain, is never met."""

    MISSED = "missed"
    UNCERTAIN = "uncertain"
    NOT_LOGGED = "not_logged"
    WAITING = "waiting"
    WAIVED = "waived"
    WARNED = "warned"
    MET = "met"

    @property
    def passes(self) -> bool:
        """Whether it keeps nothing back."""
        return self in (CriterionStatus.WAIVED, CriterionStatus.WARNED, CriterionStatus.MET)


@dataclass(frozen=True, slots=True)
class WaiverFound:
    """A waiver, and why it is void, None where it holds."""

    made: Made
    act: Waived
    void: Note | None = None


@dataclass(frozen=True, slots=True)
class CriterionFound:
    """One criterion; `note` has its numbers and limits. `without`: as it stands without the waiver that holds.

    `worth`: how far it is from being met, larger is worse, None where no number says so.
    """

    criterion: GateCriterion
    status: CriterionStatus
    blocking: bool
    note: Note
    value: float | None = None
    limit: float | None = None
    worth: float | None = None
    waiver: WaiverFound | None = None
    without: CriterionStatus | None = None
    warnings: tuple[Note, ...] = ()

    @property
    def keeps_back(self) -> bool:
        """Whether nothing is promoted because of it."""
        return self.blocking and not self.status.passes


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item of a checklist as it stands: a proof goes before an answer, and against one too.

    `reply`: what a person answered last. `waived`: the criterion that judges the same, where a waiver holds for it.
    """

    found: ItemFound
    status: ItemStatus
    reply: tuple[Made, Answered] | None = None
    waived: GateCriterion | None = None

    @property
    def settled(self) -> bool:
        """Whether it keeps nothing back."""
        return self.waived is not None or self.status in (ItemStatus.YES, ItemStatus.NOT_APPLICABLE)

    @property
    def blocks(self) -> bool:
        """Whether nothing is promoted because of it."""
        return self.found.severity is Severity.BLOCK and not self.settled


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """A signature as it counts now; `reason`: why it does not, `changes`: what changed since it was given.

    Only approvals count; requested changes that block are among `GateFound.requested`.
    """

    signature: Signature
    fresh: bool
    counts: bool
    reason: Note | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class GateFound:
    """The gate's whole answer; `reasons`: what binds, the first first, each with its next step in words.

    `missing`: roles whose signature is missing. `requested`: entries that request changes and block. `open`,
    `blocking_open`: items of checklists without a yes, of all and of those that block; `answered`: settled by people
    or runs. `items`: all but those that a signature answers. `scores`: of each list that has one, that of its lowest
    section, where a proved item counts 1 and one that a person answered ½.
    """

    decision: GateDecision
    state: ReviewState
    criteria: tuple[CriterionFound, ...]
    signatures: tuple[SignatureFound, ...]
    reasons: tuple[Note, ...]
    missing: tuple[Role, ...] = ()
    requested: tuple[int, ...] = ()
    answered: int = 0
    open: int = 0
    blocking_open: int = 0
    items: tuple[ItemStanding, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewStanding:
    """A review with all that a page, a command and the API say of it.

    `evidence` None: none is frozen, or its text is gone. `basis`: what would be signed now, None without evidence.
    `authors`: the keys of those who may not approve, `unmatched`: names of
    runs' users whom the policy maps to nobody. `other_store`: it is about another store than the one looked at.
    """

    review: Review
    evidence: FrozenEvidence | None
    fresh: Fresh
    gate: GateFound
    basis: Basis | None
    authors: frozenset[str] = frozenset()
    unmatched: tuple[str, ...] = ()
    other_store: bool = False
    problems: tuple[Note, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it goes on: one that was accepted for other evidence does too."""
        return self.review.status is ReviewStatus.OPEN or self.gate.state is ReviewState.ACCEPTED_FOR_OTHER


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """Which review to look at, and how: by its newest evidence, or by the one whose SHA-256 begins so.

    `reader`: who looks, who may be an author of it without having done anything in it.
    """

    id: str
    evidence: str = ""
    reader: Person | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in a list; `fresh` None: not looked at. `waits_for`: roles that have not signed, as far as is known."""

    review: Review
    state: ReviewState
    decision: GateDecision | None
    fresh: bool | None
    waits_for: tuple[Role, ...] = ()
    reason: Note | None = None
