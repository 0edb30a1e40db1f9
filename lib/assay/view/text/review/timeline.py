"""What happened in a review, a line an entry: icon, time, who, what."""

from collections.abc import Callable, Mapping
from typing import Any

from assay.model.review import acts
from assay.model.review.review import Occasion, Review
from assay.view.text.escape import markdown, short
from assay.view.text.review.criteria import NAMES, until
from assay.view.text.review.marks import DECIDED, ICONS, REPLIES, SIGNED, in_sentence
from assay.view.text.review.people import Namer, day, shown_hash, who

_LONGEST = 60

_ICONS: Mapping[str, str] = {
    "opened": ":material/add_circle:",
    "edited": ":material/edit:",
    "frozen": ":material/lock:",
    "answered": ":material/checklist:",
    "commented": ":material/chat:",
    "retracted": ":material/undo:",
    "asked": ":violet[:material/notifications:]",
    "dismissed": ":material/do_not_disturb_on:",
    "waived": ":orange[:material/front_hand:]",
    "decided": ":material/gavel:",
    "withdrawn": ":material/remove_circle:",
    "reopened": ":material/restart_alt:",
    "erased": ":material/ink_eraser:",
}
_GONE: Mapping[str, str] = {
    "opened": "opened it",
    "edited": "edited it",
    "frozen": "froze the evidence",
    "answered": "answered",
    "commented": "commented",
    "retracted": "took a comment back",
    "asked": "asked for a signature",
    "signed": "signed",
    "dismissed": "dismissed requested changes",
    "waived": "waived a criterion",
    "decided": "decided",
    "withdrawn": "withdrew it",
    "reopened": "reopened it",
    "erased": "erased something",
}
"""What is left to say where the words were erased."""


def lines(review: Review) -> list[str]:
    """Markdown, the newest first."""
    return [f"{icon(one)} {day(one.made.at)} {what(one)}" for one in reversed(review.timeline)]


def what(one: Occasion, *, namer: Namer = markdown) -> str:
    """`김민지 approved as tech lead`; of an entry that was erased only what kind it was."""
    by = who(one.made, namer=namer)
    if one.act is None:
        done = _GONE.get(one.kind, "did what this version of Assay does not know")
        return f"{by} {done}{' (erased)' if one.kind in _GONE else ''}"
    return f"{by} {_SAID[type(one.act)](one.act, namer)}"


def icon(one: Occasion) -> str:
    """Of its kind; a signature has that of its verdict."""
    if isinstance(one.act, acts.Signed):
        mark = SIGNED[one.act.verdict]
        return f":{mark.colour}[{ICONS[mark.glyph]}]"
    return _ICONS.get(one.kind, ":material/help:")


def _said(text: str) -> Callable[[Any, Namer], str]:
    return lambda _act, _namer: text


def _answered(act: acts.Answered, namer: Namer) -> str:
    return f"answered {REPLIES[act.reply].word} to {namer(short(act.item, _LONGEST))}"


def _commented(act: acts.Commented, _namer: Namer) -> str:
    return "edited a comment" if act.comment else "commented"


def _edited(act: acts.Edited, namer: Namer) -> str:
    return f"edited title or hypothesis: {namer(short(act.title, _LONGEST))}"


def _waived(act: acts.Waived, _namer: Namer) -> str:
    return f"waived “{NAMES[act.criterion]}” until {until(act)}"


def _erased(act: acts.Erased, namer: Namer) -> str:
    what_ = f"entry {act.entry}" if act.entry else "a person"
    return f"erased {what_}: {namer(short(act.reason, _LONGEST))}"


_SAID: Mapping[type[acts.Act], Callable[[Any, Namer], str]] = {
    acts.Opened: _said("opened it"),
    acts.Edited: _edited,
    acts.Frozen: lambda act, _: f"froze {shown_hash(act.evidence)}",
    acts.Answered: _answered,
    acts.Commented: _commented,
    acts.Retracted: _said("took a comment back"),
    acts.SignatureAsked: lambda act, _: f"asked the {in_sentence(act.role)} to sign",
    acts.Signed: lambda act, _: f"{SIGNED[act.verdict].word} as {in_sentence(act.role)}",
    acts.Dismissed: _said("dismissed requested changes"),
    acts.Waived: _waived,
    acts.Decided: lambda act, _: DECIDED[act.decision],
    acts.Withdrawn: _said("withdrew it"),
    acts.Reopened: _said("reopened it"),
    acts.Erased: _erased,
}
