"""The matrix of rows and checks: a click on a cell chooses it, a pager turns to further rows."""

import streamlit as st

from assay.ui.evidence.finding import LeakageAnswer
from assay.ui.evidence.question import PLACE
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
    PLACE.matrix(found, matrix(found, answer.shown), (own.row, own.cell), key)
    sideways = " Scroll the table sideways for all checks." if len(answer.shown) > _WIDE else ""
    st.caption(f"Click a cell for its evidence. {text.basis(found)}{sideways}")
    PLACE.pager(found)
