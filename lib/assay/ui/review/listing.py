"""All reviews, those that wait first, and the form that opens one."""

import streamlit as st

from assay import actions
from assay.model.note import Note, note
from assay.model.people import Acting
from assay.model.review.acts import Opened
from assay.model.review.gate import ReviewLine
from assay.model.review.notes import ReviewNote
from assay.model.review.rights import ALLOWED
from assay.ui import links, show
from assay.ui.forms import KeptForm, Values
from assay.ui.review.question import NEW, REVIEW, ReviewAsked
from assay.ui.reviews import reviews_now
from assay.view.tables.review import reviews
from assay.view.text.notes import as_markdown
from assay.view.text.numbers import count
from assay.view.text.review.order import waiting, waiting_first
from assay.workspace import Desk

_A_PAGE = 50
_NAMES = ("title", "baseline", "candidate", "metric", "experiments", "question", "hypothesis")


def show_others(asked: ReviewAsked) -> None:
    """The form to open one where the address asks for it, and every review there is."""
    opening = st.query_params.get(NEW) == "1"
    if opening:
        _open(asked)
    found = waiting_first(reviews_now(asked.desk))
    if not found:
        _nothing(asked)
    else:
        _list(found)
    if not opening and _why_not(asked) is None:
        st.button("Open a review", icon=":material/add_circle:", on_click=_asked_to_open)


def _list(found: tuple[ReviewLine, ...]) -> None:
    waits = len(waiting(found))
    verb = "wait" if waits > 1 else "waits"
    st.header(f"{count(len(found), 'review')}: {waits or 'none'} {verb} for a person", anchor=False)
    pages = -(-len(found) // _A_PAGE)
    at = st.number_input("Page", 1, pages, 1, key="reviews-page", width=120) if pages > 1 else 1
    shown_now = found[(at - 1) * _A_PAGE : at * _A_PAGE]
    addresses = [links.address("review", {REVIEW: one.review.id}) for one in shown_now]
    show.table(reviews(shown_now, linked=addresses), "reviews")
    if pages > 1:
        st.caption(f"{_A_PAGE} a page, {pages} pages; what waits comes first, then the newest.")


def _nothing(asked: ReviewAsked) -> None:
    with st.container(border=True):
        st.header("No review yet", anchor=False)
        st.markdown(
            "A review asks whether a candidate may replace the baseline, freezes the evidence, and is signed by "
            "people. Open one from Compare or Trade-offs once both sides have runs, or with `assay review open`."
        )
        if why := _why_not(asked):
            st.caption(as_markdown(why))
        links.to_runs("Look at the runs", icon=":material/list:")


def _asked_to_open() -> None:
    st.query_params.from_dict({NEW: "1"})


def _why_not(asked: ReviewAsked) -> Note | None:
    here = asked.here
    if here.person is None:
        return note(ReviewNote.ACT_SIGNED_OUT)
    if here.closed:
        return here.closed
    if not ALLOWED[Opened] & here.roles:
        return note(ReviewNote.ACT_NOT_ALLOWED, roles=tuple(sorted(one.value for one in ALLOWED[Opened])))
    return None if asked.desk.snapshot else note(ReviewNote.REVIEW_NO_RUNS_READ)


def _open(asked: ReviewAsked) -> None:
    """Its inputs begin with what the address has; what was opened is then looked at."""
    given = {name: st.query_params.get(f"new-{name}", "") for name in ("baseline", "candidate", "metric")}
    given["experiments"] = ", ".join(st.query_params.get_all("new-in"))
    place = "open/" + "|".join(given.values())
    form = KeptForm(asked.desk, asked.here, place[:200], 0, tuple(given.items()))
    with st.container(border=True):
        st.header("Open a review", anchor=False)
        form.text("Title", "title", lines=False, hint="svc-rbf against logistic-regression")
        form.text("Baseline", "baseline", lines=False, hint="params.model = 'logistic-regression'")
        form.text("Candidate", "candidate", lines=False, hint="params.model = 'svc-rbf'")
        form.text("Primary metric", "metric", lines=False, hint="accuracy")
        form.text("Experiments", "experiments", lines=False, hint="all; several with a comma between them")
        form.text("Question", "question", lines=False, hint="What is to be decided?")
        form.text("Hypothesis", "hypothesis", hint="Written before the evidence is frozen: what do you expect?")
        form.button(
            "Open and freeze", _opened, names=_NAMES, why_not=_why_not(asked), primary=True, icon=":material/lock:"
        )
        st.caption("Opening freezes the runs and results as they are now. Who opens a review can't approve it.")


def _opened(desk: Desk, acting: Acting, values: Values, _version: int) -> None:
    own = {**values}
    within = tuple(one for part in own.pop("experiments").split(",") if (one := part.strip()))
    review = actions.opened(desk, acting, Opened(**own, experiments=within))
    st.query_params.from_dict({REVIEW: review.id})
