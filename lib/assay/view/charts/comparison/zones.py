"""What lies behind differences: those too small to matter, or a margin with what it allows and what lies beyond it."""

from dataclasses import dataclass

import plotly.graph_objects as go

from assay.model.comparison.question import Aim
from assay.model.metric import Direction, Metric
from assay.view.charts.picture import BAND, WORSE
from assay.view.text.numbers import Scale

BEYOND = "rgba(201, 79, 56, 0.11)"


@dataclass(frozen=True, slots=True)
class Zones:
    """Differences from `low` to `high`, as shown, are allowed or don't matter; infinite where nothing ends them.

    `strict`: beyond is what must not be, so that the ends are lines and the rest is red.
    """

    low: float
    high: float
    strict: bool
    label: str = ""

    @property
    def ends(self) -> tuple[float, ...]:
        """Those that are somewhere."""
        return tuple(end for end in (self.low, self.high) if abs(end) < float("inf"))

    def behind_columns(
        self, figure: go.Figure, base: float, across: tuple[float, float], seen: tuple[float, float]
    ) -> None:
        """Horizontal bands on the left axis, where 0 is at `base`; `across`: the columns, `seen`: the axis' range."""
        for low, high, colour in self._bands(seen[0] - base, seen[1] - base):
            box = {"x0": across[0], "x1": across[1], "y0": base + low, "y1": base + high}
            figure.add_shape(type="rect", layer="below", fillcolor=colour, line={"width": 0}, **box)
        for end in self.ends if self.strict else ():
            line = {"x0": across[0], "x1": across[1], "y0": base + end, "y1": base + end}
            figure.add_shape(type="line", layer="below", line={"color": WORSE, "width": 2}, **line)

    def behind_rows(self, figure: go.Figure, seen: tuple[float, float]) -> None:
        """The same as vertical bands."""
        for low, high, colour in self._bands(*seen):
            figure.add_vrect(x0=low, x1=high, fillcolor=colour, line_width=0, layer="below")
        for end in self.ends if self.strict else ():
            figure.add_vline(x=end, line={"color": WORSE, "width": 2}, layer="below")

    def _bands(self, low: float, high: float) -> list[tuple[float, float, str]]:
        inner = (max(self.low, low), min(self.high, high), BAND)
        outer = [(low, self.low, BEYOND), (self.high, high, BEYOND)] if self.strict else []
        return [(start, end, colour) for start, end, colour in (inner, *outer) if start < end]


def zones(metric: Metric, aim: Aim, scale: Scale) -> Zones | None:
    """What to draw behind differences in this metric; None where nobody said what matters."""
    strict = aim is not Aim.BETTER
    size = metric.margin if strict else metric.smallest_effect
    if not size or (aim is Aim.NO_WORSE and metric.assumed):
        return None
    limit = scale.shown(size)
    if aim is Aim.NO_WORSE:
        up = metric.direction is Direction.MAXIMIZE
        sign, word = ("−", "lower") if up else ("+", "higher")
        label = f"margin {sign}{scale.limit(size)}:<br>{word} is worse than allowed"
        return Zones(-limit if up else -float("inf"), float("inf") if up else limit, strict, label)
    label = f"margin ±{scale.limit(size)}" if strict else f"±{scale.limit(size)}: too small<br>to matter"
    return Zones(-limit, limit, strict, label)
