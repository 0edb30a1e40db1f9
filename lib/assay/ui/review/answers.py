"""The checklists of a review: what is open, with a form an item, and what runs and people have settled."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay import actions
from assay.model.people import Acting
from assay.model.review.acts import Answered, ItemReply
from assay.model.review.gate import ItemStanding
from assay.ui.forms import Values
from assay.ui.review.finding import Looked
from assay.view.text.escape import markdown, short
from assay.view.text.review import answers as text
from assay.view.text.review.marks import REPLIES
from assay.view.text.review.people import labels_of
from assay.workspace import Desk

_LONGEST = 90
_NAMES = ("reply", "evidence", "reason")


def show_answers(looked: Looked, place: DeltaGenerator) -> None:
    """Open items first; the others behind their number."""
    lines = text.items(looked.standing)
    if not lines:
        return
    with place:
        st.subheader("Checklist", anchor=False)
        st.caption(f"{text.heading(lines)}.")
        waiting = [one for one in lines if text.is_open(one)]
        if _may(looked):
            for one in waiting:
                with st.expander(f"{text.state_icon(one)} {markdown(short(text.question(one), _LONGEST))}"):
                    _form(looked, one)
        elif waiting:
            st.table(text.rows(waiting, labels_of(looked.standing)), border="horizontal", alt="Open items")
        rest = [one for one in lines if not text.is_open(one)]
        if against := [one for one in rest if one.blocks]:
            st.table(text.rows(against, labels_of(looked.standing)), border="horizontal", alt="Proved against")
        _settled(looked, [one for one in rest if not one.blocks])


def _may(looked: Looked) -> bool:
    return looked.is_open and looked.may(Answered)


def _settled(looked: Looked, lines: Sequence[ItemStanding]) -> None:
    people = [one for one in lines if one.reply and one.found.holds is None]
    if not lines:
        return
    with st.expander(text.settled(lines), icon=":material/checklist:"):
        st.table(text.rows(lines, labels_of(looked.standing)), border="horizontal", alt="Settled items")
        if people and _may(looked):
            keys = {one.found.key: short(text.question(one), _LONGEST) for one in people}
            chosen = st.selectbox(
                "Answer anew", list(keys), index=None, format_func=lambda one: keys[one], placeholder="choose an item",
                key=f"anew-{looked.id}",
            )  # fmt: skip
            for one in people:
                if one.found.key == chosen:
                    _form(looked, one)


def _form(looked: Looked, one: ItemStanding) -> None:
    """An answer with what it rests on; the newest one before it stays in the journal."""
    made = one.reply[0].seq if one.reply else 0
    start = (
        {"reply": one.reply[1].reply.value, "evidence": one.reply[1].evidence, "reason": one.reply[1].reason}
        if one.reply
        else {}
    )
    form = looked.form(f"answer/{one.found.key}", made, **start)
    st.markdown(f"{text.status(one)} {text.basis(one, labels_of(looked.standing))}")
    form.choice("Answer", "reply", {reply.value: REPLIES[reply].word for reply in ItemReply})
    form.text("Evidence", "evidence", hint="A link, a number or a file that shows it", lines=False)
    form.text("Reason", "reason", hint="Needed for no and for not applicable", height=96)

    def save(desk: Desk, acting: Acting, values: Values, version: int) -> object:
        reply = ItemReply(values["reply"] or ItemReply.YES.value)
        found = one.found
        answer = Answered(found.checklist, found.item, reply, values["evidence"], values["reason"])
        return actions.answered(desk, acting, looked.id, answer, version)

    form.button("Save answer", save, names=_NAMES, icon=":material/checklist:")
