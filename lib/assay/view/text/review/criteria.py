"""The gate's criteria as rows: how each stands, what it is called, and its number beside its limit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from assay.model.review.acts import Waived
from assay.model.review.gate import CriterionFound, CriterionStatus, ReviewStanding, WaiverFound
from assay.model.review.policy import GateCriterion
from assay.view.text.escape import markdown, short
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import count, plain
from assay.view.text.review.marks import STATUSES, icon
from assay.view.text.review.people import Namer, labels_of, noted, signed_and_when

Columns = Mapping[str, Sequence[str]]
Linked = Callable[[GateCriterion], str]
"""The address of the page that shows a criterion, "" where none does."""

NAMES: Mapping[GateCriterion, str] = {
    GateCriterion.SIGNATURES: "Signatures",
    GateCriterion.SIGNIFICANT: "Significant",
    GateCriterion.REPLICATES: "Replicates",
    GateCriterion.IMPROVEMENT: "Improvement",
    GateCriterion.THRESHOLDS: "Thresholds",
    GateCriterion.QUALITY: "No quality metric or slice worse",
    GateCriterion.FRONT: "On the front, or better",
    GateCriterion.LEAKAGE: "Leakage",
    GateCriterion.REPRODUCIBLE: "Reproducible",
    GateCriterion.CHECKLIST: "Checklist",
    GateCriterion.COMPLETE: "No run left out",
}
_ORDER = (
    *(CriterionStatus.MISSED, CriterionStatus.UNCERTAIN, CriterionStatus.NOT_LOGGED, CriterionStatus.WAITING),
    *(CriterionStatus.WAIVED, CriterionStatus.WARNED, CriterionStatus.MET),
)


def name(found: CriterionFound) -> str:
    """What it asks for, with its limit where that is short: `Significant: p < 0.05`, `3 replicates a side`."""
    if found.criterion is GateCriterion.SIGNIFICANT and found.limit is not None:
        return f"Significant: p < {plain(found.limit)}"
    if found.criterion is GateCriterion.REPLICATES and found.limit is not None:
        return f"{count(int(found.limit), 'replicate')} a side"
    return NAMES[found.criterion]


def number(found: CriterionFound, labels: Sequence[str] = ()) -> str:
    """Its number and limit, and until when it is waived; plain text."""
    said = words(found.note, labels).removesuffix(".")
    waived = found.waiver is not None and found.waiver.void is None
    return f"{said}; waived until {until(found.waiver.act)}" if waived and found.waiver else said


def ordered(standing: ReviewStanding) -> tuple[CriterionFound, ...]:
    """What keeps the candidate back first, then what was waived or deserves a look, then what is met."""
    return tuple(sorted(standing.gate.criteria, key=lambda one: (not one.blocking, _ORDER.index(one.status))))


def rows(standing: ReviewStanding, linked: Linked) -> Columns:
    """The table: status, criterion as a link, number and limit; Markdown."""
    shown = ordered(standing)
    return {
        "status": [_status(one) for one in shown],
        "criterion": [_linked(name(one), linked(one.criterion)) for one in shown],
        "number and limit": [_number(standing, one) for one in shown],
    }


def met(standing: ReviewStanding) -> tuple[int, int]:
    """How many of those that block are met or waived, and of how many."""
    asked = [one for one in standing.gate.criteria if one.blocking]
    return sum(one.status.passes for one in asked), len(asked)


def warnings(standing: ReviewStanding) -> list[str]:
    """What deserves a look although it keeps nothing back, as Markdown."""
    labels = labels_of(standing)
    return [f"{name(one)}: {as_markdown(said, labels)}" for one in standing.gate.criteria for said in one.warnings]


def waiver(found: WaiverFound, criterion: GateCriterion, *, namer: Namer = markdown) -> tuple[str, str]:
    """A waiver in a sentence, and its reason with what it covers."""
    by = signed_and_when(found.made, namer=namer)
    head = f"{NAMES[criterion]}: waived by {by}, until the end of **{until(found.act)} UTC**."
    if found.void:
        head = f"{NAMES[criterion]}: void. {noted(found.void, namer=namer)} It was waived by {by}."
    covers = "Covers this criterion only, and is void when its number gets worse."
    return head, f"“{namer(short(found.act.reason, 600))}” {covers}" if found.act.reason else covers


def until(act: Waived) -> str:
    """`11 Dec 2026`."""
    try:
        found = date.fromisoformat(act.until)
    except ValueError:
        return act.until
    return f"{found.day} {found:%b %Y}"


def _status(found: CriterionFound) -> str:
    mark = STATUSES[found.status]
    word = f"**{mark.word}**" if found.keeps_back else mark.word
    return f"{icon(mark)}\u00a0{word}"


def _linked(text: str, address: str) -> str:
    return f"[{markdown(text)}]({address})" if address else markdown(text)


def _number(standing: ReviewStanding, found: CriterionFound) -> str:
    labels = labels_of(standing)
    shown = markdown(number(found, labels))
    return shown if found.blocking else f"{shown} :gray[(shown, does not block)]"
