"""What every figure shares: margins, axes, colours of marks, and what belongs beside it on the page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from assay.view.text.escape import flat, room, wrapped
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import number, plain, scientific

CANDIDATE = "#2F80D0"
BASELINE = "#727E8B"
SEED_LINE = "#98A3AE"
ZERO_LINE = "#66727E"
WORSE = "#C94F38"
BAND = "rgba(114, 126, 139, 0.18)"
_PAPER, _INK, _GRID = "#FFFFFF", "#0E151C", "#E6EAF1"
_TYPE = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Noto Sans CJK KR", sans-serif'
_EDGE = 24
_MOST_DECADES = 9


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its finding in one sentence (`alt`) and how to read it (`caption`, Markdown)."""

    figure: go.Figure
    alt: str
    caption: str


def blank(height: int, *, right_axis: bool = False) -> go.Figure:
    """A figure without traces: margins and the absence of legend, title and lines are settled here."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 36, "r": 44 if right_axis else 8, "t": 30, "b": 4},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        bargap=0,
    )
    figure.update_xaxes(showgrid=False, showline=False, zeroline=False, ticks="", fixedrange=True, automargin=True)
    figure.update_yaxes(showgrid=True, showline=False, zeroline=False, ticks="", fixedrange=True, automargin=True)
    return figure


def printed(figure: go.Figure) -> go.Figure:
    """A copy for paper: light whatever the page's theme, with margins and the page's typeface where it is installed."""
    copy = go.Figure(figure)
    margin = figure.layout.margin
    wider = {side: (margin[side] or 0) + _EDGE for side in ("l", "r", "t", "b")}
    copy.update_layout(
        template="plotly_white",
        paper_bgcolor=_PAPER,
        plot_bgcolor=_PAPER,
        font={"family": _TYPE, "color": _INK},
        margin=wider,
        height=figure.layout.height + 2 * _EDGE,
    )
    for axes in (copy.update_xaxes, copy.update_yaxes):
        axes(tickfont_color=_INK, title_font_color=_INK, gridcolor=_GRID)
    # What stands below an axis makes its own room and no margin: an empty last line is one.
    copy.for_each_xaxis(lambda axis: axis.update(title_text=f"{axis.title.text or ''}<br>\u00a0"))
    return copy


def axis_title(figure: go.Figure, text: str, *, right: bool = False) -> None:
    """The y axis' name, horizontally above it."""
    figure.add_annotation(
        text=text,
        x=1 if right else 0,
        xref="paper",
        y=1,
        yref="paper",
        xanchor="right" if right else "left",
        yanchor="bottom",
        xshift=40 if right else -34,
        yshift=10,
        showarrow=False,
        font={"size": 13},
    )


def right_axis(figure: go.Figure, low: float, high: float, title: str) -> None:
    """A second y axis at the right, for signed differences."""
    off = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    shown = ticks(low, high, signed=True).axis()
    figure.update_layout(
        yaxis2={"overlaying": "y", "side": "right", "range": [low, high], "tickfont": {"size": 13}, **off, **shown}
    )
    axis_title(figure, title, right=True)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where an axis has its ticks and what stands there; a mapping for Plotly through `axis`."""

    values: tuple[float, ...]
    texts: tuple[str, ...]

    def axis(self) -> dict[str, Any]:
        """As Plotly's axis options."""
        return {"tickmode": "array", "tickvals": self.values, "ticktext": self.texts}

    def within(self, low: float, high: float) -> "Ticks":
        """Without those that no value of the axis can have, whatever room its marks take."""
        kept = [(value, text) for value, text in zip(self.values, self.texts, strict=True) if low <= value <= high]
        return Ticks(tuple(value for value, _ in kept), tuple(text for _, text in kept))


def ticks(low: float, high: float, *, most: int = 6, signed: bool = False) -> Ticks:
    """Round values between `low` and `high` (low < high), at most `most` of them, with a real minus."""
    step = _step((high - low) / most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    values = tuple(i * step for i in range(first, last + 1))
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    if digits > 6 or max((abs(v) for v in values), default=0.0) >= 1e7:
        return Ticks(values, tuple(scientific(v, signed=signed) for v in values))
    return Ticks(values, tuple(number(v, digits, signed=signed) for v in values))


def decades(low: float, high: float) -> Ticks:
    """Ticks of a log axis at 1, 2 and 5, or at powers of ten where those are many; `low`, `high`: log10."""
    exponents = range(math.floor(low), math.ceil(high) + 1)
    fine = [factor * 10.0**power for power in exponents for factor in (1, 2, 5)]
    inside = [value for value in fine if low <= math.log10(value) <= high]
    if len(inside) > _MOST_DECADES:
        inside = [10.0**power for power in exponents if low <= power <= high]
    return Ticks(tuple(inside), tuple(map(plain, inside)))


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(m for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))


def span(values: Sequence[float], *, below: float, above: float) -> tuple[float, float]:
    """The range that holds `values` with room for labels, as shares of their own range; never empty."""
    low, high = min(values), max(values)
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        pad = abs(high) * 0.05 or 0.5
        return low - pad, high + pad
    size = high - low
    return low - below * size, high + above * size


def category(name: str, detail: str, *, width: int = 12) -> str:
    """A category's label: the name in bold on at most two lines of `width` Latin letters, then its n."""
    lines = [f"<b>{safe(line)}</b>" for line in wrapped(name, fitting(name, width))]
    return "<br>".join([*lines, detail])


def staggered(labels: Sequence[str]) -> list[str]:
    """`labels` with every second one below its neighbours, so that each has the room of two."""
    down = 1 + max((label.count("<br>") for label in labels[::2]), default=0)
    return ["<br>" * (down if i % 2 else 0) + label for i, label in enumerate(labels)]


def fitting(text: str, width: int) -> int:
    """How many characters of `text` take the room of `width` Latin letters: Hangul and its like take two each."""
    letters = flat(text)
    return max(2, width * len(letters) // room(letters)) if letters else width
