"""The answer, and its first lines: who is on the front, how the candidate stands, how far to trust it."""

from dataclasses import replace

import streamlit as st

from assay.errors import FilterError
from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.tradeoffs.front import front, standing
from assay.queries.tradeoffs.scorecard import scorecard
from assay.ui import controls, links, load, show
from assay.ui.frame import Context
from assay.ui.tradeoffs.question import TradeoffsAnswer, TradeoffsAsked, carding
from assay.view.text.notes import as_markdown
from assay.view.text.tradeoffs.account import basis, doubts, objectives, remarks
from assay.view.text.tradeoffs.headline import badges, follows, headline, mark


def answered(context: Context, asked: TradeoffsAsked) -> TradeoffsAnswer | None:
    """The front and the candidate's scorecard; None with what to do next while there is nothing to look at."""
    if asked.experiments:
        why = "A front compares configurations of one experiment."
        controls.experiment(asked.experiments, why, "traded-experiment")
        return None
    if not asked.question.objectives:
        _nothing()
        return None
    found = _found(context, asked.question)
    answer = TradeoffsAnswer(context, found, asked.objective_set, asked.chosen)
    if not found.question.candidate:
        return answer
    return replace(answer, scored=load.answer(context.work, scorecard, carding(found)))


def _found(context: Context, question: FrontQuestion) -> Front:
    """The front, drawn once for all candidates that it shows."""
    work = context.work
    if not question.candidate:
        return load.answer(work, front, question)
    whole = load.answer(work, front, replace(question, candidate=""))
    try:
        return standing(work, whole, question.candidate) or load.answer(work, front, question)
    except FilterError as error:
        st.error(as_markdown(error.note), icon=":material/filter_alt_off:")
        return whole


def _nothing() -> None:
    with st.container(border=True):
        st.header("Nothing to trade off", anchor=False)
        st.markdown("No run of this experiment logged a metric. Choose another experiment, or objectives above.")
        links.to_runs("Look at its runs", icon=":material/list:")


def show_finding(answer: TradeoffsAnswer) -> None:
    """The sentence first, then what follows, and how far to trust it."""
    found, scored = answer.found, answer.scored
    sign = mark(found, scored)
    st.header(f":{sign.colour}[{sign.glyph}] {headline(found, scored)}", anchor=False)
    with st.container(horizontal=True, gap="xsmall"):
        for fact in badges(found, scored):
            st.badge(fact.text, color=fact.colour, help=fact.help or None)
    if told := follows(found):
        st.markdown(told)
    whose = objectives(answer.objective_set, chosen=answer.chosen)
    if rests := " ".join(filter(None, (whose, basis(found), *map(as_markdown, remarks(found))))):
        st.caption(rests)
    _warnings(answer)


def _warnings(answer: TradeoffsAnswer) -> None:
    found = answer.found
    labels = [found.points[place].label for place in (found.baseline, found.candidate) if place is not None]
    show.warnings([as_markdown(one, labels) for one in doubts(found)])
