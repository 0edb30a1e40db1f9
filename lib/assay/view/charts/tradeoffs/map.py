"""Two objectives against each other: crosses, the stairs of what nobody beats, and what misses a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from assay.model.metric import Direction
from assay.model.tradeoffs.front import Front, Place
from assay.view.charts.picture import ZERO_LINE, Picture, axis_title, blank, fitting
from assay.view.charts.tradeoffs.axes import ObjectiveAxis, axis
from assay.view.charts.tradeoffs.labels import Box, Spot, beside
from assay.view.charts.tradeoffs.marks import colour, marks, width
from assay.view.text.escape import plotly as safe
from assay.view.text.escape import short
from assay.view.text.tradeoffs import pictures as words
from assay.view.text.tradeoffs.scale import missing

HEIGHT = 520
_FRAME = (400.0, 440.0)
_MISSED, _EDGE = "rgba(168, 118, 15, 0.11)", "#A8760F"
_MOST_NAMED, _NAME = 15, 24
_MOST_BEATEN = 2_000
_CORNERS = {(False, True): "↖", (True, True): "↗", (False, False): "↙", (True, False): "↘"}
_ORDER = (Place.ON_FRONT, Place.POSSIBLE, Place.BEATEN)


@dataclass(frozen=True, slots=True)
class Chart:
    """A pair of objectives: its two axes, and the points that lie within both."""

    found: Front
    across: int
    up: int
    x: ObjectiveAxis
    y: ObjectiveAxis
    inside: tuple[int, ...]

    def at(self, point: int) -> tuple[float, float]:
        """Where a point stands in the picture."""
        values = self.found.points[point].values
        return self.x.place(values[self.across]), self.y.place(values[self.up])


def picture(found: Front, across: int, up: int) -> Picture:
    """The objective `up` over the objective `across`; a point that would squash the rest is named in the caption."""
    x, y = axis(found, across), axis(found, up)
    held = [x.holds(p.values[across]) and y.holds(p.values[up]) for p in found.points]
    chart = Chart(found, across, up, x, y, tuple(place for place, within in enumerate(held) if within))
    figure = blank(HEIGHT)
    shaded = _thresholds(figure, chart)
    _stairs(figure, chart)
    drawn = _beaten(figure, chart)
    _crosses(figure, chart)
    _marks(figure, chart)
    named = _names(figure, chart)
    _axes(figure, chart)
    outside = [place for place, within in enumerate(held) if not within]
    unnamed = len(chart.inside) - named
    caption = words.map_caption(found, across, up, outside, unnamed, covered=len(chart.inside) - drawn, shaded=shaded)
    return Picture(figure, words.map_alt(found, across, up), caption)


def _thresholds(figure: go.Figure, chart: Chart) -> bool:
    """What misses a threshold, as one area with its edge and what lies in it; whether there is any."""
    (left, right), (bottom, top) = chart.x.range, chart.y.range
    x, y = (_good(own) for own in (chart.x, chart.y))
    if x == (left, right) and y == (bottom, top):
        return False
    frame = f"M{left},{bottom} L{right},{bottom} L{right},{top} L{left},{top} Z"
    hole = f"M{x[0]},{y[0]} L{x[0]},{y[1]} L{x[1]},{y[1]} L{x[1]},{y[0]} Z" if x[0] < x[1] and y[0] < y[1] else ""
    area = {"type": "path", "path": f"{frame} {hole}".strip(), "layer": "below", "line_width": 0}
    figure.add_shape(fillcolor=_MISSED, fillrule="evenodd", **area)
    if hole:
        line = {"color": _EDGE, "width": 1.5, "dash": "dash"}
        edges = [((v, v), y) for v in x if v not in (left, right)] + [(x, (v, v)) for v in y if v not in (bottom, top)]
        for (x0, x1), (y0, y1) in edges:
            figure.add_shape(type="line", x0=x0, x1=x1, y0=y0, y1=y1, line=line, layer="below")
    if chart.x.limit is not None and x != (left, right):
        spot = {"x": left if x[1] == right else right, "y": top if chart.y.up else bottom}
        _write(figure, missing(chart.x.limit, chart.x.scale), **spot, right=x[1] != right, top=chart.y.up)
    if chart.y.limit is not None and y != (bottom, top):
        spot = {"x": right if chart.x.up else left, "y": bottom if y[1] == top else top}
        _write(figure, missing(chart.y.limit, chart.y.scale), **spot, right=chart.x.up, top=y[1] != top)
    return True


def _good(own: ObjectiveAxis) -> tuple[float, float]:
    """From where to where on the axis the threshold is met; all of it without one. Empty: low end = high end."""
    low, high = own.range
    if own.limit is None:
        return low, high
    edge = min(max(own.place(own.limit.value), low), high)
    return (edge, high) if own.limit.direction is Direction.MAXIMIZE else (low, edge)


def _write(figure: go.Figure, text: str, x: float, y: float, *, right: bool, top: bool) -> None:
    figure.add_annotation(
        text=text, x=x, y=y, showarrow=False, font={"size": 12},
        xanchor="right" if right else "left", yanchor="top" if top else "bottom",
        xshift=-6 if right else 6, yshift=-4 if top else 4,
    )  # fmt: skip


def _stairs(figure: go.Figure, chart: Chart) -> None:
    if path := _path(chart):
        xs, ys = zip(*path, strict=True)
        line = {"color": ZERO_LINE, "width": 2}
        figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip"))


def _path(chart: Chart) -> list[tuple[float, float]]:
    """From each point that no other beats in these two to the next: what lies behind the line is beaten."""
    spots = sorted({chart.at(place) for place in set(_pair(chart)) & set(chart.inside)}, reverse=chart.x.up)
    if len(spots) < 2:
        return []
    low, high = chart.x.range
    path = spots[:1]
    for x, y in spots[1:]:
        path += [(x, path[-1][1]), (x, y)]
    return [*path, (low if chart.x.up else high, path[-1][1])]


def _pair(chart: Chart) -> Sequence[int]:
    first, second = sorted((chart.across, chart.up))
    return chart.found.stairs.get((first, second), ())


def _beaten(figure: go.Figure, chart: Chart) -> int:
    """Points that are not shown in full, of very many only those that stand apart; how many points are drawn."""
    rest = [place for place in chart.inside if place not in chart.found.seen]
    if len(rest) > _MOST_BEATEN:
        (left, right), (bottom, top) = chart.x.range, chart.y.range
        cells: dict[tuple[int, int], int] = {}
        for place in rest:
            x, y = chart.at(place)
            cells.setdefault((int((x - left) / (right - left) * 110), int((y - bottom) / (top - bottom) * 110)), place)
        rest = list(cells.values())
    _scatter(figure, chart, rest)
    return len(rest) + sum(place in chart.found.seen for place in chart.inside)


def _crosses(figure: go.Figure, chart: Chart) -> None:
    """Intervals along both axes."""
    found = chart.found
    for place, seen in found.seen.items():
        if place not in chart.inside or not seen.sides:
            continue
        x, y = chart.at(place)
        across, up = seen.sides[chart.across].interval, seen.sides[chart.up].interval
        xs: list[float | None] = []
        ys: list[float | None] = []
        if across:
            xs += [*_ends(chart.x, across.low, across.high), None]
            ys += [y, y, None]
        if up:
            xs += [x, x, None]
            ys += [*_ends(chart.y, up.low, up.high), None]
        line = {"color": colour(found, place), "width": width(found, place)}
        figure.add_trace(go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", connectgaps=False))


def _ends(own: ObjectiveAxis, low: float, high: float) -> tuple[float, float]:
    """Both ends of an interval as far as the axis goes."""
    bottom, top = own.range
    return max(bottom, min(top, own.place(low))), max(bottom, min(top, own.place(high)))


def _marks(figure: go.Figure, chart: Chart) -> None:
    """What is shown in full, the candidate on top."""
    found = chart.found

    def rank(place: int) -> tuple[bool, bool, int]:
        return place == found.candidate, place == found.baseline, -_ORDER.index(found.points[place].place)

    places = sorted((place for place in found.seen if place in chart.inside), key=rank)
    _scatter(figure, chart, places)


def _scatter(figure: go.Figure, chart: Chart, places: Sequence[int]) -> None:
    spots = [chart.at(place) for place in places]
    if spots:
        figure.add_trace(marks(chart.found, places, [x for x, _ in spots], [y for _, y in spots]))


def _names(figure: go.Figure, chart: Chart) -> int:
    """Names beside the marks, the most telling first; how many points have one."""
    found = chart.found

    def telling(place: int) -> tuple[bool, bool, int]:
        return place != found.candidate, place != found.baseline, _ORDER.index(found.points[place].place)

    few = len(chart.inside) <= _MOST_NAMED
    named = sorted((place for place in chart.inside if few or place in found.seen), key=telling)
    if not few:
        special = (found.candidate, found.baseline)
        named = [p for p in named if p in special or found.points[p].place is not Place.BEATEN][:_MOST_NAMED]
    asked = (found.candidate, found.baseline)
    spots = [
        Spot(
            *_pixels(chart, *chart.at(place)),
            text,
            bold=place in asked,
            leads=place in asked or found.points[place].place is Place.ON_FRONT,
        )
        for place, text in zip(named, _brief([found.points[place].label for place in named]), strict=True)
    ]
    written = 0
    for place, spot, side in zip(named, spots, beside(spots, _lines(chart), *_FRAME, _arms(chart)), strict=True):
        if side is None:
            continue
        x, y = chart.at(place)
        text = f"<b>{safe(spot.text)}</b>" if spot.bold else safe(spot.text)
        figure.add_annotation(
            x=x, y=y, text=text, showarrow=False, font={"size": 13},
            xanchor=side.xanchor, yanchor=side.yanchor, xshift=side.xshift, yshift=side.yshift,
        )  # fmt: skip
        written += 1
    return written


def _brief(labels: Sequence[str]) -> list[str]:
    """Letters that are twice as wide get half as many; those that would look alike get more."""
    texts = [short(label, fitting(label, _NAME)) for label in labels]
    return [
        text if texts.count(text) == 1 else short(label, fitting(label, 2 * _NAME))
        for label, text in zip(labels, texts, strict=True)
    ]


def _lines(chart: Chart) -> list[Box]:
    """The stairs and the edges of thresholds, in pixels."""
    (left, right), (bottom, top) = chart.x.range, chart.y.range
    path = _path(chart)
    ends = list(pairwise(path))
    if chart.x.limit and chart.x.holds(chart.x.limit.value):
        edge = chart.x.place(chart.x.limit.value)
        ends.append(((edge, bottom), (edge, top)))
    if chart.y.limit and chart.y.holds(chart.y.limit.value):
        edge = chart.y.place(chart.y.limit.value)
        ends.append(((left, edge), (right, edge)))
    drawn = [(_pixels(chart, *one), _pixels(chart, *other)) for one, other in ends]
    return [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in drawn]


def _arms(chart: Chart) -> list[Box]:
    """The arms of the crosses, in pixels."""
    found: list[Box] = []
    for place, seen in chart.found.seen.items():
        if place not in chart.inside or not seen.sides:
            continue
        x, y = chart.at(place)
        if across := seen.sides[chart.across].interval:
            left, right = _ends(chart.x, across.low, across.high)
            found.append((*_pixels(chart, left, y), *_pixels(chart, right, y)))
        if up := seen.sides[chart.up].interval:
            low, high = _ends(chart.y, up.low, up.high)
            found.append((*_pixels(chart, x, low), *_pixels(chart, x, high)))
    return found


def _pixels(chart: Chart, x: float, y: float) -> tuple[float, float]:
    """From the frame's lower left corner."""
    (left, right), (bottom, top), (width, height) = chart.x.range, chart.y.range, _FRAME
    return (x - left) / (right - left) * width, (y - bottom) / (top - bottom) * height


def _axes(figure: go.Figure, chart: Chart) -> None:
    x, y = chart.x, chart.y
    (left, right), (bottom, top) = x.range, y.range
    look = {"showgrid": False, "tickfont": {"size": 13}}
    figure.update_xaxes(range=[left, right], title=x.title, title_font={"size": 13}, **look, **x.ticks.axis())
    figure.update_yaxes(range=[bottom, top], **look, **y.ticks.axis())
    axis_title(figure, y.title)
    if not (x.metric.assumed or y.metric.assumed):
        corner = {"x": right if x.up else left, "y": top if y.up else bottom}
        text = f"<b>{_CORNERS[x.up, y.up]}</b> better"
        _write(figure, text, **corner, right=x.up, top=y.up)
