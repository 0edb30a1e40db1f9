"""The paragraphs of one run's page: what it is, what it logged, and its relatives; its files are in `artifacts`."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.note import Note
from assay.model.runs.artifacts import ArtifactList
from assay.model.runs.detail import DESCRIPTION, Detail, Relative
from assay.model.runs.selection import RunGroups
from assay.model.runs.store import LifecycleStage, Run
from assay.queries import freshness
from assay.queries import metrics as units
from assay.queries.runs import detail
from assay.queries.runs import history as histories
from assay.queries.runs.filters import filters_for
from assay.ui import controls, curved, links, load, show
from assay.ui.frame import Context
from assay.view.charts.runs import history as charts
from assay.view.tables.runs import run as tables
from assay.view.text import data, times
from assay.view.text import run as words
from assay.view.text.configurations import in_list
from assay.view.text.escape import code, markdown, paragraphs, short
from assay.view.text.notes import as_markdown
from assay.view.text.notes.exclusions import reason
from assay.view.text.numbers import Scale, count, scale
from assay.view.text.verdicts import STATES

_MOST_RELATIVES = 12
_INTERNAL = "mlflow."
_SHORT_DESCRIPTION, _LONGEST_DESCRIPTION = 600, 20_000


def answered(context: Context, run_id: str) -> Detail:
    """The run; an unknown id ends the rerun with its sentence."""
    links.said_unknown(("run", "history", "tick"))
    links.to_runs("All runs")
    return load.answer(context.work, detail.detail, run_id)


def show_head(context: Context, found: Detail, files: ArtifactList) -> None:
    """What the run is in a line, what somebody wrote about it, and the ways on from here."""
    run = found.run
    metric = next(iter(_known(context, run)), None)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(words.headline(found, metric, _scale(context, found, metric)), anchor=False, width="content")
        st.markdown(" ".join(_badges(run)), width="content")
    _description(found.description)
    _ways_on(context, found)
    problem = freshness.current(context.work.settings).problem
    if files.reason and files.reason != problem:
        st.info(as_markdown(files.reason), icon=":material/cloud_off:")


def _known(context: Context, run: Run) -> list[str]:
    """The metrics of which the policy says what difference matters."""
    policy = context.work.policy
    names = units.notable(policy, tuple(run.metrics))
    return [name for name in names if policy.metric(name).smallest_effect is not None]


def _description(text: str) -> None:
    """What somebody wrote, letter by letter; the whole of a long one where it is asked for, up to a limit."""
    if not text:
        return
    if len(text) <= _SHORT_DESCRIPTION:
        st.markdown(paragraphs(text))
        return
    st.markdown(f"{paragraphs(text[:_SHORT_DESCRIPTION])}…")
    with st.expander(f"The whole description, {count(len(text), 'character')}"):
        st.markdown(paragraphs(text[:_LONGEST_DESCRIPTION]))
        if len(text) > _LONGEST_DESCRIPTION:
            st.caption(f"Cut after {_LONGEST_DESCRIPTION:,} characters; MLflow has the rest under {code(DESCRIPTION)}.")


def _ways_on(context: Context, found: Detail) -> None:
    """To Compare, to the runs of its configuration and of its experiment, to MLflow; and a link to here."""
    run = found.run
    members = tuple(one.run_id for one in found.replicates) or (run.run_id,)
    own = load.answer(context.work, filters_for, RunGroups((run.experiment_id,), (members,)))[0]
    deleted = _deleted(run)
    with st.container(horizontal=True, vertical_alignment="center"):
        links.to_compare("Compare this run", {"experiment": found.place, "candidate": own, "with-deleted": deleted})
        links.to_runs(
            f"Its configuration {markdown(in_list(found.called))}, {count(len(members), 'run')}",
            {"in": found.place, "where": own, "rows": "runs", "deleted": deleted},
            icon=":material/layers:",
        )
        links.to_runs(
            f"Its experiment, {markdown(short(run.experiment, 32))}",
            {"in": found.place, "deleted": deleted},
            icon=":material/science:",
        )
        again = {"in": found.place, "where": own, "row": run.run_id, "run": run.run_id, "deleted": deleted}
        links.to_reproducibility("Reproducibility", again)
        if found.parent:
            links.to_run(found.parent.run_id, f"Part of {_name(found.parent)}", icon=":material/account_tree:")
        if found.link:
            st.page_link(found.link, label="Open in MLflow", icon=":material/open_in_new:")
        links.copy("", {"run": run.run_id, "history": controls.current("history"), "tick": links.ticks()})


def show_facts(context: Context, found: Detail) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where the run comes from, as pairs in two columns; gives the places below and beside them."""
    left, right = st.columns([8, 5], gap="medium")
    facts = list(_facts(context, found).items())
    half = (len(facts) + 1) // 2
    with left:
        st.subheader("What it is", anchor=False)
        columns = st.columns(2, gap="medium")
        for column, part, alt in zip(columns, (facts[:half], facts[half:]), ("What it is", "More of it"), strict=True):
            column.table(dict(part), border="horizontal", alt=alt)
        if found.run.datasets:
            st.caption(f"Data: names and digests as MLflow logged them. A digest looks at {data.AS_FAR_AS}.")
    return left, right


