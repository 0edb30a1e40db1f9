"""What to compare and how, and what a policy makes of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from assay.model.metric import Direction

Correction = Literal["holm", "bonferroni", "none"]

UNPAIRED = "none"
"""The value of `pair_by` that refuses pairs."""

UNCLUSTERED = "none"
"""The value of `cluster` that refuses clusters."""

FEWEST_FOR_A_CLAIM = 3


class Unit(StrEnum):
    """What is resampled, and so what a claim holds for: new seeds, new examples under these trainings, or both."""

    SEEDS = "seeds"
    EXAMPLES = "examples"
    BOTH = "both"


class Aim(StrEnum):
    """What is to be shown of a candidate: that it is better, no worse by more than a margin, or the same within it."""

    BETTER = "better"
    NO_WORSE = "no-worse"
    SAME = "same"


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
    def term(self) -> str:
        """Its name in a sentence and in a header."""
        return _TERMS.get(self, self.value)


class Normalisation(StrEnum):
    """How scores of one task become comparable with those of another; all but `none` make higher better.

    `minmax`: 0 and 1 are the worst and the best score of the task; `baseline`: 1 is the baseline's mean, 2 a gain as
    large as it; `reference`: 0 and 1 are what the policy says of the task.
    """

    NONE = "none"
    MINMAX = "minmax"
    BASELINE = "baseline"
    REFERENCE = "reference"


OF_PREDICTIONS = (Statistic.F1, Statistic.MACRO_F1, Statistic.AUC)
OF_SCORES = tuple(statistic for statistic in Statistic if statistic not in OF_PREDICTIONS)
_TERMS = {
    Statistic.IQM: "interquartile mean",
    Statistic.TRIMMED_MEAN: "10 % trimmed mean",
    Statistic.F1: "F1",
    Statistic.MACRO_F1: "macro F1",
    Statistic.AUC: "AUC",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What to compare: the runs that the filter `baseline` finds with those of each of `candidates`, on each metric.

    The headline speaks of the first of `metrics`; `direction` is that one's. None leaves a choice to the policy.
    `experiments`: names or ids, empty: all. `within`: a filter that narrows every side. `pair_by`: a param whose equal
    values make pairs, UNPAIRED for none, None for the seed params. `slice_by`: a column of the example scores; None
    takes every one that can be sliced by. `correction`: of p over everything that is asked here. `margin`: how much
    worse is still no worse, of the first metric and in its unit; None takes the smallest effect that matters, as the
    other metrics do; `in_points`: written so where scores are shares. `simultaneous`: intervals hold together.
    `ignore`: params that make no configuration. `cluster`: a column of the example scores whose equal values make
    examples alike, UNCLUSTERED for none. `task_by`: a param whose values are tasks, over which the sides are compared;
    `normalise`: on which scale; `over_steps`: by every run's history too, which is read from the store.
    """

    metrics: tuple[str, ...]
    baseline: str
    candidates: tuple[str, ...]
    experiments: tuple[str, ...] = ()
    within: str = ""
    deleted: bool = False
    unit: Unit = Unit.SEEDS
    statistic: Statistic = Statistic.MEAN
    direction: Direction | None = None
    method: Method | None = None
    level: float | None = None
    correction: Correction | None = None
    resamples: int | None = None
    seed: int = 0
    pair_by: str | None = None
    slice_by: str | None = None
    aim: Aim = Aim.BETTER
    margin: float | None = None
    in_points: bool = False
    simultaneous: bool = False
    ignore: tuple[str, ...] = ()
    cluster: str | None = None
    task_by: str | None = None
    normalise: Normalisation | None = None
    over_steps: bool = False

    @property
    def complete(self) -> bool:
        """Whether there is enough to compare."""
        return bool(self.metrics and self.baseline and self.candidates)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a comparison is made, nothing left open.

    `minimum_runs` replicates (or pairs) per side are needed before a verdict; never fewer than three. `family`: how
    many comparisons are made at once; p is corrected over them, and so are intervals that are to hold together,
    `simultaneous` ones. `allowed`: from where to where, in the unit of one metric, its difference keeps the margin.
    """

    unit: Unit = Unit.SEEDS
    statistic: Statistic = Statistic.MEAN
    method: Method = Method.AUTO
    level: float = 0.95
    correction: Correction = "holm"
    resamples: int = 10_000
    seed: int = 0
    minimum_runs: int = FEWEST_FOR_A_CLAIM
    aim: Aim = Aim.BETTER
    simultaneous: bool = False
    family: int = 1
    allowed: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.level < 1.0:
            raise ValueError(f"level is {self.level}; it must lie between 0 and 1, such as 0.95")
        if self.resamples < 1:
            raise ValueError(f"resamples is {self.resamples}; it must be at least 1, such as 10000")
        if self.correction not in {"holm", "bonferroni", "none"}:
            raise ValueError(f"correction is {self.correction!r}; it must be 'holm', 'bonferroni' or 'none'")

    @property
    def alpha(self) -> float:
        """1 − level without the float's crumbs."""
        return round(1.0 - self.level, 12)

    @property
    def threshold(self) -> float:
        """What p must stay below: 1 − level, half of it where p is one-sided, so that the interval says the same."""
        return self.alpha if self.aim is Aim.BETTER else self.alpha / 2

    @property
    def interval_level(self) -> float:
        """The level of a single difference's interval; higher where all are to hold together (Bonferroni)."""
        return 1.0 - self.alpha / self.family if self.simultaneous else self.level

    @property
    def fewest(self) -> int:
        """The fewest replicates that a verdict may rest on."""
        return max(self.minimum_runs, FEWEST_FOR_A_CLAIM)

    @property
    def corrected(self) -> bool:
        """Whether p is corrected for what else is compared."""
        return self.correction != "none"

    @property
    def of_slices(self) -> "Rules":
        """How slices are judged: for any difference, each interval on its own, in a family of their own."""
        return replace(
            self, aim=Aim.BETTER, simultaneous=False, correction="holm" if self.corrected else self.correction
        )
