"""Baseline, candidates and their differences in one picture, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assay.model.comparison import Candidate, Comparison, Direction, Side
from assay.view.charts.comparison import intervals, marks, swarm
from assay.view.charts.picture import (
    BAND,
    BASELINE,
    CANDIDATE,
    Picture,
    axis_title,
    blank,
    category,
    right_axis,
    span,
    staggered,
    ticks,
)
from assay.view.text.comparison import sentences
from assay.view.text.comparison.names import method
from assay.view.text.escape import flat, short
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, count, percent

HEIGHT = 510
MOST_COLUMNS = 6
_PLOT = 400.0
# How many characters of a name fit below one of so many columns on a phone, from the last column's number.
_WIDTHS = {3: 10, 6: 11}
_CROWDED = 4
_SECOND_ROW = 48
# So many characters of labels fit beside each other on a phone.
_PHONE = 40
_TWO = 27


def picture(comparison: Comparison, scale: Scale, *, smallest: float | None = None) -> Picture | None:
    """The figure; None when no side has a score. `smallest`: half the band of differences that don't matter."""
    if not any(side.sample.scores for side in _sides(comparison)):
        return None
    if len(comparison.candidates) > MOST_COLUMNS:
        return intervals.picture(comparison, scale, smallest=smallest)
    return Picture(
        figure=_Drawing(comparison, scale, smallest).figure(),
        alt=sentences.headline(comparison, scale, name=flat),
        caption=_caption(comparison, scale, smallest),
    )


def _sides(comparison: Comparison) -> list[Side]:
    return [comparison.baseline, *(c.side for c in comparison.candidates)]


def _caption(comparison: Comparison, scale: Scale, smallest: float | None) -> str:
    """How to read it, and what it can't show."""
    candidates = comparison.candidates
    single = len(candidates) == 1
    parts = [_dots(comparison)]
    methods = ", ".join(sorted({method(c.difference.interval.method) for c in candidates if c.difference.interval}))
    level = percent(comparison.level)
    own = next((method(side.interval.method) for side in _sides(comparison) if side.interval), "")
    if methods and single and own == methods:
        parts.append(f"Thick: {level} intervals by {own}.")
    elif methods and single:
        parts.append(f"Thick: {level} {own} interval, of the difference: {methods}.")
    elif methods:
        parts.append(f"Thick: {level} interval of the difference to the baseline by {methods}, on the right axis.")
    if thin := next(filter(None, (marks.beside(c.difference) for c in candidates)), None):
        parts.append(f"Thin: {method(thin.method)}.")
    if methods:
        parts.append("The right axis is 0 at the baseline's mean and has the scale of the left.")
    if smallest:
        parts.append(f"Grey band: ±{scale.limit(smallest)}, too small to matter by the policy.")
    parts.append("The picture can't show whether the difference holds on other data.")
    return " ".join(parts)


def _dots(comparison: Comparison) -> str:
    """What the dots are, how many of them are drawn, and whether lines join them."""
    sizes = sorted({side.replicates for side in _sides(comparison) if side.replicates > swarm.MOST})
    text = "Dots are seeds"
    if sizes:
        text = f"Dots: {swarm.MOST} of {' or '.join(f'{n:,}' for n in sizes)} seeds a side"
        if (pairs := _pairs(comparison)) > swarm.MOST:
            text += f" and {swarm.MOST} of {pairs:,} pairs"
        text += ", evenly over their order, lowest and highest among them"
    if _lined(comparison):
        text += ", lines join the same seed"
    elif _pairs(comparison):
        text += f". Lines between the same seeds are drawn up to {swarm.MOST_LINED} seeds a side only"
    return f"{text}."


def _pairs(comparison: Comparison) -> int:
    """How many pairs the picture shows; none where several candidates share it."""
    candidates = comparison.candidates
    return candidates[0].difference.pairs if len(candidates) == 1 and candidates[0].difference.paired else 0


