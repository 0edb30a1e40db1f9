"""What can be done with the rows that are ticked, in sight wherever the list is scrolled to."""

import pandas as pd
import streamlit as st

from assay.model.runs.listing import Listing, ListQuestion
from assay.model.runs.selection import RunGroups
from assay.queries.runs.filters import filters_for
from assay.queries.runs.inventory import place
from assay.ui import curved, links, load
from assay.ui.frame import Context
from assay.ui.runs.question import RUNS
from assay.view.text.escape import short
from assay.view.text.numbers import count


def show_actions(context: Context, asked: ListQuestion, found: Listing, ticked: list[int]) -> None:
    """A bar at the window's foot while rows are ticked."""
    if not ticked:
        return
    with st.bottom, st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{len(ticked):,} ticked**", width="content")
        if len(ticked) == 1:
            _one(context, asked, found, found.rows.iloc[ticked[0]])
        else:
            _to_compare(context, found, ticked, asked)


def _one(context: Context, asked: ListQuestion, found: Listing, row: "pd.Series[str]") -> None:
    """Ways from one row: its run, the runs behind it, its curves; short, for on a phone it covers the list."""
    own, within = found.members.index[found.members == row.name], (str(row["experiment_id"]),)
    links.to_run(str(row["run_id"]), "Open a run" if len(own) > 1 else "Open", icon=":material/open_in_new:")
    [filter] = load.answer(context.work, filters_for, RunGroups(within, (tuple(own),)))
    where, deleted = load.answer(context.work, place, within[0]), "true" if asked.deleted else None
    if len(own) > 1:
        behind = {"in": where, "where": filter, "rows": RUNS, **({"deleted": deleted} if deleted else {})}
        links.to_runs(f"Its {count(len(own), 'run')}", behind, icon=":material/list:")
    sides = {"experiment": where, "baseline": filter, "with-deleted": deleted, "ignore": asked.ignore}
    curved.link(context, "Curves", found.metrics[0] if found.metrics else "", sides)


def _to_compare(context: Context, found: Listing, ticked: list[int], asked: ListQuestion) -> None:
    """Baseline to be picked among the ticked rows, the last unless chosen, for best or newest come first."""
    rows = found.rows.iloc[ticked]
    labels = rows["name"].tolist()
    baseline = st.selectbox(
        "Baseline",
        range(len(rows)),
        index=len(rows) - 1,
        format_func=lambda i: f"Baseline: {short(labels[i], 60)}",
        width=320,
        key="pick-baseline",
        label_visibility="collapsed",
    )
    within = sorted(rows["experiment_id"].unique())
    members = tuple(tuple(found.members.index[found.members == key]) for key in rows.index)
    groups = RunGroups(tuple(within) if len(within) == 1 else (), members)
    filters = load.answer(context.work, filters_for, groups)
    chosen = len(rows) - 1 if baseline is None else int(baseline)
    compared: links.Choices = {
        "experiment": load.answer(context.work, place, str(within[0])) if len(within) == 1 else None,
        # Where the policy knows the metric, it is among those that a comparison takes by itself.
        "metric": next((one for one in found.metrics[:1] if not context.work.policy.metric(one).direction), None),
        "baseline": filters[chosen],
        "candidate": [text for i, text in enumerate(filters) if i != chosen],
        "with-deleted": "true" if asked.deleted else None,
        "ignore": asked.ignore,
    }
    links.to_compare("Compare", compared)
    curved.link(context, "Curves", found.metrics[0] if found.metrics else "", compared)
