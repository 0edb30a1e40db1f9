"""Which runs are checked, and what of that is shown: the row of inputs and the chosen cell, all of them in the URL."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.evidence.leakage import LeakageCheck, LeakageQuestion
from assay.ui import controls, links
from assay.ui.evidence.inputs import MOST, RUNS, SPARE, WHOLE, CheckInputs
from assay.ui.evidence.place import MatrixPlace
from assay.ui.frame import Context
from assay.view.text.evidence.checks import NAMES

# Names of this page's own, as every page has them.
KEYS = (
    *("leak-in", "leak-where", "leak-checks", "leak-ignore", "leak-deleted"),
    *("leak-rows", "leak-first", "leak-row", "leak-check"),
)
PLACE = MatrixPlace("leak")
_INPUTS = CheckInputs(PLACE, NAMES, "Checks")


@dataclass(frozen=True, slots=True)
class LeakageAsked:
    """What was asked; `checks`: those to show, empty for those that found something.

    `answer`, `heading`: the places above the matrix and beside the switch of its rows, which wait for what is found.
    """

    question: LeakageQuestion
    answer: DeltaGenerator
    heading: DeltaGenerator
    checks: tuple[LeakageCheck, ...] = ()

    @property
    def choices(self) -> links.Choices:
        """Every input by name, but for the chosen cell."""
        asked = self.question
        return {
            "leak-in": asked.experiments,
            "leak-where": asked.filter,
            "leak-checks": _INPUTS.named(self.checks),
            "leak-ignore": asked.ignore,
            "leak-deleted": "true" if asked.deleted else None,
            "leak-rows": RUNS if asked.single else None,
            "leak-first": str(asked.first) if asked.first else None,
        }


def ask(context: Context) -> LeakageAsked:
    """The row of inputs, the rarer ones in popovers that say their state; and the switch between kinds of rows."""
    deleted = _INPUTS.with_deleted()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        within = _INPUTS.within(context, deleted=deleted)
        where = controls.filter_text("Filter", "leak-where", nothing="params.model = 'svc'")
        shown = _INPUTS.shown("that found something")
        ignore, deleted = _INPUTS.rarer(context, within)
    links.said_unknown(KEYS)
    first, checks = PLACE.first(), _INPUTS.checks(shown, tuple(LeakageCheck))
    answer = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.container(horizontal=True, width="content")
        single = _INPUTS.single()
    question = LeakageQuestion(tuple(within), where, deleted, tuple(ignore), single, first, MOST, SPARE, WHOLE)
    return LeakageAsked(question, answer, heading, checks)
