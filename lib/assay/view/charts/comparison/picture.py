"""The picture of a comparison's first metric."""

from assay.model.comparison.answer import Comparison
from assay.view.charts.comparison import captions, examples, rows, seeds
from assay.view.charts.comparison.columns import ColumnDrawing
from assay.view.charts.picture import Picture
from assay.view.text.comparison.facts import quantity
from assay.view.text.comparison.headline import headline
from assay.view.text.escape import flat
from assay.view.text.numbers import Scale

MOST_COLUMNS = 6


def picture(comparison: Comparison, scale: Scale) -> Picture | None:
    """Sides and differences in columns, or the differences of many as a list; None where there is nothing to draw.

    Over seeds that is no score on any side, over examples no difference of any candidate.
    """
    if not _drawable(comparison):
        return None
    alt = _alt(comparison, scale)
    if len(comparison.first.candidates) > (MOST_COLUMNS if comparison.over_seeds else 1):
        return Picture(rows.listed(comparison, scale), alt, captions.rows(comparison, scale))
    columns = ColumnDrawing(comparison, scale)
    pen = columns.pen()
    draw = seeds.draw if comparison.over_seeds else examples.draw
    draw(columns, pen)
    return Picture(pen.figure, alt, captions.columns(comparison, scale))


def _drawable(comparison: Comparison) -> bool:
    if comparison.over_seeds:
        return any(side.sample.scores for side in comparison.first.sides)
    return any(candidate.difference.value is not None for candidate in comparison.first.candidates)


def _alt(comparison: Comparison, scale: Scale) -> str:
    """The finding; several candidates over examples are only announced."""
    if comparison.over_seeds or comparison.single:
        return headline(comparison, scale, name=flat)
    base, what = flat(comparison.first.baseline.label), flat(quantity(comparison.first))
    return f"Differences of {len(comparison.first.candidates)} candidates to {base} on {what}"
