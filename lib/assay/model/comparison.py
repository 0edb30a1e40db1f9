"""Baseline against candidates on one metric: scores, intervals, differences and verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

LARGEST = 1e60
"""Scores from here on, and up to −1e60, are not averaged: stand-ins for infinity, whose powers leave the floats."""


class Direction(StrEnum):
    """Which way a metric gets better."""

    MAXIMIZE = "maximize"
    MINIMIZE = "minimize"


DirectionSource = Literal["option", "policy", "name", "assumed"]


class Method(StrEnum):
    """How intervals are made; `auto` follows the rule in docs/methods and always says what it chose."""

    AUTO = "auto"
    T = "t"
    PERCENTILE = "percentile"
    BASIC = "basic"
    BCA = "bca"
    BOOTSTRAP_T = "bootstrap-t"
    PERMUTATION = "permutation"


class Statistic(StrEnum):
    """What examples are summed up by; all but the mean need single examples to resample.

    The last three are of what was predicted for all examples together, and are never chosen: a metric's name asks.
    """

    MEAN = "mean"
    MEDIAN = "median"
    IQM = "iqm"
    TRIMMED_MEAN = "trimmed-mean"
    P90 = "p90"
    P95 = "p95"
    P99 = "p99"
    F1 = "f1"
    MACRO_F1 = "macro-f1"
    AUC = "auc"

    @property
    def words(self) -> str:
        """Its name in a sentence and in a header."""
        return _STATISTICS.get(self, self.value)


OF_PREDICTIONS = (Statistic.F1, Statistic.MACRO_F1, Statistic.AUC)
OF_SCORES = tuple(statistic for statistic in Statistic if statistic not in OF_PREDICTIONS)
_STATISTICS = {
    Statistic.IQM: "interquartile mean",
    Statistic.TRIMMED_MEAN: "10 % trimmed mean",
    Statistic.F1: "F1",
    Statistic.MACRO_F1: "macro F1",
    Statistic.AUC: "AUC",
}


class Verdict(StrEnum):
    """What the evidence supports; `not_shown` never means equal."""

    BETTER = "better"
    WORSE = "worse"
    NOT_SHOWN = "not_shown"
    CANNOT_BE_SIGNIFICANT = "cannot_be_significant"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Interval:
    """A two-sided interval at `level`, in the metric's unit; `method` is its full name, e.g. `paired t`."""

    low: float
    high: float
    level: float
    method: str


@dataclass(frozen=True, slots=True)
class Score:
    """The metric's value of one replicate; `seed` is None where the run logged none."""

    run_id: str
    value: float
    seed: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """What enters one side: distinct, finished replicates with a finite score.

    `run_ids`: every run that the filter found, repeats and excluded ones too. `runs`: how many of them carry
    the metric and may be used, repeats counted. `excluded`: reason → count of runs left out of `scores`.
    """

    label: str
    filter: str
    scores: tuple[Score, ...]
    run_ids: tuple[str, ...] = ()
    runs: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One side with what its scores say; mean, std (ddof 1) and intervals are None with a `reason`."""

    sample: Sample
    mean: float | None
    std: float | None
    interval: Interval | None
    bootstrap_interval: Interval | None
    skew: float | None = None
    reason: str | None = None

    @property
    def replicates(self) -> int:
        """How many distinct scores the statistics rest on."""
        return len(self.sample.scores)


@dataclass(frozen=True, slots=True)
class Difference:
    """Candidate − baseline in the metric's unit.

    `mean`: the difference of the sides' means, or of whichever statistic was asked for over examples.
    `std`: sd of the paired differences (ddof 1), None unpaired. `values`: (seed, difference) per pair, empty
    unpaired. `effect_size`: d_z paired, Hedges g unpaired. `min_attainable_p`: the smallest two-sided p that a
    permutation test could give at this size, after correction. `reason` says why any of them is None.
    """

    mean: float | None
    std: float | None
    interval: Interval | None
    bootstrap_interval: Interval | None
    p_value: float | None
    p_adjusted: float | None
    p_method: str | None
    paired: bool
    pairs: int
    min_attainable_p: float | None
    effect_size: float | None
    verdict: Verdict
    values: tuple[tuple[str, float], ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate's side and its difference to the baseline."""

    side: Side
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer; `comparisons` is the size of the family that p was corrected over."""

    metric: str
    direction: Direction
    direction_source: DirectionSource
    method: Method
    level: float
    correction: str
    comparisons: int
    resamples: int
    seed: int
    baseline: Side
    candidates: tuple[Candidate, ...]
    warnings: tuple[str, ...] = ()
    unit: Literal["seeds", "examples", "both"] = "seeds"
