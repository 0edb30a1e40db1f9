"""Is what is compared a run's best value, or only its latest?"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from functools import lru_cache

from assay import artifacts
from assay.cache import reads
from assay.errors import AssayError
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.metric import LARGEST, Direction, Metric
from assay.model.note import note
from assay.model.runs.store import MetricPoint
from assay.model.sync import Snapshot
from assay.settings import Settings

_MOST_RUNS = 60
_SECONDS = 2.0
_AT_ONCE = 6

Latest = tuple[float, int]
"""Value and step, as the cache has them."""


def latest(snapshot: Snapshot, one: MetricComparison) -> dict[str, Latest]:
    """Of every run that may have been better before: several steps of a metric whose smallest effect is known."""
    runs = list(dict.fromkeys(run_id for side in one.sides for run_id in side.sample.used_ids))
    if one.metric.assumed or not one.metric.smallest_effect or len(runs) > _MOST_RUNS:
        return {}
    steps = reads.latest_steps(snapshot, runs, one.metric.name)
    return {run_id: latest for run_id, latest in steps.items() if latest[1] > 0}


def noted(settings: Settings, one: MetricComparison, steps: Mapping[str, Latest]) -> MetricComparison:
    """With a note on each side whose runs were better at an earlier step, by more than the smallest effect.

    Histories are read from the store, once for every latest value; where that takes long or the store is away, nothing
    is said.
    """
    metric, said = one.metric, []
    found = _peaks(settings, metric, steps) if steps else {}
    for place, side in enumerate(one.sides):
        ids = side.sample.used_ids
        lost = [(_loss(metric, steps[run_id], found[run_id]), run_id) for run_id in ids if run_id in found]
        worse = [own for own in lost if own[0] > (metric.smallest_effect or 0.0)]
        if worse:
            run_id = max(worse)[1]
            peak, step, count = found[run_id]
            said.append(
                note(Says.LATEST_NOT_BEST, place, metric=metric.name, n=len(worse), of=len(ids), run=run_id[:8],
                     steps=count, latest=steps[run_id][0], best=peak, step=step)
            )  # fmt: skip
    return replace(one, notes=(*one.notes, *said))


def _peaks(settings: Settings, metric: Metric, latest: Mapping[str, Latest]) -> dict[str, tuple[float, int, int]]:
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
