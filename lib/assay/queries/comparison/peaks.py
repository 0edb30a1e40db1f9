"""Is what is compared a run's best value, or only its latest?"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache

from assay import artifacts
from assay.cache import reads
from assay.errors import AssayError
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.metric import LARGEST, Direction, Metric
from assay.model.note import Note, note
from assay.model.runs.store import MetricPoint
from assay.settings import Settings
from assay.workspace import Workspace

_MOST_RUNS = 60
_SECONDS = 2.0
_AT_ONCE = 6

Latest = tuple[float, int]
"""Value and step, as the cache has them."""


def notes(work: Workspace, one: MetricComparison) -> tuple[Note, ...]:
    """On each side whose runs were better at an earlier step, by more than the smallest effect.

    Histories are read from the store, once for every latest value; where that takes long or the store is away, nothing
    is said. So it is of more runs than can be asked in time.
    """
    metric, said = one.metric, []
    if metric.assumed or not metric.smallest_effect:
        return ()
    sides = {place: side.sample.used_ids for place, side in enumerate(one.sides)}
    runs = list(dict.fromkeys(run_id for ids in sides.values() for run_id in ids))
    steps = reads.latest_steps(work.snapshot, runs, metric.name) if len(runs) <= _MOST_RUNS else {}
    found = _peaks(work.settings, metric, {run_id: latest for run_id, latest in steps.items() if latest[1] > 0})
    for place, ids in sides.items():
        lost = {run_id: (_loss(metric, steps[run_id], found[run_id]), run_id) for run_id in ids if run_id in found}
        worse = [one for one in lost.values() if one[0] > metric.smallest_effect]
        if worse:
            run_id = max(worse)[1]
            peak, step, count = found[run_id]
            said.append(
                note(Says.LATEST_NOT_BEST, place, metric=metric.name, n=len(worse), of=len(ids), run=run_id[:8],
                     steps=count, latest=steps[run_id][0], best=peak, step=step)
            )  # fmt: skip
    return tuple(said)


def _peaks(settings: Settings, metric: Metric, latest: dict[str, Latest]) -> dict[str, tuple[float, int, int]]:
    """Best value, its step and how many steps there are, of the runs that could be asked in time."""
    pool = ThreadPoolExecutor(max_workers=_AT_ONCE)
    up = metric.direction is Direction.MAXIMIZE
    asked = {run_id: pool.submit(_peak, settings, run_id, metric.name, up, known) for run_id, known in latest.items()}
    wait(asked.values(), timeout=_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    answered = {run_id: one for run_id, one in asked.items() if one.done() and not one.cancelled()}
    made = {run_id: one.result() for run_id, one in answered.items() if not isinstance(one.exception(), AssayError)}
    return {run_id: peak for run_id, peak in made.items() if peak}


@lru_cache(maxsize=50_000)
def _peak(settings: Settings, run_id: str, metric: str, up: bool, _latest: Latest) -> tuple[float, int, int] | None:
    """None where no value is usable; raises AssayError, which is not kept, for a store that is away."""
    points = _usable(artifacts.store(settings).history(run_id, metric))
    if not points:
        return None
    best = max(points, key=lambda point: point.value if up else -point.value)
    return best.value, best.step, len({point.step for point in points})


def _usable(points: Sequence[MetricPoint]) -> list[MetricPoint]:
    return [point for point in points if abs(point.value) < LARGEST]


def _loss(metric: Metric, latest: Latest, peak: tuple[float, int, int]) -> float:
    return metric.direction.gain(peak[0] - latest[0])
