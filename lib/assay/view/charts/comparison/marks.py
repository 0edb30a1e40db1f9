"""The marks of a comparison: seeds, values, intervals and differences, always the same shapes and sizes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.procedure import Interval
from assay.model.comparison.side import Replicate, Side
from assay.view.charts.comparison import swarm
from assay.view.charts.picture import BASELINE, SEED_LINE
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, percent

_GLYPHS = {Verdict.BETTER: "triangle-up", Verdict.WORSE: "triangle-down"}
# Plotly's triangles cover little more than half of a circle of the same size, and would drown in their interval.
_DIAMOND, _TRIANGLE = 15, 20
# What keeps a label clear of the largest mark below it.
ABOVE = 11

Spots = dict[str, tuple[float, float]]


def ends(interval: Interval | None) -> list[float]:
    """Both limits, or nothing."""
    return [] if interval is None else [interval.low, interval.high]


def reach(difference: Difference, *, pairs: bool) -> list[float]:
    """Every value that a drawn difference touches, with its pairs or without."""
    single = [one for _, one in difference.values] if pairs else []
    value = [] if difference.value is None else [difference.value]
    return [*value, *ends(difference.interval), *ends(difference.bootstrap_interval), *single]


def difference_lines(scale: Scale, difference: Difference) -> list[str]:
    """The lines of a difference's label: the number with its unit, then its interval; none without a number."""
    if difference.value is None:
        return []
    number = f"{scale.bare(difference.value, signed=True)} {scale.points(difference.value)}"
    if difference.interval is None:
        return [number]
    return [number, f"[{', '.join(scale.ends(difference.interval.low, difference.interval.high))}]"]


def beside(difference: Difference) -> Interval | None:
    """The bootstrap interval where it says something that the headline interval doesn't."""
    thick, thin = difference.interval, difference.bootstrap_interval
    return None if thick is None or thin is None or thin.procedure == thick.procedure else thin


def glyph(verdict: Verdict, colour: str) -> dict[str, object]:
    """The mark of a mean difference: up or down where it is shown to be better or worse, else a diamond."""
    symbol = _GLYPHS.get(verdict)
    return {"symbol": symbol or "diamond", "size": _TRIANGLE if symbol else _DIAMOND, "color": colour}


def pairs(comparison: Comparison) -> int:
    """How many pairs the picture shows; none where several candidates share it."""
    difference = comparison.first.candidates[0].difference
    return difference.pairs if comparison.single and difference.paired else 0


def lined(comparison: Comparison) -> bool:
    """Whether lines join the pairs."""
    few = all(side.replicates <= swarm.MOST_LINED for side in comparison.first.sides)
    return few and pairs(comparison) > 0


