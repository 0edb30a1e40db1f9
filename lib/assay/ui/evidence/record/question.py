"""Whose record is looked at, and what of it is shown: the row of inputs, all of them in the URL."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.evidence.record import RECORDS, RecordCheck
from assay.model.evidence.reproducibility import ReproducibilityQuestion
from assay.ui import controls, links
from assay.ui.evidence.inputs import MOST, RUNS, SPARE, WHOLE, CheckInputs
from assay.ui.evidence.place import MatrixPlace
from assay.ui.frame import Context
from assay.view.text.evidence.records import NAMES

PLACE = MatrixPlace("record")
RUN = "record-run"
# Names of this page's own, as every page has them.
KEYS = (
    *("record-in", "record-where", "record-against", "record-checks", "record-ignore", "record-deleted"),
    *("record-rows", "record-first", "record-row", "record-check", RUN),
)
_INPUTS = CheckInputs(PLACE, {check: NAMES[check] for check in RECORDS}, "Record")


@dataclass(frozen=True, slots=True)
class RecordAsked:
    """What was asked; `checks`: those to show, empty for those that found something.

    `answer`, `heading`: the places above the matrix and beside the switch of its rows, which wait for what is found.
    """

    question: ReproducibilityQuestion
    answer: DeltaGenerator
    heading: DeltaGenerator
    checks: tuple[RecordCheck, ...] = ()

    @property
    def choices(self) -> links.Choices:
        """Every input by name, but for the chosen cell and the run of the file."""
        asked = self.question
        return {
            "record-in": asked.experiments,
            "record-where": asked.filter,
            "record-against": asked.against,
            "record-checks": _INPUTS.named(self.checks),
            "record-ignore": asked.ignore,
            "record-deleted": "true" if asked.deleted else None,
            "record-rows": RUNS if asked.single else None,
            "record-first": str(asked.first) if asked.first else None,
        }


def ask(context: Context) -> RecordAsked:
    """The row of inputs, the rarer ones in popovers that say their state; and the switch between kinds of rows."""
    deleted = _INPUTS.with_deleted()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        within = _INPUTS.within(context, deleted=deleted)
        where = controls.filter_text("Filter", "record-where", nothing="params.model = 'svc'")
        against = controls.filter_text("Against", "record-against", nothing="each other")
        shown = _INPUTS.shown("that found something")
        ignore, deleted = _INPUTS.rarer(context, within)
    links.said_unknown(KEYS)
    first, checks = PLACE.first(), _INPUTS.checks(shown, RECORDS)
    answer = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.container(horizontal=True, width="content")
        single = _INPUTS.single()
    asked = ReproducibilityQuestion(
        tuple(within), where, deleted, tuple(ignore), single, first, MOST, SPARE, WHOLE, against=against
    )
    return RecordAsked(asked, answer, heading, checks)
