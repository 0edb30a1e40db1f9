"""The answer, the picture, what two curves are apart, and the ways on."""

from dataclasses import dataclass

import streamlit as st

from assay.model.curves.answer import Curves, Line
from assay.model.curves.question import Over
from assay.model.note import gathered
from assay.queries.curves.answer import curves, line
from assay.ui import controls, links, load, show
from assay.ui.curved import SHARED
from assay.ui.curves.question import Asked
from assay.ui.frame import CURVES, Context
from assay.view.charts.curves import difference, picture
from assay.view.tables.curves import read_off
from assay.view.text import curves as words
from assay.view.text.escape import code, markdown
from assay.view.text.notes import as_markdown

_AXES = ("linear", "log")


@dataclass(frozen=True, slots=True)
class Plotted:
    """What was found, each side's line as it is asked for."""

    asked: Asked
    found: Curves
    lines: tuple[Line | None, ...]


def answered(context: Context, asked: Asked) -> Plotted | None:
    """The curves; None with what to do next while there is nothing to draw."""
    if not asked.question.complete:
        _next(asked)
        return None
    with st.spinner("Reading histories from the store", show_time=True):
        found = load.answer(context.work, curves, asked.question)
    if found.reason:
        st.info(as_markdown(found.reason), icon=":material/info:")
        _notes(found)
        show_ways_on(asked)
        return None
    lines = (line(context.work, found, k, asked.manner) if side.means else None for k, side in enumerate(found.sides))
    return Plotted(asked, found, tuple(lines))


def _next(asked: Asked) -> None:
    missing = " and ".join(
        what for what, there in (("a metric", asked.question.metric), ("a configuration", asked.question.baseline))
        if not there
    )  # fmt: skip
    with st.container(border=True):
        st.header("Choose whose curves to draw", anchor=False)
        st.markdown(f"Still missing: {missing}. Pick them above, or tick rows of the list of runs.")
        links.to_runs("Choose on Runs", icon=":material/list:")


def show_finding(drawn: Plotted) -> None:
    """Which ends best, as far as the intervals go, and what else the curves show."""
    found, shown = drawn.found, words.scale_of(drawn.found)
    sign = words.mark(found)
    st.header(f":{sign.colour}[{sign.glyph}] {words.headline(found, shown)}", anchor=False)
    if text := words.consequence(found):
        st.markdown(text)
    st.markdown(" ".join(f":gray-badge[{text}]" for text in words.badges(found, shown)))
    _notes(found)


def _notes(found: Curves) -> None:
    for note in gathered(found.notes):
        st.caption(f":orange[:material/warning:] {as_markdown(note, found.labels)}")


def show_picture(drawn: Plotted) -> None:
    """Every curve, on the scale that is asked for."""
    found = drawn.found
    over = "steps" if found.over is Over.STEP else "time"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(f"{code(found.metric.name)} over {over}", anchor=False, width="content")
        axis = controls.switch("Scale", _AXES, "axis")
    shown = picture.picture(found, drawn.lines, drawn.asked.manner, words.scale_of(found), log=axis == "log")
    show.picture(shown, f"curves-{axis}")
    if text := words.left_out(found):
        st.caption(text)


def show_differences(drawn: Plotted) -> None:
    """Left what two curves are apart, right the curves read off."""
    found, shown = drawn.found, words.scale_of(drawn.found)
    left, right = st.columns([7, 5], gap="medium")
    if found.apart:
        with left:
            place = "step by step" if found.over is Over.STEP else "moment by moment"
            st.subheader(f"{markdown(words.pair(found))}, {place}", anchor=False)
            show.picture(difference.picture(found, shown), "apart")
    with right if found.apart else left:
        st.subheader("Read off at", anchor=False)
        show.table(read_off(found, drawn.lines, shown), "read-off")
        key = words.common(found)
        st.caption(
            (f"Columns: {code(key)}. " if key else "")
            + "Mean ± std over the replicates that are there, not smoothed. A choice by the best place instead of the "
            "last one is a choice after looking: confirm it on fresh seeds."
        )
        show_ways_on(drawn.asked)


def show_ways_on(asked: Asked) -> None:
    """Back to Compare with the same sides, and the link that reproduces the page."""
    with st.container(horizontal=True, vertical_alignment="center"):
        compared = {key: asked.choices[key] for key in SHARED} | {"metric": asked.question.metric}
        icon, given = ":material/compare_arrows:", links.query(compared)
        st.page_link(str(CURVES), label="Compare the last values", icon=icon, query_params=given)
        links.copy("compare", asked.choices)
