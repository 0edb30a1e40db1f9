"""Baseline, candidates and their differences in columns on one scale: axes, lines and the band that doesn't matter."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assay.model.comparison.answer import Comparison, MetricComparison
from assay.model.comparison.difference import Difference
from assay.model.comparison.side import Side
from assay.model.metric import MetricUnit
from assay.view.charts.comparison import marks
from assay.view.charts.comparison.zones import Zones, zones
from assay.view.charts.picture import (
    BASELINE,
    CANDIDATE,
    axis_title,
    blank,
    category,
    right_axis,
    span,
    staggered,
    ticks,
)
from assay.view.text.comparison.facts import quantity
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.numbers import Scale, count

_SEEDS, _EXAMPLES, _SECOND_ROW = 510, 400, 48
_PLOT = 400.0
# How many characters of a name fit below one of so many columns on a phone, from the last column's number.
_WIDTHS = {3: 10, 6: 11}
_CROWDED = 4


@dataclass(frozen=True, slots=True)
class ColumnDrawing:
    """Column 0 is the baseline, then one column a candidate; a single candidate has a difference column too."""

    comparison: Comparison
    scale: Scale

    @property
    def first(self) -> MetricComparison:
        """The metric that is drawn."""
        return self.comparison.first

    @property
    def single(self) -> bool:
        """Whether there is one candidate."""
        return self.comparison.single

    @property
    def only(self) -> Difference:
        """The difference of a single candidate."""
        return self.first.candidates[0].difference

    @property
    def last(self) -> int:
        """The column furthest to the right."""
        return 2 if self.single else len(self.first.candidates)

    @property
    def base(self) -> float | None:
        """The baseline's value as shown; differences start there."""
        value = self.first.baseline.value
        return None if value is None else self.scale.shown(value)

    @property
    def differs(self) -> bool:
        """Whether there is any difference to draw."""
        return any(candidate.difference.value is not None for candidate in self.first.candidates)

    @property
    def zones(self) -> Zones | None:
        """What lies behind the differences."""
        return zones(self.first.metric, self.comparison.rules.aim, self.scale) if self.differs else None

    @property
    def _crowded(self) -> bool:
        """Whether a phone has room for small marks only, and for labels on two levels."""
        return self.last >= _CROWDED

    def pen(self) -> marks.Pen:
        """A figure with axes and lines, and what draws on it; seeds are grey where a side has fewer than three."""
        low, high = self._range()
        height = _SEEDS if self.comparison.over_seeds else _EXAMPLES
        figure = blank(height + (_SECOND_ROW if self._crowded else 0), right_axis=self.differs)
        self._axes(figure, low, high)
        if self.base is not None:
            self._lines(figure, self.base)
            if self.zones:
                self._zones(figure, self.base, self.zones, (low, high))
        few = self.comparison.over_seeds and any(side.replicates < 3 for side in self.first.sides)
        return marks.Pen(
            figure,
            self.scale,
            BASELINE if few else CANDIDATE,
            pixel=(high - low) / _PLOT,
            columns=self.last + 1,
            large=7 if self._crowded else 9,
        )

    def touched(self, column: int, side: Side) -> list[float]:
        """What a side's own marks touch; candidates among several have their difference's interval instead."""
        found = [*side.sample.scores, *([] if side.value is None else [side.value])]
        return [*found, *marks.ends(side.interval)] if self.single or column == 0 else found

    def _range(self) -> tuple[float, float]:
        """What the left axis must hold, in the shown unit."""
        shown = [self.scale.shown(v) for at, side in enumerate(self.first.sides) for v in self.touched(at, side)]
        if self.base is not None:
            for candidate in self.first.candidates:
                shown += [self.base + self.scale.shown(v) for v in marks.reach(candidate.difference, pairs=self.single)]
            if self.zones and not self._squashing(self.zones, shown):
                shown += [self.base + end for end in self.zones.ends]
        return span(shown, below=0.16, above=0.2)

    def _squashing(self, zones: Zones, shown: Sequence[float]) -> bool:
        """Whether the zones would leave the data less than a third of the picture."""
        size = max(shown) - min(shown)
        wide = 2 * max(map(abs, zones.ends)) > 3 * size
        return wide and (size > 0 or not self.comparison.over_seeds)

    def _axes(self, figure: go.Figure, low: float, high: float) -> None:
        labels = self._labels()
        figure.update_xaxes(
            range=[-0.5, self.last + 0.5],
            tickmode="array",
            tickvals=list(range(len(labels))),
            ticktext=labels,
            tickangle=0,
            tickfont={"size": 12 if self.last > 2 else 13},
        )
        marked = ticks(low, high)
        if self.first.metric.unit is MetricUnit.SHARE:
            marked = marked.within(0.0, self.scale.shown(1.0))
        figure.update_layout(yaxis={"range": [low, high], **marked.axis(), "tickfont": {"size": 13}})
        title = safe(self.scale.header(short(quantity(self.first), 26)))
        metric = self.first.metric
        axis_title(figure, title if metric.assumed else f"{title} ({metric.direction.better} is better)")
        if self.base is not None and self.differs:
            unit = f", {self.scale.difference_unit}" if self.scale.difference_unit else ""
            right_axis(figure, low - self.base, high - self.base, f"difference{unit}")

    def _labels(self) -> Sequence[str]:
        """Names below the columns, and what the numbers above rest on."""
        width = _WIDTHS.get(self.last, 12)
        found = [category(side.label, self._size(side), width=width) for side in self.first.sides]
        found = staggered(found) if self._crowded else found
        return [*found, category("difference", self._pairing())] if self.single and self.differs else found

    def _size(self, side: Side) -> str:
        """How many seeds; or how many examples both sides share, all of a side's own where they share none."""
        if side.examples is None:
            return f"n = {side.replicates:,}"
        return f"n = {count(self._shared or side.examples.n, 'example').replace(' ', '<br>')}"

    def _pairing(self) -> str:
        if self.comparison.over_seeds and self.only.paired:
            return count(self.only.pairs, "pair")
        return "paired" if self._shared else "unpaired"

    @property
    def _shared(self) -> int:
        """How many examples both sides have."""
        examined = self.first.candidates[0].examined
        return examined.n if examined else 0

    def _lines(self, figure: go.Figure, base: float) -> None:
        """The baseline's value, and the mean of a single candidate's seeds."""
        dashed = {"color": BASELINE, "width": 1.5, "dash": "dash"}
        figure.add_shape(type="line", x0=-0.2, x1=self.last + 0.5, y0=base, y1=base, layer="below", line=dashed)
        candidate = self.first.candidates[0].side.value if self.single and self.comparison.over_seeds else None
        if candidate is not None:
            y, dotted = self.scale.shown(candidate), {"color": CANDIDATE, "width": 1, "dash": "dot"}
            figure.add_shape(type="line", x0=1.2, x1=self.last + 0.5, y0=y, y1=y, layer="below", line=dotted)

    def _zones(self, figure: go.Figure, base: float, zones: Zones, seen: tuple[float, float]) -> None:
        """Behind the differences; named below those of single seeds, a margin at its line."""
        zones.behind_columns(figure, base, (1.5 if self.single else 0.5, self.last + 0.5), seen)
        if not self.single or not self.comparison.over_seeds:
            return
        lowest = base + min([zones.low, *(self.scale.shown(v) for v in marks.reach(self.only, pairs=True))])
        at, above = (base + zones.ends[0], zones.ends[0] > 0) if zones.strict else (lowest, False)
        if not seen[0] < at < seen[1]:
            return
        figure.add_annotation(
            text=zones.label,
            x=2.0,
            y=at,
            yanchor="bottom" if above else "top",
            yshift=4 if above else -4,
            showarrow=False,
            font={"size": 12},
        )
