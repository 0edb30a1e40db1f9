"""What all pictures of a search share."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.model.metric import Direction, MetricUnit
from assay.model.search import Search, SearchAxis
from assay.view.charts.picture import ticks
from assay.view.text.numbers import MISSING, Scale
from assay.view.text.search import scale_of

Floats = npt.NDArray[np.float64]

_CUT = 3.0


@dataclass(frozen=True)
class Canvas:
    """What all pictures of a search share: shown scores, the range of their axis, and what is cut off there."""

    found: Search

    @cached_property
    def scale(self) -> Scale:
        """How scores are written."""
        return scale_of(self.found)

    @cached_property
    def scores(self) -> Floats:
        """In the shown unit."""
        return self.found.trials["score"].to_numpy(dtype=float) * self.scale.factor

    @cached_property
    def up(self) -> bool:
        """Whether better is higher."""
        return self.found.metric.direction is Direction.MAXIMIZE

    @cached_property
    def width(self) -> float:
        """How far below the best a trial of as many runs as usual may lie by chance, 0 where nobody knows."""
        if self.found.noise is None:
            return 0.0
        best = float(self.found.trials["n"].iloc[self.found.order[0]])
        return self.found.noise.between(best, self.found.usual) * self.scale.factor

    @cached_property
    def limits(self) -> tuple[float, float]:
        """From the worst that is shown to the best, with room: what is far below most would squash the picture."""
        worst, best = self.ends if self.up else tuple(-end for end in reversed(self.ends))
        worst = min(worst, best - 1.2 * self.width)
        room = 0.07 * (best - worst) or abs(best) * 0.05 or 0.5
        low, high = worst - room, best + room
        return (low, high) if self.up else (-high, -low)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest score that are shown."""
        better = self.scores if self.up else -self.scores
        best, middle = float(better.max()), float(np.median(better))
        worst = max(float(better.min()), best - _CUT * (best - middle)) if best > middle else float(better.min())
        return (worst, best) if self.up else (-best, -worst)

    def ticks(self, low: float, high: float, *, most: int) -> dict[str, Any]:
        """Of an axis of scores, none where no score can be."""
        marked = ticks(low, high, most=most)
        share = self.found.metric.unit is MetricUnit.SHARE
        return (marked.within(0.0, self.scale.shown(1.0)) if share else marked).axis()

    @cached_property
    def cut(self) -> npt.NDArray[np.bool_]:
        """Which trials lie beyond the worst that is shown."""
        low, high = self.limits
        return self.scores < low if self.up else self.scores > high

    @cached_property
    def foot(self) -> float:
        """Where these are drawn."""
        low, high = self.limits
        return low + 0.025 * (high - low) if self.up else high - 0.025 * (high - low)

    @property
    def band(self) -> tuple[float, float] | None:
        """From the best as far as a trial may lie below it by chance."""
        if self.found.noise is None:
            return None
        best = float(self.scores[self.found.order[0]])
        return (best - self.width, best) if self.up else (best, best + self.width)


def columns(axis: SearchAxis) -> list[str]:
    """What the steps of texts are called."""
    others = [f"{axis.others:,} others"] if axis.others else []
    return [*(text or "“”" for text in axis.texts), *others, *([MISSING] if axis.absent else [])]


def small(values: Floats) -> npt.NDArray[np.float32]:
    """Half the bytes, and more digits than pixels."""
    return np.asarray(values, dtype=np.float32)
