"""The paragraphs of one run's page: what it is, what it logged, its relatives, and what a review would miss."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.runs.detail import Detail, Relative
from assay.model.runs.selection import RunGroups
from assay.model.runs.store import LifecycleStage, Run
from assay.queries import metrics as units
from assay.queries.runs import detail
from assay.queries.runs.filters import filters_for
from assay.queries.runs.inventory import experiments as held_experiments
from assay.ui import controls, curved, links, load, show
from assay.ui.frame import Context
from assay.view.charts.runs import history as charts
from assay.view.tables.runs import run as tables
from assay.view.text import times
from assay.view.text.escape import code, markdown, short
from assay.view.text.notes import as_markdown
from assay.view.text.notes.exclusions import reason
from assay.view.text.numbers import Scale, count, scale
from assay.view.text.verdicts import STATES

_MOST_RELATIVES = 12
_INTERNAL = "mlflow."


def answered(context: Context, run_id: str) -> Detail:
    """The run; an unknown id ends the rerun with its sentence."""
    links.to_runs("All runs")
    return load.answer(context.work, detail.detail, run_id)


def show_head(context: Context, found: Detail) -> DeltaGenerator:
    """Name, state, times, where it belongs and where else it can be seen; gives the place beside it."""
    run = found.run
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(code(run.name or run.run_id[:8]), anchor=False, width="content")
        st.markdown(" ".join(_badges(run)), width="content")
    left, right = st.columns([8, 5], gap="medium")
    with left:
        st.table(_facts(context, found), border="horizontal", alt="What this run is")
        with st.container(horizontal=True, vertical_alignment="center"):
            if found.parent:
                links.to_run(found.parent.run_id, f"Part of {_name(found.parent)}", icon=":material/account_tree:")
            if found.link:
                st.page_link(found.link, label="Open in MLflow", icon=":material/open_in_new:")
            links.copy("", {"run": found.run.run_id})
    return right


def _facts(context: Context, found: Detail) -> dict[str, str]:
    run = found.run
    facts = {
        "Run id": code(run.run_id),
        "Experiment": markdown(run.experiment),
        "Started": f"{times.moment(run.start_time)}, {times.age(run.start_time, context.now)}",
        "Took": times.duration(run.start_time, run.end_time) if run.end_time else "not ended",
    }
    if found.seeds:
        facts["Seed"] = ", ".join(f"{markdown(key)} {code(run.params[key])}" for key in found.seeds)
    return facts


def _badges(run: Run) -> list[str]:
    state = STATES[run.status]
    badges = [f":{state.colour}-badge[{state.label}]"]
    if run.lifecycle_stage is LifecycleStage.DELETED:
        badges.append(":red-badge[✕ deleted]")
    return badges


def show_metrics(context: Context, found: Detail) -> None:
    """Latest values, and the history of the one that is picked."""
    run = found.run
    st.subheader("Metrics", anchor=False)
    if not run.metrics:
        st.markdown("This run logged no metric.")
        return
    scales = {key: _scale(context, key, value) for key, value in run.metrics.items()}
    left, right = st.columns([5, 8], gap="medium")
    with left:
        show.table(tables.metrics(run.metrics, scales), "metrics")
    with right:
        # What most trainings log step by step comes first: their own loss, then any.
        ordered = sorted(
            units.notable(context.work.policy, tuple(run.metrics)),
            key=lambda key: ("loss" not in key.lower(), "train" not in key.lower()),
        )
        key = controls.one("History of", ordered, "history", nothing=ordered[0]) or ordered[0]
        _history(context, run, key, scales)
        _to_curves(context, found, key)


def _scale(context: Context, key: str, value: float) -> Scale:
    return scale(units.unit(context.work.policy, key, [value]), [value])


def _history(context: Context, run: Run, key: str, scales: dict[str, Scale]) -> None:
    if key not in scales:
        st.warning(f"This run logged no metric {code(key)}.", icon=":material/link_off:")
        return
    history = load.answer(context.work, detail.history, (run.run_id, key))
    if history.reason:
        st.info(f"{as_markdown(history.reason)} Latest values are from the cache.", icon=":material/cloud_off:")
        return
    values = [point.value for point in history.points]
    picture = charts.picture(key, history.points, scale(units.unit(context.work.policy, key, values), values))
    if picture is None:
        st.info(f"No finite value of {code(key)} was logged.", icon=":material/info:")
    elif len(history.points) == 1:
        st.caption(f"{code(key)} was logged once: {scales[key].value(values[0])}.")
    else:
        show.picture(picture, "history")


def _to_curves(context: Context, found: Detail, key: str) -> None:
    """The way to the same metric of the run's whole configuration."""
    ids = tuple(other.run_id for other in found.replicates) or (found.run.run_id,)
    [own] = load.answer(context.work, filters_for, RunGroups((found.run.experiment_id,), (ids,)))
    name = found.run.experiment
    same = [one for one in load.answer(context.work, held_experiments, True) if one.name == name]
    within = name if len(same) == 1 else found.run.experiment_id
    curved.link(context, "Curves of this configuration", key, {"experiment": within, "baseline": own})


