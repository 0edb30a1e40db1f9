"""What to compare and how: the row of inputs, all of them in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from assay.model.comparison.answer import Comparison
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import (
    OF_SCORES,
    UNCLUSTERED,
    Aim,
    Correction,
    Method,
    Normalisation,
    Question,
    Statistic,
    Unit,
)
from assay.model.metric import Direction, MetricUnit
from assay.model.policy import StatisticsPolicy
from assay.model.runs.store import Keys
from assay.queries import metrics as known_metrics
from assay.queries.comparison.answer import columns
from assay.queries.comparison.metrics import usual
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.runs.inventory import experiments as held_experiments
from assay.ui import controls, links, load
from assay.ui.frame import Context
from assay.ui.sides import MOST_OPTIONS, sides_to_pick
from assay.view.text.escape import markdown
from assay.view.text.numbers import plain

METHODS = tuple(method.value for method in Method)
DIRECTIONS = tuple(direction.value for direction in Direction)
CORRECTIONS = ("holm", "none")
LEVELS = ("0.9", "0.95", "0.99")
STATISTICS = tuple(statistic.value for statistic in OF_SCORES)
UNITS = tuple(unit.value for unit in Unit)
AIMS = tuple(aim.value for aim in Aim)
SCALES = tuple(scale.value for scale in Normalisation)
EXAMPLE = "params.model = 'svc'"
_UNIT_WORDS = {Unit.SEEDS: "", Unit.EXAMPLES: ", by examples", Unit.BOTH: ", by seeds × examples"}
_UNIT_HELP = (
    "`seeds`: scores of whole runs; claims hold for new seeds.  \n"
    "`examples`: logged scores of single examples; claims hold for new examples under these trainings.  \n"
    "`both`: examples of runs that share a seed; claims hold for new seeds and new examples."
)
_STATISTIC_HELP = (
    "What the scores of examples are summed up by; all but the mean is resampled and needs the unit `examples`.  \n"
    "`iqm`: the mean of the middle half. `trimmed-mean`: without the lowest and highest 10 %."
)
_TOGETHER_HELP = "Wider intervals, all of which hold at once at the level (Bonferroni), and p corrected the same way."
_MARGIN_HELP = (
    "How much worse is still no worse, of the first metric: in points for shares and per cent, else in the unit that "
    "is logged. The others, and this one while nothing is written, take the policy's smallest effect."
)
_TASK_HELP = (
    "A param such as `dataset` or `env` whose values are tasks. Sides are then compared by the interquartile mean over "
    "all tasks that they share, and task by task."
)
_SCALE_HELP = (
    "What makes scores of different tasks comparable.  \n"
    "`none`: they are already.  \n"
    "`minmax`: 0 and 1 are the worst and the best score on the task.  \n"
    "`baseline`: 1 is the baseline's mean on the task.  \n"
    "`reference`: 0 and 1 are what the policy says of the task."
)
_STEPS_HELP = "Reads the history of every run from the store, which takes some seconds for some hundred runs."
_CLUSTER_HELP = (
    "A column whose equal values make examples alike: several questions about one document, several visits of one "
    "patient. Intervals and tests then count documents or patients."
)
_IGNORE_HELP = "Params that say nothing about a configuration, such as one that is different in every run."
_POINTS = 100
_KEYS = (
    *("experiment", "metric", "baseline", "candidate", "unit", "method", "statistic", "level", "correction"),
    *("direction", "pair", "slice", "cluster", "effect", "with-deleted", "aim", "margin", "together"),
    *("task", "scale", "steps", "ignore", "shown", "example"),
)


def ask(context: Context) -> Question:
    """The row of inputs; the rare ones in a popover that says its state."""
    links.crossed("compare")
    experiments = load.answer(context.work, held_experiments, with_deleted())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        experiment = controls.one(
            "Experiment",
            [e.name for e in experiments],
            "experiment",
            nothing=controls.all_of(experiments),
            width=180,
        )
        within = () if experiment is None else (experiment,)
        known = known_metrics.notable(context.work.policy, _carried(context, within).metrics)
        metrics = controls.several("Metrics", known, "metric", nothing=_usual(context), width=220, everything=True)
        filters = sides_to_pick(context, within, deleted=with_deleted(), task=controls.current("task"))
        baseline = controls.one("Baseline", filters, "baseline", nothing=EXAMPLE) or ""
        candidates = controls.several("Candidates", filters, "candidate", nothing="params.model = 'forest'")
        sides = baseline, tuple(candidates)
        asked = Question(tuple(metrics), *sides, within, deleted=with_deleted(), unit=_unit())
        if not metrics:
            found = load.answer(context.work, usual, asked) if baseline and candidates else known[:1]
            asked = replace(asked, metrics=found)
        question = _how(context, _claim(context, asked))
    links.said_unknown(_KEYS)
    return question


def with_deleted() -> bool:
    """Whether deleted runs are meant too, as the toggle further down or the link says."""
    return controls.is_on("with-deleted")


def _carried(context: Context, within: tuple[str, ...]) -> Keys:
    return load.answer(context.work, all_keys if with_deleted() else keys, within)


def _usual(context: Context) -> str:
    return "all of the policy" if context.work.policy.metrics else "all that are known"


def _unit() -> Unit:
    """What the popover further down will hold; an unknown one is said there."""
    return next((unit for unit in Unit if unit == controls.current("unit")), Unit.SEEDS)


def _how(context: Context, asked: Question) -> Question:
    """Every rarer choice, from the unit to the slices; raises SelectionError for what there isn't."""
    rules = context.work.policy.statistics
    with st.popover(_state(rules.method)):
        usual_unit, usual = Unit.SEEDS.value, Statistic.MEAN.value
        unit = controls.one("Resampled", UNITS, "unit", nothing=usual_unit, help=_UNIT_HELP) or usual_unit
        method = controls.one("Method", METHODS, "method", nothing=rules.method.value)
        statistic = controls.one("Statistic", STATISTICS, "statistic", nothing=usual, help=_STATISTIC_HELP) or usual
        level = controls.one("Level of the intervals", LEVELS, "level", nothing=f"{rules.level:g}")
        correction = controls.one("Correction of p", CORRECTIONS, "correction", nothing=rules.correction)
        together = controls.toggle("Intervals hold together", "together", help=_TOGETHER_HELP)
        better = "Better is" if len(asked.metrics) < 2 else "Better is, first metric"
        direction = controls.one(better, DIRECTIONS, "direction", nothing="by policy, else by the metric's name")
        pair = controls.one("Pair by", ["none"], "pair", nothing="equal seeds")
        by_examples = unit in (Unit.EXAMPLES, Unit.BOTH)
        slices = load.answer(context.work, columns, asked).texts if by_examples and asked.complete else ()
        nothing = "every column" if unit != Unit.SEEDS else "needs examples"
        slice_by = controls.one("Slices by", slices, "slice", nothing=nothing)
        nothing = _ungrouped(rules, slices) if unit != Unit.SEEDS else "needs examples"
        cluster = controls.one("Clusters by", (UNCLUSTERED, *slices), "cluster", nothing=nothing, help=_CLUSTER_HELP)
        deleted = controls.toggle("Deleted runs too", "with-deleted")
        params = _carried(context, asked.experiments).params
        ignore = controls.several("Ignore params", params, "ignore", nothing="those of the policy", help=_IGNORE_HELP)
        named = context.work.policy.params.tasks_first(params)[:MOST_OPTIONS]
        task = controls.one("Tasks by", named, "task", nothing="one task", help=_TASK_HELP)
        scale = controls.one("Scale of tasks", SCALES, "scale", nothing="by the policy, else none", help=_SCALE_HELP)
        steps = controls.toggle("Tasks over steps too", "steps", help=_STEPS_HELP)
    return replace(
        asked,
        unit=Unit(controls.known("unit", unit, UNITS)),
        method=Method(controls.known("method", method, METHODS)) if method else None,
        statistic=Statistic(controls.known("statistic", statistic, STATISTICS)),
        level=controls.share("level", level) if level else None,
        correction=cast(Correction, controls.known("correction", correction, CORRECTIONS)) if correction else None,
        direction=_direction(context, asked, controls.known("direction", direction, DIRECTIONS)) if direction else None,
        pair_by=pair,
        slice_by=slice_by,
        cluster=cluster if by_examples else None,
        deleted=deleted,
        simultaneous=together,
        task_by=task,
        normalise=Normalisation(controls.known("scale", scale, SCALES)) if scale else None,
        over_steps=steps,
        ignore=tuple(ignore),
    )