def _facts(context: Context, found: Detail) -> dict[str, str]:
    """What is known of the run, as Markdown by name; what was not logged is left out."""
    run, origin = found.run, found.origin
    facts = {
        "experiment": markdown(run.experiment),
        "seed": _seed(found),
        "user": markdown(short(origin.user, 40)),
        "started": f"{times.moment(run.start_time)}, {times.age(run.start_time, context.now)}",
        "took": times.duration(run.start_time, run.end_time) if run.end_time else "not ended",
        "commit": _commit(found),
        "source": markdown(short(origin.source, 40)),
        "run id": code(run.run_id),
    }
    return {key: value for key, value in facts.items() if value} | data.facts(run.datasets)


def _seed(found: Detail) -> str:
    """The value of the one seed that the run logs; of several each with its param."""
    values = {key: code(short(found.run.params[key], 24)) for key in found.seeds}
    return "".join(values.values()) if len(values) < 2 else ", ".join(f"{markdown(k)} {v}" for k, v in values.items())


def _commit(found: Detail) -> str:
    """`42d9398` on main, at github.com; a link where that is a page."""
    origin = found.origin
    if not origin.commit:
        return ""
    shown = code(origin.commit[:7])
    branch = f" on {markdown(short(origin.branch, 24))}" if origin.branch else ""
    return f"[{shown}]({origin.commit_link}){branch}, {markdown(origin.host)}" if origin.commit_link else shown + branch


def _badges(run: Run) -> list[str]:
    state = STATES[run.status]
    badges = [f":{state.colour}-badge[{state.label}]"]
    if run.lifecycle_stage is LifecycleStage.DELETED:
        badges.append(":red-badge[✕ deleted]")
    return badges


def show_logged(context: Context, found: Detail) -> None:
    """Metrics among those of the configuration, beside params; tags where they are asked for."""
    run = found.run
    left, right = st.columns([7, 6], gap="medium")
    with left:
        st.subheader(_counted("Metrics", run.metrics), anchor=False)
        if run.metrics:
            scales = {key: _scale(context, found, key) for key in run.metrics}
            show.table(tables.metrics(found, scales), f"metrics-{run.run_id}")
            for note in found.notes:
                st.caption(f":orange[:material/warning:] {as_markdown(note)}")
        else:
            st.markdown("This run logged no metric.")
    with right:
        st.subheader(_counted("Params", run.params), anchor=False)
        if run.params:
            show.table(tables.params(found), f"params-{run.run_id}")
        else:
            st.markdown("This run logged no param.")
        _tags(run)


def _counted(what: str, logged: Sequence[str] | Mapping[str, object]) -> str:
    return f"{what}, {len(logged):,}" if logged else what


def _tags(run: Run) -> None:
    """All but the description, people's own first."""
    tags = sorted((key for key in run.tags if key != DESCRIPTION), key=lambda key: key.startswith(_INTERNAL))
    if not tags:
        st.caption("This run has no tag.")
        return
    with st.expander(count(len(tags), "tag")):
        show.table(tables.pairs({key: run.tags[key] for key in tags}, "tag"), f"tags-{run.run_id}")


def _scale(context: Context, found: Detail, key: str | None) -> Scale:
    """How a metric is written: by its value, and by how far those of its configuration spread."""
    if key is None:
        return Scale()
    value, standing = found.run.metrics[key], found.standings.get(key)
    values = [value] if standing is None else [value, *standing.values]
    return scale(units.unit(context.work.policy, key, values), values, [standing.std] if standing else ())


def show_history(context: Context, found: Detail, away: Note | None) -> None:
    """Every value of the metric that is picked; `away`: why the store can't be asked, as far as that was said."""
    run = found.run
    if not run.metrics:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader("History", anchor=False, width="content")
        # What most trainings log step by step comes first: their own loss, then any.
        ordered = sorted(
            units.notable(context.work.policy, tuple(run.metrics)),
            key=lambda key: ("loss" not in key.lower(), "train" not in key.lower()),
        )
        key = controls.one("History of", ordered, "history", nothing=ordered[0], width=260) or ordered[0]
    if key not in run.metrics:
        st.warning(f"This run logged no metric {code(key)}.", icon=":material/link_off:")
        return
    history = load.answer(context.work, histories.history, (run.run_id, key))
    if history.reason:
        why = "The store can't be asked now." if history.reason == away else as_markdown(history.reason)
        st.info(f"{why} Latest values are from the cache.", icon=":material/cloud_off:")
        return
    values = [point.value for point in history.points]
    picture = charts.picture(key, history, scale(units.unit(context.work.policy, key, values), values))
    if picture is None:
        st.info(f"No finite value of {code(key)} was logged.", icon=":material/info:")
    elif history.logged == 1:
        st.caption(f"{code(key)} was logged once: {_scale(context, found, key).value(values[0])}.")
    else:
        show.picture(picture, "history")
        _to_curves(context, found, key)


def _to_curves(context: Context, found: Detail, key: str) -> None:
    """The way to the same metric of the run's whole configuration."""
    ids = tuple(other.run_id for other in found.replicates) or (found.run.run_id,)
    [own] = load.answer(context.work, filters_for, RunGroups((found.run.experiment_id,), (ids,)))
    choices = {"experiment": found.place, "baseline": own, "with-deleted": _deleted(found.run)}
    curved.link(context, "Curves of this configuration", key, choices)


def _deleted(run: Run) -> str | None:
    """What an address says so that it finds a deleted run."""
    return "true" if run.lifecycle_stage is LifecycleStage.DELETED else None


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
