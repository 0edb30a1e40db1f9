"""What to list: the row of inputs above the list of runs, all of them in the URL."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.errors import SelectionError
from assay.model.comparison.notes import ComparisonNote
from assay.model.metric import Direction, DirectionSource
from assay.model.policy import Policy
from assay.model.runs.listing import ListQuestion, Order
from assay.queries import metrics as known_metrics
from assay.queries.runs.inventory import experiments as held_experiments
from assay.queries.runs.listing import MOST_METRICS
from assay.queries.runs.suggestions import holding, suggestions
from assay.ui import controls, links, load
from assay.ui.frame import Context
from assay.ui.runs import deleted
from assay.view.text.escape import flat, markdown, short
from assay.view.text.numbers import count

CONFIGURATIONS, RUNS = "configurations", "runs"
NEWEST = "newest"
WAYS = {Direction.MAXIMIZE: "highest", Direction.MINIMIZE: "lowest"}
_NOTHING: dict[str, object] = {
    "in": None,
    "find": "",
    "where": "",
    "best": None,
    "by": [],
    "ignore": [],
    "deleted": False,
    "metrics": [],
    "params": [],
    "rows": CONFIGURATIONS,
}
_MOST_ORDERS = 40
_SEARCH_HELP = "Words in names, params and tags of runs, in any order: `svc`, `gamma=0.02`, `kim`."
_ORDER_HELP = "`accuracy, highest` or `loss, lowest`, within each experiment; `newest`: by time."


@dataclass(frozen=True, slots=True)
class ListInputs:
    """What the reader asks to see; `heading`: the place above the table that waits for its counts.

    `lost`: words that no run holds, so that the list was not narrowed by them.
    """

    question: ListQuestion
    heading: DeltaGenerator
    lost: str = ""


def ask(context: Context) -> ListInputs:
    """The row of inputs, and the switch between configurations and runs below it."""
    links.left_run(_NOTHING)
    links.said_unknown(choices(ListQuestion()))
    experiments = load.answer(context.work, held_experiments, deleted.asked())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        experiment = controls.one(
            "Experiment", [e.name for e in experiments], "in", nothing=controls.all_of(experiments), width=190
        )
        within = () if experiment is None else (experiment,)
        carried = deleted.carried(context, within)
        words = controls.search("Search", "find", nothing="names, params, tags", help=_SEARCH_HELP)
        text = controls.filter_text("Filter", "where", nothing="metrics.accuracy > 0.9")
        order = _order(context, carried.metrics, alone=len(experiments) == 1 or experiment is not None)
        with st.popover(f"Grouped: {_grouped()}"):
            group_by = controls.several("Group by", carried.params, "by", nothing="everything but the seed")
            ignore = controls.several("Ignore params", carried.params, "ignore", nothing="those of the policy")
            with_deleted = controls.toggle("Deleted runs too", "deleted")
        with st.popover(_columns(carried.metrics, carried.params)):
            metrics = controls.several("Metrics", carried.metrics, "metrics", nothing="the most telling ones")
            params = controls.several("Params", carried.params, "params", nothing="none, names tell them")
    place = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.container(horizontal=True, width="content")
        view = controls.switch("What a row is", (CONFIGURATIONS, RUNS), "rows")
    grouping = tuple(group_by) if view == CONFIGURATIONS else None
    question = ListQuestion(
        within,
        text,
        grouping,
        tuple(metrics) or None,
        tuple(params) or (() if grouping == () else None),
        with_deleted,
        tuple(ignore),
        order,
        words,
        folded=True,
    )
    with place:
        return _found(context, ListInputs(question, heading))


def _found(context: Context, asked: ListInputs) -> ListInputs:
    """What was asked, without words that no run holds; those get suggestions of what there is."""
    question = asked.question
    within = replace(ListQuestion(question.experiments, deleted=question.deleted), text=question.text)
    if not question.text or load.answer(context.work, holding, within):
        return asked
    near = load.answer(context.work, suggestions, within)
    with st.container(horizontal=True, vertical_alignment="center"):
        said = f":material/search_off: Nothing contains **{markdown(short(question.text, 40))}**"
        st.markdown(f"{said}, so the list is not narrowed.{' Did you mean:' if near else ''}", width="content")
        for one in near:
            st.button(
                f"**{markdown(short(one.text, 32))}**, {count(one.runs, 'run')}",
                key=f"near-{one.text}",
                type="tertiary",
                icon=":material/search:",
                on_click=_look_for,
                args=(one.text,),
            )
    return replace(asked, question=replace(question, text=""), lost=question.text)


def _look_for(text: str) -> None:
    st.session_state["find"] = text


def _order(context: Context, metrics: Sequence[str], *, alone: bool) -> Order | None:
    """Best first; where nothing is chosen by the first column of one experiment, if its direction is known."""
    shown = controls.list_of("metrics")
    ways = _ways(load.identity(context.work), (*shown,), (*metrics,), context.work.policy)
    known = ((name, way) for name, (way, source) in ways.items() if source != "assumed" and name in (shown or ways))
    usual = next(known, None) if alone else None
    nothing = f"{flat(usual[0])}, {WAYS[usual[1]]}" if usual else NEWEST
    options = [*(f"{name}, {WAYS[way]}" for name, (way, _) in ways.items()), NEWEST]
    chosen = controls.one("Best first by", options, "best", nothing=nothing, width=190, help=_ORDER_HELP)
    if chosen is None:
        return Order(*usual) if usual else None
    if chosen == NEWEST:
        return None
    name, _, way = chosen.rpartition(", ")
    directions = {word: direction for direction, word in WAYS.items()}
    if not name or way not in directions:
        raise SelectionError(ComparisonNote.UNKNOWN_OPTION, what="best", given=chosen, allowed=tuple(options[:4]))
    return Order(name, directions[way])


@load.kept(64)
def _ways(
    known: tuple[Hashable, ...],  # noqa: ARG001  (the key)
    shown: tuple[str, ...],
    metrics: tuple[str, ...],
    _policy: Policy,
) -> dict[str, tuple[Direction, DirectionSource]]:
    """What a list may be led by, those shown first, and which way each is better."""
    first = [*shown, *known_metrics.notable(_policy, metrics)][:_MOST_ORDERS]
    return {name: known_metrics.direction(_policy, name) for name in first}


def _grouped() -> str:
    """What makes a row, in the popover's label."""
    by, ignored = controls.list_of("by"), len(controls.list_of("ignore"))
    said = ", ".join(markdown(short(key, 16)) for key in by[:2]) + (" …" if len(by) > 2 else "")
    return (said or "all but the seed") + (f" and {ignored} more" if ignored else "")


def _columns(metrics: Sequence[str], params: Sequence[str]) -> str:
    """How many of them are shown, in the popover's label; those of single runs and groups are known only later."""
    chosen = {name: controls.list_of(name) for name in ("metrics", "params")}
    if not chosen["params"] and (controls.current("rows") == RUNS or controls.list_of("by")):
        return "Columns"
    shown = len(chosen["metrics"] or metrics[:MOST_METRICS]) + len(chosen["params"])
    return f"Columns: {shown} of {len(metrics) + len(params)}"


def choices(asked: ListQuestion) -> links.Choices:
    """What was asked, as the address writes it."""
    order = asked.order
    return {
        "in": asked.experiments[0] if asked.experiments else None,
        "find": asked.text,
        "where": asked.filter,
        "best": f"{order.metric}, {WAYS[order.direction]}" if order else NEWEST,
        "by": asked.group_by,
        "rows": RUNS if asked.group_by is None else None,
        "metrics": asked.metrics,
        "params": asked.params,
        "deleted": "true" if asked.deleted else None,
        "ignore": asked.ignore,
        "tick": links.ticks(),
    }
