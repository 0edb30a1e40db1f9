"""Glyph, word and colour of every state, status, signature and role of a review, with the icons that pages have."""

from collections.abc import Mapping

from assay.model.evidence.checklist import Severity
from assay.model.people import Role
from assay.model.review.acts import ItemReply, ReviewDecision, SignVerdict
from assay.model.review.gate import CriterionStatus, GateDecision, ReviewState
from assay.view.text.notes.gate import roles as role_names
from assay.view.text.verdicts import Mark

WAITS, BLOCKS, STALE, WAIVED = "?", "⊘", "↺", "~"

ICONS: Mapping[str, str] = {
    "✓": ":material/check_circle:",
    "✕": ":material/cancel:",
    "!": ":material/warning:",
    "–": ":material/remove:",
    WAITS: ":material/pending:",
    BLOCKS: ":material/block:",
    STALE: ":material/history:",
    WAIVED: ":material/front_hand:",
}
"""A glyph → what a page shows in its place."""

STATES: Mapping[ReviewState, Mark] = {
    ReviewState.HARM: Mark("✕", "harm", "red"),
    ReviewState.BLOCKED: Mark(BLOCKS, "blocked", "orange"),
    ReviewState.CHANGES_REQUESTED: Mark(WAITS, "changes requested", "violet"),
    ReviewState.WAITING: Mark(WAITS, "waiting for a person", "violet"),
    ReviewState.READY: Mark("✓", "ready", "green"),
    ReviewState.ACCEPTED: Mark("✓", "accepted", "green"),
    ReviewState.ACCEPTED_FOR_OTHER: Mark(STALE, "accepted for other evidence", "orange"),
    ReviewState.REJECTED: Mark("✕", "rejected", "red"),
    ReviewState.HARMFUL: Mark("✕", "rejected for harm", "red"),
    ReviewState.WITHDRAWN: Mark("–", "withdrawn", "gray"),
}

STATUSES: Mapping[CriterionStatus, Mark] = {
    CriterionStatus.MISSED: Mark("✕", "missed", "red"),
    CriterionStatus.UNCERTAIN: Mark("!", "uncertain", "orange"),
    CriterionStatus.NOT_LOGGED: Mark("–", "not logged", "gray"),
    CriterionStatus.WAITING: Mark(WAITS, "waiting", "violet"),
    CriterionStatus.WAIVED: Mark(WAIVED, "waived", "orange"),
    CriterionStatus.WARNED: Mark("!", "met, look", "orange"),
    CriterionStatus.MET: Mark("✓", "met", "green"),
}

DECISIONS: Mapping[GateDecision, Mark] = {
    GateDecision.PROMOTE: Mark("", "gate: PROMOTE", "green"),
    GateDecision.ROLLBACK: Mark("", "gate: ROLLBACK", "red"),
    GateDecision.KEEP_TESTING: Mark("", "gate: KEEP_TESTING", "gray"),
}

SIGNED: Mapping[SignVerdict, Mark] = {
    SignVerdict.APPROVE: Mark("✓", "approved", "green"),
    SignVerdict.REQUEST_CHANGES: Mark(WAITS, "asked for changes", "violet"),
    SignVerdict.ABSTAIN: Mark("–", "abstained", "gray"),
}

REPLIES: Mapping[ItemReply, Mark] = {
    ItemReply.YES: Mark("✓", "yes", "green"),
    ItemReply.NO: Mark("✕", "no", "red"),
    ItemReply.NOT_APPLICABLE: Mark("–", "not applicable", "gray"),
}

DECIDED: Mapping[ReviewDecision, str] = {
    ReviewDecision.PROMOTE: "accepted it",
    ReviewDecision.REJECT: "rejected it",
    ReviewDecision.ROLLBACK: "rejected it for harm",
    ReviewDecision.KEEP_TESTING: "noted: keep testing",
}

SEVERITIES: Mapping[Severity, Mark] = {
    Severity.BLOCK: Mark(BLOCKS, "blocks", "orange"),
    Severity.WARN: Mark("!", "warns", "orange"),
    Severity.INFO: Mark("–", "is kept", "gray"),
}


def icon(mark: Mark) -> str:
    """The icon of its glyph in its colour, as Markdown."""
    return f":{mark.colour}[{ICONS.get(mark.glyph, mark.glyph)}]"


def badge(mark: Mark) -> str:
    """As a Markdown badge."""
    return f":{mark.colour}-badge[{ICONS.get(mark.glyph, mark.glyph)} {mark.word}]".replace("[ ", "[")


def role(one: Role) -> str:
    """`Production approver`."""
    return in_sentence(one).capitalize()


def in_sentence(*several: Role) -> str:
    """`tech lead and production approver`."""
    return role_names([one.value for one in several])
