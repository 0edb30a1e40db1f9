"""The picture of a comparison, and beside it: what to plan, what differs, the sentence to copy."""

import streamlit as st

from assay.errors import SelectionError
from assay.queries.comparison.sides import ParamDifference
from assay.ui import controls, show
from assay.ui.comparison.finding import Answer, scale_of
from assay.view.charts.comparison import columns as charts
from assay.view.charts.comparison import examples as example_charts
from assay.view.charts.picture import Picture
from assay.view.tables.comparison import plan as plans
from assay.view.tables.comparison import sides as tables
from assay.view.text.comparison import examples as words
from assay.view.text.comparison import sentences
from assay.view.text.escape import markdown
from assay.view.text.numbers import Scale


def show_picture(answer: Answer) -> None:
    """Left the picture of the first metric, right the cards."""
    left, right = st.columns([8, 5], gap="medium")
    with left:
        scores = "Scores by seed"
        if answer.examined:
            scores = words.over_examples(answer.examined.first[0].statistic)
        st.subheader(f"{scores}, and their difference", anchor=False)
        picture = _picture(answer)
        if picture is None:
            st.info("There is no score of any side to draw.", icon=":material/info:")
        else:
            show.picture(picture, "comparison", saved_as=controls.current("figures").lower())
    with right:
        if not answer.examined:
            _plan_card(answer)
        if answer.single:
            _params_card(answer)
        _report_card(answer)


def _picture(answer: Answer) -> Picture | None:
    if answer.examined:
        return example_charts.picture(answer.examined.first, words.scale(answer.examined.first[0]))
    found = answer.seeds[0]
    return charts.picture(found.comparison, scale_of(found), smallest=found.smallest_effect)


def _plan_card(answer: Answer) -> None:
    found, numbers = answer.seeds[0], scale_of(answer.seeds[0])
    with st.container(border=True):
        st.subheader("Plan the next runs", anchor=False)
        effect = _effect(numbers)
        if answer.single:
            candidate = found.comparison.candidates[0]
            plan = plans.plan(found.comparison, candidate, numbers, smallest=found.smallest_effect, effect=effect)
            rows = dict(plan.rows)
        else:
            plan = plans.plans(found.comparison, numbers, smallest=found.smallest_effect, effect=effect)
            rows = {markdown(label): text for label, text in plan.rows.items()}
        if rows:
            st.table(rows, border="horizontal", alt="What the next runs could show")
        st.caption(plan.caption)


def _effect(numbers: Scale) -> float | None:
    """The difference that the reader wants to see, in the metric's unit; raises SelectionError for no number."""
    unit = f", {numbers.difference_unit}" if numbers.difference_unit else ""
    typed = controls.text(f"Difference to detect{unit}", "effect", nothing="by policy, else as seen")
    if not typed:
        return None
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise SelectionError(f"The difference to detect is {typed!r}; it must be a number above 0, such as 0.5.")
    return value / numbers.factor


def _params_card(answer: Answer) -> None:
    values = {difference.key: difference.values for difference in params(answer)}
    with st.container(border=True):
        st.subheader("Parameters that differ", anchor=False)
        if not values:
            st.markdown("None: the sides differ by something that isn't logged as a param.")
        else:
            st.table(tables.params(labels(answer), values), border="horizontal", alt="Parameters that differ")
        if text := equal(answer):
            st.caption(text)


def params(answer: Answer) -> tuple[ParamDifference, ...]:
    """The params that tell the sides apart."""
    return answer.examined.params if answer.examined else answer.seeds[0].params


def equal(answer: Answer) -> str:
    """How many params are the same, and whether the code is."""
    found = answer.examined or answer.seeds[0]
    return sentences.setting(found.equal_params, found.commits)


def labels(answer: Answer) -> list[str]:
    """The baseline's, then the candidates'."""
    if answer.examined:
        found = answer.examined.first
        return [found[0].baseline.label, *(one.candidate.label for one in found)]
    comparison = answer.seeds[0].comparison
    return [comparison.baseline.sample.label, *(c.side.sample.label for c in comparison.candidates)]


def report(answer: Answer) -> list[str]:
    """A sentence per metric and candidate that has a difference."""
    if answer.examined:
        return [
            words.report(one, words.scale(own[0]))
            for own in answer.examined.by_metric
            for one in own
            if one.difference.mean is not None
        ]
    return [
        sentences.report(found.comparison, candidate, scale_of(found))
        for found in answer.seeds
        for candidate in found.comparison.candidates
        if candidate.difference.mean is not None
    ]


def _report_card(answer: Answer) -> None:
    with st.container(border=True):
        st.subheader("Sentence for the report", anchor=False)
        lines = report(answer)
        if not lines:
            st.caption("There is nothing to report: a side has no score.")
            return
        st.code("\n".join(lines), language=None, wrap_lines=True, height=300 if len(lines) > 2 else "content")
