"""What is taken apart, and which system is the full one: the row of inputs, all of them in the URL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from assay.errors import FilterError
from assay.model.ablation.question import AblationQuestion, FactorsQuestion, Level, Offered
from assay.model.metric import Direction
from assay.queries import metrics as known_metrics
from assay.queries.ablation.levels import offered
from assay.queries.ablation.limits import limits
from assay.queries.ablation.notation import filters_given, level_written, levels_given
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.runs.inventory import experiments as held_experiments
from assay.ui import controls, links, load
from assay.ui.frame import POLICY, Context
from assay.view.text.ablation import limits as text
from assay.view.text.escape import markdown, short
from assay.view.text.numbers import count

PAIR = "ablated-pair"
DIRECTIONS = tuple(direction.value for direction in Direction)
# Inputs that other pages have too bear names of this page's own: else the other page's value would stand here.
KEYS = (
    *("ablated-in", "ablated-metric", "ablated-components", "ablated-where", "ablated-on", "ablated-full"),
    *("ablated-without", "ablated-direction", "ablated-ignore", "ablated-deleted", PAIR),
)
_FEW = 3
_COMPONENTS_HELP = "Params of two levels. Every combination of them that was run is an arm."
_ON_HELP = (
    "The level that the full system has, where levels do not say it: `model=large`. Of two levels one is on by itself "
    "that is called on, true, yes, 1 or enabled."
)
_FULL_HELP = "A filter that finds the full system: its levels are those that are on."
_WITHOUT_HELP = (
    "Where no param tells: `pca=run_id IN ('…')` names a component and finds the runs without it. The full system "
    "needs its filter then, and no component may be chosen by param."
)


@dataclass(frozen=True, slots=True)
class AblationAsked:
    """What was asked; `experiments`: those to choose from while none is chosen.

    `switches`: the params that could be components, none of them where the filter cannot be read.
    """

    question: AblationQuestion
    experiments: tuple[str, ...] = ()
    switches: tuple[Offered, ...] = ()

    @property
    def runs(self) -> FactorsQuestion:
        """Which runs are meant."""
        return FactorsQuestion(self.question.experiments, self.question.within, self.question.deleted)

    @property
    def unclear(self) -> tuple[Offered, ...]:
        """The components of which nobody said yet what on is."""
        own = self.question
        said = {name for name, _ in own.on}
        asked = () if own.full or own.without else own.factors
        return tuple(one for one in self.switches if one.param in asked and one.on is None and one.param not in said)


def ask(context: Context) -> AblationAsked:
    """The row of inputs; the rarer ones in popovers that say their state."""
    controls.said_toggle("ablated-deleted")
    deleted = controls.is_on("ablated-deleted")
    held = load.answer(context.work, held_experiments, deleted)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        within = controls.within(held, "ablated-in", width=180)
        carried = load.answer(context.work, all_keys if deleted else keys, within)
        metrics = known_metrics.notable(context.work.policy, carried.metrics)
        nothing = metrics[0] if metrics else "none is logged"
        metric = controls.one("Metric", metrics, "ablated-metric", nothing=nothing, width=160)
        metric = metric or (metrics[0] if metrics else "")
        place = st.container()  # what can be a component hangs on the filter behind it
        where = controls.filter_text("Filter", "ablated-where", nothing="params.model = 'svc'", width=190)
        asked = AblationQuestion(metric, experiments=within, within=where, deleted=deleted)
        switches = _switches(context, asked) if within else ()
        with place:
            nothing = _found(switches) if within else "of an experiment"
            names = [one.param for one in switches]
            chosen = controls.several("Components", names, "ablated-components", nothing=nothing, help=_COMPONENTS_HELP)
        with st.popover(_full()):
            whole = _rarer(switches, chosen, carried.params)
        _classes(context, metric)
    links.said_unknown((*KEYS, "tick"))
    every = () if within else tuple(e.name for e in held)
    return AblationAsked(whole(replace(asked, factors=tuple(chosen))), every, switches)


def _switches(context: Context, asked: AblationQuestion) -> tuple[Offered, ...]:
    """The params that could be components; none where the filter cannot be read, which the answer says."""
    try:
        return load.answer(context.work, offered, AblationAsked(asked).runs)
    except FilterError:
        return ()


def _found(switches: Sequence[Offered]) -> str:
    """What holds while no component is chosen: those with an on and an off, unless filters tell them."""
    if controls.list_of("ablated-without"):
        return "by filters"
    named = [one.param for one in switches if one.switch]
    if not named:
        return "choose some" if switches else "no param has two levels"
    return ", ".join(named) if len(named) <= _FEW else f"all {len(named)} that are on and off"


def _full() -> str:
    """`Full: all on`: what is chosen in the popover, of which system is the full one."""
    # After Back the inputs still hold what was left, until they are drawn: the address alone is right.
    given = st.query_params.get_all("ablated-on")
    said = "Full: all on"
    if without := st.query_params.get_all("ablated-without"):
        said = f"{count(len(without), 'component')} by filters"
    elif st.query_params.get("ablated-full"):
        said = "Full: by its filter"
    elif given:
        said = f"Full: {markdown(short(', '.join(given), 24))}"
    return f"{said}, with deleted runs" if controls.is_on("ablated-deleted") else said


def _rarer(
    switches: Sequence[Offered], chosen: Sequence[str], params: Sequence[str]
) -> Callable[[AblationQuestion], AblationQuestion]:
    """Which levels or filters tell the full system, and how it is looked at: what makes a question whole.

    The whole raises SelectionError for what there isn't, once every input is there.
    """
    levels = [level_written(one.param, level) for one in switches if one.param in chosen for level in one.levels]
    on = controls.several("On is", levels, "ablated-on", nothing="on, true, yes, 1, enabled", help=_ON_HELP)
    full = controls.text("Filter of the full system", "ablated-full", nothing="every component on", help=_FULL_HELP)
    without = controls.several(
        "Components by filters", (), "ablated-without", nothing="pca=params.pca = 'off'", help=_WITHOUT_HELP
    )
    way = controls.one("Better is", DIRECTIONS, "ablated-direction", nothing="by policy, else by the metric's name")
    ignore = controls.several("Ignore params", params, "ablated-ignore", nothing="those of the policy")
    deleted = controls.toggle("Deleted runs too", "ablated-deleted", said=True)

    def whole(asked: AblationQuestion) -> AblationQuestion:
        """Without a choice the components are those of which it is clear what on is."""
        found = () if without else tuple(one.param for one in switches if one.switch)
        factors = asked.factors or found
        return replace(
            asked,
            factors=factors,
            full=full,
            without=filters_given(without),
            on=levels_given(on),
            direction=Direction(controls.known("direction", way, DIRECTIONS)) if way else None,
            ignore=tuple(ignore),
            deleted=deleted,
        )

    return whole


def _classes(context: Context, metric: str) -> None:
    """What is called critical and what can go, and where that stands."""
    known, bounds = load.answer(context.work, limits, metric)
    with st.popover(text.state(known, bounds)):
        st.markdown(text.meant(known, bounds))
        rules = {"part": "ablation"}
        st.page_link(str(POLICY), label="Limits of the policy", icon=":material/rule:", query_params=rules)


def switch_on(param: str, level: Level) -> None:
    """Says which level of a component the full system has, beside what is said of others."""
    st.session_state["ablated-on"] = [*controls.list_of("ablated-on"), level_written(param, level)]
