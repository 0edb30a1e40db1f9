"""Is what is compared a run's best value, or only its latest?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

import numpy as np

from assay import artifacts
from assay.cache import reads
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.metric import LARGEST, Direction, Metric
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.store import MOST_VALUES
from assay.model.sync import Snapshot
from assay.queries.comparison.patience import in_time
from assay.settings import Settings

_MOST_RUNS = 200
_SECONDS = 2.0
# One reading at a time in this process: of fifty reviewers of a store that hangs one waits, and the others go on.
_READING = Lock()

Latest = tuple[float, int]
"""Value and step, as the cache has them."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The best value of a run's history, its step, and how many steps there are."""

    value: float
    step: int
    steps: int


_Asked = tuple[str, str, bool, tuple[float, ...], Latest]
_Peaks = dict[_Asked, Peak | None]


def latest(snapshot: Snapshot, one: MetricComparison) -> dict[str, Latest]:
    """Of every run that may have been better before: several steps of a metric whose direction is known."""
    runs = list(dict.fromkeys(run_id for side in one.sides for run_id in side.sample.used_ids))
    if one.metric.assumed or len(runs) > _MOST_RUNS or _notable(one) is None:
        return {}
    steps = reads.latest_steps(snapshot, runs, one.metric.name)
    return {run_id: latest for run_id, latest in steps.items() if latest[1] > 0}


def noted(
    settings: Settings, policy: Policy, found: Sequence[MetricComparison], latest: Sequence[Mapping[str, Latest]]
) -> tuple[tuple[MetricComparison, ...], bool]:
    """With a note on each side whose runs were better at an earlier step, by more than what is notable.

    That is the smallest effect, or where nobody said it the largest sd of a side. Histories are read from the store,
    once for every latest value; False where the store is away or too slow to have been asked for all of them.
    """
    rows = [
        (one, {i: _asked(policy, one.metric, i, known) for i, known in runs.items()})
        for one, runs in zip(found, latest, strict=True)
    ]
    asked = [own for _, runs in rows for own in runs.values()]
    peaks = _read(settings, asked) if asked else {}
    made = (replace(one, notes=(*one.notes, *_notes(one, runs, peaks))) for one, runs in rows)
    return tuple(made), len(peaks) == len(set(asked))


def _asked(policy: Policy, metric: Metric, run_id: str, latest: Latest) -> _Asked:
    return run_id, metric.name, metric.direction is Direction.MAXIMIZE, policy.metric(metric.name).unknown, latest


def _notable(one: MetricComparison) -> float | None:
    spreads = [side.std for side in one.sides if side.std]
    return one.metric.smallest_effect or max(spreads, default=None)


def _notes(one: MetricComparison, asked: Mapping[str, _Asked], peaks: _Peaks) -> list[Note]:
    metric, limit, said = one.metric, _notable(one) or 0.0, []
    for place, side in enumerate(one.sides):
        worse = []
        for run_id in side.sample.used_ids:
            peak = peaks.get(asked[run_id]) if run_id in asked else None
            if peak and (lost := metric.direction.gain(peak.value - asked[run_id][-1][0])) > limit:
                worse.append((lost, run_id, peak))
        if worse:
            _, run_id, peak = max(worse, key=lambda own: own[:2])
            said.append(
                note(Says.LATEST_NOT_BEST, place, metric=metric.name, n=len(worse), of=len(side.sample.used_ids),
                     run=run_id[:8], steps=peak.steps, latest=asked[run_id][-1][0], best=peak.value, step=peak.step)
            )  # fmt: skip
    return said


def _read(settings: Settings, asked: Sequence[_Asked]) -> _Peaks:
    """What could be read in time; nothing while another question still waits for the store."""
    if not _READING.acquire(blocking=False):
        return {}
    try:
        return in_time(list(dict.fromkeys(asked)), lambda one: _peak(settings, *one), _SECONDS)[0]
    finally:
        _READING.release()


@lru_cache(maxsize=50_000)
def _peak(
    settings: Settings, run_id: str, metric: str, up: bool, unknown: tuple[float, ...], _latest: Latest
) -> Peak | None:
    """None where no value is usable or not all were read; raises AssayError, not kept, for a store that is away."""
    series = artifacts.store(settings).series(run_id, metric, MOST_VALUES)
    values, steps = series["value"].to_numpy(), series["step"].to_numpy()
    usable = (np.abs(values) < LARGEST) & ~np.isin(values, unknown)
    if not usable.any() or len(values) == MOST_VALUES:
        return None
    values, steps = values[usable], steps[usable]
    best = int(values.argmax() if up else values.argmin())
    return Peak(float(values[best]), int(steps[best]), np.unique(steps).size)
