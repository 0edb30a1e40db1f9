"""The answer, and its first lines: the finding, what follows, how far to trust it; and what every claim carries."""

import streamlit as st

from assay.model.comparison.answer import Comparison
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Question
from assay.queries.comparison.answer import compare
from assay.ui import links, load, show
from assay.ui.comparison.question import EXAMPLE, Answer
from assay.ui.frame import Context
from assay.view.text.comparison import caveats
from assay.view.text.comparison.claim import carried
from assay.view.text.comparison.consequence import follows
from assay.view.text.comparison.headline import headline, mark
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import code, sentence, short
from assay.view.text.numbers import count

_OF_RECORDS = {ComparisonNote.SEVERAL_COMMITS, ComparisonNote.TRAINING_DATA_VARY}
_MOST_RECORDS = 3
"""Links to single sides; of more there is one to all configurations."""


def answered(context: Context, asked: Question) -> Answer | None:
    """The comparison; None with what to do next while there is nothing to compare."""
    if not asked.complete:
        _next(asked)
        return None
    return Answer(context, load.answer(context.work, compare, asked))


def _next(asked: Question) -> None:
    """Nothing to compare yet: what is missing and where it is found."""
    parts = (("a metric", asked.metrics), ("a baseline", asked.baseline), ("a candidate", asked.candidates))
    missing = " and ".join(name for name, there in parts if not there)
    with st.container(border=True):
        st.header("Choose what to compare", anchor=False)
        st.markdown(
            f"Still missing: {missing}. Pick an experiment and then its configurations above, write "
            f"MLflow filters there, such as {code(EXAMPLE)}, or tick two or more rows of the list of runs."
        )
        links.to_runs("Choose on Runs", icon=":material/list:")


def show_finding(answer: Answer) -> None:
    """The sentence first, then what follows, and how far to trust it."""
    found, scale = answer.found, scale_of(answer.found.first)
    sign = mark(found)
    st.header(f":{sign.colour}[{sign.glyph}] {headline(found, scale)}", anchor=False)
    if text := follows(found, scale):
        st.markdown(text)
    if notes := caveats.limits(found):
        st.caption(" ".join(map(sentence, notes)))
    own, others = (list(map(sentence, said)) for said in (caveats.of_headline(found), caveats.of_others(found)))
    show.warnings(own, others, "on other metrics")
    _show_records(found)
    if found.question.slice_by and found.over_seeds:
        st.caption("Slices are made of examples: choose examples or both under Method to see them.")


def _show_records(found: Comparison) -> None:
    """The way to the record of each side whose runs are of several commits, or trained on several sets of data."""
    asked, notes = found.question, (one for one in found.first.notes if one.code in _OF_RECORDS)
    filters = (asked.baseline, *asked.candidates)
    places = list(dict.fromkeys(place for one in notes for place in one.sides))
    if not places:
        return
    ways = {code(short(found.labels[place], 60)): filters[place] for place in places}
    if len(ways) > _MOST_RECORDS:
        ways = {count(len(ways), "side"): ""}
    with st.container(horizontal=True):
        for name, where in ways.items():
            choices = {"in": asked.experiments, "where": where, "ignore": asked.ignore}
            deleted = "true" if asked.deleted else None
            links.to_reproducibility(f"What parts the runs of {name}", {**choices, "deleted": deleted})


def show_claim(found: Comparison) -> None:
    """What every claim has to carry, the method's terms in the help of each."""
    with st.container(horizontal=True, gap="xsmall"):
        for fact in carried(found):
            st.badge(fact.text, color=fact.colour, help=fact.help or None)
