"""Many candidates: one row each with the interval of its difference to the baseline."""

from assay.model.comparison import Candidate, Comparison
from assay.view.charts.comparison import marks, rows
from assay.view.charts.picture import Picture
from assay.view.text.comparison import sentences
from assay.view.text.escape import code, flat
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, percent


def picture(comparison: Comparison, scale: Scale, *, smallest: float | None = None) -> Picture:
    """Differences as a list, best first; a candidate without one is named in the caption."""
    drawn = [c for c in comparison.candidates if c.difference.mean is not None]
    drawn.sort(key=lambda c: sentences.gain(comparison, c.difference.mean or 0.0))
    figure = rows.figure(
        [_row(candidate, scale) for candidate in drawn],
        comparison.metric,
        scale.difference_unit,
        comparison.direction,
        half=scale.shown(smallest or 0.0),
    )
    return Picture(figure, sentences.headline(comparison, scale, name=flat), _caption(comparison, len(drawn), smallest))


def _row(candidate: Candidate, scale: Scale) -> rows.Row:
    difference, label = candidate.difference, candidate.side.sample.label
    amount = scale.difference(difference.mean)
    return rows.Row(
        name=label,
        detail=f"{amount}, n = {candidate.side.replicates:,}",
        hover=f"<b>{safe(label)}</b><br>{amount}",
        at=scale.shown(difference.mean or 0.0),
        ends=tuple(scale.shown(end) for end in marks.ends(difference.interval)),
        verdict=difference.verdict,
    )


def _caption(comparison: Comparison, drawn: int, smallest: float | None) -> str:
    base = code(comparison.baseline.sample.label)
    parts = [f"Difference of each candidate to {base} with its {percent(comparison.level)} interval, best on top."]
    if smallest:
        parts.append("Grey band: too small to matter by the policy.")
    if missing := len(comparison.candidates) - drawn:
        parts.append(f"{missing} without a difference {'is' if missing == 1 else 'are'} in the table only.")
    parts.append("Single seeds are in the table's strips, not here.")
    return " ".join(parts)
