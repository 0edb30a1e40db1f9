"""The paragraphs of a search at a glance: what to look at, the finding, the pictures, and what to do next."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from assay.model.metric import Direction
from assay.model.note import Note
from assay.model.runs.listing import Listing
from assay.model.runs.selection import RunGroups
from assay.model.search import Search, SearchAxis, SearchQuestion
from assay.queries import metrics as units
from assay.queries import search as queries
from assay.queries.runs.filters import filters_for
from assay.queries.runs.inventory import experiments as held_experiments
from assay.queries.runs.inventory import keys, place, places
from assay.ui import controls, links, load, show
from assay.ui.frame import Context
from assay.view.charts.search import lines, panels
from assay.view.exports import comma_separated
from assay.view.tables import search as tables
from assay.view.text import search as text
from assay.view.text.escape import code
from assay.view.text.notes import as_markdown, words

_FEWEST, _LOOKED_AT = 8, 1_000
_FEWEST_LINES = 3
_BETTER = {"higher": Direction.MAXIMIZE, "lower": Direction.MINIMIZE}


def offer(context: Context, found: Listing, choices: links.Choices) -> None:
    """The way here from a list of one experiment with enough rows, or trials behind them, that have a score.

    A search knows no deleted runs.
    """
    if found.selection.deleted or not found.metrics or found.rows["experiment_id"].nunique() != 1:
        return
    folded = int(found.rows["trials"].sum()) if "trials" in found.rows else 0
    if int(found.mean[found.metrics[0]].notna().sum()) + folded >= _FEWEST:
        within = load.answer(context.work, place, str(found.rows["experiment_id"].iloc[0]))
        links.to_search(
            {"search": found.metrics[0], "in": within, "where": choices["where"], "ignore": choices["ignore"]}
        )


def ask(context: Context) -> SearchQuestion:
    """The row of inputs."""
    links.to_runs("All runs")
    links.said_unknown(_choices(SearchQuestion()))
    held = load.answer(context.work, held_experiments, False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        nothing = controls.all_of(held) if len(held) == 1 else "choose one"
        named = load.answer(context.work, places, tuple(e.experiment_id for e in held))
        experiment = controls.one("Experiment", named, "in", nothing=nothing, width=200) or ""
        carried = load.answer(context.work, keys, (experiment,) if experiment else ())
        known = units.notable(context.work.policy, carried.metrics)
        metric = _metric(known)
        filter = controls.filter_text("Filter", "where", nothing="drag over trials in a picture to narrow")
        if st.session_state.pop("left-search", False):  # only now the address holds the filter
            st.query_params.pop("search")
            st.rerun()
        chosen = st.container(width="content")
        with st.popover(f"Better: {controls.current('better') or 'auto'}"):
            better = controls.one("Better is", list(_BETTER), "better", nothing="by policy, else by the metric's name")
            ignore = controls.several("Ignore params", carried.params, "ignore", nothing="those of the policy")
    direction = _BETTER[controls.known("better", better, list(_BETTER))] if better else None
    asked = SearchQuestion(metric, experiment, filter, (), direction, tuple(ignore))
    every = load.answer(context.work, queries.search, asked)
    shown = len(st.query_params.get_all("vary")) or len(every.axes)
    with chosen, st.popover(f"Params: {shown} of {len(every.varying)} that vary"):
        params = controls.several("Params", every.varying, "vary", nothing="the most telling ones", everything=True)
    return SearchQuestion(metric, experiment, filter, tuple(params), direction, tuple(ignore))


def _metric(known: Sequence[str]) -> str:
    """The metric in the address, which also says that this page is meant: bound to an input it would never leave it."""
    asked = st.query_params.get("search", "")
    if "searched" not in st.session_state or st.session_state.get("search-shown") != asked:
        st.session_state["searched"] = asked or None
    chosen = st.selectbox(
        "Metric",
        known,
        index=None,
        key="searched",
        placeholder="the one that matters",
        accept_new_options=True,
        width=170,
    )
    st.session_state["search-shown"] = chosen or ""
    links.asked_search(chosen or "")
    return chosen or ""


def answered(context: Context, asked: SearchQuestion) -> Search:
    """The answer; a metric, param or filter that can't be used ends the rerun with its sentence."""
    return load.answer(context.work, queries.search, asked)


def show_finding(found: Search) -> None:
    """The answer first, what stands behind it, and what is wrong with it."""
    if not len(found.trials):
        st.info(f"No configuration here has a finite {code(found.metric.name)}.", icon=":material/inbox:")
        return
    sign = text.mark(found)
    st.header(f":{sign.colour}[{sign.glyph}] {text.headline(found)}", anchor=False)
    if said := text.explanation(found):
        st.markdown(said)
    if wrong := text.assumed(found):
        st.caption(f":orange[:material/warning:] {wrong}")


