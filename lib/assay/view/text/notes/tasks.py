"""The words for what there is to say of a comparison over several tasks."""

from collections.abc import Mapping

from assay.model.comparison.notes import TaskNote as Says
from assay.model.note import Code
from assay.view.text.escape import short
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import percent, plain

_MOST = 30


def _scales_differ(said: Said) -> str:
    small, large = (short(said[name], _MOST) for name in ("small", "large"))
    return (
        f"scores reach {plain(said['least'])} on {small} and {plain(said['most'])} on {large}, so that one task "
        "outweighs the others: choose a scale that makes tasks comparable (--normalise)."
    )


def _uneven(said: Said) -> str:
    return f"{said['side']}: {said['fewest']:,} to {said['most']:run} a task; every task weighs the same all the same."


def _coverage(said: Said) -> str:
    own, usual = (_range(said[f"{which}_low"], said[f"{which}_high"]) for which in ("own", "all"))
    named = f"{percent(said['level'])} interval over tasks with {said['n']:run} each"
    return f"In simulations a {named} was right {own} of the time; with resamples of all runs of a task, {usual}."


def _range(low: float, high: float) -> str:
    ends = [percent(round(end, 2)) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0].removesuffix(' %')}–{ends[1]}"


def _several_lines(said: Said) -> str:
    return f"{said['n']:value} of {said['param']} {said['n']:is a text|are texts} of several lines, shown on one."


WORDS: Mapping[Code, Words] = {
    Says.NO_SHARED_TASK: "no value of {param} that both sides have two runs or more of",
    Says.ONE_TASK: "there is one task only, which its own row judges; compare without tasks",
    Says.FEW_RUNS_PER_TASK: "{n:g} runs per task are fewer than the {needed} that a verdict may rest on",
    Says.TASKS_WITHOUT_VARIATION: "no variation seen on any task, so there is no interval and no p value",
    Says.NO_SCALE: "scores of different tasks are too far apart to be averaged as they are",
    Says.NO_TARGET: "the optimality gap needs a scale on which 1 is the target (--normalise)",
    Says.TASK_ONLY_ELSEWHERE: "no run of {side}",
    Says.TASK_OF_FEW_RUNS: "a single run of {side}",
    Says.TASK_WITHOUT_RANGE: "all runs have the same score there",
    Says.BASELINE_AT_ZERO: "the baseline's mean is 0 there",
    Says.NO_REFERENCE: "the policy has no reference scores (tasks) for it",
    Says.REFERENCE_CONTRADICTS: "the policy's references (tasks) point against the metric's direction",
    Says.SEVERAL_CONFIGURATIONS_PER_TASK: (
        "{side}: on {n:task} its runs belong to several configurations, so n counts more than seeds."
    ),
    Says.SCALE_ASSUMED: (
        "{metric} is averaged over tasks as it was logged: it is assumed to mean the same on each, as normalised "
        "scores do (--normalise)."
    ),
    Says.SCALES_DIFFER: _scales_differ,
    Says.UNEVEN_RUNS: _uneven,
    Says.TASKS_OF_SEVERAL_LINES: _several_lines,
    Says.FEWER_RESAMPLES_OVER_TASKS: "{n:run} are drawn {resamples:,} times instead of {asked:,}, to answer in time.",
    Says.PERCENTILE_OVER_TASKS: (
        "{method} was asked for and makes the rows per task; over tasks the percentile stratified bootstrap decides."
    ),
    Says.THESE_TASKS: "This speaks of these {n:task} and of new seeds on them, not of new tasks.",
    Says.COVERAGE_OVER_TASKS: _coverage,
    Says.HISTORIES_SLOW: "the store gave {n} of {of} histories in {seconds:.0f} seconds, and no more were waited for",
    Says.NO_HISTORIES: "no task on which two runs of every side logged {metric} at several steps",
    Says.NO_SHARED_STEPS: "the histories of {metric} share no two steps",
    Says.TOO_MANY_HISTORIES: "{n:run} have histories to read, more than the {most:,} that are asked for at once",
    Says.TASKS_NEED_SEEDS: "Tasks are compared by whole runs: the unit must be 'seeds', not '{unit}'.",
    Says.SCALE_NEEDS_TASKS: (
        "A scale of tasks, or steps, say nothing without tasks: name the param whose values they are (--task-by)."
    ),
}
