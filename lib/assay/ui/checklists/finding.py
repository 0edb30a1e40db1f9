"""The answer, and its first lines: how much the runs prove, and what waits."""

from dataclasses import dataclass

import streamlit as st

from assay.model.evidence.proved import AnsweredChecklist, Proved
from assay.queries.checklists.answer import proved
from assay.ui import load, show
from assay.ui.checklists.question import ChecklistAsked
from assay.ui.frame import Context
from assay.view.text.checklists import headline as text
from assay.view.text.checklists.phrases import PHRASES
from assay.view.text.notes import as_markdown


@dataclass(frozen=True, slots=True)
class ChecklistAnswer:
    """What was asked with every proof; `answered`: the list that is looked at."""

    context: Context
    asked: ChecklistAsked
    found: Proved
    answered: AnsweredChecklist


def answered(context: Context, asked: ChecklistAsked) -> ChecklistAnswer:
    """The proofs of every list at once: another list or language needs no other."""
    found = load.followed(context.work, proved, asked.question, text.reading)
    return ChecklistAnswer(context, asked, found, AnsweredChecklist.of(asked.shown, found))


def show_finding(answer: ChecklistAnswer) -> None:
    """The sentence first, then counts, and what silence means."""
    found, own, language = answer.found, answer.answered, answer.asked.language
    sign = text.mark(own)
    st.header(f":{sign.colour}[{sign.glyph}] {text.headline(found, own, language)}", anchor=False)
    with st.container(horizontal=True, gap="xsmall"):
        for fact in text.badges(own, language):
            st.badge(fact.label, color=fact.colour)
    st.markdown(PHRASES[language].rule)
    if said := " ".join(filter(None, (text.basis(found, language), text.score(own, language)))):
        st.caption(said)
    problems = [as_markdown(one) for one in answer.asked.held.problems]
    show.warnings([*problems, *(as_markdown(one, found.labels) for one in found.notes)])