def show_panels(found: Search) -> None:
    """Scores over the trials and over every param that is shown, in small multiples of one scale."""
    if len(found.trials) < 2:
        return
    st.subheader(f"Each param against {code(found.metric.name)}, and the best so far", anchor=False)
    scale = text.scale_of(found)
    name = f"search-{abs(hash(found.question))}"
    st.caption(f"{scale.header(found.metric.name)} ({found.metric.direction.better} is better)")
    with st.grid(3, min_column_width=300):
        with st.container():
            show.picture(panels.over_trials(found), f"{name}-trials", selected=_selecting(found, None))
        for axis in found.axes:
            with st.container():
                show.picture(panels.over_param(found, axis), f"{name}-{axis.name}", selected=_selecting(found, axis))
    st.caption(panels.caption(found, touched=_touched()))


def _touched() -> bool:
    """Whether a finger scrolls the page: then a figure must not take the finger's way for a selection."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def _selecting(found: Search, axis: SearchAxis | None) -> show.Selected | None:
    """What a box in a picture does: the filter finds these trials alone."""
    if _touched():
        return None

    def narrow(selection: Mapping[str, Any]) -> None:
        chosen = _chosen(found, axis, selection)
        if not chosen.any() or chosen.all():
            return
        written = queries.narrowed(found, chosen, axis.name if axis else None)
        if isinstance(written, Note):
            st.toast(words(written), icon=":material/warning:")
        else:
            st.session_state["where"] = written

    return narrow


def _chosen(found: Search, axis: SearchAxis | None, selection: Mapping[str, Any]) -> npt.NDArray[np.bool_]:
    """The trials in the box that was drawn."""
    places = found.trials["number"].to_numpy(dtype=float) if axis is None else axis.places
    chosen = np.zeros(len(places), dtype=bool)
    for box in selection.get("box") or ():
        (left, right), (low, high) = sorted(box["x"]), sorted(box["y"])
        chosen |= (places >= left) & (places <= right) & panels.seen(found, low, high)
    return chosen


def show_basis(context: Context, found: Search) -> None:
    """All params of a trial in one line; winner against runner-up; what to do next."""
    if len(found.trials) < 2:
        return
    with_lines = len(found.axes) >= _FEWEST_LINES
    left, right = st.columns([8, 5], gap="medium")
    with left:
        if with_lines:
            st.subheader(f"{len(found.axes)} params of a {text.thing(found)} in one line", anchor=False)
            show.picture(lines.lines(found), f"search-lines-{abs(hash(found.question))}")
    with right:
        with st.container(border=True):
            st.subheader("Winner against runner-up", anchor=False)
            st.table(tables.two_best(found), border="horizontal", alt="The two best with the params that vary")
            st.markdown(text.verdict(found))
            st.caption(text.luck(found))
        with st.container(border=True):
            _next(context, found)


def _next(context: Context, found: Search) -> None:
    seeds = len(context.work.policy.statistics.seeds) or 5
    st.subheader("What to do next", anchor=False)
    st.markdown("\n".join(f"{i}. {step}" for i, step in enumerate(text.next_steps(found, seeds), start=1)))
    n = text.contenders(found)
    members = found.members.groupby(found.members).groups
    rows = tuple(tuple(members[key]) for key in found.trials.index[found.order[:n]])
    filters = load.answer(context.work, filters_for, RunGroups(found.within, rows))
    with st.popover("Command that compares them", icon=":material/terminal:"):
        st.code(text.command(found, filters), language=None, wrap_lines=True)
        st.caption(
            "Once the new seeds are logged: how to train is for your own code to say; the params are in the CSV."
        )
    table = tables.contenders(found, n)
    st.download_button(
        f"Params of the best {n}",
        comma_separated(table).encode(),
        f"assay-search-best-{n}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def show_ways_on(found: Search) -> None:
    """What is in no picture, and the ways to and from here."""
    st.caption(text.account(found))
    for note in found.notes:
        st.caption(f":orange[:material/warning:] {as_markdown(note)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if found.question.filter:
            st.button("Show all trials again", icon=":material/filter_alt_off:", on_click=_filtered, args=("",))
        n, written = found.close, None
        if 1 < n < len(found.trials):
            written = queries.narrowed(found, found.trials["close"].to_numpy(dtype=bool))
        if not isinstance(written, str):
            n, written = len(found.trials), found.question.filter
        if n:
            st.button(text.way_to_list(found, n), icon=":material/list:", on_click=_listed, args=(written,))
        links.copy("", _choices(found.question))


def _filtered(filter: str) -> None:
    st.session_state["where"] = filter


def _listed(filter: str) -> None:
    """To the list of runs, whose inputs of the same names hold the same."""
    st.session_state["where"] = filter
    st.session_state["left-search"] = True


def _choices(asked: SearchQuestion) -> links.Choices:
    return {
        "search": asked.metric,
        "in": asked.experiment,
        "where": asked.filter,
        "vary": asked.params,
        "better": asked.direction and asked.direction.better,
        "ignore": asked.ignore,
    }
