"""Where it broke: how many examples of each label were mended, and how many broke."""

from collections import Counter
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from assay.model.comparison.examples import Example
from assay.model.comparison.excerpts import Excerpt
from assay.view.charts.picture import WORSE, Picture, axis_title, blank, ticks
from assay.view.text.escape import flat, short
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import MINUS, count

BETTER = "#178A6E"
_ZERO = "#66727E"
_MOST = 20
_NAME = 12


def by_label(
    mended: Sequence[Example], broke: Sequence[Example], excerpts: Mapping[str, Excerpt], *, cut: bool
) -> Picture | None:
    """Bars upwards for mended and downwards for broken examples; None unless there are two labels or more.

    `cut`: more flipped than are listed.
    """
    up, down = (_counts(rows, excerpts) for rows in (mended, broke))
    labels = sorted({*up, *down}, key=_order)
    if len(labels) < 2:
        return None
    kept = sorted(sorted(labels, key=lambda one: -(up[one] + down[one]))[:_MOST], key=_order)
    figure = blank(300)
    names = [safe(short(one, _NAME)) for one in kept]
    places = list(range(len(kept)))
    for counts, sign, colour, what in ((up, 1, BETTER, "▲ mended"), (down, -1, WORSE, "▼ broke")):
        figure.add_trace(
            go.Bar(
                x=places,
                y=[sign * counts[one] for one in kept],
                marker_color=colour,
                width=0.6,
                hovertext=[f"{name}: {what} {counts[one]:,}" for one, name in zip(kept, names, strict=True)],
                hoverinfo="text",
            )
        )
    low, high = -max(down.values(), default=0), max(up.values(), default=0)
    shown = ticks(low, max(high, low + 1), most=5)
    whole = [(value, text) for value, text in zip(shown.values, shown.texts, strict=True) if value == int(value)]
    figure.update_layout(barmode="relative")
    figure.update_xaxes(tickvals=places, ticktext=names, tickangle=0, title_text="label")
    figure.update_yaxes(
        range=[low - 0.14 * (high - low), high + 0.14 * (high - low)],
        tickvals=[value for value, _ in whole],
        ticktext=[text.lstrip(MINUS) for _, text in whole],
    )
    figure.add_hline(y=0, line_color=_ZERO, line_width=2)
    axis_title(figure, "examples: ▲ mended, ▼ broke")
    return Picture(figure, _alt(kept, up, down), _caption(len(labels) - len(kept), cut=cut))


def _counts(rows: Sequence[Example], excerpts: Mapping[str, Excerpt]) -> Counter[str]:
    known = (excerpts[row.example_id].label for row in rows if row.example_id in excerpts)
    return Counter(flat(label) for label in known if label is not None)


def _order(label: str) -> tuple[int, float, str]:
    """Numbers by size, before words."""
    return (0, float(label), "") if label.lstrip("-").isdecimal() else (1, 0.0, label)


def _alt(kept: Sequence[str], up: Counter[str], down: Counter[str]) -> str:
    each = ", ".join(f"{one}: {up[one]} mended and {down[one]} broke" for one in kept)
    return f"Examples by label. {each}"


def _caption(hidden: int, *, cut: bool) -> str:
    parts = ["Counts of examples, not rates: a label with more examples flips more often."]
    if hidden:
        parts.append(f"{count(hidden, 'label')} with fewer flips left out.")
    if cut:
        parts.append("Counted are the examples that are listed, the largest changes first.")
    return " ".join(parts)
