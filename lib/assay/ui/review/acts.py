"""What approvers and authors do with a review: freeze, waive, decide, withdraw, reopen, edit, erase."""

from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay import actions
from assay.model.note import Note, note
from assay.model.people import Acting
from assay.model.review.acts import (
    Decided,
    Edited,
    Erased,
    Frozen,
    Reopened,
    Retracted,
    ReviewDecision,
    Waived,
    Withdrawn,
)
from assay.model.review.gate import GateDecision
from assay.model.review.notes import ReviewNote
from assay.model.review.policy import GateCriterion
from assay.ui.forms import Values
from assay.ui.review.finding import Looked
from assay.view.text.escape import flat
from assay.view.text.review import timeline
from assay.view.text.review.criteria import NAMES
from assay.view.text.review.people import shown_hash
from assay.workspace import Desk

_WORDLESS = (Frozen, Retracted, Erased)
"""Of these there is nothing to erase."""

_DECISIONS = {
    ReviewDecision.PROMOTE: "accept",
    ReviewDecision.REJECT: "reject",
    ReviewDecision.ROLLBACK: "reject as harm",
    ReviewDecision.KEEP_TESTING: "keep testing",
}


def show_acts(looked: Looked, place: DeltaGenerator) -> None:
    """A card to decide in, and one for what else may be done; nothing where nothing may."""
    is_open = looked.is_open
    with place:
        if is_open and looked.may(Decided):
            with st.container(border=True):
                st.subheader("Decide", anchor=False)
                _decide(looked)
        more = [
            (looked.may(Frozen) and is_open, _freeze),
            (looked.may(Waived) and is_open, _waive),
            (looked.may(Edited) and is_open, _edit),
            (looked.may(Withdrawn) and is_open, _withdraw),
            (looked.may(Reopened) and not is_open, _reopen),
            (looked.may(Erased), _erase),
        ]
        shown = [act for may, act in more if may]
        if shown:
            with st.container(border=True):
                st.subheader("More", anchor=False)
                for act in shown:
                    act(looked)


def _decide(looked: Looked) -> None:
    found = looked.standing
    form = looked.form("decide")
    chosen = ReviewDecision(
        form.choice("Decision", "decision", {k.value: v for k, v in _DECISIONS.items()}, across=False)
    )
    form.text("Reason", "reason", height=96)
    shown = found.review.evidence_sha256

    def save(desk: Desk, acting: Acting, values: Values, _version: int) -> object:
        assert found.basis is not None
        return actions.decided(desk, acting, looked.id, chosen, values["reason"], shown, found.basis)

    form.button(
        f"{_DECISIONS[chosen].capitalize()} on {shown_hash(shown)}" if shown else _DECISIONS[chosen].capitalize(),
        save,
        names=("decision", "reason"),
        why_not=_why_not(looked, chosen),
        icon=":material/gavel:",
        stretch=True,
    )


def _why_not(looked: Looked, chosen: ReviewDecision) -> Note | None:
    found = looked.standing
    if found.basis is None or found.review.frozen is None:
        return note(ReviewNote.REVIEW_NO_EVIDENCE)
    if chosen is ReviewDecision.PROMOTE and found.gate.decision is not GateDecision.PROMOTE:
        return note(ReviewNote.REVIEW_NOT_READY, decision=found.gate.decision.value)
    return None


def _freeze(looked: Looked) -> None:
    no_runs = None if looked.desk.snapshot else note(ReviewNote.REVIEW_NO_RUNS_READ)
    looked.form("freeze").button(
        "Freeze again",
        lambda desk, acting, _values, _version: actions.frozen(desk, acting, looked.id),
        names=(),
        why_not=no_runs,
        icon=":material/lock:",
    )
    st.caption("Keeps the runs and results as they are now as the evidence to sign; whoever freezes can't approve.")


def _waive(looked: Looked) -> None:
    found = looked.standing
    open_ = {
        one.criterion.value: NAMES[one.criterion]
        for one in found.gate.criteria
        if one.keeps_back and one.criterion is not GateCriterion.SIGNATURES
    }
    frozen = found.review.frozen
    if not open_ or frozen is None:
        return
    last = (looked.desk.now + timedelta(days=looked.desk.policy.promotion.waiver_days)).date().isoformat()
    with st.popover("Waive a criterion", icon=":material/front_hand:"):
        form = looked.form("waive", until=last)
        form.choice("Criterion", "criterion", open_, across=False)
        form.text("Until the end of (UTC)", "until", lines=False, hint=last)
        form.text("Reason", "reason", height=96)

        def save(desk: Desk, acting: Acting, values: Values, _version: int) -> object:
            criterion = GateCriterion(values["criterion"])
            reason, until = values["reason"], values["until"]
            return actions.waived(desk, acting, looked.id, criterion, reason, until, frozen[1].evidence)

        form.button("Waive", save, names=("criterion", "until", "reason"))
        st.caption("One criterion, for this number: it is void when that gets worse.")


def _edit(looked: Looked) -> None:
    review = looked.standing.review
    with st.popover("Edit title and hypothesis", icon=":material/edit:"):
        form = looked.form("edit", review.wordings[-1].made.seq, title=review.title, hypothesis=review.hypothesis)
        form.text("Title", "title", lines=False)
        form.text("Hypothesis", "hypothesis", height=96)
        form.button(
            "Save wording",
            lambda desk, acting, values, version: actions.edited(
                desk, acting, looked.id, values["title"], values["hypothesis"], version
            ),
            names=("title", "hypothesis"),
        )
        if review.evidences:
            st.caption("Evidence is frozen already: both texts stay in sight.")


def _withdraw(looked: Looked) -> None:
    with st.popover("Withdraw", icon=":material/remove_circle:"):
        form = looked.form("withdraw")
        form.text("Reason", height=96)
        form.button(
            "Withdraw this review",
            lambda desk, acting, values, _: actions.withdrawn(desk, acting, looked.id, values["text"]),
        )


def _reopen(looked: Looked) -> None:
    with st.popover("Reopen", icon=":material/restart_alt:"):
        form = looked.form("reopen")
        form.text("Reason", height=96)
        form.button(
            "Reopen this review",
            lambda desk, acting, values, _: actions.reopened(desk, acting, looked.id, values["text"]),
        )
        st.caption("Signatures from before do not count any more.")


def _erase(looked: Looked) -> None:
    """What an entry says, or who a person is; that it was there, and when, stays."""
    entries = {
        str(one.made.seq): f"entry {one.made.seq}, {timeline.what(one, namer=flat)}"
        for one in reversed(looked.standing.review.timeline)
        if one.act and not isinstance(one.act, _WORDLESS)
    }
    if not entries:
        return
    with st.popover("Erase the words of an entry", icon=":material/ink_eraser:"):
        form = looked.form("erase")
        form.choice("Entry", "entry", entries, across=False)
        form.text("Reason", height=96)
        form.button(
            "Erase for good",
            lambda desk, acting, values, _: actions.erased(
                desk, acting, entry=int(values["entry"]), reason=values["text"]
            ),
            names=("entry", "text"),
        )
