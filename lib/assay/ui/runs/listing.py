"""The list of runs: its heading, table and account of everything that isn't in it."""

from collections.abc import Hashable

import streamlit as st

from assay.model.metric import Direction
from assay.model.runs.data import UNDIGESTED
from assay.model.runs.listing import Listing, ListQuestion
from assay.queries.runs import inventory
from assay.queries.runs.listing import listing
from assay.ui import links, load, search, show
from assay.ui.frame import Context
from assay.ui.runs import deleted
from assay.ui.runs.actions import show_actions
from assay.ui.runs.question import ListInputs, choices
from assay.view.tables.column import Table
from assay.view.tables.runs import listing as tables
from assay.view.text.escape import code, markdown
from assay.view.text.notes import as_markdown
from assay.view.text.notes.exclusions import excluded
from assay.view.text.numbers import count

MOST_ROWS = 10_000


def listed(context: Context, asked: ListInputs) -> Listing:
    """The answer; a filter or column that can't be used ends the rerun with its sentence."""
    deleted.said(context, asked.question)
    return load.answer(context.work, listing, asked.question)


def show_list(context: Context, asked: ListInputs, found: Listing) -> None:
    """Heading, table, actions on what is ticked, and the account of everything that isn't in it."""
    with asked.heading:
        st.header(_heading(found), anchor=False)
    if not len(found.rows):
        _nothing(asked.question, found)
        return
    table = _table(load.identity(context.work), asked.question, found)
    ticked = _ticked(found, table, f"rows-{hash((context.work.snapshot.name, asked.question))}")
    show_actions(context, asked.question, found, ticked)
    st.caption(_account(load.identity(context.work), asked.question, found))
    with st.container(horizontal=True, vertical_alignment="center"):
        search.offer(context, found, choices(asked.question))
        _to_fronts_and_parts(context, asked.question, found)
        _to_record(asked.question)
        links.copy("", choices(asked.question))
    links.leave_from(choices(asked.question))
    _warnings(found)


def _to_fronts_and_parts(context: Context, asked: ListQuestion, found: Listing) -> None:
    """The ways to the front and the ablation of one experiment that has several configurations with scores."""
    experiments = found.rows["experiment_id"].unique()
    if found.grouped and found.metrics and len(experiments) == 1 and len(found.rows) > 1:
        which = {"experiment": load.answer(context.work, inventory.place, str(experiments[0])), "where": asked.filter}
        deleted = "true" if asked.deleted else None
        links.to_tradeoffs({**which, "by": asked.group_by, "ignore": asked.ignore, "deleted": deleted})
        apart = {"in": which["experiment"], "where": asked.filter, "ignore": asked.ignore, "deleted": deleted}
        links.to_ablation(apart)


def _to_record(asked: ListQuestion) -> None:
    """The way to what is on record of these runs; none from a search by words, which no other page knows."""
    if not asked.text:
        within = {"in": asked.experiments, "where": asked.filter}
        deleted = "true" if asked.deleted else None
        links.to_reproducibility("Reproducibility", {**within, "ignore": asked.ignore, "deleted": deleted})


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
    if not found.grouped:
        return used
    trials = found.rows.get("trials")
    if trials is None or not trials.any():
        return f"{count(len(found.rows), 'configuration')}, {used}"
    searches = int((trials > 0).sum())
    folded = f"{count(searches, 'search', 'searches')} of {count(int(trials.sum()), 'trial')}"
    return f"{count(len(found.rows) - searches, 'configuration')} and {folded}, {used}"


def _nothing(asked: ListQuestion, found: Listing) -> None:
    """Why the list is empty, and what to do."""
    if asked.filter or asked.text:
        hidden = count(found.hidden, "run")
        both = "filter and search together; they hide" if asked.filter and asked.text else "filter; it hides"
        st.info(
            f"No run matches this {both} {hidden}. Loosen it, or look in another experiment.",
            icon=":material/filter_alt_off:",
        )
    else:
        st.info("No run here yet. Runs appear by themselves once training code logs them.", icon=":material/inbox:")


@load.kept(64)
def _table(known: tuple[Hashable, ...], asked: ListQuestion, _found: Listing) -> Table:  # noqa: ARG001  (the key)
    """The table of an answer, made once for every session; at most the first rows of a very long one."""
    return tables.table(_found, most=MOST_ROWS)


def _led(asked: ListQuestion, found: Listing) -> str:
    """How the list is ordered, and what stands below."""
    if asked.order is None:
        return "Newest first."
    way = "highest" if asked.order.direction is Direction.MAXIMIZE else "lowest"
    within = " within each experiment" if found.rows["experiment_id"].nunique() > 1 else ""
    below = (
        "; configurations of fewer seeds than a claim needs, and single trials, stand below" if found.grouped else ""
    )
    return f"Best first by {code(asked.order.metric)}, {way}{within}{below}."


@load.kept(64)
def _account(known: tuple[Hashable, ...], asked: ListQuestion, _found: Listing) -> str:  # noqa: ARG001  (the key)
    """Everything that is not in the table's numbers, counted."""
    parts = [f"{_heading(_found)}.", _led(asked, _found)]
    if len(_found.rows) > MOST_ROWS:
        parts.append(f"In the table: the first {MOST_ROWS:,} rows; narrow the filter to see others.")
    if _found.excluded:
        verb = "Not averaged" if _found.grouped else "Would not be averaged"
        parts.append(f"{verb}: {markdown(excluded(_found.excluded, ''))}.")
    if _found.hidden:
        parts.append(
            f"Hidden by {'search' if asked.text and not asked.filter else 'the filter'}: {count(_found.hidden, 'run')}."
        )
    if _found.grouped and _found.std.notna().any(axis=None):
        parts.append("± is the standard deviation over n distinct runs.")
    if _found.grouped and _found.seeds:
        parts.append(f"Seeds: {', '.join(code(seed) for seed in _found.seeds)}.")
    tested = set().union(*_found.rows["data"])
    if len(tested) == 1 and (same := tested.pop()) and UNDIGESTED not in same.split():
        parts.append(f"All on the same test data as far as MLflow looks: {code(same)}.")
    if "called" in _found.rows and _found.rows["called"].map(lambda own: own.more).any():
        parts.append("(+2): in two more params it is unlike most of its neighbours; its page and sentences say which.")
    parts.append("Tick two rows or more to compare them; Shift+Space ticks one.")
    return " ".join(parts)
