"""Signatures as they count now, the form to sign, and who was asked to."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay import actions
from assay.model.note import Note, note
from assay.model.people import APPROVERS, Acting, Role
from assay.model.review.acts import Dismissed, SignatureAsked, Signed, SignVerdict
from assay.model.review.gate import SignatureFound
from assay.model.review.notes import ReviewNote
from assay.ui.forms import Values
from assay.ui.review.finding import Looked
from assay.view.text.review import marks, people
from assay.view.text.review.people import PersonLine, shown_hash
from assay.workspace import Desk

_VERDICTS = {
    SignVerdict.APPROVE: "approve",
    SignVerdict.REQUEST_CHANGES: "ask for changes",
    SignVerdict.ABSTAIN: "abstain",
}


def show_signing(looked: Looked, place: DeltaGenerator) -> None:
    """A card of signatures with the form, and one of requests."""
    with place, st.container(border=True):
        may = looked.is_open and looked.may(Signed)
        st.subheader("Sign" if may else "Signatures", anchor=False)
        for found in people.newest(looked.standing):
            _line(people.signature(found))
            _dismiss(looked, found)
        for one in people.missing(looked.standing):
            _line(one)
        if may:
            _sign(looked)
    with place:
        _requests(looked)


def _line(one: PersonLine) -> None:
    st.markdown(f"{marks.icon(one.mark)} **{one.what}**: {one.detail}  \n{one.who}")
    for said in filter(None, (one.remark, f"“{one.reason}”" if one.reason else "")):
        st.caption(said)


def _sign(looked: Looked) -> None:
    """The button names what is signed and as what; both are those of the page, not of the moment it is pressed."""
    found = looked.standing
    form = looked.form("sign")
    roles = _roles(looked)
    chosen = roles[0]
    if len(roles) > 1:
        chosen = Role(form.choice("Sign as", "role", {one.value: marks.role(one) for one in roles}, across=False))
    verdicts = _verdicts(looked, chosen)
    form.choice("Your decision", "verdict", {one.value: _VERDICTS[one] for one in verdicts})
    form.text("Reason", "reason", height=96)
    shown = found.review.evidence_sha256

    def save(desk: Desk, acting: Acting, values: Values, _version: int) -> object:
        verdict = SignVerdict(values["verdict"] or verdicts[0].value)
        assert found.basis is not None
        return actions.signed(desk, acting, looked.id, chosen, verdict, values["reason"], shown, found.basis)

    form.button(
        f"Sign {shown_hash(shown)} as {marks.in_sentence(chosen)}" if shown else "Sign",
        save,
        names=("role", "verdict", "reason"),
        why_not=_why_not(looked),
        primary=SignVerdict.APPROVE in verdicts,
        icon=":material/draw:",
        stretch=True,
    )
    st.caption(
        "You sign exactly this evidence. New runs, answers or rules make it stale. Who opened it, froze it last or "
        "made its runs can't approve."
    )


def _roles(looked: Looked) -> Sequence[Role]:
    """Those to sign in: an approver's own, else a reviewer's."""
    own = [one for one in APPROVERS if one in looked.here.roles]
    return own or [Role.REVIEWER]


def _verdicts(looked: Looked, role: Role) -> Sequence[SignVerdict]:
    """An author, and a reviewer who approves nothing, may ask for changes."""
    if role is Role.REVIEWER:
        return [SignVerdict.REQUEST_CHANGES, SignVerdict.ABSTAIN]
    return [SignVerdict.REQUEST_CHANGES, SignVerdict.ABSTAIN] if looked.is_author else list(SignVerdict)


def _why_not(looked: Looked) -> Note | None:
    found = looked.standing
    return note(ReviewNote.REVIEW_NO_EVIDENCE) if found.basis is None or found.review.frozen is None else None


def _dismiss(looked: Looked, found: SignatureFound) -> None:
    own = found.signature
    if own.act.verdict is not SignVerdict.REQUEST_CHANGES or own.dismissed or not looked.may(Dismissed):
        return
    with st.popover("Dismiss", type="tertiary", icon=":material/do_not_disturb_on:"):
        form = looked.form(f"dismiss/{own.made.seq}")
        form.text("Reason", height=96)
        form.button(
            "Dismiss the requested changes",
            lambda desk, acting, values, _: actions.dismissed(desk, acting, looked.id, own.made.seq, values["text"]),
        )


def _requests(looked: Looked) -> None:
    lines = people.requests(looked.standing.review)
    may = looked.may(SignatureAsked) and looked.is_open
    if not lines and not may:
        return
    with st.container(border=True):
        st.subheader("Requests", anchor=False)
        for one in lines:
            _line(one)
        if may:
            with st.popover("Ask for a signature", icon=":material/notifications:"):
                form = looked.form("ask")
                form.choice("Of the", "role", {one.value: marks.role(one) for one in APPROVERS})
                form.text("Message", height=96)
                form.button(
                    "Ask",
                    lambda desk, acting, values, _: actions.asked(
                        desk, acting, looked.id, Role(values["role"]), values["text"]
                    ),
                    names=("role", "text"),
                )
