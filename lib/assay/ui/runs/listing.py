"""The paragraphs of the Runs page: what is new, what to list, the list, and where to go from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries import metrics as units
from assay.queries.runs.listing import Listing
from assay.ui import controls, links, load, show
from assay.ui.frame import Context
from assay.view.tables.column import Table
from assay.view.tables.runs import listing as tables
from assay.view.text.comparison import sentences
from assay.view.text.escape import code, markdown, sentence, short
from assay.view.text.numbers import Scale, count, scale

CONFIGURATIONS, RUNS = "configurations", "runs"
MOST_ROWS = 10_000
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asks to see; `heading`: the place above the table that waits for its counts."""

    question: load.Question
    heading: DeltaGenerator


def news(context: Context) -> None:
    """Cards for what happened since this time yesterday; none when nothing did."""
    since = (context.now - timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    moment = int(since.timestamp() * 1000)
    question = load.Question(filter=f"attributes.start_time >= {moment}", group_by=None, metrics=(), params=())
    found = load.listing(context, question)
    if not len(found.rows):
        return
    states = found.rows["status"].replace("", "1 finished").str.partition(" ")[2]
    with st.grid(4, min_column_width=260):
        _news_card(states, found.rows["experiment_id"].nunique())
        if (states == "failed").any():
            _names_card("Failed since yesterday", found.rows[states == "failed"])


def _news_card(states: "pd.Series[str]", experiments: int) -> None:
    """How many runs finished, failed, were stopped and still run."""
    counts = states.value_counts()
    badges = [
        f":{'red-badge[✕ ' if state == 'failed' else 'gray-badge['}{counts[state]:,} {state}]"
        for state in ("failed", "killed", "running", "scheduled")
        if state in counts
    ]
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.markdown("**New since yesterday**")
        st.markdown(f"{count(int(counts.get('finished', 0)), 'run')} finished, in {count(experiments, 'experiment')}")
        if badges:
            st.markdown(" ".join(badges))


def _names_card(title: str, rows: pd.DataFrame) -> None:
    """The newest few by name, each a link."""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.markdown(f"**{title}**")
        for run_id, label in rows["label"].head(_MOST_NAMED).items():
            links.to_run(str(run_id), markdown(short(label, 32)))


def ask(context: Context) -> Asked:
    """The row of inputs, and the switch between configurations and runs below it."""
    links.left_run()
    links.said_unknown(_choices(load.Question()))
    experiments = load.experiments(context)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        experiment = controls.one(
            "Experiment", [e.name for e in experiments], "in", nothing=controls.all_of(experiments), width=200
        )
        text = controls.filter_text("Filter", "where", nothing="metrics.accuracy > 0.9 and params.model = 'svc'")
        keys = load.keys(context, experiment)
        group_by = controls.several("Group by", keys.params, "by", nothing="everything but the seed", width=230)
        with st.popover(_columns_label(keys.metrics, keys.params)):
            metrics = controls.several("Metrics", keys.metrics, "metrics", nothing="the most telling ones")
            params = controls.several("Params", keys.params, "params", nothing="those that vary")
            deleted = controls.toggle("Deleted runs too", "deleted")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        heading = st.container(width="content")
        view = controls.switch("What a row is", (CONFIGURATIONS, RUNS), "rows")
    question = load.Question(
        experiment,
        text,
        tuple(group_by) if view == CONFIGURATIONS else None,
        tuple(metrics) or None,
        tuple(params) or None,
        deleted,
    )
    return Asked(question, heading)


def _columns_label(metrics: tuple[str, ...], params: tuple[str, ...]) -> str:
    chosen = [name for key in ("metrics", "params") for name in st.query_params.get_all(key)]
    total = len(metrics) + len(params)
    return f"Columns: {len(chosen)} of {total}" if chosen else "Columns: auto"


def listed(context: Context, asked: Asked) -> Listing:
    """The answer; a filter or column that can't be used ends the rerun with its sentence."""
    return load.listing(context, asked.question)


def show_list(context: Context, asked: Asked, found: Listing) -> None:
    """Heading, table, actions on what is ticked, and the account of everything that isn't in it."""
    with asked.heading:
        st.subheader(_heading(found), anchor=False)
    if not len(found.rows):
        _nothing(asked.question, found)
        _warnings(found)
        return
    table = _table(context.snapshot, context.policy, asked.question, found)
    ticked = _ticked(found, table, f"rows-{hash((context.snapshot.name, asked.question))}")
    _actions(context, asked.question, found, ticked)
    st.caption(_account(found))
    _warnings(found)


def _ticked(found: Listing, table: Table, key: str) -> list[int]:
    """Shows the table; the rows that are ticked in it, in the address by a run of each.

    So a link, newer data and another filter keep the ticks of every row that is still there.
    """
    row_of = {row: place for place, row in enumerate(table.frame.index)}
    asked = links.ticks()
    places = {run_id: row_of.get(found.members.get(run_id)) for run_id in asked}
    show.preset(key, [place for place in places.values() if place is not None])
    ticked = show.choice(table, key)
    links.tick([str(found.rows["run_id"].iloc[place]) for place in ticked])
    lost = sum(place is None for place in places.values())
    if lost:
        st.caption(f":orange[:material/link_off:] Not in this list: {count(lost, 'ticked row')}.")
    return ticked


def _warnings(found: Listing) -> None:
    for warning in found.warnings:
        st.caption(f":orange[:material/warning:] {sentence(warning)}")


def _heading(found: Listing) -> str:
    used = count(found.found, "run")
    return f"{count(len(found.rows), 'configuration')}, {used}" if found.grouped else used


def _nothing(asked: load.Question, found: Listing) -> None:
    """Why the list is empty, and what to do."""
    if asked.filter:
        hidden = count(found.hidden, "run")
        st.info(
            f"No run matches this filter; it hides {hidden}. Loosen it, or look in another experiment.",
            icon=":material/filter_alt_off:",
        )
    else:
        st.info("No run here yet. Runs appear by themselves once training code logs them.", icon=":material/inbox:")


def _scales(policy: Policy, found: Listing) -> Mapping[str, Scale]:
    """How each metric's column is written, by its values."""
    scales = {}
    for metric in found.metrics:
        values = found.mean[metric].to_numpy(dtype=float)
        values = values[np.isfinite(values)].tolist()
        spreads = found.std[metric].dropna().tolist()
        scales[metric] = scale(units.unit(policy, metric, values), values, spreads)
    return scales


@load.kept(64)
def _table(snapshot: Snapshot, policy: Policy, asked: load.Question, _found: Listing) -> Table:  # noqa: ARG001
    """The table of an answer, made once for every session; at most the newest rows of a very long one."""
    scales = _scales(policy, _found)
    newest = _found.rows.index[:MOST_ROWS]
    rows, params = _found.rows.loc[newest], _found.params.loc[newest]
    mean, std, counts = (frame.loc[newest] for frame in (_found.mean, _found.std, _found.count))
    if not _found.grouped:
        return tables.runs(rows, mean, params, scales)
    return tables.configurations(rows, mean, std, counts, params, _found.scores.loc[newest], scales)


def _actions(context: Context, asked: load.Question, found: Listing, ticked: list[int]) -> None:
    """Below the table: what can be done with the ticked rows."""
    alignment: Literal["bottom", "center"] = "bottom" if len(ticked) > 1 else "center"
    with st.container(horizontal=True, vertical_alignment=alignment):
        if not ticked:
            st.caption("Tick a row to open it, two or more to compare them.", width="content")
        elif len(ticked) == 1:
            row = found.rows.iloc[ticked[0]]
            which = "Open a run of " if found.grouped and row["found"] > 1 else "Open "
            links.to_run(row["run_id"], which + markdown(short(row["label"], 40)), icon=":material/open_in_new:")
            st.caption("Tick one more row to compare the two.", width="content")
        else:
            _to_compare(context, found, ticked, deleted=asked.deleted)
        links.copy("", _choices(asked))
    links.leave_from(_choices(asked))


def _to_compare(context: Context, found: Listing, ticked: list[int], *, deleted: bool) -> None:
    """Baseline to be picked among the ticked rows; the others are candidates."""
    rows = found.rows.iloc[ticked]
    labels = rows["label"].tolist()
    baseline = st.selectbox(
        "Baseline", range(len(rows)), format_func=lambda i: short(labels[i], 60), width=260, key="pick-baseline"
    )
    within = sorted(rows["experiment_id"].unique())
    members = [found.members.index[found.members == key] for key in rows.index]
    filters = load.filters_for(context, within if len(within) == 1 else (), members)
    chosen = int(baseline or 0)
    links.to_compare(
        f"Compare the {len(rows)} selected",
        {
            "experiment": _experiment(context, rows) if len(within) == 1 else None,
            "metric": found.metrics[0] if found.metrics else None,
            "baseline": filters[chosen],
            "candidate": [text for i, text in enumerate(filters) if i != chosen],
            "with-deleted": "true" if deleted else None,
        },
    )


def _experiment(context: Context, rows: pd.DataFrame) -> str:
    """The experiment's name, or its id where two share the name."""
    name, number = rows["experiment"].iloc[0], rows["experiment_id"].iloc[0]
    same = [e for e in load.experiments(context, deleted=True) if e.name == name]
    return str(name if len(same) <= 1 else number)


def _choices(asked: load.Question) -> links.Choices:
    return {
        "in": asked.experiment,
        "where": asked.filter,
        "by": asked.group_by,
        "rows": RUNS if asked.group_by is None else None,
        "metrics": asked.metrics,
        "params": asked.params,
        "deleted": "true" if asked.deleted else None,
        "tick": links.ticks(),
    }


def _account(found: Listing) -> str:
    """Everything that is not in the table's numbers, counted."""
    parts = [f"{_heading(found)}."]
    if len(found.rows) > MOST_ROWS:
        parts.append(f"In the table: the newest {MOST_ROWS:,} rows; narrow the filter to see others.")
    if found.excluded:
        verb = "Not averaged" if found.grouped else "Would not be averaged"
        parts.append(f"{verb}: {markdown(sentences.excluded(dict(found.excluded)))}.")
    if found.hidden:
        parts.append(f"Hidden by the filter: {count(found.hidden, 'run')}.")
    if found.grouped and found.std.notna().any(axis=None):
        parts.append("± is the standard deviation over n distinct runs.")
    if found.grouped and found.seeds:
        parts.append(f"Seeds: {', '.join(code(seed) for seed in found.seeds)}.")
    return " ".join(parts)
