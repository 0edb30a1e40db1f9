"""Histories of several sides at the same places, and what they show."""

import math
from dataclasses import dataclass, field

from assay.model.comparison.side import Sample
from assay.model.curves.notes import CurveNote
from assay.model.curves.question import CurvesQuestion, Over
from assay.model.metric import Metric
from assay.model.note import Note

_LASTING = {CurveNote.NO_CURVE, CurveNote.LOGGED_ONCE, CurveNote.NO_TIME, CurveNote.NOTHING_BETWEEN}

Row = tuple[float, ...]
"""One number a place, NaN where there is none."""


@dataclass(frozen=True, slots=True)
class CurveCounts:
    """What was read of a side's runs: `histories` with a value, `values` in them, and what is not drawn.

    `without`: runs that logged no value of the metric between the ends; `once`: those of one value; `gaps`: values
    that are NaN, infinite or too large; `unread`: runs whose history was not waited for; `cut`: histories that are
    longer than what is read of one.
    """

    histories: int = 0
    values: int = 0
    without: int = 0
    once: int = 0
    gaps: int = 0
    unread: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class CurveSide:
    """One side; a row a replicate with a history: its value at each place, and the lowest and highest there.

    Between two values that it logged a replicate lies on the line between them; before the first and after the last
    it is NaN, as where it logged what is no number. `ends`: the last step (or second) of each.
    """

    sample: Sample
    seeds: tuple[str | None, ...] = ()
    means: tuple[Row, ...] = ()
    lows: tuple[Row, ...] = ()
    highs: tuple[Row, ...] = ()
    ends: tuple[float, ...] = ()
    counts: CurveCounts = field(default_factory=CurveCounts)


@dataclass(frozen=True, slots=True)
class Line:
    """A side as it is drawn, a number a place; `raw`: the mean before smoothing, `n`: replicates there."""

    mean: Row
    low: Row
    high: Row
    raw: Row
    std: Row
    n: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """The leader minus its rival (places among the sides) at each place, with an interval there by itself.

    `pairs`: seeds that pair, 0 where the means of all are compared. `passed`: from which place on the leader's mean is
    ahead, None where it never was behind; `good`: from which on the interval excludes 0 until the end; `before`: the
    last place before at which it excluded 0 the other way, corrected over all places (Bonferroni).
    """

    leader: int
    rival: int
    mean: Row
    low: Row
    high: Row
    level: float
    pairs: int
    passed: int | None = None
    good: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What one side's replicates show at the end: the place of the best mean, and which way they still move.

    `turned`: worse at the end than at the best place; `moving`: still better at the end than a fifth before it. Both
    only beyond what their replicates leave to chance.
    """

    best: int
    turned: bool = False
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Curves:
    """Sides at `places` (steps, or seconds): each a step that was logged, or the middle of a stretch of `width` steps.

    `end`: the last place that every replicate with a history has reached, None without one. `sure`: whether the leader
    is ahead of every other side there, corrected over all pairs of sides. `left_out`: sides beyond those that are
    drawn. `reason`: why there is no curve.
    """

    question: CurvesQuestion
    metric: Metric
    over: Over
    sides: tuple[CurveSide, ...]
    places: Row = ()
    width: float = 0.0
    end: int | None = None
    apart: Apart | None = None
    sure: bool = False
    shapes: tuple[Shape | None, ...] = ()
    left_out: int = 0
    notes: tuple[Note, ...] = ()
    reason: Note | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the sides are called."""
        return tuple(side.sample.label for side in self.sides)

    @property
    def keeps_seconds(self) -> float:
        """A store that was away or slow may answer any moment; what it gave before is not read again."""
        away = self.reason is not None and self.reason.code not in _LASTING
        return 0.0 if away or any(side.counts.unread for side in self.sides) else math.inf
