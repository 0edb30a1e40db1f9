"""How the items of checklists stand in a review: by proof, by what people answered, or by a waiver."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from assay.model.evidence.checklist import ItemStatus, Severity
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.proofs import ProofCheck as Check
from assay.model.evidence.record import RECORDS
from assay.model.note import note
from assay.model.review.acts import Answered, ItemReply
from assay.model.review.evidence import ItemFound
from assay.model.review.gate import CriterionFound, CriterionStatus, ItemStanding
from assay.model.review.notes import GateNote
from assay.model.review.policy import GateCriterion, PromotionPolicy
from assay.model.review.review import Made

Answers = Mapping[str, tuple[Made, Answered]]

JUDGED_BY: Mapping[str, GateCriterion] = {
    Check.SIGNIFICANT: GateCriterion.SIGNIFICANT,
    Check.SEEDS_PER_SIDE: GateCriterion.REPLICATES,
    Check.QUALITY_KEPT: GateCriterion.QUALITY,
    Check.NO_METRIC_WORSE: GateCriterion.QUALITY,
    Check.NO_SLICE_WORSE: GateCriterion.QUALITY,
    Check.THRESHOLDS_MET: GateCriterion.THRESHOLDS,
    Check.QUALITY_THRESHOLDS: GateCriterion.THRESHOLDS,
    Check.PERFORMANCE_THRESHOLDS: GateCriterion.THRESHOLDS,
    Check.COST_THRESHOLDS: GateCriterion.THRESHOLDS,
    Check.RELIABILITY_THRESHOLDS: GateCriterion.THRESHOLDS,
    Check.ON_FRONT: GateCriterion.FRONT,
    Check.NO_LEAK: GateCriterion.LEAKAGE,
    **dict.fromkeys((check.value for check in LeakageCheck), GateCriterion.LEAKAGE),
    Check.FIVE_ELEMENTS: GateCriterion.REPRODUCIBLE,
    **dict.fromkeys((check.value for check in RECORDS), GateCriterion.REPRODUCIBLE),
    Check.ALL_FINISHED: GateCriterion.COMPLETE,
    Check.NUMBERS_FINITE: GateCriterion.COMPLETE,
}
"""What proves an item → the criterion that judges the same: whoever waives that has said what there is to say."""

_REPLIED: Mapping[ItemReply, ItemStatus] = {
    ItemReply.YES: ItemStatus.YES,
    ItemReply.NO: ItemStatus.NO,
    ItemReply.NOT_APPLICABLE: ItemStatus.NOT_APPLICABLE,
}


def standing(
    items: Iterable[ItemFound], answers: Answers, waived: Collection[GateCriterion]
) -> tuple[ItemStanding, ...]:  # fmt: skip
    """Every item but those that signatures answer, in order."""
    return tuple(_item(one, answers.get(one.key), waived) for one in items if not one.signature)


def _item(
    found: ItemFound, reply: tuple[Made, Answered] | None, waived: Collection[GateCriterion]
) -> ItemStanding:  # fmt: skip
    if found.holds is not None:
        status = ItemStatus.YES if found.holds else ItemStatus.NO
    else:
        status = _REPLIED[reply[1].reply] if reply else ItemStatus.OPEN
    settled = status in (ItemStatus.YES, ItemStatus.NOT_APPLICABLE)
    by = None if settled else JUDGED_BY.get(found.check)
    return ItemStanding(found, status, reply, by if by in waived else None)


def blocking_answers(items: Iterable[ItemFound], answers: Answers) -> dict[str, ItemReply]:
    """What people answered to items that block and that no proof settles."""
    asked = (one.key for one in items if one.severity is Severity.BLOCK and one.holds is None)
    return {key: answers[key][1].reply for key in asked if key in answers}


def criterion(items: Sequence[ItemStanding], rules: PromotionPolicy) -> CriterionFound:
    """Whether everything that blocks is settled; what is open waits for people, what is a no is missed."""
    asked = [one for one in items if one.found.severity is Severity.BLOCK]
    left = [one for one in asked if one.blocks]
    against = any(one.status is ItemStatus.NO for one in left)
    status = CriterionStatus.MISSED if against else CriterionStatus.WAITING if left else CriterionStatus.MET
    met = len(asked) - len(left)
    said = note(GateNote.GATE_CHECKLIST, met=met, of=len(asked), open=len(left))
    blocking = GateCriterion.CHECKLIST in rules.blocking
    return CriterionFound(GateCriterion.CHECKLIST, status, blocking, said, met, len(asked), len(left))


def scores(items: Sequence[ItemStanding]) -> dict[str, float]:
    """List → the score of its lowest section, of those that have one."""
    names = dict.fromkeys(one.found.checklist for one in items if one.found.scored)
    return {name: min(_sections(one for one in items if one.found.checklist == name)) for name in names}


def _sections(items: Iterable[ItemStanding]) -> Iterator[float]:
    found: dict[tuple[tuple[str, str], ...], float] = {}
    for one in items:
        key = tuple(sorted(one.found.section.items()))
        found[key] = found.get(key, 0.0) + _worth(one)
    yield from found.values()


def _worth(one: ItemStanding) -> float:
    if one.status is not ItemStatus.YES:
        return 0.0
    return 1.0 if one.found.holds else 0.5
