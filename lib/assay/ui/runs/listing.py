"""The paragraphs of the Runs page: what is new, what to list, the list, and where to go from it."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.runs.listing import Listing, ListQuestion
from assay.model.runs.selection import RunGroups
from assay.model.runs.store import RunStatus
from assay.queries.runs.filters import filters_for
from assay.queries.runs.inventory import experiments as held_experiments
from assay.queries.runs.inventory import keys
from assay.queries.runs.listing import listing
from assay.ui import controls, links, load, search, show
from assay.ui.frame import Context
from assay.view.tables.column import Table
from assay.view.tables.runs import listing as tables
from assay.view.text.escape import code, markdown, short
from assay.view.text.notes import as_markdown
from assay.view.text.notes.exclusions import excluded
from assay.view.text.numbers import count
from assay.view.text.verdicts import STATES

CONFIGURATIONS, RUNS = "configurations", "runs"
MOST_ROWS = 10_000
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ListInputs:
    """What the reader asks to see; `heading`: the place above the table that waits for its counts."""

    question: ListQuestion
    heading: DeltaGenerator


def news(context: Context) -> None:
    """Cards for what happened since this time yesterday; none when nothing did."""
    since = (context.now - timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    moment = int(since.timestamp() * 1000)
    question = ListQuestion(filter=f"attributes.start_time >= {moment}", group_by=None, metrics=(), params=())
    found = load.answer(context.work, listing, question)
    if not len(found.rows):
        return
    states = found.rows["states"].map(lambda own: own[0][0] if own else RunStatus.FINISHED)
    with st.grid(4, min_column_width=260):
        _news_card(states, found.rows["experiment_id"].nunique())
        if (states == RunStatus.FAILED).any():
            _names_card("Failed since yesterday", found.rows[states == RunStatus.FAILED])


def _news_card(states: "pd.Series[str]", experiments: int) -> None:
    """How many runs finished, failed, were stopped and still run."""
    counts = Counter(states)
    badges = [
        f":{'red' if state is RunStatus.FAILED else 'gray'}-badge["
        f"{'✕ ' if state is RunStatus.FAILED else ''}{counts[state]:,} {STATES[state].word}]"
        for state in (RunStatus.FAILED, RunStatus.KILLED, RunStatus.RUNNING, RunStatus.SCHEDULED)
        if counts[state]
    ]
    finished = count(counts[RunStatus.FINISHED], "run")
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.markdown("**New since yesterday**")
        st.markdown(f"{finished} finished, in {count(experiments, 'experiment')}")
        if badges:
            st.markdown(" ".join(badges))


def _names_card(title: str, rows: pd.DataFrame) -> None:
    """The newest few by name, each a link."""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.markdown(f"**{title}**")
        for run_id, label in rows["name"].head(_MOST_NAMED).items():
            links.to_run(str(run_id), markdown(short(label, 32)))


def ask(context: Context) -> ListInputs:
    """The row of inputs, and the switch between configurations and runs below it."""
    links.left_run()
    links.said_unknown(_choices(ListQuestion()))
    experiments = load.answer(context.work, held_experiments, False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        experiment = controls.one(
            "Experiment", [e.name for e in experiments], "in", nothing=controls.all_of(experiments), width=200
        )
        text = controls.filter_text("Filter", "where", nothing="metrics.accuracy > 0.9 and params.model = 'svc'")
        within = () if experiment is None else (experiment,)
        carried = load.answer(context.work, keys, within)
        group_by = controls.several("Group by", carried.params, "by", nothing="everything but the seed", width=230)
        with st.popover(_columns_label(carried.metrics, carried.params)):
            metrics = controls.several("Metrics", carried.metrics, "metrics", nothing="the most telling ones")
            params = controls.several("Params", carried.params, "params", nothing="those that vary")
            ignore = controls.several("Ignore params", carried.params, "ignore", nothing="those of the policy")
            deleted = controls.toggle("Deleted runs too", "deleted")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        heading = st.container(width="content")
        view = controls.switch("What a row is", (CONFIGURATIONS, RUNS), "rows")
    question = ListQuestion(
        within,
        text,
        tuple(group_by) if view == CONFIGURATIONS else None,
        tuple(metrics) or None,
        tuple(params) or None,
        deleted,
        tuple(ignore),
    )
    return ListInputs(question, heading)


def _columns_label(metrics: tuple[str, ...], params: tuple[str, ...]) -> str:
    chosen = [name for key in ("metrics", "params") for name in st.query_params.get_all(key)]
    total = len(metrics) + len(params)
    return f"Columns: {len(chosen)} of {total}" if chosen else "Columns: auto"


def listed(context: Context, asked: ListInputs) -> Listing:
    """The answer; a filter or column that can't be used ends the rerun with its sentence."""
    return load.answer(context.work, listing, asked.question)