def _claim(context: Context, asked: Question) -> Question:
    """What is to be shown, and for a margin how much worse is still no worse."""
    usual = Aim.BETTER.value
    aim = Aim(controls.known("aim", controls.one("Is it", AIMS, "aim", nothing=usual, width=140) or usual, AIMS))
    if aim is Aim.BETTER:
        controls.keep("margin")
        return replace(asked, aim=aim)
    said = context.work.policy.metric(asked.metrics[0]) if asked.metrics else None
    share = said is not None and said.unit is MetricUnit.SHARE
    ruled = said.smallest_effect * (_POINTS if share else 1) if said and said.smallest_effect else None
    unit = "points" if share else (said.unit or "") if said else ""
    nothing = "nobody said" if ruled is None else f"{plain(ruled)}, policy"
    label = f"Margin, {unit}" if unit else "Margin"
    typed = controls.text(label, "margin", nothing=nothing, width=140, help=_MARGIN_HELP)
    margin = controls.positive(ComparisonNote.MARGIN_OUT_OF_RANGE, typed, share=False)
    return replace(asked, aim=aim, margin=margin, in_points=True)


def _ungrouped(rules: StatisticsPolicy, columns: Sequence[str]) -> str:
    """What holds while no cluster is chosen."""
    named = rules.cluster_among(tuple(columns))
    return f"{named}, policy" if named else "independent examples"


