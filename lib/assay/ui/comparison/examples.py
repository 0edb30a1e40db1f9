"""Single examples behind a comparison: which flipped, which changed most, and in which slices."""

from collections.abc import Mapping

import streamlit as st

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.examples import Examined
from assay.model.comparison.question import Statistic
from assay.model.note import Note
from assay.ui import show
from assay.ui.comparison.question import Answer
from assay.view.tables.column import Table
from assay.view.tables.comparison import examples as tables
from assay.view.text.comparison.facts import right
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import code, sentence
from assay.view.text.notes import words
from assay.view.text.numbers import count

LOST, GAINED = "Right → wrong", "Wrong → right"
_MOST_SLICES = 50
_MOST_CHANGED = 8
_MOST_RUNS = 5


def made(found: Comparison) -> Mapping[str, Table]:
    """Every table about examples, whole, by heading."""
    if found.over_seeds:
        return {}
    shown: dict[str, Table] = {}
    if any(one.flips for one in _examined(found)):
        shown["Flipped examples"] = tables.flips(found)
    for candidate in found.first.candidates:
        for what, table in _changes(found, candidate).items():
            shown[what if found.single else f"{what}, {candidate.side.label}"] = table
    if any(one.slices for one in _examined(found)):
        shown["Slices"] = tables.slices(found, scale_of(found.first))
    return shown


def _examined(found: Comparison) -> list[Examined]:
    return [candidate.examined for candidate in found.first.candidates if candidate.examined]


def _changes(found: Comparison, candidate: Candidate) -> dict[str, Table]:
    """Flips where scores are right or wrong, else the largest losses and gains."""
    one = candidate.examined
    if one is None:
        return {}
    pairs = {"Largest losses": one.losses, "Largest gains": one.gains}
    if one.flips:
        pairs = {LOST: one.flips.lost_examples, GAINED: one.flips.gained_examples}
    scale = scale_of(found.first, candidate)
    return {what: tables.changes(found, candidate, rows, scale, what) for what, rows in pairs.items() if rows}


def show_examples(answer: Answer) -> None:
    """Nothing over seeds; by examples what could not be read, then flips, then slices."""
    found = answer.found
    if found.over_seeds:
        return
    _not_logged(found)
    for number, candidate in enumerate(found.first.candidates):
        if found.single:
            _show_changes(found, candidate, number)
        else:
            with st.expander(f"Examples that changed under {code(candidate.side.label)}"):
                _show_changes(found, candidate, number)
    _slices(found)


def _show_changes(found: Comparison, candidate: Candidate, number: int) -> None:
    changed = _changes(found, candidate)
    flips = candidate.examined.flips if candidate.examined else None
    if flips:
        lost, gained = count(flips.lost, "example"), count(flips.gained, "example")
        st.subheader(f"{lost} right → wrong, {gained} wrong → right", anchor=False)
        st.caption(f"{flips.both_right:,} right and {flips.both_wrong:,} wrong under both; {right(flips)}.")
    elif changed:
        st.subheader("Examples that changed most", anchor=False)
    if not changed:
        return
    totals = {LOST: flips.lost, GAINED: flips.gained} if flips else {}
    for column, (what, table) in zip(st.columns(2, gap="medium"), changed.items(), strict=False):
        with column:
            st.markdown(f"**{what}**")
            show.table(_top(table), f"changed-{number}-{what}")
            more = totals.get(what, len(table.frame)) - _MOST_CHANGED
            if more > 0:
                st.caption(f"{more:,} more; all that are listed can be taken along below.")


def _top(table: Table) -> Table:
    return Table(table.frame.head(_MOST_CHANGED), table.columns, table.alt)


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
