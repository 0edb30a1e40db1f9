"""Several tasks in words: what their scores were brought to, what sums them up, and which are left out."""

from collections.abc import Mapping

from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Normalisation
from assay.model.comparison.tasks import Aggregate, Efficiency, OverTasks
from assay.model.note import Note
from assay.view.text.escape import flat, short
from assay.view.text.notes import words
from assay.view.text.numbers import count

TERMS: Mapping[Aggregate, str] = {
    Aggregate.IQM: "interquartile mean",
    Aggregate.MEDIAN: "median of tasks",
    Aggregate.MEAN: "mean of tasks",
    Aggregate.OPTIMALITY_GAP: "optimality gap",
}
_SCALES: Mapping[Normalisation, str] = {
    Normalisation.NONE: "scores as logged",
    Normalisation.MINMAX: "0 and 1 are the worst and the best score of all finished runs on the task",
    Normalisation.BASELINE: "1 is the baseline's mean on the task, 2 a gain as large as that mean",
    Normalisation.REFERENCE: "0 and 1 are the policy's references for the task",
}
_MOST_NAMED, _NAME = 3, 30


def scale(over: OverTasks) -> str:
    """What the scores are on."""
    flipped = "; higher is better on it, lower was in what was logged" if over.flipped else ""
    return f"{_SCALES[over.scale]}{flipped}"


def tasks(over: OverTasks) -> str:
    """`8 tasks by game`."""
    return f"{count(len(over.tasks), 'task')} by {flat(over.param)}"


def left_out(found: Comparison) -> str:
    """`2 tasks are left out: no run of DQN (pong, qbert).`; empty for none."""
    reasons: dict[Note, list[str]] = {}
    over = found.first.tasks
    for one in over.left_out if over else ():
        reasons.setdefault(one.reason, []).append(short(one.task, _NAME))
    if not reasons:
        return ""
    total = sum(map(len, reasons.values()))
    said = "; ".join(f"{words(why, found.labels)} ({_named(names)})" for why, names in reasons.items())
    return f"{count(total, 'task')} {'is' if total == 1 else 'are'} left out: {said}."


def read(found: Efficiency) -> str:
    """What reading the histories took, and how many runs had none."""
    said = f"{count(found.runs, 'history', 'histories')} with {count(found.values, 'value')} were read from the store."
    return said + (
        f" {count(found.missing, 'run')} without a history of several steps left out." if found.missing else ""
    )


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
