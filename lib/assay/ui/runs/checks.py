"""What the leakage checks say of one run, beside its evidence."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.evidence.leakage import LeakageQuestion
from assay.model.evidence.matrix import CheckRow
from assay.model.runs.detail import Detail
from assay.model.runs.store import LifecycleStage
from assay.queries.evidence.leakage import leakage
from assay.ui import links, load
from assay.ui.frame import Context
from assay.view.text.evidence.checks import NAMES, STATUSES, badge
from assay.view.text.evidence.rows import reading
from assay.view.text.notes import as_markdown


def show_checks(context: Context, found: Detail, place: DeltaGenerator) -> None:
    """A line a finding, the other checks by name, and the way to the evidence; last, for files may have to be read."""
    run = found.run
    deleted = run.lifecycle_stage is LifecycleStage.DELETED
    asked = LeakageQuestion((run.experiment_id,), f"run_id IN ('{run.run_id}')", deleted, single=True)
    with place.container(border=True):
        st.subheader("Leakage checks", anchor=False)
        answer = load.followed(context.work, leakage, asked, reading)
        for row in answer.rows:
            _said(row)
        if answer.rows:
            here = {"in": found.place, "row": run.run_id, "deleted": "true" if deleted else None}
            links.to_leakage("Evidence, and what to do", here)
        else:
            st.markdown("No check looks at this run.")
        for note in answer.notes:
            st.caption(f":orange[:material/warning:] {as_markdown(note)}")


def _said(row: CheckRow) -> None:
    """Findings in words; what passes, and what had nothing to look at, counted by name."""
    for cell in row.findings:
        check = cell.check
        st.markdown(f"{badge(check.status)} **{NAMES[check.check]}**: {as_markdown(check.note)}")
    for status in STATUSES:
        names = [NAMES[cell.check.check] for cell in row.cells if cell.check.status is status]
        if names and not status.is_finding:
            st.markdown(f"{badge(status, len(names))} {', '.join(names)}")
