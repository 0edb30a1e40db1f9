"""The items of a review's checklists: what runs prove, what people answered and on what, and what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.model.evidence.checklist import ItemStatus, Severity
from assay.model.review.acts import Answered, ItemReply
from assay.model.review.evidence import ItemFound
from assay.model.review.gate import ReviewStanding
from assay.model.review.review import Made
from assay.view.text.escape import markdown, short
from assay.view.text.numbers import count
from assay.view.text.review.marks import REPLIES, SEVERITIES, badge, icon
from assay.view.text.review.people import Namer, cell, day, who
from assay.view.text.verdicts import Mark

_LONGEST = 400
_STATUS: Mapping[ItemReply, ItemStatus] = {
    ItemReply.YES: ItemStatus.YES,
    ItemReply.NO: ItemStatus.NO,
    ItemReply.NOT_APPLICABLE: ItemStatus.NOT_APPLICABLE,
}
_OPEN = Mark("?", "open", "violet")


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with what the runs say and what a person answered; a proof counts before any answer."""

    found: ItemFound
    reply: tuple[Made, Answered] | None

    @property
    def key(self) -> str:
        """`list/item`."""
        return f"{self.found.checklist}/{self.found.item}"

    @property
    def text(self) -> str:
        """The question, in English where it is there."""
        return self.found.text.get("en") or next(iter(self.found.text.values()), self.found.item)

    @property
    def status(self) -> ItemStatus:
        """Silence is never a yes, and no answer overrules what runs prove."""
        if self.found.holds is not None:
            return ItemStatus.YES if self.found.holds else ItemStatus.NO
        return _STATUS[self.reply[1].reply] if self.reply else ItemStatus.OPEN

    @property
    def is_open(self) -> bool:
        """Whether a person may still settle it: nobody has, and no run proves it either way."""
        return self.found.holds is None and self.status in (ItemStatus.OPEN, ItemStatus.NO)

    @property
    def blocks(self) -> bool:
        """Whether nothing is promoted while it is open or a no."""
        return self.found.severity is Severity.BLOCK and self.status in (ItemStatus.OPEN, ItemStatus.NO)


def items(standing: ReviewStanding) -> tuple[ItemLine, ...]:
    """Those that people or runs settle, what blocks first; what a signature answers is none of them."""
    if standing.evidence is None:
        return ()
    lines = [
        ItemLine(one, standing.review.answers.get(f"{one.checklist}/{one.item}"))
        for one in standing.evidence.results.items
        if not one.signature
    ]
    return tuple(sorted(lines, key=lambda one: (not one.blocks, not one.is_open)))


def heading(shown: Sequence[ItemLine]) -> str:
    """`Checklist: 11 of 13 settled; 5 proved, 5 answered, 1 not applicable; 2 open, 1 blocks`."""
    proved = sum(one.found.holds is True for one in shown)
    against = sum(one.found.holds is False for one in shown)
    apart = sum(one.found.holds is None and one.status is ItemStatus.NOT_APPLICABLE for one in shown)
    yes = sum(one.found.holds is None and one.status is ItemStatus.YES for one in shown)
    no = sum(one.found.holds is None and one.status is ItemStatus.NO for one in shown)
    waits = sum(one.status is ItemStatus.OPEN for one in shown)
    block = sum(one.blocks for one in shown)
    parts = [(proved, "proved"), (yes, "answered with yes"), (apart, "not applicable"), (against, "proved against"),
             (no, "answered with no"), (waits, "open"), (block, "blocks" if block == 1 else "block")]  # fmt: skip
    said = ", ".join(f"{n} {word}" for n, word in parts if n)
    return f"{count(len(shown), 'item')}: {said}" if shown else "no items"


def status(one: ItemLine) -> str:
    """Its state, and what it means where it is open or a no, as Markdown badges."""
    if one.found.holds is not None:
        mark = Mark("✓", "proved", "green") if one.found.holds else Mark("✕", "proved against", "red")
    else:
        mark = REPLIES[one.reply[1].reply] if one.reply else _OPEN
    return f"{badge(mark)} {badge(SEVERITIES[one.found.severity])}" if one.is_open or one.blocks else badge(mark)


def state_icon(one: ItemLine) -> str:
    """Its state as an icon, for the head of its form."""
    return icon(REPLIES[one.reply[1].reply] if one.reply else _OPEN)


def basis(one: ItemLine, labels: Sequence[str] = (), *, namer: Namer = markdown) -> str:
    """The proof, or who answered, on what and why; "" of an item that is open."""
    proof = cell(one.found.proof, labels, namer=namer)
    if one.found.holds is not None or one.reply is None:
        return proof
    made, act = one.reply
    said = [f"{who(made, namer=namer)}, {day(made.at)} UTC"]
    said += [namer(short(act.evidence, _LONGEST))] if act.evidence else []
    said += [f"“{namer(short(act.reason, _LONGEST))}”"] if act.reason else []
    return ": ".join([said[0], " ".join(said[1:])]) if said[1:] else said[0]


def rows(shown: Sequence[ItemLine], labels: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The table of Markdown: status, question, what it rests on."""
    return {
        "status": [status(one) for one in shown],
        "question": [markdown(one.text) for one in shown],
        "proof or answer": [basis(one, labels) or "–" for one in shown],
    }
