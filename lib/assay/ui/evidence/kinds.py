"""The five kinds of leakage with what the checks say of each, and the link to here with what can be taken along."""

from collections.abc import Mapping

import streamlit as st

from assay.ui import export, links
from assay.ui.evidence.finding import LeakageAnswer
from assay.view.objects import leakage as objects
from assay.view.tables.column import Table
from assay.view.tables.evidence.leakage import findings, matrix, offenders
from assay.view.text.evidence import kinds
from assay.view.text.evidence.report import Findings, reports

CHECKS, FOUND, EXAMPLES = "Checks", "Findings", "Examples behind the chosen finding"


def show_kinds(answer: LeakageAnswer) -> None:
    """What no check can answer stands beside what they can."""
    st.subheader("The five kinds of leakage, and what only people can answer", anchor=False)
    st.table(kinds.table(answer.found), border="horizontal", alt="The five kinds of leakage with checks and questions")
    st.caption(kinds.QUESTIONS)


def show_ways_on(answer: LeakageAnswer) -> None:
    """What can be taken along, and the link to here."""
    export.offer(answer.context, parcel(answer))
    with st.container(horizontal=True, vertical_alignment="center"):
        links.copy("leakage", answer.choices)
        links.to_runs("Back to runs")


def parcel(answer: LeakageAnswer) -> export.Parcel:
    """Every table, the sentences for the report, and every number."""
    return export.Parcel(
        about="leakage",
        path="leakage",
        choices=answer.choices,
        tables=lambda: made(answer),
        sentences=lambda: reports(answer.found, _known(answer)),
        result=lambda: {
            "leakage": objects.leakage(answer.found, _known(answer)),
            "finding": objects.finding(answer.chosen.finding) if answer.chosen and answer.chosen.finding else None,
        },
    )


def made(answer: LeakageAnswer) -> Mapping[str, Table]:
    """The tables by heading: all checks, all findings, and who is behind the chosen one."""
    shown = {CHECKS: matrix(answer.found)}
    if (listed := findings(answer.found)).frame.size:
        shown[FOUND] = listed
    if answer.chosen and answer.chosen.finding and answer.chosen.finding.rows:
        shown[EXAMPLES] = offenders(answer.chosen.finding)
    return shown


def _known(answer: LeakageAnswer) -> Findings:
    own = answer.chosen
    return {(own.cell.run_id, str(own.cell.check.check)): own.finding} if own and own.finding else {}