def show_list(context: Context, asked: ListInputs, found: Listing) -> None:
    """Heading, table, actions on what is ticked, and the account of everything that isn't in it."""
    with asked.heading:
        st.subheader(_heading(found), anchor=False)
    if not len(found.rows):
        _nothing(asked.question, found)
        _warnings(found)
        return
    table = _table(load.identity(context.work), asked.question, found)
    ticked = _ticked(found, table, f"rows-{hash((context.work.snapshot.name, asked.question))}")
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
    for note in found.notes:
        st.caption(f":orange[:material/warning:] {as_markdown(note)}")


def _heading(found: Listing) -> str:
    used = count(found.found, "run")
    return f"{count(len(found.rows), 'configuration')}, {used}" if found.grouped else used


def _nothing(asked: ListQuestion, found: Listing) -> None:
    """Why the list is empty, and what to do."""
    if asked.filter:
        hidden = count(found.hidden, "run")
        st.info(
            f"No run matches this filter; it hides {hidden}. Loosen it, or look in another experiment.",
            icon=":material/filter_alt_off:",
        )
    else:
        st.info("No run here yet. Runs appear by themselves once training code logs them.", icon=":material/inbox:")


@load.kept(64)
def _table(known: tuple[Hashable, ...], asked: ListQuestion, _found: Listing) -> Table:  # noqa: ARG001  (the key)
    """The table of an answer, made once for every session; at most the newest rows of a very long one."""
    return tables.table(_found, most=MOST_ROWS)


def _actions(context: Context, asked: ListQuestion, found: Listing, ticked: list[int]) -> None:
    """Below the table: what can be done with the ticked rows."""
    alignment: Literal["bottom", "center"] = "bottom" if len(ticked) > 1 else "center"
    with st.container(horizontal=True, vertical_alignment=alignment):
        if not ticked:
            st.caption("Tick a row to open it, two or more to compare them.", width="content")
        elif len(ticked) == 1:
            row = found.rows.iloc[ticked[0]]
            which = "Open a run of " if found.grouped and row["found"] > 1 else "Open "
            links.to_run(row["run_id"], which + markdown(short(row["name"], 40)), icon=":material/open_in_new:")
            st.caption("Tick one more row to compare the two.", width="content")
        else:
            _to_compare(context, found, ticked, asked)
        search.offer(found, _choices(asked))
        links.copy("", _choices(asked))
    links.leave_from(_choices(asked))


def _to_compare(context: Context, found: Listing, ticked: list[int], asked: ListQuestion) -> None:
    """Baseline to be picked among the ticked rows; the others are candidates."""
    rows = found.rows.iloc[ticked]
    labels = rows["name"].tolist()
    baseline = st.selectbox(
        "Baseline", range(len(rows)), format_func=lambda i: short(labels[i], 60), width=260, key="pick-baseline"
    )
    within = sorted(rows["experiment_id"].unique())
    members = tuple(tuple(found.members.index[found.members == key]) for key in rows.index)
    groups = RunGroups(tuple(within) if len(within) == 1 else (), members)
    filters = load.answer(context.work, filters_for, groups)
    chosen = int(baseline or 0)
    links.to_compare(
        f"Compare the {len(rows)} selected",
        {
            "experiment": _experiment(context, rows) if len(within) == 1 else None,
            "metric": found.metrics[0] if found.metrics else None,
            "baseline": filters[chosen],
            "candidate": [text for i, text in enumerate(filters) if i != chosen],
            "with-deleted": "true" if asked.deleted else None,
            "ignore": asked.ignore,
        },
    )


def _experiment(context: Context, rows: pd.DataFrame) -> str:
    """The experiment's name, or its id where two share the name."""
    name, number = rows["experiment"].iloc[0], rows["experiment_id"].iloc[0]
    same = [e for e in load.answer(context.work, held_experiments, True) if e.name == name]
    return str(name if len(same) <= 1 else number)


def _choices(asked: ListQuestion) -> links.Choices:
    return {
        "in": asked.experiments[0] if asked.experiments else None,
        "where": asked.filter,
        "by": asked.group_by,
        "rows": RUNS if asked.group_by is None else None,
        "metrics": asked.metrics,
        "params": asked.params,
        "deleted": "true" if asked.deleted else None,
        "ignore": asked.ignore,
        "tick": links.ticks(),
    }


def _account(found: Listing) -> str:
    """Everything that is not in the table's numbers, counted."""
    parts = [f"{_heading(found)}."]
    if len(found.rows) > MOST_ROWS:
        parts.append(f"In the table: the newest {MOST_ROWS:,} rows; narrow the filter to see others.")
    if found.excluded:
        verb = "Not averaged" if found.grouped else "Would not be averaged"
        parts.append(f"{verb}: {markdown(excluded(found.excluded, ''))}.")
    if found.hidden:
        parts.append(f"Hidden by the filter: {count(found.hidden, 'run')}.")
    if found.grouped and found.std.notna().any(axis=None):
        parts.append("± is the standard deviation over n distinct runs.")
    if found.grouped and found.seeds:
        parts.append(f"Seeds: {', '.join(code(seed) for seed in found.seeds)}.")
    return " ".join(parts)
