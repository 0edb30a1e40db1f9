"""The items of a review's checklists: what runs prove, what people answered and on what, and what is open."""

from collections.abc import Mapping, Sequence

from assay.model.evidence.checklist import ItemStatus
from assay.model.review.gate import CriterionStatus, ItemStanding, ReviewStanding
from assay.view.text.escape import markdown, short
from assay.view.text.numbers import count
from assay.view.text.review.criteria import NAMES
from assay.view.text.review.marks import REPLIES, SEVERITIES, STATUSES, badge, icon
from assay.view.text.review.people import Namer, cell, day, who
from assay.view.text.verdicts import Mark

_LONGEST = 400
_OPEN = Mark("?", "open", "violet")


def question(one: ItemStanding) -> str:
    """What it asks, in English where it is there, below its heading; plain text."""
    text, above = one.found.text, one.found.section
    asked = text.get("en") or next(iter(text.values()), one.found.item)
    return f"{above['en']}: {asked}" if above.get("en") else asked


def is_open(one: ItemStanding) -> bool:
    """Whether a person may still settle it: nobody has, and no run proves it either way."""
    return one.found.holds is None and not one.settled


def items(standing: ReviewStanding) -> tuple[ItemStanding, ...]:
    """Those that people or runs settle, what blocks first; what a signature answers is none of them."""
    return tuple(sorted(standing.gate.items, key=lambda one: (not one.blocks, not is_open(one))))


def heading(shown: Sequence[ItemStanding]) -> str:
    """`Checklist: 11 of 13 settled; 5 proved, 5 answered, 1 not applicable; 2 open, 1 blocks`."""
    proved = sum(one.found.holds is True for one in shown)
    against = sum(one.found.holds is False and not one.waived for one in shown)
    apart = sum(one.found.holds is None and one.status is ItemStatus.NOT_APPLICABLE for one in shown)
    yes = sum(one.found.holds is None and one.status is ItemStatus.YES for one in shown)
    no = sum(one.found.holds is None and one.status is ItemStatus.NO and not one.waived for one in shown)
    waits = sum(one.status is ItemStatus.OPEN and not one.waived for one in shown)
    waived = sum(_is_waived(one) for one in shown)
    block = sum(one.blocks for one in shown)
    parts = [(proved, "proved"), (yes, "answered with yes"), (apart, "not applicable"), (against, "proved against"),
             (no, "answered with no"), (waived, "waived"), (waits, "open"),
             (block, "blocks" if block == 1 else "block")]  # fmt: skip
    said = ", ".join(f"{n} {word}" for n, word in parts if n)
    return f"{count(len(shown), 'item')}: {said}" if shown else "no items"


def status(one: ItemStanding) -> str:
    """Its state, and what it means where it is open or a no, as Markdown badges."""
    if _is_waived(one):
        mark = STATUSES[CriterionStatus.WAIVED]
    elif one.found.holds is not None:
        mark = Mark("✓", "proved", "green") if one.found.holds else Mark("✕", "proved against", "red")
    else:
        mark = REPLIES[one.reply[1].reply] if one.reply else _OPEN
    return f"{badge(mark)} {badge(SEVERITIES[one.found.severity])}" if is_open(one) or one.blocks else badge(mark)


def settled(shown: Sequence[ItemStanding]) -> str:
    """`Settled: 4 by runs, 5 by people, 1 of them not applicable, 2 waived`."""
    waived = sum(_is_waived(one) for one in shown)
    people = sum(_is_answered(one) for one in shown)
    apart = sum(_is_answered(one) and one.status is ItemStatus.NOT_APPLICABLE for one in shown)
    said = f"Settled: {len(shown) - people - waived} by runs, {people} by people"
    return f"{said}{f', {apart} of them not applicable' if apart else ''}{f', {waived} waived' if waived else ''}"


def _is_waived(one: ItemStanding) -> bool:
    """Whether nothing but a waiver settles it."""
    return one.waived is not None and one.status not in (ItemStatus.YES, ItemStatus.NOT_APPLICABLE)


def _is_answered(one: ItemStanding) -> bool:
    return one.reply is not None and one.found.holds is None and not _is_waived(one)


def state_icon(one: ItemStanding) -> str:
    """Its state as an icon, for the head of its form."""
    return icon(REPLIES[one.reply[1].reply] if one.reply else _OPEN)


def basis(one: ItemStanding, labels: Sequence[str] = (), *, namer: Namer = markdown) -> str:
    """The proof, or who answered, on what and why; "" of an item that is open."""
    proof = cell(one.found.proof, labels, namer=namer)
    if one.waived:
        proof = f"{proof}; " if proof else ""
        return f"{proof}waived with the criterion “{NAMES[one.waived]}”"
    if one.found.holds is not None or one.reply is None:
        return proof
    made, act = one.reply
    said = [f"{who(made, namer=namer)}, {day(made.at)} UTC"]
    said += [namer(short(act.evidence, _LONGEST))] if act.evidence else []
    said += [f"“{namer(short(act.reason, _LONGEST))}”"] if act.reason else []
    return ": ".join([said[0], " ".join(said[1:])]) if said[1:] else said[0]


def rows(shown: Sequence[ItemStanding], labels: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The table of Markdown: status, question, what it rests on."""
    return {
        "status": [status(one) for one in shown],
        "question": [markdown(question(one)) for one in shown],
        "proof or answer": [basis(one, labels) or "–" for one in shown],
    }