def show_logged(found: Detail) -> None:
    """Params beside tags."""
    run = found.run
    own = {key: value for key, value in run.tags.items() if not key.startswith(_INTERNAL)}
    internal = {key: value for key, value in run.tags.items() if key.startswith(_INTERNAL)}
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader("Params", anchor=False)
        _pairs(run.params, "param", "params")
    with right:
        st.subheader("Tags", anchor=False)
        _pairs({**own, **internal}, "tag", "tags")


def _pairs(values: Mapping[str, str], what: str, name: str) -> None:
    if values:
        show.table(tables.pairs(values, what), name)
    else:
        st.markdown(f"This run logged no {what}.")


def show_relatives(found: Detail) -> None:
    """Runs of the same configuration, and runs below this one."""
    others = [r for r in found.replicates if r.run_id != found.run.run_id]
    st.subheader("Same configuration", anchor=False)
    if others:
        counted = sum(not r.excluded for r in found.replicates)
        verb = "counts" if counted == 1 else "count"
        st.caption(f"{count(len(found.replicates), 'run')} with this one, {counted} of them {verb} as replicates.")
        _row(others)
    else:
        st.markdown("No other run has these params; a comparison needs several seeds per side.")
    if found.children:
        st.subheader(count(len(found.children), "nested run"), anchor=False)
        _row(found.children)


def _row(relatives: Sequence[Relative]) -> None:
    with st.container(horizontal=True, gap="small"):
        for relative in relatives[:_MOST_RELATIVES]:
            links.to_run(relative.run_id, _name(relative))
    if len(relatives) > _MOST_RELATIVES:
        st.caption(f"and {len(relatives) - _MOST_RELATIVES:,} more")


def _name(relative: Relative) -> str:
    """The run's name with its seed, and why no mean counts it."""
    parts = [markdown(short(relative.name or relative.run_id[:8], 32))]
    if relative.seed is not None and relative.seed not in relative.name:
        parts.append(f"seed {markdown(short(relative.seed, 12))}")
    if relative.excluded:
        parts.append(f"({markdown(reason(relative.excluded, ''))})")
    return " ".join(parts)


def show_evidence(context: Context, found: Detail, place: DeltaGenerator) -> None:
    """What a review would rest on: there, or not logged with the line that logs it."""
    with place.container(border=True):
        st.subheader("Evidence for a review", anchor=False)
        state = load.answer(context.work, detail.evidence, found.run.run_id)
        words = {True: ":green-badge[✓ logged]", False: ":gray-badge[– not logged]", None: ":gray-badge[? not known]"}
        rows = {markdown(item.name): words[item.logged] for item in state.items}
        st.table(rows, border="horizontal", alt="Evidence that this run logged")
        if state.reason:
            st.caption(f"The artifacts can't be looked at now: {as_markdown(state.reason)}")
        if missing := [item.how for item in state.items if item.logged is False]:
            st.caption("What is missing is logged in training code by")
            st.code("\n".join(["from assay import evidence", *missing]), wrap_lines=True)
