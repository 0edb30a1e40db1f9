"""Signatures, what is dismissed and what is waived: each for exactly what its form showed."""

from datetime import date, timedelta

from assay.actions.rights import no_author, refused
from assay.actions.saving import judged
from assay.actions.texts import written
from assay.errors import ReviewError
from assay.model.people import APPROVERS, Acting, Role
from assay.model.review.acts import Basis, Dismissed, Signed, SignVerdict, Waived
from assay.model.review.gate import CriterionFound, CriterionStatus, ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.model.review.policy import NEVER_WAIVED, GateCriterion
from assay.model.review.review import Review
from assay.model.review.rights import WRITERS
from assay.workspace import Desk


def signed(
    desk: Desk, acting: Acting, id: str, role: Role, verdict: SignVerdict, reason: str, shown: str, basis: Basis
) -> Review:  # fmt: skip
    """A signature in a role of one's own, for the evidence (`shown`, SHA-256) and the `basis` that its form showed.

    Approving takes an approver's role; requesting changes, with a reason, and abstaining any role that writes.
    """

    def make(found: ReviewStanding) -> Signed:
        _in_own_role(acting, role, verdict)
        if verdict is SignVerdict.APPROVE:
            no_author(acting, found)
        as_shown(found, shown, basis)
        if verdict is SignVerdict.APPROVE:
            _fresh(found)
        said = written("a reason", reason, needed=verdict is SignVerdict.REQUEST_CHANGES)
        return Signed(role, verdict, said, shown, basis)

    return judged(desk, acting, id, Signed, make)


def dismissed(desk: Desk, acting: Acting, id: str, signature: int, reason: str) -> Review:
    """Requested changes that are set aside; `signature`: the entry that requested them."""

    def make(found: ReviewStanding) -> Dismissed:
        own = next((one for one in found.review.signatures if one.made.seq == signature), None)
        if own is None or own.dismissed or own.act.verdict is not SignVerdict.REQUEST_CHANGES:
            raise ReviewError(ReviewNote.ACT_NOTHING_SUCH)
        return Dismissed(signature, written("a reason", reason, needed=True))

    return judged(desk, acting, id, Dismissed, make)


def waived(
    desk: Desk, acting: Acting, id: str, criterion: GateCriterion, reason: str, until: str, shown: str
) -> Review:  # fmt: skip
    """One criterion that need not be met until the end of a UTC day (ISO), for the number that it has now."""

    def make(found: ReviewStanding) -> Waived:
        _evidence_shown(found, shown)
        own = _waivable(found, criterion)
        end = _end(desk, until)
        why, stands = written("a reason", reason, needed=True), own.without or own.status
        return Waived(criterion, why, end, shown, own.worth, stands.value)

    return judged(desk, acting, id, Waived, make)


def as_shown(found: ReviewStanding, shown: str, basis: Basis) -> None:
    """Raises ReviewError where evidence, answers or waivers are others than a form showed."""
    _evidence_shown(found, shown)
    if found.basis != basis:
        raise ReviewError(ReviewNote.BASIS_MOVED)


def _evidence_shown(found: ReviewStanding, shown: str) -> None:
    newest = found.review.frozen
    if newest is None:
        raise ReviewError(ReviewNote.REVIEW_NO_EVIDENCE)
    if newest[1].evidence != shown:
        raise ReviewError(ReviewNote.EVIDENCE_MOVED)
    if found.evidence is None:
        raise ReviewError(ReviewNote.EVIDENCE_GONE, sha256=shown)


def _fresh(found: ReviewStanding) -> None:
    """Raises ReviewError where the runs are not those of the evidence, or nobody can tell."""
    fresh = found.fresh
    if fresh.reason is not None:
        raise ReviewError(fresh.reason.code, **dict(fresh.reason.values))
    if found.basis is None or fresh.current != found.basis.inputs:
        raise ReviewError(ReviewNote.BASIS_MOVED)


def _in_own_role(acting: Acting, role: Role, verdict: SignVerdict) -> None:
    takes = frozenset(APPROVERS) if verdict is SignVerdict.APPROVE else WRITERS
    if role not in takes:
        raise refused(*takes)
    if role not in acting.here.roles:
        raise ReviewError(ReviewNote.ROLE_NOT_OWN, role=role.value)


def _waivable(found: ReviewStanding, criterion: GateCriterion) -> CriterionFound:
    own = next((one for one in found.gate.criteria if one.criterion is criterion), None)
    if own is None or criterion in NEVER_WAIVED:
        raise ReviewError(ReviewNote.ACT_NOTHING_SUCH)
    if own.status in (CriterionStatus.MET, CriterionStatus.WARNED):
        raise ReviewError(ReviewNote.WAIVER_NEEDLESS)
    return own


def _end(desk: Desk, until: str) -> str:
    most, today = desk.policy.promotion.waiver_days, desk.now.date()
    wrong = ReviewError(ReviewNote.WAIVER_DATE, most=most, given=until)
    try:
        end = date.fromisoformat(until.strip())
    except ValueError:
        raise wrong from None
    if not today <= end <= today + timedelta(days=most):
        raise wrong
    return end.isoformat()
