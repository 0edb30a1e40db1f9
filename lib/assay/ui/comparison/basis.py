"""Everything behind the picture: every metric, every side, params, and how it was computed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assay.model.comparison import OF_PREDICTIONS
from assay.ui import links, load, show
from assay.ui.comparison import question as asking
from assay.ui.comparison.finding import Answer, scale_of
from assay.ui.comparison.picture import equal, labels, params
from assay.view.tables.column import Table
from assay.view.tables.comparison import examples as example_tables
from assay.view.tables.comparison import metrics as metric_tables
from assay.view.tables.comparison import sides as tables
from assay.view.text.comparison import examples as words
from assay.view.text.comparison import sentences
from assay.view.text.escape import code, markdown
from assay.view.text.numbers import count

RUNS = "Runs behind these numbers"
_PARTS = ("What it assumes", "When not to trust it")


def made(answer: Answer) -> Mapping[str, Table]:
    """The tables about runs that the page shows, by heading."""
    shown = {}
    if len(answer.asked.metrics) > 1:
        shown["Every metric of these"] = _metrics(answer)
    if answer.examined:
        first = answer.examined.first
        shown["Baseline and candidates"] = example_tables.sides(first, words.scale(first[0]))
    else:
        found = answer.seeds[0]
        shown["Baseline and candidates"] = tables.sides(found.comparison, scale_of(found))
    if params(answer):
        values = {difference.key: difference.values for difference in params(answer)}
        shown["Parameters that differ"] = tables.plain_params(labels(answer), values)
    if not answer.examined:
        shown[RUNS] = tables.scores(answer.seeds[0].comparison, scale_of(answer.seeds[0]))
    return shown


def _metrics(answer: Answer) -> Table:
    if answer.examined:
        by_metric = answer.examined.by_metric
        rows = [row for own in by_metric for row in metric_tables.of_examples(own, words.scale(own[0]))]
        return metric_tables.metrics(rows, by_metric[0][0], labels(answer))
    rows = [row for one in answer.seeds for row in metric_tables.of_seeds(one.comparison, scale_of(one))]
    return metric_tables.metrics(rows, answer.seeds[0].comparison, labels(answer))


def show_tables(answer: Answer) -> None:
    """The tables with what they leave out."""
    shown = made(answer)
    for number, (title, table) in enumerate(shown.items()):
        if title == "Parameters that differ" and answer.single:
            continue
        if title == RUNS:
            with st.expander(title, icon=":material/list:"):
                _table(answer, title, table, number)
        else:
            st.subheader(title, anchor=False)
            _table(answer, title, table, number)


def _table(answer: Answer, title: str, table: Table, number: int) -> None:
    show.table(table, f"table-{number}")
    if text := _caption(answer, title):
        st.caption(text)


def _caption(answer: Answer, title: str) -> str:
    if title == "Parameters that differ":
        return equal(answer)
    if title == "Baseline and candidates":
        return _account(answer)
    if title == RUNS:
        return "Distinct runs with a score, in the order of their seeds; each opens its own page."
    first = answer.examined.first[0] if answer.examined else answer.seeds[0].comparison
    family = count(first.comparisons, "comparison")
    how = "p is not corrected" if first.correction == "none" else f"p is corrected by {first.correction.capitalize()}"
    return f"{how} over all {family} of this page: {len(answer.asked.metrics)} metrics × {_candidates(answer)}."


def _candidates(answer: Answer) -> str:
    return count(len(answer.asked.candidates), "candidate")


def _account(answer: Answer) -> str:
    if answer.examined:
        first = answer.examined.first
        sides = [first[0].baseline, *(one.candidate for one in first)]
        said = _left_out([(side.label, side.excluded) for side in sides])
        statistic = first[0].statistic
        what = f"The {statistic.words} is" if statistic in OF_PREDICTIONS else "Examples are"
        return f"{said} {what} averaged over the trainings of a side; p is two-sided."
    comparison = answer.seeds[0].comparison
    samples = [comparison.baseline.sample, *(c.side.sample for c in comparison.candidates)]
    said = _left_out([(sample.label, sample.excluded) for sample in samples])
    shared = any(sentences.over_shared(comparison, candidate) for candidate in comparison.candidates)
    apart = " Differences are over the shared seeds only, means over all: they need not add up." if shared else ""
    corrected = "" if comparison.correction == "none" else " Holm changes p only, not the intervals."
    return f"{said} ± is the standard deviation over n distinct runs; p is two-sided.{corrected}{apart}"


def _left_out(sides: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    left = [f"{code(label)}: {markdown(sentences.excluded(dict(lost)))}" for label, lost in sides if lost]
    return f"Left out of {'; '.join(left)}." if left else "No run was left out."


def show_method(answer: Answer) -> None:
    """What the project's own page says of the methods that were used."""
    with st.expander("How this was computed", icon=":material/functions:"):
        pages = {page.title: page for name in _methods(answer) if (page := load.method_page(name))}
        if not pages:
            st.markdown("No interval was computed; the first lines say why.")
        for page in pages.values():
            st.markdown(f"**{page.title}**")
            st.markdown(page.computes)
            for title, text in zip(_PARTS, (page.assumes, page.distrust), strict=True):
                st.markdown(f"**{title}**  \n{text}")


def _methods(answer: Answer) -> list[str]:
    """Names of intervals and tests of the first metric, each once."""
    if answer.examined:
        differences = [one.difference for one in answer.examined.first]
    else:
        differences = [c.difference for c in answer.seeds[0].comparison.candidates]
    named = [d.interval.method for d in differences if d.interval] + [d.p_method or "" for d in differences]
    return list(dict.fromkeys(name for name in named if name))


def show_ways_on(answer: Answer) -> None:
    """The link that reproduces the page, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        links.copy("compare", asking.choices(answer.context, answer.asked, answer.direction))
        links.to_runs("Back to runs")
