"""The answer, and its first lines: what repeats say, how many can be run again, and how far to trust that."""

from dataclasses import dataclass, replace

import streamlit as st

from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.model.evidence.record import RecordCheck
from assay.model.evidence.reproducibility import Reproducibility
from assay.queries.evidence.reproducibility import reproducibility
from assay.ui import links, load, show
from assay.ui.evidence.inputs import MOST_SEEN
from assay.ui.evidence.record.question import PLACE, RUN, RecordAsked
from assay.ui.frame import Context
from assay.view.tables.evidence.reproducibility import shown
from assay.view.text.evidence import elements
from assay.view.text.evidence import reproducibility as text
from assay.view.text.evidence.records import ELEMENTS, FIRST, NAMES
from assay.view.text.evidence.rows import mark, reading
from assay.view.text.notes import as_markdown


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """What was asked with what was found; `shown`: the checks that are columns, `row` and `cell`: the chosen ones."""

    context: Context
    asked: RecordAsked
    found: Reproducibility
    shown: tuple[RecordCheck, ...]
    row: CheckRow
    cell: CheckCell

    @property
    def run_id(self) -> str:
        """The run whose file is shown unless the reader names one: of the chosen row, else of the first that can be run
        again.
        """
        asked, _ = PLACE.chosen()
        return asked if asked in self.row.run_ids else (*self.found.again, *self.found.rows)[0].run_id

    @property
    def choices(self) -> links.Choices:
        """Every choice by name, the cell and the run of the file too that the page chose."""
        cell = {PLACE.name("row"): self.row.run_id, PLACE.name("check"): str(self.cell.check.check)}
        return {**self.asked.choices, **cell, RUN: st.query_params.get(RUN) or self.run_id}


def answered(context: Context, asked: RecordAsked) -> RecordAnswer | None:
    """What is on record and what repeats say; None with what to do next where there is no run."""
    with asked.answer:
        found = load.followed(context.work, reproducibility, asked.question, reading)
        if not found.rows:
            PLACE.nothing(found, "No run to look at")
            return None
        if len(found.rows) > MOST_SEEN:
            found = replace(found, rows=found.gravest_first)
        row, cell = PLACE.cell(found, NAMES)
    columns = shown(found, asked.checks)
    wanted = {*columns, cell.check.check}
    return RecordAnswer(context, asked, found, tuple(one for one in RecordCheck if one in wanted), row, cell)


def show_answer(answer: RecordAnswer) -> None:
    """The sentence first, then counts, what matters most, and the five elements; where nothing is, what to log."""
    found = answer.found
    with answer.asked.answer:
        sign = mark(found)
        st.header(f":{sign.colour}[{sign.glyph}] {text.headline(found)}", anchor=False)
        with st.container(horizontal=True, gap="xsmall"):
            for fact in text.badges(found):
                st.badge(fact.text, color=fact.colour)
        if text.bare(found):
            st.markdown("Log this first; most of it is on record then:")
            st.code(FIRST, language=None, wrap_lines=True)
        elif told := text.follows(found):
            st.markdown(told)
        st.caption(text.caveat(found))
        show.warnings([as_markdown(note) for note in found.notes])
        _elements(found)


def _elements(found: Reproducibility) -> None:
    """A card an element: in how many rows all of it is on record, and what is not."""
    for place, own in zip(st.columns(len(ELEMENTS)), found.elements, strict=True):
        with place, st.container(border=True, height="stretch"):
            st.markdown(f"**{ELEMENTS[own.element]}** {elements.badge(own)}")
            st.caption(elements.line(found, own))