def limits(scale: Scale, interval: Interval | None, *, signed: bool) -> str:
    """A line for hovering; empty without an interval."""
    if interval is None:
        return ""
    said = scale.limits(interval.low, interval.high, signed=signed)
    return f"<br>{percent(interval.level)} {safe(interval.method)}: {said}"


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on `figure`; `pixel`: the height of one in the shown unit, `columns`: how many, `large`: px of few dots."""

    figure: go.Figure
    scale: Scale
    colour: str
    pixel: float
    columns: int
    large: int

    def _style(self, column: int) -> dict[str, object]:
        if column == 0:
            return {"symbol": "square", "color": BASELINE}
        return {"symbol": "circle", "color": self.colour}

    def seeds(self, column: int, side: Side, start: float) -> Spots:
        """One side's seeds, sideways away from its value; where each one that is drawn landed."""
        ordered = sorted(_scored(side), key=lambda found: (found[0], found[1].run_ids))
        drawn = [ordered[i] for i in swarm.chosen([score for score, _ in ordered])]
        values = [self.scale.shown(score) for score, _ in drawn]
        dots = swarm.dots(side.replicates, large=self.large)
        xs = self._aside(values, start, 1 if column == 0 else -1, dots)
        who = f"<b>{safe(side.label)}</b><br>seed "
        hover = [f"{who}{safe(one.seed or 'not logged')}: {self.scale.value(score)}" for score, one in drawn]
        self.points(xs, values, hover, {**self._style(column), **dots.style})
        spots = zip(drawn, xs, values, strict=True)
        return {one.seed: (x, y) for (_, one), x, y in spots if one.seed is not None}

    def _aside(self, values: Sequence[float], start: float, away: Literal[-1, 1], dots: swarm.Dots) -> list[float]:
        step = swarm.step(dots.size, self.columns)
        return swarm.places(values, start, away, self.pixel * (dots.size + 1), step)

    def pairs(self, left: Spots, right: Spots) -> None:
        """Thin lines between the same seeds, below everything else."""
        xs: list[float | None] = []
        ys: list[float | None] = []
        for seed in sorted(left.keys() & right.keys()):
            xs += [left[seed][0], right[seed][0], None]
            ys += [left[seed][1], right[seed][1], None]
        style = {"color": SEED_LINE, "width": 1}
        self.figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", hoverinfo="skip", line=style))
        self.figure.data = (self.figure.data[-1], *self.figure.data[:-1])

    def value(self, x: float, column: int, side: Side, hover: str) -> None:
        """A side's value with its headline interval."""
        style = self._style(column)
        self.bar(x, side.interval, str(style["color"]), 6, "y")
        self.points([x], [self.scale.shown(side.value or 0.0)], [hover], {**style, "size": 15})

    def paired_differences(self, x: float, difference: Difference) -> None:
        """One small dot a pair, left of `x`."""
        drawn = [difference.values[i] for i in swarm.chosen([value for _, value in difference.values])]
        values = [self.scale.shown(value) for _, value in drawn]
        dots = swarm.dots(len(difference.values), large=6)
        hover = [f"seed {safe(seed)}: {self.scale.difference(value)}" for seed, value in drawn]
        style = {**dots.style, "color": self.colour}
        self.points(self._aside(values, x, -1, dots), values, hover, style, axis="y2")

    def difference(self, x: float, at: float, candidate: Candidate, *, limited: bool) -> None:
        """The difference with its interval at `x`, the bootstrap's at `at`, on the right axis.

        `limited`: hovering says the interval too.
        """
        difference = candidate.difference
        self.bar(x, difference.interval, self.colour, 6, "y2")
        self.bar(at, beside(difference), self.colour, 1.75, "y2")
        hover = f"<b>{safe(candidate.side.label)}</b><br>{self.scale.difference(difference.value)}"
        hover += limits(self.scale, difference.interval, signed=True) if limited else ""
        style = glyph(difference.verdict, self.colour)
        self.points([x], [self.scale.shown(difference.value or 0.0)], [hover], style, axis="y2")

    def difference_label(self, x: float, difference: Difference) -> None:
        """The number and its interval above everything in the difference's column."""
        number, *rest = difference_lines(self.scale, difference)
        text = "<br>".join([f"<b>{number.replace(' ', '</b> ', 1)}", *rest])
        self.text(text, x, self.scale.shown(max(reach(difference, pairs=True))), axis="y2")

    def text(self, text: str, x: float, y: float, *, up: bool = True, axis: str | None = None) -> None:
        """A label clear of the marks at `y`, above or below them."""
        self.figure.add_annotation(
            text=text,
            x=x,
            y=y,
            yref=axis,
            yanchor="bottom" if up else "top",
            yshift=ABOVE if up else -ABOVE,
            showarrow=False,
            font={"size": 14},
        )

    def bar(self, x: float, interval: Interval | None, colour: str, width: float, axis: str) -> None:
        """An interval as a vertical bar at `x`."""
        if interval is None:
            return
        ys = [self.scale.shown(end) for end in ends(interval)]
        line = {"color": colour, "width": width}
        self.figure.add_trace(go.Scatter(x=[x, x], y=ys, mode="lines", hoverinfo="skip", line=line, yaxis=axis))

    def points(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        hover: Sequence[str],
        style: dict[str, object],
        axis: str = "y",
    ) -> None:
        """Markers with what hovering says."""
        self.figure.add_trace(
            go.Scatter(x=xs, y=ys, mode="markers", hovertext=hover, hoverinfo="text", marker=style, yaxis=axis)
        )


def _scored(side: Side) -> list[tuple[float, Replicate]]:
    return [(one.score, one) for one in side.sample.replicates if one.score is not None]
