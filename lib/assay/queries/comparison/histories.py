"""How did the sides' runs get where they are, over the steps that all of them have reached?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from assay import artifacts
from assay.analysis.comparison import tasks
from assay.analysis.comparison.tasks import Strata
from assay.analysis.sample import Array
from assay.errors import AssayError, SelectionError
from assay.model.comparison.notes import TaskNote as Says
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample
from assay.model.comparison.tasks import Efficiency
from assay.model.metric import LARGEST
from assay.model.note import note
from assay.model.policy import TaskReference
from assay.model.runs.store import MOST_VALUES
from assay.queries.comparison.patience import in_time
from assay.workspace import Workspace

_MOST_RUNS = 2_000
_MOST_STEPS = 40
_FEWEST = 2
_AT_ONCE = 6
_SECONDS = 60.0

Points = Mapping[int, float]
"""Step → value."""


def efficiency(
    work: Workspace, metric: str, sides: Sequence[Strata], anchors: Sequence[TaskReference], rules: Rules
) -> Efficiency:
    """The interquartile mean over steps, each run at its last value up to a step; read from the store now.

    A store that is away, too many runs to ask for, and histories without shared steps are reasons, no errors.
    """
    standing = [side for side in sides if side.by_task]
    runs = list(dict.fromkeys(run_id for side in standing for run_id in side.whole.used_ids))
    if len(runs) > _MOST_RUNS:
        return Efficiency(reason=note(Says.TOO_MANY_HISTORIES, n=len(runs), most=_MOST_RUNS))
    try:
        found = _read(work, runs, metric)
    except AssayError as error:
        return Efficiency(reason=error.note)
    known = {run_id: points for run_id, points in found.items() if len(points) > 1}
    read = Efficiency(runs=len(runs), values=sum(map(len, found.values())), missing=len(runs) - len(known))
    by_task = [[_trained(own, known) for own in side.by_task] for side in standing]
    kept = [at for at in range(len(anchors)) if all(len(side[at]) >= _FEWEST for side in by_task)]
    if not kept:
        return replace(read, reason=note(Says.NO_HISTORIES, metric=metric))
    steps = _steps([points for side in by_task for at in kept for histories in side[at] for points in histories])
    if len(steps) < _FEWEST:
        return replace(read, reason=note(Says.NO_SHARED_STEPS, metric=metric))
    tables = [[_scaled([_at(one, steps) for one in side[at]], anchors[at]) for at in kept] for side in by_task]
    drawn = iter(tasks.efficiency(tables, rules))
    curves = tuple(next(drawn) if side.by_task else tasks.NO_CURVE for side in sides)
    return replace(read, steps=steps, curves=curves)


def _read(work: Workspace, runs: Sequence[str], metric: str) -> dict[str, Points]:
    """Raises AssayError for a store that is away, or that takes longer than a reader would wait."""
    store, unknown = artifacts.store(work.settings), work.policy.metric(metric).unknown

    def points(run_id: str) -> Points:
        """The last usable value of each step."""
        series = store.series(run_id, metric, MOST_VALUES)
        every = zip(series["step"].to_pylist(), series["value"].to_pylist(), strict=True)
        return {step: value for step, value in every if abs(value) < LARGEST and value not in unknown}

    found, error = in_time(runs, points, _SECONDS, at_once=_AT_ONCE)
    if error or len(found) < len(runs):
        raise error or SelectionError(Says.HISTORIES_SLOW, n=len(found), of=len(runs), seconds=_SECONDS)
    return found


def _steps(histories: Sequence[Points]) -> tuple[int, ...]:
    """Some of the steps that were logged, evenly over those between the latest first and the earliest last one."""
    first, last = max(min(points) for points in histories), min(max(points) for points in histories)
    inside = sorted({step for points in histories for step in points if first <= step <= last})
    if len(inside) <= _MOST_STEPS:
        return tuple(inside)
    return tuple(inside[round(at)] for at in np.linspace(0, len(inside) - 1, _MOST_STEPS))


def _trained(own: Sample, known: Mapping[str, Points]) -> list[list[Points]]:
    """The histories of each replicate that has any."""
    found = ([known[run_id] for run_id in one.run_ids if run_id in known] for one in own.replicates)
    return [histories for histories in found if histories]


def _at(histories: Sequence[Points], steps: Sequence[int]) -> Array:
    """What the runs of one replicate had logged last at each of `steps`, on average."""
    return np.asarray(np.mean([_reached(points, steps) for points in histories], axis=0))


def _reached(points: Points, steps: Sequence[int]) -> list[float]:
    logged = np.array(sorted(points))
    return [points[int(step)] for step in logged[np.searchsorted(logged, steps, "right") - 1]]


def _scaled(runs: Sequence[Array], anchor: TaskReference) -> Array:
    return (np.stack(runs) - anchor.zero) / (anchor.one - anchor.zero)
