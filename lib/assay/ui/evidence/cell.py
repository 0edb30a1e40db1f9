"""The chosen cell: its evidence and what it is worth, what to do about it, and what else was found in its row."""

import streamlit as st

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import Finding
from assay.model.evidence.notes import WorthNote
from assay.ui import links, show
from assay.ui.evidence.finding import ChosenCell, LeakageAnswer
from assay.view.charts.evidence.worth import picture
from assay.view.tables.evidence.leakage import offenders
from assay.view.text.escape import code
from assay.view.text.evidence import finding as text
from assay.view.text.evidence.checks import LOOKS_FOR, NAMES, badge, measured
from assay.view.text.evidence.steps import steps
from assay.view.text.notes import as_markdown


def show_cell(answer: LeakageAnswer) -> None:
    """Left the evidence, right what to do."""
    own = answer.chosen
    assert own is not None
    left, right = st.columns([7, 5], gap="medium")
    with left, st.container(border=True):
        st.subheader(text.heading(own.row, own.cell), anchor=False)
        _evidence(own)
    with right:
        with st.container(border=True):
            _to_do(answer, own)
        _also(own)


def _evidence(own: ChosenCell) -> None:
    check = own.cell.check
    st.markdown(text.said(own.row, own.cell))
    figures = f"{measured(own.cell)} Experiment {code(own.row.experiment)}.".lstrip()
    st.caption(f"{figures} Looked for: {LOOKS_FOR[check.check]}")
    name = f"{own.row.run_id}-{check.check}"
    if own.finding and own.finding.rows:
        show.table(offenders(own.finding), f"offenders-{name}")
    if check.offenders.n:
        st.caption(f"{text.offenders(check)} {text.sources(own.cell)}")
    elif check.status is not CheckStatus.NOT_LOGGED:
        st.caption(text.sources(own.cell))
    if own.finding:
        _worth(own.finding, name)


def _worth(found: Finding, name: str) -> None:
    """The score with and without; why it can't be told where it can't."""
    if found.worth is None and (found.reason is None or found.reason.code is WorthNote.NAMES_NO_EXAMPLES):
        return
    st.subheader("What it is worth", anchor=False)
    st.markdown(text.worth(found))
    if (drawn := picture(found)) is not None:
        show.picture(drawn, f"worth-{name}")


def _to_do(answer: LeakageAnswer, own: ChosenCell) -> None:
    """Numbered steps with the line of code of each, and the ways on."""
    st.subheader("What to do", anchor=False)
    found = steps(own.cell.check.check, own.cell.check.status)
    if not found:
        st.markdown("Nothing: this check found nothing here. Whether nothing leaks is for people to say, below.")
    for number, step in enumerate(found, start=1):
        st.markdown(f"{number}. {step.text}")
        if step.code:
            st.code(step.code, language=None, wrap_lines=True)
    if own.finding and own.finding.twin:
        st.markdown(text.twin(own.finding))
    _ways_on(answer, own)


def _ways_on(answer: LeakageAnswer, own: ChosenCell) -> None:
    """To Compare with the twin as baseline, and to the runs of the row."""
    row, asked = own.row, answer.asked.question
    deleted = "true" if asked.deleted else None
    with st.container(horizontal=True, vertical_alignment="center"):
        twin = own.finding.twin if own.finding else None
        if twin is not None:
            worth = own.finding.worth if own.finding else None
            choices = {
                "experiment": row.experiment,
                "metric": worth.metric.name if worth else None,
                "baseline": twin.filter,
                "candidate": (row.filter,),
                "with-deleted": deleted,
                "ignore": asked.ignore,
            }
            links.to_compare("Compare with its twin", choices)
        if len(row.run_ids) == 1:
            links.to_run(row.run_id, "Open run", icon=":material/open_in_new:")
        else:
            where = {"in": row.experiment, "where": row.filter, "rows": "runs", "deleted": deleted}
            links.to_runs("Open runs", where, icon=":material/list:")


def _also(own: ChosenCell) -> None:
    """The other findings of the row, fails first."""
    others = [one for one in own.row.findings if one.check.check != own.cell.check.check]
    if not others:
        return
    with st.container(border=True):
        st.subheader("Also found here", anchor=False)
        for one in others:
            check = one.check
            st.markdown(f"{badge(check.status)} **{NAMES[check.check]}**: {as_markdown(check.note)}")
