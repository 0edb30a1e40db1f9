"""One objective as an axis: from where to where, log or not, and where its threshold lies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from assay.model.criteria import Limit
from assay.model.metric import Direction, Metric
from assay.model.tradeoffs.front import Front
from assay.view.charts.picture import Ticks, decades, ticks
from assay.view.charts.tradeoffs.marks import beaten
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.numbers import Scale
from assay.view.text.tradeoffs.scale import scale_of, way

_DECADES = 30.0
_BEYOND, _REACH, _FAR = 1.5, 0.6, 2.5
_ROOM = 0.09
_NAME = 40


@dataclass(frozen=True)
class ObjectiveAxis:
    """What is drawn along it; `main`: values that have to be seen, `others`: those that may lie outside, as logged.

    `ends` of intervals are drawn as far as they do not squash the rest.
    """

    metric: Metric
    scale: Scale
    main: tuple[float, ...]
    others: tuple[float, ...]
    ends: tuple[float, ...]
    limit: Limit | None

    @cached_property
    def log(self) -> bool:
        """Whether the values that have to be seen span more than a plain axis could tell apart."""
        return min(self.main) > 0 and max(self.main) / min(self.main) >= _DECADES

    def place(self, value: float) -> float:
        """Where a value as logged stands; below everything where a log axis has no place for it."""
        shown = self.scale.shown(value)
        if not self.log:
            return shown
        return math.log10(shown) if shown > 0 else -math.inf

    @cached_property
    def range(self) -> tuple[float, float]:
        """Both ends of the axis, with room for marks."""
        low, high = self.extent
        room = _ROOM * (high - low)
        return low - room, high + room

    @cached_property
    def extent(self) -> tuple[float, float]:
        """Both ends of what is drawn, without room."""
        main, others = ([self.place(value) for value in values] for values in (self.main, self.others))
        others = [place for place in others if math.isfinite(place)]
        low, high = min(main), max(main)
        # One alone spans nothing: then the others do, but for those far from most of them.
        size = high - low if _apart(main) or not others else _FAR * median(max(low - p, p - high) for p in others)
        bottom, top = low - _BEYOND * size, high + _BEYOND * size
        near = [place for place in others if bottom <= place <= top]
        reach = low - _REACH * size, high + _REACH * size
        near += [max(reach[0], min(reach[1], place)) for place in map(self.place, self.ends) if math.isfinite(place)]
        if self.limit is not None and bottom <= self.place(self.limit.value) <= top:
            near.append(self.place(self.limit.value))
        return _extent([low, high, *near])

    def with_unit(self, place: float) -> str:
        """The value at a place of the axis."""
        return self.scale.value((10.0**place if self.log else place) / self.scale.factor)

    def holds(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        low, high = self.range
        return low <= self.place(value) <= high

    @property
    def up(self) -> bool:
        """Whether more is better."""
        return self.metric.direction is Direction.MAXIMIZE

    @property
    def title(self) -> str:
        """The objective as logged, its unit, which way it gets better, and what kind of axis this is."""
        name = self.scale.header(short(self.metric.name, _NAME))
        return f"{safe(name)} ({way(self.metric)}{', log' if self.log else ''})"

    @property
    def ticks(self) -> Ticks:
        """Where the axis has its marks; a log axis in powers of ten."""
        low, high = self.range
        if not self.log:
            return ticks(low, high, most=6)
        marked = decades(low, high)
        return Ticks(tuple(math.log10(value) for value in marked.values), marked.texts)


def axis(found: Front, objective: int) -> ObjectiveAxis:
    """Who may be on the front or was asked for has to be seen; everything else where it does not squash that."""
    shown = {place for place in found.seen if not beaten(found, place)} or set(range(len(found.points)))
    values = [point.values[objective] for point in found.points]
    intervals = [seen.sides[objective].interval for place, seen in found.seen.items() if place in shown and seen.sides]
    return ObjectiveAxis(
        found.metrics[objective],
        scale_of(found, objective),
        tuple(value for place, value in enumerate(values) if place in shown),
        tuple(value for place, value in enumerate(values) if place not in shown),
        tuple(end for interval in intervals if interval for end in (interval.low, interval.high)),
        found.limits[objective] if found.limits else None,
    )


def _extent(places: Sequence[float]) -> tuple[float, float]:
    """From the lowest to the highest, never the same."""
    low, high = min(places), max(places)
    pad = 0.0 if _apart(places) else abs(high) * 0.05 or 0.5
    return low - pad, high + pad


def _apart(places: Sequence[float]) -> bool:
    low, high = min(places), max(places)
    return high - low > 1e-12 * max(abs(low), abs(high))
