"""The matrix of rows and their record, and the chosen cell: what was logged, and the line that logs it."""

import streamlit as st

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.record import RecordCheck
from assay.ui import links
from assay.ui.evidence.record.answer import RecordAnswer
from assay.ui.evidence.record.question import PLACE
from assay.view.tables.evidence.reproducibility import matrix
from assay.view.text.escape import code, markdown
from assay.view.text.evidence import reproducibility as text
from assay.view.text.evidence.finding import said, sources
from assay.view.text.evidence.records import LOOKS_FOR, logs


def show_matrix(answer: RecordAnswer) -> None:
    """A row a configuration or run, as the switch beside the heading says."""
    found = answer.found
    # Long enough to stand alone on a phone, or the table's own buttons cover the switch beside it.
    answer.asked.heading.subheader("What is on record, check by check", anchor=False, width="content")
    key = f"records-{abs(hash((found.question, answer.shown, answer.context.work.snapshot.name)))}"
    PLACE.matrix(found, matrix(found, answer.shown), (answer.row, answer.cell), key)
    folded = text.folded(found, answer.shown)
    st.caption(f"Click a cell for what was logged and the line that logs it. {text.basis(found)} {folded}".rstrip())
    PLACE.pager(found)


def show_cell(answer: RecordAnswer) -> None:
    """What was logged and where it was read, the line that logs what is lacking, and the runs of the row."""
    row, cell = answer.row, answer.cell
    check = cell.check
    with st.container(border=True):
        st.markdown(f"**{text.heading(row, cell, markdown)}**")
        st.markdown(said(row, cell))
        where = "" if check.status is CheckStatus.NOT_LOGGED else f" {sources(cell)}"
        st.caption(f"Looked for: {LOOKS_FOR[check.check]}{where} Experiment {code(row.experiment)}.")
        if line := logs(cell):
            st.code(line, language=None, wrap_lines=True)
        _ways_on(answer)


def _ways_on(answer: RecordAnswer) -> None:
    """To the runs of the row; of repeats to those that are repeats."""
    row, cell = answer.row, answer.cell
    deleted = "true" if answer.asked.question.deleted else None
    repeats = cell.check.check == RecordCheck.REPEATS and cell.check.status is not CheckStatus.NOT_LOGGED
    where = f"run_id IN ({', '.join(repr(one) for one in cell.alike)})" if repeats else row.filter
    if len(row.run_ids) == 1 and not repeats:
        links.to_run(row.run_id, "Open run", icon=":material/open_in_new:")
    else:
        choices = {"in": row.experiment, "where": where, "rows": "runs", "deleted": deleted}
        links.to_runs("Open runs", choices, icon=":material/list:")
