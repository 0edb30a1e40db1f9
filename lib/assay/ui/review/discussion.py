"""What people say of it: plain text whose lines are kept, with every version, and a form for more."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay import actions
from assay.model.review.acts import Commented, Retracted
from assay.model.review.review import Comment
from assay.ui.forms import KeptForm
from assay.ui.review.finding import Looked
from assay.view.text.escape import flat, paragraphs
from assay.view.text.numbers import count
from assay.view.text.review.people import day, who

_IN_SIGHT = 20
"""Newest comments on the page; older ones stand behind their number."""


def show_discussion(looked: Looked, place: DeltaGenerator) -> None:
    """Comments, the newest last, and a new one."""
    review = looked.standing.review
    older, shown = review.comments[:-_IN_SIGHT], review.comments[-_IN_SIGHT:]
    with place:
        st.subheader("Discussion", anchor=False)
        if older:
            with st.expander(f"{count(len(older), 'older comment')}", icon=":material/forum:"):
                for one in older:
                    _comment(looked, one)
        for one in shown:
            _comment(looked, one)
        if not review.comments:
            st.caption("Nobody has said anything yet.")
        if looked.may(Commented):
            form = looked.form("comment")
            form.text("Comment", hint="Plain text. Everyone with access to this review can read it.", height=96)
            form.button(
                "Post", lambda desk, acting, values, _: actions.commented(desk, acting, looked.id, values["text"]),
                icon=":material/send:",
            )  # fmt: skip


def _comment(looked: Looked, one: Comment) -> None:
    made = one.made
    edited = f", edited {day(one.versions[-1][0].at)}" if len(one.versions) > 1 else ""
    with st.chat_message(flat(who(made, namer=flat)) or "somebody", avatar=":material/person:"):
        st.markdown(f"**{who(made)}** :gray[{day(made.at)} UTC{edited}]")
        if one.erased:
            st.caption("The text was erased.")
            return
        if one.retracted:
            st.caption("Taken back by its author; its text stays in the journal.")
            return
        st.markdown(paragraphs(one.text) or ":gray[no text]")
        own = looked.key and looked.key == made.key
        if len(one.versions) > 1 or (own and looked.may(Commented)):
            with st.container(horizontal=True, gap="small"):
                _versions(one)
                if own and looked.may(Commented):
                    _edit(looked, one)


def _versions(one: Comment) -> None:
    if len(one.versions) > 1:
        with st.popover(count(len(one.versions), "version"), type="tertiary", icon=":material/history:"):
            for made, text in reversed(one.versions):
                st.caption(f"{day(made.at)} UTC")
                st.markdown(paragraphs(text) or ":gray[no text]")


def _edit(looked: Looked, one: Comment) -> None:
    newest = one.versions[-1][0].seq
    with st.popover("Edit", type="tertiary", icon=":material/edit:"):
        form: KeptForm = looked.form(f"comment/{one.made.seq}", newest, text=one.text)
        form.text("Comment", height=96)
        form.button(
            "Save",
            lambda desk, acting, values, version: actions.commented(
                desk, acting, looked.id, values["text"], one.made.seq, version
            ),
        )
        if looked.may(Retracted):
            looked.form(f"retract/{one.made.seq}").button(
                "Take it back",
                lambda desk, acting, _values, _version: actions.retracted(desk, acting, looked.id, one.made.seq),
                names=(),
            )
