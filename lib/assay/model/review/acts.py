"""What people do in a review: each a kind of entry, with what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.model.people import Role
from assay.model.review.policy import GateCriterion


class ReviewDecision(StrEnum):
    """What an approver decides."""

    PROMOTE = "promote"
    REJECT = "reject"
    ROLLBACK = "rollback"
    KEEP_TESTING = "keep-testing"


class SignVerdict(StrEnum):
    """What a signature says of the evidence that it is for."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request-changes"
    ABSTAIN = "abstain"


class ItemReply(StrEnum):
    """What a person answers to an item of a checklist."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a signature holds for, and no longer than that: the inputs, the blocking answers and the waivers.

    `inputs`: SHA-256 of the inputs. `answers`: `list/item` → the reply to each blocking item. `waivers`: criterion →
    the entry that waives it.
    """

    inputs: str
    answers: Mapping[str, ItemReply]
    waivers: Mapping[GateCriterion, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A review: may `candidate` replace `baseline` (filters within `experiments`, names or ids; empty: all)?

    `metric`: the primary one. `store`: `uri.store_name` of the store, `store_shown`: what people may see of it, both as
    they are where it is opened, whatever was asked for.
    `hypothesis`: written before the evidence is frozen, "" for none.
    """

    title: str
    baseline: str
    candidate: str
    metric: str
    store: str = ""
    store_shown: str = ""
    question: str = ""
    hypothesis: str = ""
    experiments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """A title and a hypothesis in place of those before, which stay in sight."""

    title: str
    hypothesis: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """Evidence that was frozen: SHA-256 of its text and of its inputs'."""

    evidence: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to an item of a checklist, with what it rests on; a reason where it is no or not applicable."""

    checklist: str
    item: str
    reply: ItemReply
    evidence: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        """`list/item`."""
        return f"{self.checklist}/{self.item}"


@dataclass(frozen=True, slots=True)
class Commented:
    """Plain text whose lines are kept; `comment`: the entry of the comment that it replaces, 0 for a new one."""

    text: str
    comment: int = 0


@dataclass(frozen=True, slots=True)
class Retracted:
    """A comment that its author took back; its versions stay in the journal."""

    comment: int


@dataclass(frozen=True, slots=True)
class SignatureAsked:
    """A request to sign in a role."""

    role: Role
    text: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature in a role under exactly this evidence (SHA-256)."""

    role: Role
    verdict: SignVerdict
    reason: str
    evidence: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Requested changes that an approver set aside; `signature`: the entry that requested them."""

    signature: int
    reason: str


@dataclass(frozen=True, slots=True)
class Waived:
    """One criterion that need not be met until the end of the UTC day `until` (ISO), for the number that it had.

    `worth`: how far it was from being met, larger is worse; None where there is no number. `status`: how it stood, ""
    where nobody wrote that down. Void when either gets worse.
    """

    criterion: GateCriterion
    reason: str
    until: str
    evidence: str
    worth: float | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, what the gate said when it was made, and on which evidence and basis."""

    decision: ReviewDecision
    reason: str
    gate: str
    evidence: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Its author takes a review back."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closed review is open again; approvals before this do not count."""

    reason: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What an admin erased: the body of an entry, or a row of people; why.

    `comment`: the comment that the entry was a version of, 0 for what was none.
    """

    reason: str
    entry: int = 0
    person: str = ""
    comment: int = 0


Act = (
    Opened | Edited | Frozen | Answered | Commented | Retracted | SignatureAsked | Signed
    | Dismissed | Waived | Decided | Withdrawn | Reopened | Erased
)  # fmt: skip

KINDS: Mapping[str, type[Act]] = {
    "opened": Opened,
    "edited": Edited,
    "frozen": Frozen,
    "answered": Answered,
    "commented": Commented,
    "retracted": Retracted,
    "asked": SignatureAsked,
    "signed": Signed,
    "dismissed": Dismissed,
    "waived": Waived,
    "decided": Decided,
    "withdrawn": Withdrawn,
    "reopened": Reopened,
    "erased": Erased,
}
"""The kind that an entry of the journal names → what its body holds."""


def kind_of(act: Act) -> str:
    """The name of its kind."""
    return next(name for name, kind in KINDS.items() if isinstance(act, kind))
