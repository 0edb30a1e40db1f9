"""Several tasks as pictures: aggregates with intervals, performance profiles, and what was reached at each step."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assay.model.comparison.answer import Comparison
from assay.model.comparison.tasks import Aggregate, Curve, Estimate, OverTasks
from assay.view.charts.picture import BASELINE, CANDIDATE, Picture, axis_title, blank, fitting, span, ticks
from assay.view.text.comparison.facts import quantity
from assay.view.text.comparison.headline import headline
from assay.view.text.comparison.tasks import TERMS, read, scale, tasks
from assay.view.text.escape import flat, sentence, short
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, percent

MOST = 6
_SECOND = "#8E63B8"
_COLOURS, _DASHES = (CANDIDATE, _SECOND), ("solid", "dash", "dot")
_ROW, _PROFILE, _KEY = 40, 330, 20
_NAME = 34
_FEW_BANDS = 3
_RARE = 0.05
_SHARES = Scale(100.0, "%", "points", 0)


@dataclass(frozen=True, slots=True)
class Style:
    """How one side is drawn, everywhere on the page."""

    colour: str
    dash: str
    symbol: str


def aggregates(found: Comparison, shown: Scale) -> Picture | None:
    """A single candidate and the baseline by every aggregate, of several the interquartile mean; None without tasks."""
    over = found.first.tasks
    if over is None or not over.sides:
        return None
    names = list(Aggregate) if found.single else [Aggregate.IQM]
    rows = [
        (f"{safe(_name(found, place))}, {TERMS[name]}" if found.single else safe(_name(found, place)), place, known)
        for name in names
        for place in _drawn(over)
        if (known := over.sides[place].aggregates.get(name))
    ]
    figure = blank(90 + _ROW * len(rows))
    values = [shown.shown(end) for _, _, one in rows for end in _ends(one)]
    low, high = span(values, below=0.05, above=0.05)
    figure.update_yaxes(visible=False, range=[-0.5, len(rows) - 0.1])
    what = f"{'' if found.single else f'{TERMS[Aggregate.IQM]} of '}{_scores(found)}"
    figure.update_xaxes(range=[low, high], showgrid=True, title=safe(short(what, 60)), **ticks(low, high).axis())
    for position, (label, place, estimate) in enumerate(reversed(rows)):
        _row(figure, position, f"<b>{label}</b>  {shown.bare(estimate.value)}", estimate, shown, style(place), low)
    made = f"Thick: {percent(found.rules.level)} interval by percentile stratified bootstrap. "
    gap = "Of the optimality gap less is better. " if over.target is not None and found.single else ""
    caption = f"{sentence(tasks(over))}: {sentence(scale(over))}. {made}{gap}The picture can't show new tasks."
    return Picture(figure, headline(found, shown, name=flat), caption + _absent(found))


def profiles(found: Comparison, shown: Scale) -> Picture | None:
    """The share of runs that are better than each score, a falling curve a side; None without tasks."""
    over = found.first.tasks
    if over is None or len(over.thresholds) < 2:
        return None
    xs = [shown.shown(at) for at in over.thresholds]
    curves = {place: over.sides[place].profile for place in _drawn(over)}
    figure = _lines(found, xs, curves, _SHARES, "share of runs, %")
    way = "above" if found.first.metric.direction.gain(1.0) > 0 else "below"
    low, high = _telling(xs, [curve.values for curve in curves.values()])
    title = safe(short(f"{way} this {_scores(found)}", 60))
    figure.update_xaxes(title=title, range=[low, high], **ticks(low, high, most=5).axis())
    caption = (
        f"For every score the share of runs {way} it, each task weighing the same; a curve that lies higher "
        f"everywhere is better everywhere. {_bands(found, len(curves))}"
    )
    if (low, high) != (xs[0], xs[-1]):
        caption += " Not drawn: scores beyond which less than 5 % of any side's runs lie."
    return Picture(figure, f"Performance profiles of {len(curves)} sides over {len(over.tasks)} tasks", caption)


def efficiency(found: Comparison, shown: Scale) -> Picture | None:
    """The interquartile mean of every side over steps; None where no histories were read."""
    over = found.first.tasks
    reached = over.efficiency if over else None
    if over is None or reached is None or not reached.steps:
        return None
    xs = [float(step) for step in reached.steps]
    curves = {place: reached.curves[place] for place in _drawn(over)}
    figure = _lines(found, xs, curves, shown, TERMS[Aggregate.IQM])
    figure.update_xaxes(title="step", **ticks(xs[0], xs[-1], most=5).axis())
    caption = f"Each run at its last value up to a step. {_bands(found, len(curves))} {sentence(read(reached))}"
    return Picture(figure, f"{quantity(found.first)} over steps up to {reached.steps[-1]:,}", caption)


def style(place: int) -> Style:
    """Of the side at `place`: the baseline's is grey."""
    if place == 0:
        return Style(BASELINE, "solid", "square")
    return Style(_COLOURS[(place - 1) % 2], _DASHES[(place - 1) // 2 % 3], "circle")


def _telling(xs: Sequence[float], curves: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The ends of the axis: without its outer parts, where these are most of it and hold few runs of any side."""
    inner = [x for x, *shares in zip(xs, *curves, strict=True) if any(_RARE < share < 1 - _RARE for share in shares)]
    if len(inner) > 1 and 2 * (inner[-1] - inner[0]) < xs[-1] - xs[0]:
        return inner[0], inner[-1]
    return xs[0], xs[-1]


def _drawn(over: OverTasks) -> list[int]:
    """The baseline and the candidates with the highest chance of being better, in the order asked for."""
    known = [place for place in range(1, len(over.sides)) if over.sides[place].aggregates]
    chances = {place: one.value for place in known if (one := over.candidates[place - 1].improvement)}
    return [0, *sorted(sorted(known, key=lambda place: -chances.get(place, 0.0))[:MOST])]


def _absent(found: Comparison) -> str:
    over = found.first.tasks
    missing = len(over.sides) - len(_drawn(over)) if over else 0
    return f" {missing} more sides are in the table only." if missing else ""


def _bands(found: Comparison, curves: int) -> str:
    if curves > _FEW_BANDS:
        return "Bands are left out, for there are too many curves."
    return f"Bands: {percent(found.rules.level)} at each place by itself, runs drawn within each task."


def _name(found: Comparison, place: int) -> str:
    name = flat(found.labels[place])
    return short(name, fitting(name, _NAME))


def _scores(found: Comparison) -> str:
    return quantity(found.first).removeprefix(f"{found.first.statistic.term} ")


def _ends(found: Estimate) -> tuple[float, ...]:
    return (found.value, found.interval.low, found.interval.high) if found.interval else (found.value,)


def _row(figure: go.Figure, at: int, text: str, found: Estimate, shown: Scale, own: Style, left: float) -> None:
    figure.add_annotation(
        text=text, align="left", x=left, y=at, xanchor="left", yanchor="bottom", yshift=9, showarrow=False,
        font={"size": 13},
    )  # fmt: skip
    ends = [shown.shown(end) for end in _ends(found)[1:]]
    line = {"color": own.colour, "width": 5}
    figure.add_trace(go.Scatter(x=ends, y=[at] * len(ends), mode="lines", hoverinfo="skip", line=line))
    mark = {"symbol": own.symbol, "size": 12, "color": own.colour}
    hover = [f"{shown.bare(found.value)} [{', '.join(shown.bare(end) for end in _ends(found)[1:])}]"]
    where = {"x": [shown.shown(found.value)], "y": [at]}
    figure.add_trace(go.Scatter(**where, mode="markers", marker=mark, hovertext=hover, hoverinfo="text"))


def _lines(found: Comparison, xs: Sequence[float], curves: dict[int, Curve], shown: Scale, title: str) -> go.Figure:
    """A line a side with its band, named above the plot in the order asked for."""
    figure = blank(_PROFILE + 10 + _KEY * len(curves))
    figure.update_layout(margin={"t": 50 + _KEY * len(curves), "l": 36, "r": 8, "b": 4})
    axis_title(figure, safe(title))
    reach = [shown.shown(v) for curve in curves.values() for v in (*curve.values, *curve.low, *curve.high)]
    low, high = span(reach, below=0.03, above=0.05)
    figure.update_yaxes(range=[low, high], **ticks(low, high, most=5).axis())
    for position, (place, curve) in enumerate(reversed(curves.items())):
        own, name = style(place), _name(found, place)
        if len(curves) <= _FEW_BANDS:
            _band(figure, xs, [shown.shown(v) for v in curve.low], [shown.shown(v) for v in curve.high], own)
        ys = [shown.shown(v) for v in curve.values]
        hover = [f"<b>{safe(name)}</b><br>{shown.value(v)}" for v in curve.values]
        line = {"color": own.colour, "dash": own.dash, "width": 2.5}
        figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", line=line, hovertext=hover, hoverinfo="text"))
        up = 42 + _KEY * position
        key = {"xref": "paper", "yref": "paper", "yanchor": 1, "ysizemode": "pixel", "xsizemode": "pixel", "xanchor": 0}
        figure.add_shape(type="line", x0=-30, x1=2, y0=up, y1=up, line=line, **key)
        figure.add_annotation(
            text=f"<b>{safe(name)}</b>", x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="middle",
            xshift=10, yshift=up, showarrow=False, font={"size": 13},
        )  # fmt: skip
    return figure


def _band(figure: go.Figure, xs: Sequence[float], low: Sequence[float], high: Sequence[float], own: Style) -> None:
    red, green, blue = (int(own.colour[i : i + 2], 16) for i in (1, 3, 5))
    share = 0.22 if own.colour == BASELINE else 0.14
    figure.add_trace(
        go.Scatter(
            x=[*xs, *reversed(xs)], y=[*low, *reversed(high)], fill="toself", mode="none", hoverinfo="skip",
            fillcolor=f"rgba({red}, {green}, {blue}, {share})",
        )
    )  # fmt: skip
