"""Which review, by which evidence, and who is looking: the row of inputs."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assay import identity
from assay.model.people import Here, Person
from assay.model.review.gate import ReviewQuestion
from assay.model.review.review import Review
from assay.queries.review import reading
from assay.ui import links
from assay.ui.forms import YOU_ARE, here_at
from assay.ui.frame import Context
from assay.view.text.escape import flat, short
from assay.view.text.review.people import shown_hash, when
from assay.workspace import Desk

REVIEW, EVIDENCE, NEW = "review", "evidence", "new"
SIDES = ("new-baseline", "new-candidate", "new-metric", "new-in")
KEYS = (REVIEW, EVIDENCE, NEW, *SIDES)
_LONGEST = 60
_EVERY, _NEWEST = "", ""


@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """What was asked: `id` "" for all of them; `every`: all there are, the newest first; `here`: who is looking."""

    desk: Desk
    here: Here
    id: str
    evidence: str
    every: tuple[Review, ...]

    @property
    def question(self) -> ReviewQuestion:
        """Of the one review."""
        return ReviewQuestion(self.id, self.evidence, self.here.person)

    @property
    def choices(self) -> links.Choices:
        """Every input by name."""
        return {REVIEW: self.id, EVIDENCE: self.evidence}


def ask(context: Context) -> ReviewAsked:
    """The row of inputs; raises JournalError where the journal can't be read."""
    desk = context.desk
    every = reading.reviews(desk)
    here = here_at(desk)
    id = st.query_params.get(REVIEW, "").strip()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choose_review(every, id)
        evidence = _choose_evidence(every, id)
        if here.choices:
            here = _choose_account(desk, here)
        if id:
            links.copy("review", {REVIEW: id, EVIDENCE: evidence})
    links.said_unknown(KEYS)
    return ReviewAsked(desk, here, id, evidence, every)


def _choose_review(every: Sequence[Review], id: str) -> None:
    """The address is what holds; the input follows it."""
    titles = {_EVERY: f"All {len(every):,} reviews", id: id or f"All {len(every):,} reviews"}
    titles |= {one.id: f"{one.id} {flat(one.title)}" for one in every}
    st.session_state["review-chosen"] = id
    st.selectbox(
        "Review",
        list(titles),
        key="review-chosen",
        format_func=lambda one: short(titles[one], _LONGEST),
        on_change=_review_chosen,
    )


def _review_chosen() -> None:
    chosen = st.session_state["review-chosen"]
    st.query_params.from_dict({REVIEW: chosen} if chosen else {})


def _choose_evidence(every: Sequence[Review], id: str) -> str:
    """The SHA-256 of an older evidence; "" for the newest. The address may have its first characters."""
    own = next((one for one in every if one.id == id), None)
    if own is None or not own.evidences:
        return st.query_params.get(EVIDENCE, "").strip()
    said = {act.evidence: f"frozen {when(made.at)}, {shown_hash(act.evidence)}" for made, act in own.evidences}
    newest = own.evidences[-1][1].evidence
    asked = st.query_params.get(EVIDENCE, "").strip().lower()
    found = own.frozen_as(asked) if asked else own.frozen
    chosen = found[1].evidence if found else None
    st.session_state["evidence-chosen"] = chosen
    older = [one for one in reversed(said) if one != newest]
    st.selectbox(
        "Evidence",
        [newest, *older],
        key="evidence-chosen",
        format_func=lambda one: said[one],
        on_change=_evidence_chosen,
        args=(newest,),
        placeholder="choose one",
        width=300,
    )
    return asked if chosen is None else "" if chosen == newest else chosen


def _evidence_chosen(newest: str) -> None:
    chosen = st.session_state["evidence-chosen"]
    st.query_params.from_dict(
        {REVIEW: st.query_params.get(REVIEW, ""), **({} if chosen == newest else {EVIDENCE: chosen})}
    )


def _choose_account(desk: Desk, here: Here) -> Here:
    """Of the demo alone, and never in the address: whom to act as."""
    people: dict[str, Person] = {one.subject: one for one in here.choices}
    current = here.person.subject if here.person else next(iter(people))
    st.session_state[YOU_ARE] = current
    chosen = st.selectbox(
        "You are",
        list(people),
        key=YOU_ARE,
        format_func=lambda one: f"{flat(people[one].name)}, {one.replace('_', ' ')}",
        help="The demo lets you act as any of these; on your own store it is your account.",
        width=220,
    )
    return identity.here(desk.settings, desk.policy, chosen)
