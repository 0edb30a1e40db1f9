"""The matrix of rows and checks: a click on a cell chooses it, a pager turns to further rows."""

import streamlit as st

from assay.ui import show
from assay.ui.evidence.finding import LeakageAnswer
from assay.ui.evidence.question import choose, let_go, turn
from assay.view.tables.evidence.leakage import matrix
from assay.view.text.evidence import leakage as text

_WIDE = 9


def show_matrix(answer: LeakageAnswer) -> None:
    """A row a configuration or run, as the switch beside the heading says."""
    found = answer.found
    answer.asked.heading.subheader(text.heading(found, answer.shown), anchor=False, width="content")
    key = f"checks-{abs(hash((found.question, answer.shown, answer.context.work.snapshot.name)))}"
    own = answer.chosen
    assert own is not None

    def picked(cell: tuple[int, str] | None) -> None:
        if cell is None:
            let_go()
        else:
            place, column = cell
            choose(found.rows[place].run_id, column if column in answer.shown else "")

    show.cell(matrix(found, answer.shown), key, (found.rows.index(own.row), str(own.cell.check.check)), picked)
    sideways = " Scroll the table sideways for all checks." if len(answer.shown) > _WIDE else ""
    st.caption(f"Click a cell for its evidence. {text.basis(found)}{sideways}")
    _pager(answer)


def _pager(answer: LeakageAnswer) -> None:
    """Which rows are in view, and the ways to the others."""
    found, asked = answer.found, answer.found.question
    if found.total <= len(found.rows):
        return
    after = asked.first + len(found.rows)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Rows {asked.first + 1:,} to {after:,} of {found.total:,}.", width="content")
        if asked.first:
            st.button(
                f"Previous {asked.most}",
                icon=":material/arrow_back:",
                type="tertiary",
                on_click=turn,
                args=(max(asked.first - asked.most, 0),),
            )
        if after < found.total:
            rest = min(asked.most, found.total - after)
            st.button(f"Next {rest}", icon=":material/arrow_forward:", type="tertiary", on_click=turn, args=(after,))
