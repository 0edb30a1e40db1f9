"""The review as it stands, and its first lines: the answer, what binds, and what was expected of it."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.note import Note, note
from assay.model.people import Here
from assay.model.review.acts import Act, Commented
from assay.model.review.gate import ReviewStanding
from assay.model.review.notes import ReviewNote
from assay.model.review.rights import ALLOWED, AUTHORS_ALONE, NEVER_AUTHORS
from assay.queries.review import reading
from assay.queries.review.standing import standing
from assay.ui import load
from assay.ui.forms import LOOKED_AT, KeptForm
from assay.ui.review.question import ReviewAsked
from assay.view.text.escape import markdown, paragraphs
from assay.view.text.notes import as_markdown
from assay.view.text.review import headline, marks, report, steps
from assay.view.text.review.headline import Reader
from assay.view.text.review.people import day, who
from assay.workspace import Desk


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at a review: it stays on the page until its reader saves something or asks for what came since."""

    asked: ReviewAsked
    standing: ReviewStanding

    @property
    def desk(self) -> Desk:
        """Where it is looked at."""
        return self.asked.desk

    @property
    def here(self) -> Here:
        """Who looks."""
        return self.asked.here

    @property
    def id(self) -> str:
        """Of the review."""
        return self.standing.review.id

    @property
    def key(self) -> str:
        """Of who looks, "" for nobody."""
        return self.here.person.key if self.here.person else ""

    @property
    def is_author(self) -> bool:
        """Whether who looks may not approve it."""
        return self.key in self.standing.authors

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.standing.is_open

    def form(self, name: str, version: int = 0, **start: str) -> KeptForm:
        """A form of this review."""
        return KeptForm(self.desk, self.here, f"{self.id}/{name}", version, tuple(start.items()))

    def closed(self) -> Note | None:
        """Why nothing at all of it may be saved from here, None where something may."""
        if self.here.person is None:
            return note(ReviewNote.ACT_SIGNED_OUT)
        if self.standing.other_store:
            return note(ReviewNote.REVIEW_OTHER_STORE, store=self.standing.review.opened.store_shown)
        return self.here.closed

    def reads_only(self) -> Note | None:
        """Who could write here, for a reader whose roles let them read alone."""
        writers = ALLOWED[Commented]
        return None if writers & self.here.roles else note(ReviewNote.ACT_NOT_ALLOWED, roles=tuple(sorted(writers)))

    def may(self, act: type[Act]) -> bool:
        """Whether there is a form for it; the save asks again."""
        if self.asked.evidence or self.closed() or not ALLOWED[act] & self.here.roles:
            return False
        if act in AUTHORS_ALONE:
            return self.key == self.standing.review.made.key
        return act not in NEVER_AUTHORS or not self.is_author


def looked_at(asked: ReviewAsked) -> Looked | None:
    """The one review that is asked for, as it was when it was first shown; None where all are.

    Raises ReviewError of a review that there is none of, and of evidence that is not its own.
    """
    if not asked.id:
        return None
    desk = asked.desk
    known = asked.question, load.rested_on(desk)
    held = st.session_state.get(LOOKED_AT)
    if held is None or held[0] != known:
        found = load.judged(desk, reading.head(desk).hash, standing, asked.question)
        # New runs, rules or lists are shown at once; what somebody did meanwhile is announced, and never signed unseen.
        if held is None or held[0][0] != asked.question or held[1].review.last == found.review.last:
            held = st.session_state[LOOKED_AT] = known, found
    return Looked(asked, held[1])


def show_finding(looked: Looked) -> None:
    """The sentence first, then badges, what binds with each next step, and the hypothesis."""
    _announced(looked)
    found = looked.standing
    st.markdown(f"**{markdown(found.review.title)}** :gray[{report.question(found, namer=markdown)}]")
    review, sign = found.review, headline.mark(found)
    st.header(f"{marks.icon(sign)} {headline.headline(found, Reader(looked.key, looked.here.roles))}", anchor=False)
    with st.container(horizontal=True, gap="xsmall"):
        for fact in headline.badges(found):
            st.badge(fact.word, icon=marks.ICONS.get(fact.glyph), color=fact.colour)
    if reasons := steps.of(found):
        st.markdown("\n".join(f"{place}. {said}" for place, said in enumerate(reasons, start=1)))
    for one in found.problems:
        st.caption(
            f":orange[:material/warning:] {as_markdown(one, found.evidence.results.labels if found.evidence else ())}"
        )
    if looked.asked.evidence:
        st.info(
            "This is older evidence, to be read: nothing of it can be signed or answered.", icon=":material/history:"
        )
    elif why := looked.closed() or looked.reads_only():
        st.info(as_markdown(why), icon=":material/lock:")
    _show_wordings(looked, review.hypothesis)


def _show_wordings(looked: Looked, hypothesis: str) -> None:
    """The question and the hypothesis; of one that was edited after evidence was frozen both texts."""
    review = looked.standing.review
    if review.opened.question:
        st.caption(f"Question: {paragraphs(review.opened.question)}")
    last = review.wordings[-1]
    before = [one for one in review.wordings if one.hypothesis != hypothesis and one.hypothesis]
    if hypothesis:
        late = " after evidence was frozen" if last.late else ""
        st.caption(f"Hypothesis, written {day(last.made.at)} UTC by {who(last.made)}{late}: “{paragraphs(hypothesis)}”")
    for one in before if last.late else ():
        st.caption(f"Before, written {day(one.made.at)} UTC: “{paragraphs(one.hypothesis)}”")


def columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Left what is known, right what people do."""
    left, right = st.columns([8, 4], gap="medium")
    return left, right


@st.fragment(run_every="10s")
def _announced(looked: Looked) -> None:
    """Offers what came since, and never swaps it in."""
    review = looked.standing.review
    if reading.review(looked.desk, review.id).last == review.last:
        return
    if st.button("Review changed: show it", icon=":material/sync:", key="show-changed"):
        st.session_state.pop(LOOKED_AT, None)
        st.rerun()
