"""The answer, and its first lines: who leaks, how many findings there are, and how far to trust that."""

from dataclasses import dataclass, replace

import streamlit as st

from assay.model.evidence.leakage import Finding, FindingQuestion, Leakage, LeakageCheck
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.queries.evidence.finding import finding
from assay.queries.evidence.leakage import leakage
from assay.ui import links, load
from assay.ui.evidence.inputs import MOST_SEEN
from assay.ui.evidence.question import PLACE, LeakageAsked
from assay.ui.frame import Context
from assay.view.text.evidence import leakage as text
from assay.view.text.evidence.checks import NAMES
from assay.view.text.evidence.rows import mark, reading
from assay.view.text.evidence.steps import FIRST
from assay.view.text.notes import as_markdown


@dataclass(frozen=True, slots=True)
class ChosenCell:
    """The cell whose evidence is shown; `finding`: what is behind it, None of a pass and of what was not logged."""

    row: CheckRow
    cell: CheckCell
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class LeakageAnswer:
    """What was asked with what was found; `shown`: the checks that are columns."""

    context: Context
    asked: LeakageAsked
    found: Leakage
    shown: tuple[LeakageCheck, ...]
    chosen: ChosenCell | None = None

    @property
    def choices(self) -> links.Choices:
        """Every choice by name, the cell too that the page chose."""
        if self.chosen is None:
            return self.asked.choices
        cell = {"leak-row": self.chosen.row.run_id, "leak-check": str(self.chosen.cell.check.check)}
        return {**self.asked.choices, **cell}


def answered(context: Context, asked: LeakageAsked) -> LeakageAnswer | None:
    """What every check says, and what is behind the chosen cell; None with what to do next where there is no run."""
    with asked.answer:
        found = load.followed(context.work, leakage, asked.question, reading)
        if not found.rows:
            PLACE.nothing(found, "No run to check")
            return None
        if len(found.rows) > MOST_SEEN:
            found = replace(found, rows=found.gravest_first)
        cell = _cell(context, found)
    wanted = set(asked.checks or found.telling or LeakageCheck) | {cell.cell.check.check}
    shown = tuple(check for check in LeakageCheck if check in wanted)
    return LeakageAnswer(context, asked, found, shown, cell)


def _cell(context: Context, found: Leakage) -> ChosenCell:
    """With what is behind it, where it found something."""
    own, cell = PLACE.cell(found, NAMES)
    if not cell.check.status.is_finding:
        return ChosenCell(own, cell)
    honest = found.honest(own, cell.check.check)
    asked = FindingQuestion(cell.alike, cell.check.check, honest=honest, ignore=found.question.ignore)
    return ChosenCell(own, cell, load.answer(context.work, finding, asked))


def show_finding(answer: LeakageAnswer) -> None:
    """The sentence first, then counts, and how far to trust them; where nothing is logged, what to log first."""
    with answer.asked.answer:
        _show(answer.found)


def _show(found: Leakage) -> None:
    sign = mark(found)
    st.header(f":{sign.colour}[{sign.glyph}] {text.headline(found)}", anchor=False)
    with st.container(horizontal=True, gap="xsmall"):
        for fact in text.badges(found):
            st.badge(fact.text, color=fact.colour)
    if len(text.blind(found)) == len(LeakageCheck):
        st.markdown("Log this first; most checks can look then:")
        st.code(FIRST, language=None, wrap_lines=True)
    elif told := text.follows(found):
        st.markdown(told)
    st.caption(text.CAVEAT)
    for note in found.notes:
        st.caption(f":orange[:material/warning:] {as_markdown(note)}")
