"""Cards above the list of runs: reviews that wait, and what happened since yesterday."""

from collections import Counter
from datetime import timedelta

import pandas as pd
import streamlit as st

from assay.errors import AssayError
from assay.model.note import Note
from assay.model.review.gate import ReviewLine
from assay.model.runs.listing import ListQuestion
from assay.model.runs.store import RunStatus
from assay.queries.runs.listing import listing
from assay.ui import links, load
from assay.ui.forms import here_at
from assay.ui.frame import Context
from assay.ui.reviews import reviews_now
from assay.view.text.escape import markdown, short
from assay.view.text.notes import as_markdown
from assay.view.text.numbers import count
from assay.view.text.review.order import for_you, is_yours, waiting
from assay.view.text.verdicts import STATES

_MOST_NAMED = 3


def show_news(context: Context) -> None:
    """Cards for reviews that wait and for what happened since this time yesterday; none when nothing did."""
    since = (context.now - timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    moment = int(since.timestamp() * 1000)
    question = ListQuestion(filter=f"attributes.start_time >= {moment}", group_by=None, metrics=(), params=())
    found = load.answer(context.work, listing, question)
    waits, problem = _waiting(context)
    if not (len(found.rows) or waits or problem):
        return
    with st.grid(4, min_column_width=260):
        if waits or problem:
            _reviews_card(context, waits, problem)
        if len(found.rows):
            states = found.rows["states"].map(lambda own: own[0][0] if own else RunStatus.FINISHED)
            _news_card(states, found.rows["experiment_id"].nunique())
            if (states == RunStatus.FAILED).any():
                _names_card("Failed since yesterday", found.rows[states == RunStatus.FAILED])


def _waiting(context: Context) -> tuple[tuple[ReviewLine, ...], Note | None]:
    """Reviews that only people keep back, or why nobody can tell: runs are shown without a journal too."""
    try:
        return waiting(reviews_now(context.desk)), None
    except AssayError as error:
        return (), error.note


def _reviews_card(context: Context, waits: tuple[ReviewLine, ...], problem: Note | None) -> None:
    """The newest few, those first that wait for who is here."""
    here = here_at(context.desk)
    key = here.person.key if here.person else ""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.markdown("**Reviews that wait**")
        if problem:
            st.caption(f":orange[:material/warning:] {as_markdown(problem)}")
        for one in for_you(waits, here.roles, key)[:_MOST_NAMED]:
            yours = " :violet-badge[for you]" if is_yours(one, here.roles, key) else ""
            links.to_review(one.review.id, f"{one.review.id} {markdown(short(one.review.title, 32))}{yours}")
        if len(waits) > _MOST_NAMED:
            links.to_reviews(f"All {len(waits)} that wait")


def _news_card(states: "pd.Series[str]", experiments: int) -> None:
    """How many runs finished, failed, were stopped and still run."""
    counts = Counter(states)
    badges = [
        f":{'red' if state is RunStatus.FAILED else 'gray'}-badge["
        f"{'✕ ' if state is RunStatus.FAILED else ''}{counts[state]:,} {STATES[state].word}]"
        for state in (RunStatus.FAILED, RunStatus.KILLED, RunStatus.RUNNING, RunStatus.SCHEDULED)
        if counts[state]
    ]
    finished = count(counts[RunStatus.FINISHED], "run")
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.markdown("**New since yesterday**")
        st.markdown(f"{finished} finished, in {count(experiments, 'experiment')}")
        if badges:
            st.markdown(" ".join(badges))


def _names_card(title: str, rows: pd.DataFrame) -> None:
    """The newest few by name, each a link."""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.markdown(f"**{title}**")
        for run_id, label in rows["name"].head(_MOST_NAMED).items():
            links.to_run(str(run_id), markdown(short(label, 32)))
