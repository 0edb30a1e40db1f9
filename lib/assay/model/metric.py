"""A metric: which way it gets better, what its numbers are, and the smallest difference in it that matters."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

LARGEST = 1e60
"""Scores from here on, and up to −1e60, are not averaged: stand-ins for infinity, whose powers leave the floats."""


class Direction(StrEnum):
    """Which way a metric gets better."""

    MAXIMIZE = "maximize"
    MINIMIZE = "minimize"

    @property
    def better(self) -> str:
        """`higher` or `lower`."""
        return "higher" if self is Direction.MAXIMIZE else "lower"

    @property
    def opposite(self) -> "Direction":
        """The other one."""
        return Direction.MINIMIZE if self is Direction.MAXIMIZE else Direction.MAXIMIZE

    def gain(self, difference: float) -> float:
        """A difference as an improvement: positive is better."""
        return difference if self is Direction.MAXIMIZE else -difference


DirectionSource = Literal["option", "policy", "scorecard", "name", "assumed", "scale"]


class MetricUnit(StrEnum):
    """What a metric's numbers are: a share of 1 is shown in per cent, and differences of either in points."""

    SHARE = "share"
    MILLISECONDS = "ms"
    SECONDS = "s"
    USD = "USD"
    BYTES = "bytes"
    COUNT = "count"
    PER_SECOND = "per s"
    PERCENT = "%"
    NONE = ""


MEASURED = frozenset(
    {
        MetricUnit.MILLISECONDS,
        MetricUnit.SECONDS,
        MetricUnit.USD,
        MetricUnit.BYTES,
        MetricUnit.COUNT,
        MetricUnit.PER_SECOND,
    }
)
"""Units of what is spent or done, of which there is no less than none."""

NEVER_TWICE = frozenset({MetricUnit.MILLISECONDS, MetricUnit.SECONDS, MetricUnit.USD, MetricUnit.PER_SECOND})
"""Units of what is measured of a machine or a bill, and comes out otherwise each time."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What is known of a metric; `smallest_effect`: the smallest difference that matters, in its own unit.

    `margin`: how much worse is still no worse, in that unit too; `margin_given`: asked for, not the smallest effect.
    None where nothing of the kind was asked, or nobody said how much.
    """

    name: str
    direction: Direction
    direction_source: DirectionSource = "option"
    unit: MetricUnit = MetricUnit.NONE
    smallest_effect: float | None = None
    margin: float | None = None
    margin_given: bool = False

    @property
    def assumed(self) -> bool:
        """Whether nobody told its direction, so that nothing can be called better or worse."""
        return self.direction_source == "assumed"


def words_of(name: str) -> list[str]:
    """The words of a metric's name in lower case: `test/meanAUC` as test, mean, auc; letters of ASCII and digits."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z])", "_", name).lower()
    return re.findall(r"[a-z0-9]+", apart)
