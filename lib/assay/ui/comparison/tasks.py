"""A comparison over several tasks on the page: its pictures, and the tables with what they leave out."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from assay.model.comparison.answer import Comparison
from assay.ui import show
from assay.ui.comparison.finding import show_claim
from assay.view.charts.comparison import tasks as charts
from assay.view.tables.column import Table
from assay.view.tables.comparison import tasks as tables
from assay.view.text.comparison.facts import corrected
from assay.view.text.comparison.tasks import left_out, scale
from assay.view.text.escape import sentence
from assay.view.text.notes import as_markdown
from assay.view.text.numbers import Scale

ALL, EACH, RUNS = "Over all tasks", "Task by task", "Runs behind these tasks"
TITLES = (ALL, EACH, RUNS)


def show_pictures(found: Comparison, shown: Scale) -> None:
    """Aggregates, profiles, and steps where they were asked for; each says why where there is nothing to draw."""
    over = found.first.tasks
    pictures = {
        "Over all tasks, with intervals": charts.aggregates(found, shown),
        "Performance profiles": charts.profiles(found, shown),
        "Over steps": charts.efficiency(found, shown),
    }
    drawn = {title: picture for title, picture in pictures.items() if picture}
    if not drawn:
        st.info("There is no task to draw.", icon=":material/info:")
    for number, (title, picture) in enumerate(drawn.items()):
        st.subheader(title, anchor=False)
        show.picture(picture, f"tasks-{number}", claim=None if number else partial(show_claim, found))
    if over and over.efficiency and over.efficiency.reason:
        st.caption(f":orange[:material/warning:] Not over steps: {as_markdown(over.efficiency.reason, found.labels)}")


def made(found: Comparison, shown: Scale) -> Mapping[str, Table]:
    """The tables by heading; without a task the sides alone."""
    over = found.first.tasks
    some = {EACH: tables.by_task(found), RUNS: tables.runs(found)} if over and over.rows else {}
    return {ALL: tables.aggregates(found, shown), **some}


def caption(found: Comparison, title: str) -> str:
    """What a table is of, and what is not in it; Markdown."""
    over = found.first.tasks
    assert over is not None
    if title == RUNS:
        return "Distinct runs with a score on a task that all sides have, as logged; each opens its own page."
    if title == EACH:
        family = corrected(found.rules.of_slices, len(over.rows)).lstrip(", ")
        return f"Each task is a comparison of its own, in the unit that was logged. p: {family or 'not corrected'}."
    said = (
        f"Scale: {scale(over)}. Every task weighs the same. P is the chance that a run beats one of the baseline's on "
        f"a task taken at random, ties counting half. {left_out(found)}"
    )
    return sentence(said.strip())
