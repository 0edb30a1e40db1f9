"""The picture of a comparison, and beside it: what to plan, what differs, the sentence to copy."""

from functools import partial

import streamlit as st

from assay.model.comparison.answer import Comparison
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Aim
from assay.queries.comparison.answer import replanned
from assay.ui import controls, show
from assay.ui.comparison import tasks
from assay.ui.comparison.finding import show_claim
from assay.ui.comparison.question import Answer
from assay.view.charts.comparison import picture as charts
from assay.view.tables.comparison import params as tables
from assay.view.tables.comparison import plan as plans
from assay.view.text.comparison.data import badges
from assay.view.text.comparison.facts import quantity, setting, trainings, undistinguished
from assay.view.text.comparison.report import summaries
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import markdown
from assay.view.text.numbers import Scale


def show_picture(answer: Answer) -> None:
    """Left the picture of the first metric, right the cards."""
    found, scale = answer.drawn, scale_of(answer.drawn.first)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        if found.first.tasks:
            tasks.show_pictures(found, scale)
        else:
            _show_sides(found, scale)
    with right:
        if found.over_seeds and not found.first.tasks:
            _plan_card(answer, scale)
        if found.single:
            _params_card(answer)
        _report_card(answer)


def _show_sides(found: Comparison, scale: Scale) -> None:
    over = f"by {trainings(found.first)}" if found.over_seeds else "over examples"
    st.subheader(f"{markdown(quantity(found.first))} {over}, and its difference", anchor=False)
    picture, claim = charts.picture(found, scale), partial(show_claim, found)
    if picture is None:
        st.info("There is no score of any side to draw.", icon=":material/info:")
        claim()
    else:
        show.picture(picture, "comparison", claim=claim)


def _plan_card(answer: Answer, scale: Scale) -> None:
    with st.container(border=True):
        st.subheader("Plan the next runs", anchor=False)
        effect = _effect(scale) if answer.found.rules.aim is Aim.BETTER else None
        found = answer.drawn if effect is None else replanned(answer.drawn, effect)
        plan = plans.plan(found, scale, effect)
        if plan.rows:
            st.table(dict(plan.rows), border="horizontal", alt="What the next runs could show")
        st.caption(plan.caption)


def _effect(scale: Scale) -> float | None:
    """The difference that the reader wants to see, in the metric's unit; raises SelectionError for no number."""
    unit = f", {scale.difference_unit}" if scale.difference_unit else ""
    typed = controls.text(f"Difference to detect{unit}", "effect", nothing="by policy, else as seen")
    value = controls.positive(ComparisonNote.EFFECT_OUT_OF_RANGE, typed)
    return None if value is None else value / scale.factor


def _params_card(answer: Answer) -> None:
    found = answer.found
    with st.container(border=True):
        st.subheader("Parameters that differ", anchor=False)
        if not found.setting.params:
            st.markdown(f"None: {undistinguished(found.first)}.")
        else:
            st.table(tables.params(found), border="horizontal", alt="Parameters that differ")
        if text := badges(found.setting):
            st.markdown(text)
        if text := setting(found.setting):
            st.caption(text)


def _report_card(answer: Answer) -> None:
    with st.container(border=True):
        st.subheader("Sentence for the report", anchor=False)
        lines = summaries(answer.drawn)
        if not lines:
            st.caption("There is nothing to report: a side has no score.")
            return
        # The scrolling box is a container, whose content the keyboard reaches; code with a height is not.
        with st.container(height=300 if len(lines) > 2 else "content", border=False):
            st.code("\n".join(lines), language=None, wrap_lines=True)
