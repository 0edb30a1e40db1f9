"""What a model has to reach and what is traded off: limits, scorecards, objectives."""

from dataclasses import dataclass
from math import fsum
from typing import Literal

from assay.model.metric import Direction
from assay.model.patterns import any_match

Comparator = Literal[">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class Limit:
    """On which side of a value a metric has to be, or must not be; `>` and `<` are strict."""

    comparator: Comparator
    value: float

    @property
    def direction(self) -> Direction:
        """Which way leads to it: `>` is met by high values."""
        return Direction.MAXIMIZE if self.comparator.startswith(">") else Direction.MINIMIZE

    @property
    def text(self) -> str:
        """As a policy file has it: `> 0.75`."""
        return f"{self.comparator} {self.value!r}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One metric of a scorecard."""

    metric: str
    group: str
    threshold: Limit
    weight: float
    alert: Limit | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a candidate of these experiments (shell wildcards, case ignored) is to reach.

    `promotion`: what the team wrote of promotion, as text. `shipped`: whether it is not the team's own.
    """

    name: str
    experiments: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    promotion: str = ""
    shipped: bool = False

    @property
    def weight(self) -> float:
        """Of all criteria, without the float's crumbs."""
        return round(fsum(one.weight for one in self.criteria), 12)

    def covers(self, experiment: str) -> bool:
        """Whether it speaks of `experiment`."""
        return any_match(experiment, self.experiments)


@dataclass(frozen=True, slots=True)
class Objective:
    """A metric to trade off against others; its own `direction` goes before the metric's."""

    metric: str
    direction: Direction | None = None

    @classmethod
    def of(cls, text: str) -> "Objective":
        """From `METRIC`, `METRIC:max` or `METRIC:min`."""
        metric, colon, way = text.strip().rpartition(":")
        direction = _WAYS.get(way) if colon else None
        return cls(metric, direction) if direction else cls(text.strip())

    @property
    def text(self) -> str:
        """What `of` reads."""
        return self.metric if self.direction is None else f"{self.metric}:{self.direction.value[:3]}"


_WAYS = {"max": Direction.MAXIMIZE, "min": Direction.MINIMIZE}


@dataclass(frozen=True, slots=True)
class ObjectiveSet:
    """Objectives that a team looks at together, by name."""

    name: str
    objectives: tuple[Objective, ...]
    shipped: bool = False
