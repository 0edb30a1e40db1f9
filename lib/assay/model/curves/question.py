"""Which curves to draw, and how."""

from dataclasses import dataclass
from enum import StrEnum


class Over(StrEnum):
    """What a curve runs over: steps as logged, or seconds since a run's first value of the metric."""

    STEP = "step"
    TIME = "time"


class Spread(StrEnum):
    """What is drawn about a mean: the lowest to the highest seed, the t interval of the mean, or nothing."""

    SEEDS = "all seeds"
    INTERVAL = "interval"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CurvesQuestion:
    """One metric's histories on the sides that a comparison has; filters, `experiments` and `ignore` as there.

    `first`, `last`: steps, or seconds over time, between which everything is looked at; None: all there is.
    """

    metric: str
    baseline: str
    candidates: tuple[str, ...] = ()
    experiments: tuple[str, ...] = ()
    over: Over = Over.STEP
    first: float | None = None
    last: float | None = None
    deleted: bool = False
    ignore: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether there is enough to draw."""
        return bool(self.metric and (self.baseline or self.candidates))


@dataclass(frozen=True, slots=True)
class Manner:
    """How means are drawn: each as the mean of `window` neighbouring places, and with what about it."""

    window: int = 1
    spread: Spread = Spread.SEEDS
