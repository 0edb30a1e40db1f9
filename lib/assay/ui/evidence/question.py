"""Which runs are checked, and what of that is shown: the row of inputs and the chosen cell, all of them in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.errors import SelectionError
from assay.model.comparison.notes import ComparisonNote
from assay.model.evidence.leakage import LeakageCheck, LeakageQuestion
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.runs.inventory import experiments as held_experiments
from assay.ui import controls, links, load
from assay.ui.evidence.place import Place
from assay.ui.frame import Context
from assay.view.text.evidence.checks import NAMES
from assay.view.text.numbers import count

CONFIGURATIONS, RUNS = "configurations", "runs"
MOST, SPARE = 50, 10
"""Rows of a page, and how many more where a last page would hold no others."""
WHOLE = 250
"""Runs whose files are all read, so that no leak waits on a later page."""
ALL = f"all {len(LeakageCheck)}"
# Names of this page's own, as every page has them.
KEYS = (
    *("leak-in", "leak-where", "leak-checks", "leak-ignore", "leak-deleted"),
    *("leak-rows", "leak-first", "leak-row", "leak-check"),
)
_CHECKS = {NAMES[check]: check for check in LeakageCheck} | {str(check): check for check in LeakageCheck}
PLACE = Place("leak")


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
        whole = len(self.checks) == len(LeakageCheck)
        return {
            "leak-in": asked.experiments,
            "leak-where": asked.filter,
            "leak-checks": (ALL,) if whole else [NAMES[check] for check in self.checks],
            "leak-ignore": asked.ignore,
            "leak-deleted": "true" if asked.deleted else None,
            "leak-rows": RUNS if asked.single else None,
            "leak-first": str(asked.first) if asked.first else None,
        }


def ask(context: Context) -> LeakageAsked:
    """The row of inputs, the rarer ones in popovers that say their state; and the switch between kinds of rows."""
    controls.said_toggle("leak-deleted")
    deleted = controls.is_on("leak-deleted")
    held = load.answer(context.work, held_experiments, deleted)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = [one.name for one in held]
        within = controls.several("Experiments", names, "leak-in", nothing=controls.all_of(held), everything=True)
        where = controls.filter_text("Filter", "leak-where", nothing="params.model = 'svc'")
        with st.popover(_state()):
            shown = controls.several("Checks", [ALL, *NAMES.values()], "leak-checks", nothing="that found something")
        with st.popover(_rarer()):
            known = load.answer(context.work, all_keys if deleted else keys, tuple(within)).params
            ignore = controls.several("Ignore params", known, "leak-ignore", nothing="those of the policy")
            deleted = controls.toggle("Deleted runs too", "leak-deleted", said=True)
    links.said_unknown(KEYS)
    first, checks = PLACE.first(), _checks(shown)
    answer = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.container(horizontal=True, width="content")
        single = controls.switch("What a row is", (CONFIGURATIONS, RUNS), "leak-rows") == RUNS
    question = LeakageQuestion(tuple(within), where, deleted, tuple(ignore), single, first, MOST, SPARE, WHOLE)
    return LeakageAsked(question, answer, heading, checks)


def _state() -> str:
    """`Checks: that found something`."""
    # After Back the inputs still hold what was left, until they are drawn: the address alone is right.
    chosen = st.query_params.get_all("leak-checks")
    if not chosen:
        return "Checks: that found something"
    return f"Checks: {ALL if ALL in chosen else f'{len(chosen)} of {len(LeakageCheck)}'}"


def _rarer() -> str:
    """`Ignored: 2 params, with deleted runs`."""
    ignored = len(st.query_params.get_all("leak-ignore"))
    said = f"Ignored: {count(ignored, 'param') if ignored else 'as the policy'}"
    return f"{said}, with deleted runs" if controls.is_on("leak-deleted") else said


def _checks(chosen: Sequence[str]) -> tuple[LeakageCheck, ...]:
    """In their own order; raises SelectionError for one that there isn't."""
    if ALL in chosen:
        return tuple(LeakageCheck)
    for one in chosen:
        if one not in _CHECKS:
            raise SelectionError(ComparisonNote.UNKNOWN_OPTION, what="check", given=one, allowed=(ALL, *NAMES.values()))
    wanted = {_CHECKS[one] for one in chosen}
    return tuple(check for check in LeakageCheck if check in wanted)
