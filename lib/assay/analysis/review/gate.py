"""May the candidate replace the baseline? Harm first, then all that blocks; the reason that binds comes first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assay.analysis.review import criteria, items, signatures, waivers
from assay.analysis.review.signatures import Signers
from assay.model.note import Note, note
from assay.model.review.acts import Basis
from assay.model.review.evidence import Fresh, FrozenEvidence
from assay.model.review.gate import (
    CriterionFound,
    CriterionStatus,
    GateDecision,
    GateFound,
    ReviewState,
    SignatureFound,
)
from assay.model.review.notes import GateNote as Says
from assay.model.review.notes import InputsNote
from assay.model.review.policy import GateCriterion, PromotionPolicy
from assay.model.review.review import Review, ReviewStatus, Signature

_ORDER = tuple(GateCriterion)
_GRAVEST = (
    CriterionStatus.MISSED,
    CriterionStatus.UNCERTAIN,
    CriterionStatus.NOT_LOGGED,
    CriterionStatus.WAITING,
)
_CLOSED = {ReviewStatus.WITHDRAWN: ReviewState.WITHDRAWN, ReviewStatus.REJECTED: ReviewState.REJECTED}


@dataclass(frozen=True, slots=True)
class GateRules:
    """`level`: that of the policy's statistics."""

    promotion: PromotionPolicy
    level: float = 0.95


def evaluate(
    rules: GateRules, evidence: FrozenEvidence | None, review: Review, fresh: Fresh, today: str, signers: Signers
) -> tuple[GateFound, Basis | None]:
    """What the gate says of a review's newest evidence, answers, signatures and waivers, and what would be signed now.

    `fresh`: whether the inputs of that evidence are those of now; where nobody knows, nothing is let through. `today`:
    the UTC date, ISO. Pure: the same values, the same answer.
    """
    promotion = rules.promotion
    asking = signatures.requested(review.signatures, promotion, signers)
    if evidence is None:
        signed = signatures.found(review.signatures, promotion, signers, None, fresh)
        quorum, missing = signatures.criterion(signed, promotion)
        state = _state(review, None, fresh, ReviewState.BLOCKED)
        reasons = (note(Says.GATE_NOTHING_FROZEN), *map(_asked, asking))
        return GateFound(GateDecision.KEEP_TESTING, state, (quorum,), signed, reasons, missing, _seqs(asking)), None
    numbers = [
        waivers.waived(one, review.waivers, promotion, signers, today)
        for one in criteria.judged(evidence.results, promotion, rules.level)
    ]
    rows = items.standing(evidence.results.items, review.answers, waivers.holding(numbers))
    answered = waivers.waived(items.criterion(rows, promotion), review.waivers, promotion, signers, today)
    basis = Basis(
        evidence.inputs.sha256,
        items.blocking_answers(evidence.results.items, review.answers),
        waivers.holding([*numbers, answered]),
    )
    signed = signatures.found(review.signatures, promotion, signers, basis, fresh)
    quorum, missing = signatures.criterion(signed, promotion)
    every = tuple(sorted((quorum, *numbers, answered), key=lambda one: _ORDER.index(one.criterion)))
    harms = tuple(criteria.harms(evidence.results, promotion))
    stale = tuple(_stale(evidence, fresh))
    held = _held(every)
    decision = _decided(harms, bool(stale or held or asking))
    state = _open_state(harms, stale, held, asking)
    reasons = (*harms, *stale, *_reasons(held, asking, signed))
    found = GateFound(
        decision, _state(review, evidence, fresh, state), every, signed, reasons, missing, _seqs(asking),
        answered=sum(one.settled for one in rows),
        open=sum(not one.settled for one in rows),
        blocking_open=sum(one.blocks for one in rows),
        items=rows,
        scores=items.scores(rows),
    )  # fmt: skip
    return found, basis


def _seqs(asking: Sequence[Signature]) -> tuple[int, ...]:
    return tuple(one.made.seq for one in asking)


def _decided(harms: Sequence[Note], kept_back: bool) -> GateDecision:
    if harms:
        return GateDecision.ROLLBACK
    return GateDecision.KEEP_TESTING if kept_back else GateDecision.PROMOTE


def _stale(evidence: FrozenEvidence, fresh: Fresh) -> Iterator[Note]:
    """Why the evidence is not known to be of what is there now."""
    if fresh.current is None:
        yield note(Says.GATE_NOT_COMPARABLE)
    elif fresh.current != evidence.inputs.sha256:
        yield note(Says.GATE_STALE, n=len(fresh.changes))


def _held(every: Sequence[CriterionFound]) -> list[CriterionFound]:
    """What keeps back, the gravest first, signatures last."""
    found = [one for one in every if one.keeps_back]
    return sorted(found, key=lambda one: (one.criterion is GateCriterion.SIGNATURES, _GRAVEST.index(one.status)))


def _reasons(
    held: Sequence[CriterionFound], asking: Sequence[Signature], signed: Sequence[SignatureFound]
) -> Iterator[Note]:  # fmt: skip
    """Numbers, then who asks for changes, then signatures and why those that are there don't count."""
    yield from (one.note for one in held if one.criterion is not GateCriterion.SIGNATURES)
    yield from map(_asked, asking)
    for one in held:
        if one.criterion is GateCriterion.SIGNATURES:
            yield one.note
            yield from dict.fromkeys(own.reason for own in signed if own.reason is not None)


def _asked(one: Signature) -> Note:
    return note(Says.CHANGES_REQUESTED, who=one.made.person.name if one.made.person else "")


def _open_state(
    harms: Sequence[Note], stale: Sequence[Note], held: Sequence[CriterionFound], asking: Sequence[Signature]
) -> ReviewState:  # fmt: skip
    """Within an open review, the first that fits."""
    if harms:
        return ReviewState.HARM
    if stale or any(one.status is not CriterionStatus.WAITING for one in held):
        return ReviewState.BLOCKED
    if asking:
        return ReviewState.CHANGES_REQUESTED
    return ReviewState.WAITING if held else ReviewState.READY


def _state(
    review: Review, evidence: FrozenEvidence | None, fresh: Fresh, while_open: ReviewState
) -> ReviewState:  # fmt: skip
    if review.status is ReviewStatus.OPEN:
        return while_open
    if review.status is ReviewStatus.ACCEPTED:
        return ReviewState.ACCEPTED_FOR_OTHER if _other(review, evidence, fresh) else ReviewState.ACCEPTED
    return ReviewState.HARMFUL if review.harmful else _CLOSED[review.status]


def _other(review: Review, evidence: FrozenEvidence | None, fresh: Fresh) -> bool:
    """Whether an accepted candidate is another one by now; runs that vanished leave it what it was."""
    accepted = review.decision[1].basis.inputs if review.decision else None
    if accepted is not None and accepted == fresh.current:
        return False
    if accepted is not None and evidence is not None and evidence.inputs.sha256 != accepted:
        return True
    return any(one.note.code is not InputsNote.RUNS_WENT for one in fresh.changes)
