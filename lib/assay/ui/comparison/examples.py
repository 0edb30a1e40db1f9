"""What stands on single examples: those that could not be read, those that changed, and slices of them."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from assay.model.comparison.answer import Comparison
from assay.model.comparison.examples import Examined
from assay.model.comparison.question import Statistic
from assay.model.note import Note
from assay.ui import show
from assay.ui.comparison import changes
from assay.ui.comparison.question import Answer
from assay.view.tables.column import Table
from assay.view.tables.comparison import examples as tables
from assay.view.tables.comparison import figures
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import code, sentence
from assay.view.text.notes import words
from assay.view.text.numbers import count

_MOST_SLICES = 50
_MOST_RUNS = 5


def made(answer: Answer) -> Mapping[str, Table]:
    """Every table about examples, whole, by heading."""
    found = answer.found
    if found.over_seeds:
        return {}
    shown: dict[str, Table] = {}
    if any(one.flips for one in _examined(found)):
        shown["Flipped examples"] = tables.flips(found)
    shown |= changes.made(answer)
    if any(one.slices for one in _examined(found)):
        shown["Slices"] = replace(tables.slices(found, scale_of(found.first)), data=figures.slices(found))
    return shown


def _examined(found: Comparison) -> list[Examined]:
    return [candidate.examined for candidate in found.first.candidates if candidate.examined]


def show_examples(answer: Answer) -> None:
    """Nothing over seeds; by examples what could not be read, then flips, then slices."""
    found = answer.found
    if found.over_seeds:
        return
    _not_logged(found)
    changes.show_changes(answer)
    _slices(found)


def _slices(found: Comparison) -> None:
    if found.first.statistic is not Statistic.MEAN:  # a warning above says that there are none
        return
    if not found.slice_comparisons:
        held = ", ".join(dict.fromkeys(name for one in _examined(found) for name in one.slice_columns))
        why = f"none of {held} has categories of five examples or more" if held else "the scores hold no text column"
        if not any(one.reason for one in _examined(found)):
            st.caption(f"No slices: {sentence(why)}.")
        return
    st.subheader("Slices, worst regressions first", anchor=False)
    show.table(tables.slices(found, scale_of(found.first), most=_MOST_SLICES), "slices")
    rules, family = found.rules, found.slice_comparisons
    corrected = f"p: {rules.correction.capitalize()} over {family:,} slices, intervals: each its own"
    parts = [corrected if rules.corrected else "p is not corrected", f"metric: {code(found.first.metric.name)}"]
    if family > _MOST_SLICES:
        parts.append(f"{family - _MOST_SLICES:,} more rows in what can be taken along below")
    st.caption(f"{'; '.join(parts)}. Slices are by examples of these trainings, whatever the page is by.")


def _not_logged(found: Comparison) -> None:
    """Runs whose scores could not be used, each with its reason, unless the headline rests on it; the rest goes on."""
    said = {why for one in _examined(found) if one.reason for why in (one.reason, *_inner(one.reason))}
    reasons: dict[Note, list[str]] = {}
    for candidate in found.first.candidates:
        for side in (candidate.examined and candidate.examined.baseline, candidate.side):
            for run in side.examples.not_logged if side and side.examples else ():
                ids = reasons.setdefault(run.reason, [])
                ids += [] if run.run_id in ids else [run.run_id]
    for reason, ids in reasons.items():
        if reason in said or (said and reason.code in {why.code for why in said}):
            continue
        their = words(reason.but(runs=len(ids)), found.labels).rstrip(".")
        more = f" and {len(ids) - _MOST_RUNS} more" if len(ids) > _MOST_RUNS else ""
        named = ", ".join(code(run_id[:8]) for run_id in ids[:_MOST_RUNS])
        st.warning(f"{count(len(ids), 'run')} without usable example scores ({named}{more}): {sentence(their)}.")


def _inner(reason: Note) -> list[Note]:
    return [value for _, value in reason.values if isinstance(value, Note)]
