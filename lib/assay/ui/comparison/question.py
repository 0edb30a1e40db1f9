"""What to compare and how: the row of inputs, all of them in the URL."""

from dataclasses import replace
from typing import cast

import streamlit as st

from assay.model.comparison import OF_SCORES, Direction, Method, Statistic
from assay.model.examples import ExampleUnit
from assay.queries.comparison.seeds import Correction, Options
from assay.queries.metrics import direction as usual_direction
from assay.queries.metrics import notable
from assay.ui import controls, links, load
from assay.ui.frame import Context
from assay.ui.load import Asked
from assay.view.text.escape import markdown

METHODS = tuple(method.value for method in Method)
DIRECTIONS = tuple(direction.value for direction in Direction)
CORRECTIONS = ("holm", "none")
LEVELS = ("0.9", "0.95", "0.99")
SEEDS = "seeds"
STATISTICS = tuple(statistic.value for statistic in OF_SCORES)
UNITS = (SEEDS, "examples", "both")
EXAMPLE = "params.model = 'svc'"
_UNIT_WORDS = {SEEDS: "", "examples": ", by examples", "both": ", by seeds × examples"}
_UNIT_HELP = (
    "`seeds`: scores of whole runs; claims hold for new seeds.  \n"
    "`examples`: logged scores of single examples; claims hold for new examples under these trainings.  \n"
    "`both`: examples of runs that share a seed; claims hold for new seeds and new examples."
)
_STATISTIC_HELP = (
    "What the scores of examples are summed up by; all but the mean is resampled and needs the unit `examples`.  \n"
    "`iqm`: the mean of the middle half. `trimmed-mean`: without the lowest and highest 10 %."
)
_MOST_OPTIONS = 40


def ask(context: Context) -> Asked:
    """The row of inputs; the rare ones in a popover that says its state."""
    experiments = load.experiments(context)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        experiment = controls.one(
            "Experiment",
            [e.name for e in experiments],
            "experiment",
            nothing=controls.all_of(experiments),
            width=180,
        )
        known = notable(context.policy, load.keys(context, experiment).metrics)
        nothing = known[0] if known else "none logged"
        metrics = controls.several("Metric", known, "metric", nothing=nothing, width=220, everything=True)
        filters = _filters(context, experiment)
        baseline = controls.one("Baseline", filters, "baseline", nothing=EXAMPLE) or ""
        candidates = controls.several("Candidates", filters, "candidate", nothing="params.model = 'forest'")
        asked = _how(context, Asked(experiment, tuple(metrics) or known[:1], baseline, tuple(candidates)))
    links.said_unknown(choices(context, asked, Direction.MAXIMIZE))
    return asked


def _filters(context: Context, experiment: str | None) -> list[str]:
    """Filters of an experiment's configurations, to pick from; none where there are too many to look through."""
    if experiment is None:
        return []
    found = load.listing(context, load.Question(experiment, metrics=(), params=()))
    if len(found.rows) > _MOST_OPTIONS:
        return []
    groups = found.members.groupby(found.members, sort=False).groups
    ids = sorted(found.rows["experiment_id"].unique())
    return list(load.filters_for(context, ids, [list(groups[key]) for key in found.rows.index]))


def _how(context: Context, asked: Asked) -> Asked:
    """Every rarer choice, from the unit to the slices; raises SelectionError for what there isn't."""
    rules = context.policy.statistics
    said = controls.current("method") or rules.method.value
    by = _UNIT_WORDS.get(controls.current("unit"), "")
    summed_up = controls.current("statistic")
    of = f", {markdown(summed_up)}" if summed_up not in ("", Statistic.MEAN) else ""
    with st.popover(f"Method: {markdown(said)}{by}{of}"):
        unit = controls.one("Resampled", UNITS, "unit", nothing=SEEDS, help=_UNIT_HELP) or SEEDS
        method = controls.one("Method", METHODS, "method", nothing=rules.method.value)
        usual = Statistic.MEAN.value
        statistic = controls.one("Statistic", STATISTICS, "statistic", nothing=usual, help=_STATISTIC_HELP) or usual
        level = controls.one("Level of the intervals", LEVELS, "level", nothing=f"{rules.level:g}")
        correction = controls.one("Correction of p", CORRECTIONS, "correction", nothing=rules.correction)
        better = "Better is" if len(asked.metrics) < 2 else "Better is, first metric"
        direction = controls.one(better, DIRECTIONS, "direction", nothing="by policy, else by the metric's name")
        pair = controls.one("Pair by", ["none"], "pair", nothing="equal seeds")
        slices = _slice_columns(context, asked) if unit in UNITS[1:] else ()
        nothing = "every column" if unit != SEEDS else "needs examples"
        slice_by = controls.one("Slices by", slices, "slice", nothing=nothing)
        deleted = controls.toggle("Deleted runs too", "with-deleted")
    options = Options(
        direction=_direction(context, asked, controls.known("direction", direction, DIRECTIONS)) if direction else None,
        method=Method(controls.known("method", method, METHODS)) if method else None,
        level=controls.share("level", level) if level else None,
        pair_by=pair,
        statistic=Statistic(controls.known("statistic", statistic, STATISTICS)),
        correction=cast(Correction, controls.known("correction", correction, CORRECTIONS)) if correction else None,
    )
    chosen = cast(ExampleUnit, controls.known("unit", unit, UNITS))
    return replace(asked, options=options, deleted=deleted, unit=chosen, slice_by=slice_by)


def _direction(context: Context, asked: Asked, chosen: str) -> Direction | None:
    """The direction that a reader or a link chose; None where policy or name say the same, and then say it."""
    if asked.metrics and usual_direction(context.policy, asked.metrics[0])[0] == chosen:
        return None
    return Direction(chosen)


def _slice_columns(context: Context, asked: Asked) -> tuple[str, ...]:
    """What the example scores can be sliced by, once there are sides."""
    if not asked.complete:
        return ()
    return load.score_columns(context, asked).texts


def choices(context: Context, asked: Asked, direction: Direction) -> links.Choices:
    """Every choice by name, those too that policy or page made, so that a later default changes nothing."""
    rules, options = context.policy.statistics, asked.options
    return {
        "experiment": asked.experiment,
        "metric": asked.metrics,
        "baseline": asked.baseline,
        "candidate": asked.candidates,
        "unit": asked.unit,
        "method": (options.method or rules.method).value,
        "statistic": None if options.statistic is Statistic.MEAN else options.statistic.value,
        "level": f"{options.level or rules.level:g}",
        "correction": options.correction or rules.correction,
        "direction": direction.value,
        "pair": options.pair_by,
        "slice": asked.slice_by,
        "effect": controls.current("effect"),
        "with-deleted": "true" if asked.deleted else None,
    }
