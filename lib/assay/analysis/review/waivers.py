"""Which waivers hold, and what they make of criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.analysis.review.signatures import Signers, vouched
from assay.model.note import Note, note
from assay.model.review.acts import Waived
from assay.model.review.gate import CriterionFound, CriterionStatus, WaiverFound
from assay.model.review.notes import GateNote as Says
from assay.model.review.policy import NEVER_WAIVED, GateCriterion, PromotionPolicy
from assay.model.review.review import Made

_CRUMB = 1e-12

Waivers = Sequence[tuple[Made, Waived]]


def waived(
    one: CriterionFound, waivers: Waivers, rules: PromotionPolicy, signers: Signers, today: str
) -> CriterionFound:  # fmt: skip
    """The criterion with the newest waiver that holds, else the newest; `today`: the UTC date, ISO."""
    if one.criterion in NEVER_WAIVED:
        return one
    known = [
        WaiverFound(made, act, _void(made, act, one, rules, signers, today))
        for made, act in waivers
        if act.criterion is one.criterion
    ]
    if not known:
        return one
    held = next((own for own in reversed(known) if own.void is None), known[-1])
    if held.void is None and not one.status.passes:
        return replace(one, status=CriterionStatus.WAIVED, without=one.status, waiver=held)
    return replace(one, waiver=held)


def _void(
    made: Made, act: Waived, one: CriterionFound, rules: PromotionPolicy, signers: Signers, today: str
) -> Note | None:  # fmt: skip
    """Why it does not hold."""
    if act.until < today:
        return note(Says.WAIVER_ENDED, until=act.until)
    if made.person is None:
        return note(Says.SIGNED_ERASED)
    if not vouched(made, rules):
        return note(Says.SIGNED_UNVERIFIED)
    if made.key in signers.authors:
        return note(Says.WAIVER_BY_AUTHOR)
    if not signers.approves(made.key):
        return note(Says.WAIVER_ROLE_GONE)
    return note(Says.WAIVER_WORSE) if _worse(act, one) and not one.status.passes else None


def _worse(act: Waived, one: CriterionFound) -> bool:
    """Missed where it was only not known to be met, or further from being met than it was."""
    if one.status is CriterionStatus.MISSED and act.status not in ("", CriterionStatus.MISSED.value):
        return True
    return act.worth is not None and (one.worth is None or one.worth > act.worth + _CRUMB)


def holding(criteria: Sequence[CriterionFound]) -> Mapping[GateCriterion, int]:
    """Criterion → the entry that waives it."""
    return {
        one.criterion: one.waiver.made.seq for one in criteria if one.waiver and one.status is CriterionStatus.WAIVED
    }