def _state(usual: Method) -> str:
    """`Method: auto, by examples, p95`: what is chosen in the popover below."""
    said, summed_up = controls.current("method") or usual.value, controls.current("statistic")
    by = next((words for unit, words in _UNIT_WORDS.items() if unit == controls.current("unit")), "")
    of = f", {markdown(summed_up)}" if summed_up not in ("", Statistic.MEAN) else ""
    over = f", tasks by {markdown(task)}" if (task := controls.current("task")) else ""
    return f"Method: {markdown(said)}{by}{of}{over}"


def _direction(context: Context, asked: Question, chosen: str) -> Direction | None:
    """The direction that a reader or a link chose; None where policy or name say the same, and then say it."""
    usual = known_metrics.direction(context.work.policy, asked.metrics[0]) if asked.metrics else None
    return None if usual and usual[0] == chosen and usual[1] != "assumed" else Direction(chosen)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked with what was found; `place`: the metric that is drawn, which the reader ticked."""

    context: Context
    found: Comparison
    place: int = 0

    @property
    def drawn(self) -> Comparison:
        """The same with the metric in front that is drawn."""
        return self.found.led_by(self.place)

    @property
    def choices(self) -> links.Choices:
        """Every choice by name, those too that policy or page made, so that a later default changes nothing."""
        asked, rules, first = self.found.question, self.found.rules, self.found.first.logged
        values = (
            asked.experiments[:1],
            asked.metrics,
            asked.baseline,
            asked.candidates,
            rules.unit.value,
            rules.method.value,
            None if rules.statistic is Statistic.MEAN else rules.statistic.value,
            f"{rules.level:g}",
            asked.correction or ("none" if rules.correction == "none" else "holm"),
            None if first.assumed else first.direction.value,
            asked.pair_by,
            asked.slice_by,
            asked.cluster,
            controls.current("effect"),
            "true" if asked.deleted else None,
            None if rules.aim is Aim.BETTER else rules.aim.value,
            controls.current("margin") if rules.aim is not Aim.BETTER else None,
            "true" if asked.simultaneous else None,
            asked.task_by,
            over.scale.value if (over := self.found.first.tasks) else None,
            "true" if asked.over_steps else None,
            asked.ignore,
            self.found.metrics[self.place].metric.name if self.place else None,
            None if self.found.over_seeds else controls.current("example"),
        )
        return dict(zip(_KEYS, values, strict=True))
