"""Everything behind the picture: every metric, every side, params, and how it was computed."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from assay.model.comparison.answer import Comparison
from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.procedure import Procedure
from assay.model.comparison.question import OF_PREDICTIONS
from assay.queries import methods
from assay.ui import curved, links, show
from assay.ui.comparison import tasks
from assay.ui.comparison.question import Answer
from assay.view.tables.column import Table
from assay.view.tables.comparison.metrics import metrics
from assay.view.tables.comparison.params import plain_params
from assay.view.tables.comparison.sides import runs, sides
from assay.view.text.comparison import caveats
from assay.view.text.comparison.data import badges
from assay.view.text.comparison.facts import left_out, over_shared, setting, sizes, tails, trainings
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import code, markdown, sentence
from assay.view.text.numbers import count

METRICS, SIDES, PARAMS = "Every metric", "Baseline and candidates", "Parameters that differ"
RUNS = "Runs behind these numbers"
_LEFT_OUT = {
    *(ComparisonNote.REPLICATES_FILTERED_OUT, ComparisonNote.SEEDS_LEFT_OUT, ComparisonNote.SEED_AVERAGED),
    *(ExampleNote.WITHOUT_PARTNER, ExampleNote.UNEVEN, ExampleNote.SCORES_UNDEFINED),
}
"""Notes on what is in no figure, or not on its own; they are among the warnings."""
_PARTS = ("What it assumes", "When not to trust it")


def made(found: Comparison) -> Mapping[str, Table]:
    """The tables about runs that the page shows, by heading."""
    scale, shown = scale_of(found.first), {}
    if len(found.metrics) > 1:
        shown[METRICS] = metrics(found)
    if found.first.tasks:
        shown |= tasks.made(found, scale)
    else:
        shown[SIDES] = sides(found, scale)
    if found.setting.params:
        shown[PARAMS] = plain_params(found)
    if found.over_seeds and not found.first.tasks:
        shown[RUNS] = runs(found, scale)
    return shown


def show_metrics(answer: Answer) -> Answer:
    """Every metric in one table; the answer with the one drawn whose row is ticked."""
    found = answer.found
    if len(found.metrics) < 2:
        return answer
    names, each = [one.metric.name for one in found.metrics], len(found.first.candidates)
    asked = links.shown()
    st.subheader(METRICS, anchor=False)
    key = f"metrics-{hash((found.question, answer.context.work.snapshot.name))}"
    show.preset(key, [each * (names.index(asked) if asked in names else 0)])
    ticked = show.choice(metrics(found), key, one=True)
    place = ticked[0] // each if ticked else 0
    links.show(names[place] if place else "")
    if asked and asked not in names:
        st.caption(
            f":orange[:material/link_off:] {code(asked)} is not among these metrics; shown is {code(names[place])}."
        )
    st.caption(f"{_caption(found, METRICS)} The ticked metric is drawn below.")
    return replace(answer, place=place)


def show_tables(answer: Answer) -> None:
    """The tables with what they leave out."""
    found = answer.drawn
    for number, (title, table) in enumerate(made(found).items()):
        if title == METRICS or (title == PARAMS and found.single):
            continue
        if title in (RUNS, tasks.RUNS):
            with st.expander(title, icon=":material/list:"):
                _table(found, title, table, number)
        else:
            st.subheader(title, anchor=False)
            _table(found, title, table, number)


def _table(found: Comparison, title: str, table: Table, number: int) -> None:
    show.table(table, f"table-{number}")
    if title == PARAMS and (text := badges(found.setting)):
        st.markdown(text)
    if text := _caption(found, title):
        st.caption(text)


def _caption(found: Comparison, title: str) -> str:
    if title == PARAMS:
        return setting(found.setting)
    if title == SIDES:
        return _account(found)
    if title in tasks.TITLES:
        return tasks.caption(found, title)
    if title == RUNS:
        return "Distinct runs with a score, in the order of their seeds; each opens its own page."
    sizes_of = {", ".join(sizes(found, c, markdown)) for one in found.metrics for c in one.candidates}
    alike = f"{sizes_of.pop()}. " if len(sizes_of) == 1 else ""
    rules, asked = found.rules, count(len(found.first.candidates), "candidate")
    how = f"p is corrected by {rules.correction.capitalize()}" if rules.corrected else "p is not corrected"
    apart = "" if rules.simultaneous else "; intervals are not adjusted"
    of = f"{len(found.metrics)} metrics × {asked}"
    return f"{alike}One family of {count(found.comparisons, 'comparison')} ({of}): {how}{apart}."


def _account(found: Comparison) -> str:
    """What was left out, and what the table's columns are."""
    said = _left_out(found)
    if not found.over_seeds:
        statistic = found.first.statistic
        what = f"The {statistic.term} is" if statistic in OF_PREDICTIONS else "Examples are"
        return f"{said} {what} averaged over the trainings of a side; {tails(found.rules)}."
    shared = any(over_shared(found.first, candidate) for candidate in found.first.candidates)
    apart = " Differences are over the shared seeds only, means over all: they need not add up." if shared else ""
    kept = " Holm changes p only, not the intervals." if found.rules.correction == "holm" else ""
    kept = kept if found.comparisons > 1 else ""
    return f"{said} ± is the standard deviation over n {trainings(found.first)}s; {tails(found.rules)}.{kept}{apart}"


def _left_out(found: Comparison) -> str:
    lost = [(side.label, left_out(found.first, side)) for side in found.first.sides]
    left = [f"{code(label)}: {markdown(text)}" for label, text in lost if text]
    if left:
        return f"Left out of {'; '.join(left)}."
    return "" if any(note.code in _LEFT_OUT for note in found.first.notes) else "No run was left out."


def show_method(answer: Answer) -> None:
    """What the project's own page says of the methods that were used."""
    with st.expander("How this was computed", icon=":material/functions:"):
        pages = {page.title: page for made in _procedures(answer.drawn) if (page := methods.page(made))}
        if not pages:
            st.markdown("No interval was computed; the first lines say why.")
        for text in caveats.method(answer.drawn):
            st.markdown(sentence(text))
        for page in pages.values():
            st.markdown(f"**{page.title}**")
            st.markdown(page.computes)
            for title, text in zip(_PARTS, (page.assumes, page.distrust), strict=True):
                st.markdown(f"**{title}**  \n{text}")


def _procedures(found: Comparison) -> list[Procedure]:
    """Of the intervals and tests of the first metric, each once."""
    differences = [candidate.difference for candidate in found.first.candidates]
    used = [d.interval.procedure for d in differences if d.interval] + [d.test for d in differences if d.test]
    return list(dict.fromkeys(used))


def show_ways_on(answer: Answer) -> None:
    """The link that reproduces the page, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        links.copy("compare", answer.choices)
        curved.link(answer.context, "Curves", answer.found.first.metric.name, answer.choices)
        asked = answer.found.question
        if asked.experiments:
            alone = asked.candidates[0] if answer.found.single else ""
            deleted = "true" if asked.deleted else None
            sides = {"candidate": alone, "baseline": asked.baseline}
            links.to_tradeoffs({"experiment": asked.experiments, **sides, "ignore": asked.ignore, "deleted": deleted})
            if alone and not asked.deleted:
                links.to_checklist("Checklist", {"in": asked.experiments, **sides})
                links.to_open({**sides, "metric": answer.found.first.metric.name, "in": asked.experiments})
        links.to_runs("Back to runs")
