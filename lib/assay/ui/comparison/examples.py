"""Single examples behind a comparison: which flipped, which changed most, and in which slices."""

from collections.abc import Mapping

import streamlit as st

from assay.model.comparison import Statistic
from assay.model.examples import ExampleComparison
from assay.ui import show
from assay.ui.comparison.finding import Answer
from assay.view.tables.column import Table
from assay.view.tables.comparison import examples as tables
from assay.view.text.comparison import examples as words
from assay.view.text.escape import code, sentence
from assay.view.text.numbers import count

_MOST_SLICES = 50
_MOST_CHANGED = 8
_MOST_RUNS = 5


def made(answer: Answer) -> Mapping[str, Table]:
    """Every table about examples, whole, by heading."""
    if answer.examined is None:
        return {}
    found, shown = answer.examined.first, {}
    if any(one.flips for one in found):
        shown["Flipped examples"] = tables.flips(found)
    for one in found:
        for what, table in _changes(one).items():
            shown[what if len(found) == 1 else f"{what}, {one.candidate.label}"] = table
    if any(one.slices for one in found):
        shown["Slices"] = tables.slices(found, words.scale(found[0]))
    return shown


def _changes(one: ExampleComparison) -> dict[str, Table]:
    """Flips where scores are right or wrong, else the largest losses and gains."""
    scale = words.scale(one)
    if one.flips:
        pairs = {"Right → wrong": one.flips.lost_examples, "Wrong → right": one.flips.gained_examples}
    else:
        pairs = {"Largest losses": one.losses, "Largest gains": one.gains}
    return {what: tables.changes(one, examples, scale, what) for what, examples in pairs.items() if examples}


def show_examples(answer: Answer) -> None:
    """Nothing over seeds; by examples what could not be read, then flips, then slices."""
    if answer.examined is None:
        return
    found = answer.examined.first
    _not_logged(found)
    for number, one in enumerate(found):
        if len(found) == 1:
            _show_changes(one, number)
        else:
            with st.expander(f"Examples that changed under {code(one.candidate.label)}"):
                _show_changes(one, number)
    _slices(found)


def _show_changes(one: ExampleComparison, number: int) -> None:
    changed = _changes(one)
    if one.flips:
        flips = one.flips
        st.subheader(
            f"{count(flips.lost, 'example')} right → wrong, {count(flips.gained, 'example')} wrong → right",
            anchor=False,
        )
        st.caption(f"{flips.both_right:,} right and {flips.both_wrong:,} wrong under both; {flips.rule}.")
    elif changed:
        st.subheader("Examples that changed most", anchor=False)
    if not changed:
        return
    totals = {"Right → wrong": one.flips.lost, "Wrong → right": one.flips.gained} if one.flips else {}
    for column, (what, table) in zip(st.columns(2, gap="medium"), changed.items(), strict=False):
        with column:
            st.markdown(f"**{what}**")
            show.table(_top(table), f"changed-{number}-{what}")
            more = totals.get(what, len(table.frame)) - _MOST_CHANGED
            if more > 0:
                st.caption(f"{more:,} more; all that are listed can be taken along below.")


def _top(table: Table) -> Table:
    return Table(table.frame.head(_MOST_CHANGED), table.columns, table.alt)


def _slices(found: tuple[ExampleComparison, ...]) -> None:
    if found[0].statistic is not Statistic.MEAN:  # a warning above says that there are none
        return
    if not any(one.slices for one in found):
        held = ", ".join(dict.fromkeys(name for one in found for name in one.slice_columns))
        if not any(one.reason for one in found):
            why = (
                f"none of {held} has categories of five examples or more" if held else "the scores hold no text column"
            )
            st.caption(f"No slices: {sentence(why)}.")
        return
    st.subheader("Slices, worst regressions first", anchor=False)
    show.table(tables.slices(found, words.scale(found[0]), most=_MOST_SLICES), "slices")
    first = found[0]
    more = sum(len(one.slices) for one in found) - _MOST_SLICES
    corrected = f"p: {first.correction.capitalize()} over {first.slice_comparisons:,} slices, intervals: each its own"
    parts = ["p is not corrected" if first.correction == "none" else corrected]
    parts.append(f"metric: {code(first.metric)}")
    if more > 0:
        parts.append(f"{more:,} more rows in what can be taken along below")
    st.caption(f"{'; '.join(parts)}. Slices are by examples of these trainings, whatever the page is by.")


def _not_logged(found: tuple[ExampleComparison, ...]) -> None:
    """Runs whose scores could not be used, each with its reason; the rest goes on."""
    reasons: dict[str, list[str]] = {}
    for one in found:
        for side in (one.baseline, one.candidate):
            for run in side.not_logged:
                ids = reasons.setdefault(run.reason, [])
                if run.run_id not in ids:
                    ids.append(run.run_id)
    said = " ".join(one.reason or "" for one in found)
    for reason, ids in reasons.items():
        if reason in said or (said and reason.removeprefix("its ") in said):
            continue
        their = reason.replace("its ", "their ", 1) if len(ids) > 1 else reason
        more = f" and {len(ids) - _MOST_RUNS} more" if len(ids) > _MOST_RUNS else ""
        named = ", ".join(code(run_id[:8]) for run_id in ids[:_MOST_RUNS])
        st.warning(f"{count(len(ids), 'run')} without usable example scores ({named}{more}): {sentence(their)}.")