def _lined(comparison: Comparison) -> bool:
    """Whether lines join the pairs."""
    few = all(side.replicates <= swarm.MOST_LINED for side in _sides(comparison))
    return few and _pairs(comparison) > 0


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Column 0 is the baseline, then one column a candidate; a single candidate has a difference column too."""

    comparison: Comparison
    scale: Scale
    smallest: float | None

    @property
    def single(self) -> bool:
        return len(self.comparison.candidates) == 1

    @property
    def last(self) -> int:
        """The column furthest to the right."""
        return 2 if self.single else len(self.comparison.candidates)

    @property
    def base(self) -> float | None:
        """The baseline's mean as shown; differences start there."""
        mean = self.comparison.baseline.mean
        return None if mean is None else self.scale.shown(mean)

    @property
    def differs(self) -> bool:
        """Whether there is any difference to draw."""
        return any(c.difference.mean is not None for c in self.comparison.candidates)

    def figure(self) -> go.Figure:
        low, high = self.range()
        sides = _sides(self.comparison)
        few = any(side.replicates < 3 for side in sides)
        figure = blank(HEIGHT + (_SECOND_ROW if self.crowded else 0), right_axis=self.differs)
        self.axes(figure, low, high)
        self.lines(figure)
        colour = BASELINE if few else CANDIDATE
        pen = marks.Pen(
            figure,
            self.scale,
            colour,
            pixel=(high - low) / _PLOT,
            columns=self.last + 1,
            large=7 if self.crowded else 9,
        )
        spots = [pen.seeds(column, side, self.start(column)) for column, side in enumerate(sides)]
        if _lined(self.comparison):
            pen.pairs(spots[0], spots[1])
        for column, side in enumerate(sides):
            if self.single or column == 0:
                pen.mean(column, side)
            self.label(figure, column, side)
        if self.base is not None:
            for column, candidate in enumerate(self.comparison.candidates, start=1):
                self.difference(pen, column, candidate)
        return figure

    @property
    def crowded(self) -> bool:
        """Whether a phone has room for small marks only, and for labels on two levels."""
        return self.last >= _CROWDED

    def start(self, column: int) -> float:
        """Where a column's seeds begin; candidates among several leave room for their difference."""
        if self.single:
            return column
        return 0.04 if column == 0 else column - 0.16

    def range(self) -> tuple[float, float]:
        """What the left axis must hold, in the shown unit."""
        seen: list[float] = []
        for column, side in enumerate(_sides(self.comparison)):
            seen += [s.value for s in side.sample.scores]
            seen += marks.ends(side.interval) if self.single or column == 0 else []
        shown = [self.scale.shown(v) for v in seen]
        if self.base is not None:
            for candidate in self.comparison.candidates:
                shown += [self.base + self.scale.shown(v) for v in marks.reach(candidate.difference, pairs=self.single)]
            if self.smallest and not self.squashing(shown):
                shown += [self.base + sign * self.scale.shown(self.smallest) for sign in (-1, 1)]
        return span(shown, below=0.16, above=0.2)

    def squashing(self, shown: Sequence[float]) -> bool:
        """Whether the band would leave the data less than a third of the picture."""
        return 2 * self.scale.shown(self.smallest or 0.0) > 3 * (max(shown) - min(shown)) > 0

    def axes(self, figure: go.Figure, low: float, high: float) -> None:
        width = _WIDTHS.get(self.last, 12)
        labels = [category(s.sample.label, f"n = {s.replicates:,}", width=width) for s in _sides(self.comparison)]
        labels = staggered(labels) if self.crowded else labels
        if self.single and self.differs:
            difference = self.comparison.candidates[0].difference
            labels.append(category("difference", count(difference.pairs, "pair") if difference.paired else "unpaired"))
        figure.update_xaxes(
            range=[-0.5, self.last + 0.5],
            tickmode="array",
            tickvals=list(range(len(labels))),
            ticktext=labels,
            tickangle=0,
            tickfont={"size": 12 if self.last > 2 else 13},
        )
        figure.update_layout(yaxis={"range": [low, high], **ticks(low, high).axis(), "tickfont": {"size": 13}})
        better = "higher" if self.comparison.direction is Direction.MAXIMIZE else "lower"
        axis_title(figure, f"{safe(self.scale.header(short(self.comparison.metric, 26)))} ({better} is better)")
        if self.base is not None and self.differs:
            unit = f", {self.scale.difference_unit}" if self.scale.difference_unit else ""
            right_axis(figure, low - self.base, high - self.base, f"difference{unit}")

    def lines(self, figure: go.Figure) -> None:
        """The baseline's mean, the candidate's where it is alone, and the band that doesn't matter."""
        if self.base is None:
            return
        end = self.last + 0.5
        dashed = {"color": BASELINE, "width": 1.5, "dash": "dash"}
        figure.add_shape(type="line", x0=-0.2, x1=end, y0=self.base, y1=self.base, layer="below", line=dashed)
        candidate = self.comparison.candidates[0].side.mean if self.single else None
        if candidate is not None:
            y, dotted = self.scale.shown(candidate), {"color": CANDIDATE, "width": 1, "dash": "dot"}
            figure.add_shape(type="line", x0=1.2, x1=end, y0=y, y1=y, layer="below", line=dotted)
        if self.smallest and self.differs:
            self.band(figure, self.base, self.scale.shown(self.smallest), end)

    def band(self, figure: go.Figure, base: float, half: float, end: float) -> None:
        start = 1.5 if self.single else 0.5
        box = {"y0": base - half, "y1": base + half, "layer": "below", "fillcolor": BAND, "line": {"width": 0}}
        figure.add_shape(type="rect", x0=start, x1=end, **box)
        if not self.single:
            return
        lowest = [self.scale.shown(v) for v in marks.reach(self.comparison.candidates[0].difference, pairs=True)]
        figure.add_annotation(
            text=f"±{self.scale.limit(self.smallest or 0.0)}: too small<br>to matter",
            x=(start + end) / 2,
            y=base + min([-half, *lowest]),
            yanchor="top",
            yshift=-4,
            showarrow=False,
            font={"size": 12},
        )

    def label(self, figure: go.Figure, column: int, side: Side) -> None:
        """Mean ± std outside the cloud: above the higher side, below the lower one."""
        if side.mean is None:
            return
        seen = [s.value for s in side.sample.scores]
        if self.single or column == 0:
            seen += marks.ends(side.interval)
        elif self.comparison.baseline.mean is not None:
            difference = self.comparison.candidates[column - 1].difference
            seen += [self.comparison.baseline.mean + end for end in marks.reach(difference, pairs=False)]
        up = column > 0 if not self.single else self.higher(column)
        figure.add_annotation(
            text=self.mean_label(column, side),
            x=column - 0.1 if self.single and column == 0 else column,
            y=self.scale.shown(max(seen) if up else min(seen)),
            yanchor="bottom" if up else "top",
            yshift=marks.ABOVE if up else -marks.ABOVE,
            showarrow=False,
            font={"size": 14},
        )

    def mean_label(self, column: int, side: Side) -> str:
        """Mean ± std as far as a phone has room for it: below each other, or the mean alone."""
        mean = f"<b>{self.scale.bare(side.mean)}</b>"
        if side.std is None:
            return mean
        length = len(self.scale.spread(side.mean, side.std))
        if not self.single:
            return f"{mean} ± {self.scale.bare(side.std)}" if length * (self.last + 1) <= _PHONE else mean
        difference = self.comparison.candidates[0].difference
        beside = max(map(len, marks.difference_lines(self.scale, difference)), default=0) if column else 0
        return f"{mean}{'<br>' if length + beside > _TWO else ' '}± {self.scale.bare(side.std)}"

    def higher(self, column: int) -> bool:
        """Whether this of the two sides has the higher mean; the candidate, when they are the same."""
        baseline, candidate = self.comparison.baseline.mean, self.comparison.candidates[0].side.mean
        if baseline is None or candidate is None:
            return True
        return (candidate >= baseline) == (column == 1)

    def difference(self, pen: marks.Pen, column: int, candidate: Candidate) -> None:
        """The difference on the right axis, in its own column where there is one candidate."""
        if candidate.difference.mean is None:
            return
        x = 2.0 if self.single else column + 0.18
        if self.single and candidate.difference.values:
            pen.paired_differences(x - 0.17, candidate.difference)
        pen.difference(x, x + (0.18 if self.single else 0.14), candidate)
        if self.single:
            pen.difference_label(x, candidate.difference)
