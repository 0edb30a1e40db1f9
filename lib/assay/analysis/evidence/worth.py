"""What is a finding worth: the metric with and without the examples that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from assay.analysis.proportions import share, unpaired_shares
from assay.analysis.sample import Array, varies
from assay.analysis.student import one_mean, welch
from assay.model.comparison.procedure import Interval
from assay.model.evidence.leakage import ScoreMean

FEWEST_TRAININGS = 3
"""From here on the spread between trainings tells; below, that between the examples of one of them."""

Ends = tuple[float, float]


class PartedTraining(Protocol):
    """Scores of single examples of one training: of those that a finding names, and of the others."""

    @property
    def clean(self) -> Array: ...

    @property
    def named(self) -> Array: ...

    @property
    def every(self) -> Array: ...


@dataclass(frozen=True, slots=True)
class Weighed:
    """As in Worth, without what is known of the metric."""

    logged: ScoreMean
    without: ScoreMean | None
    difference: float | None
    interval: Ends | None
    runs: int
    over_seeds: bool
    lost: tuple[int, int]


def weighed(trainings: Sequence[PartedTraining], level: float) -> Weighed:
    """Over the trainings where there are three with a clean example each, else over the examples of the first one.

    Trainings without a clean example are left out of what is said without the named ones; where none has one, there
    is no difference. Needs one training with a score.
    """
    lost = sorted(one.named.size for one in trainings)
    told = [one for one in trainings if one.clean.size]
    if len(trainings) >= FEWEST_TRAININGS and (len(told) >= FEWEST_TRAININGS or not told):
        return _over_trainings(trainings, told, (lost[0], lost[-1]), level)
    return _over_examples((told or trainings)[0], (lost[0], lost[-1]), level)


def mean_over(trainings: Sequence[Array], level: float) -> ScoreMean:
    """Of several trainings, with the spread between them from three on, else that between the examples of the first."""
    if len(trainings) < FEWEST_TRAININGS:
        return _examples(trainings[0], level)
    return _trainings([float(own.mean()) for own in trainings], trainings, level)


def _over_trainings(
    trainings: Sequence[PartedTraining], told: Sequence[PartedTraining], lost: tuple[int, int], level: float
) -> Weighed:
    every, clean = [one.every for one in trainings], [one.clean for one in told]
    logged = _trainings([float(own.mean()) for own in every], every, level)
    if not told:
        return Weighed(logged, None, None, None, len(trainings), True, lost)
    without = _trainings([float(own.mean()) for own in clean], clean, level)
    gaps = np.array([float(one.every.mean() - one.clean.mean()) for one in told])
    ends = _ends(one_mean(gaps).interval(level)) if varies(gaps, 1.0) else None
    return Weighed(logged, without, float(gaps.mean()), ends, len(told), True, lost)


def _over_examples(one: PartedTraining, lost: tuple[int, int], level: float) -> Weighed:
    """The mean of all differs from that of the clean by the share of the named, times how these two differ."""
    logged = _examples(one.every, level)
    if not one.clean.size:
        return Weighed(logged, None, None, None, 1, False, lost)
    without = _examples(one.clean, level)
    difference = logged.mean - without.mean
    if not one.named.size:
        return Weighed(logged, without, 0.0, None, 1, False, lost)
    part = one.named.size / one.every.size
    ends = _apart(one.named, one.clean, level)
    scaled = None if ends is None else (part * ends[0], part * ends[1])
    return Weighed(logged, without, difference, scaled, 1, False, lost)


def _apart(first: Array, second: Array, level: float) -> Ends | None:
    if _binary(first) and _binary(second):
        counts = int(first.sum()), first.size, int(second.sum()), second.size
        return _ends(unpaired_shares(*counts).interval(level))
    if min(first.size, second.size) < 2 or not (varies(first) or varies(second)):
        return None
    return _ends(welch(first, second).interval(level))


def _trainings(means: Sequence[float], scores: Sequence[Array], level: float) -> ScoreMean:
    values = np.array(means)
    ends = _ends(one_mean(values).interval(level)) if values.size > 1 and varies(values) else None
    return ScoreMean(float(values.mean()), int(np.median([own.size for own in scores])), ends)


def _examples(scores: Array, level: float) -> ScoreMean:
    if _binary(scores):
        ends = _ends(share(int(scores.sum()), scores.size).interval(level))
        return ScoreMean(float(scores.mean()), scores.size, ends)
    ends_ = _ends(one_mean(scores).interval(level)) if varies(scores) else None
    return ScoreMean(float(scores.mean()), scores.size, ends_)


def _binary(scores: Array) -> bool:
    return bool(np.isin(scores, (0.0, 1.0)).all())


def _ends(interval: Interval) -> Ends:
    return interval.low, interval.high
