"""The items beside the cards: what is open, what is proved, every list, what severities mean, and the ways on."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assay.model.evidence.checklist import ItemAnswer
from assay.model.evidence.proved import AnsweredChecklist
from assay.queries import provenance
from assay.queries.checklists.known import file_of
from assay.ui import export, links
from assay.ui.checklists.finding import ChecklistAnswer
from assay.view.objects import checklists as objects
from assay.view.tables import checklists as tables
from assay.view.tables.column import Table
from assay.view.text.checklists import items as text
from assay.view.text.checklists.items import Columns
from assay.view.text.checklists.phrases import PHRASES
from assay.view.text.checklists.places import place
from assay.view.text.checklists.report import markdown, reports
from assay.view.text.escape import flat, short
from assay.view.text.escape import markdown as escaped

_LONGEST_NAME = 40
_TALL = 480


def show_items(answer: ChecklistAnswer) -> None:
    """Left what is to be done and what is done, right what it is of."""
    left, right = st.columns([8, 4], gap="medium")
    with left:
        _waiting(answer)
        _settled(answer)
        st.caption(PHRASES[answer.asked.language].footnote)
        _ways_on(answer)
    with right:
        _lists(answer)
        _severities(answer)
        _origin(answer)


def _waiting(answer: ChecklistAnswer) -> None:
    language = answer.asked.language
    if answer.answered.open:
        shown = text.waiting(answer.found, answer.answered, language, lambda one: _address(answer, one))
        _table(PHRASES[language].open_heading, shown)


def _settled(answer: ChecklistAnswer) -> None:
    language = answer.asked.language
    if answer.answered.yes or answer.answered.no:
        shown = text.settled(answer.found, answer.answered, language, lambda one: _address(answer, one))
        _table(PHRASES[language].proved_heading, shown)


def _table(heading: str, shown: Columns) -> None:
    st.subheader(heading, anchor=False)
    st.table(shown, border="horizontal", alt=heading)


def _address(answer: ChecklistAnswer, one: ItemAnswer) -> str:
    """Where the proof is seen, or why there is none; nothing where no page shows it."""
    if one.proof is None or not answer.found.candidate or one.proof.note.code in text.NOWHERE:
        return ""
    return links.address(*place(answer.found, one.proof))


def _lists(answer: ChecklistAnswer) -> None:
    """Every list with how much of it is proved, those of others in a line."""
    asked, language = answer.asked, answer.asked.language
    phrases = PHRASES[language]
    every = [AnsweredChecklist.of(own, answer.found) for own in asked.held.known]
    own, others = ([one for one in every if one.checklist.template is template] for template in (False, True))

    def linked(name: str) -> str:
        return links.address("checklist", asked.choices(name))

    with st.container(border=True):
        who = answer.found.candidate
        heading = phrases.lists_of if who else phrases.lists_heading
        st.subheader(heading.format(who=escaped(short(who, _LONGEST_NAME))), anchor=False)
        if own:
            shown = text.lists(own, asked.shown.name, language, linked)
            st.table(shown, border="horizontal", alt=flat(heading.format(who=who)))
            if who:
                st.caption(text.ticks(own, language))
        if others:
            st.markdown(f":small[{text.templates(others, asked.shown.name, language, linked)}]")


def _severities(answer: ChecklistAnswer) -> None:
    language = answer.asked.language
    with st.container(border=True):
        st.subheader(PHRASES[language].severity_heading, anchor=False)
        for line in text.severities(language):
            st.markdown(line)


def _origin(answer: ChecklistAnswer) -> None:
    language, own = answer.asked.language, answer.asked.shown
    with st.container(border=True):
        st.subheader(PHRASES[language].origin_heading, anchor=False)
        st.caption(text.origin(own, file_of(own), language))


def _ways_on(answer: ChecklistAnswer) -> None:
    """What can be taken along, the list to paste, and the link to here."""
    export.offer(answer.context, parcel(answer))
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Copy as Markdown", icon=":material/content_copy:"):
            about = provenance.of(answer.context.work)
            language = answer.asked.language
            said = markdown(answer.found, answer.answered, language, about, lambda one: _address(answer, one))
            st.code(said, language=None, wrap_lines=True, height=_TALL)
        links.copy("checklist", answer.asked.choices())
        asked = answer.asked.question
        links.to_reproducibility("Reproducibility", {"in": asked.experiments, "where": asked.candidate})
        if asked.candidate and asked.baseline:
            sides = {"baseline": asked.baseline, "candidate": asked.candidate}
            links.to_open({**sides, "metric": answer.found.metrics[:1], "in": asked.experiments})
        links.to_runs("Back to runs")


def parcel(answer: ChecklistAnswer) -> export.Parcel:
    """The table, a line an item, and every number."""
    found, own, asked = answer.found, answer.answered, answer.asked
    return export.Parcel(
        about=f"checklist {asked.shown.name}",
        path="checklist",
        choices=asked.choices(),
        tables=lambda: _tables(answer),
        sentences=lambda: reports(found, own, asked.language),
        result=lambda: {"checklist": objects.checklist(found, own, asked.held.problems)},
    )


def _tables(answer: ChecklistAnswer) -> Mapping[str, Table]:
    found, language = answer.found, answer.asked.language
    every: Sequence[AnsweredChecklist] = [AnsweredChecklist.of(own, found) for own in answer.asked.held.known]
    return {"Items": tables.items(found, answer.answered, language), "Lists": tables.lists(found, every, language)}
