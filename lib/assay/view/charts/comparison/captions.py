"""How to read the picture of a comparison, and what it can't show."""

from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Aim, Unit
from assay.view.charts.comparison import marks, swarm
from assay.view.charts.comparison.zones import zones
from assay.view.text.comparison.facts import UNITS, over_examples, several, trainings
from assay.view.text.comparison.names import procedure
from assay.view.text.escape import code
from assay.view.text.numbers import Scale, percent


def columns(comparison: Comparison, scale: Scale) -> str:
    """For sides beside each other."""
    made, first = _methods(comparison), comparison.first
    parts = [_dots(comparison) if comparison.over_seeds else f"{over_examples(first.statistic)}."]
    parts.append(_thick(comparison, made))
    if thin := next(filter(None, (marks.beside(c.difference) for c in first.candidates)), None):
        parts.append(f"Thin: {procedure(thin.procedure)}.")
    if made or not comparison.over_seeds:
        parts.append(f"The right axis is 0 at the baseline's {first.statistic.term} and has the scale of the left.")
    parts += [_band(comparison, scale), *_limits(comparison)]
    return " ".join(filter(None, parts))


def rows(comparison: Comparison, scale: Scale) -> str:
    """For differences as a list."""
    first, rules = comparison.first, comparison.rules
    what = f"Difference of each candidate to {code(first.baseline.label)} with its {percent(rules.level)} interval"
    missing = sum(candidate.difference.value is None for candidate in first.candidates)
    absent = f"{missing} without a difference {'is' if missing == 1 else 'are'} in the table only." if missing else ""
    if comparison.over_seeds:
        band = _band(comparison, scale)
        parts = [f"{what}, best on top.", band, absent, "Single seeds are in the table's strips, not here."]
        return " ".join(filter(None, parts))
    how = f"over {UNITS[rules.unit]} by {_methods(comparison) or 'no method'}"
    beside = f"beside it the {several(first.statistic)} of both sides."
    return " ".join(filter(None, (f"{what} {how}, best on top; {beside}", _band(comparison, scale), absent)))


def _methods(comparison: Comparison) -> str:
    """What made the intervals of the differences."""
    intervals = [candidate.difference.interval for candidate in comparison.first.candidates]
    return ", ".join(sorted({procedure(interval.procedure) for interval in intervals if interval}))


def _thick(comparison: Comparison, made: str) -> str:
    """Whose intervals the thick bars are, and what made them."""
    level, sides = percent(comparison.rules.level), comparison.first.sides
    own = next((procedure(side.interval.procedure) for side in sides if side.interval), "")
    if not comparison.over_seeds:
        of = f"; of the difference: {made}" if made else ""
        return f"Thick: {level} {own} interval over examples{of}." if own else ""
    if not made:
        return ""
    if not comparison.single:
        return f"Thick: {level} interval of the difference to the baseline by {made}, on the right axis."
    if own == made:
        return f"Thick: {level} intervals by {own}."
    return f"Thick: {level} {own} interval, of the difference: {made}."


def _band(comparison: Comparison, scale: Scale) -> str:
    metric, candidates = comparison.first.metric, comparison.first.candidates
    smallest = metric.smallest_effect
    if all(candidate.difference.value is None for candidate in candidates):
        return ""
    if comparison.rules.aim is not Aim.BETTER:
        return _margin(comparison, scale)
    return f"Grey band: ±{scale.limit(smallest)}, too small to matter by the policy." if smallest else ""


def _margin(comparison: Comparison, scale: Scale) -> str:
    """What grey and red are, and that the claim hangs on the interval."""
    metric, aim = comparison.first.metric, comparison.rules.aim
    if zones(metric, aim, scale) is None:
        return ""
    limit = f"{'±' if aim is Aim.SAME else ''}{scale.limit(metric.margin or 0.0)}"
    return f"Grey: within the margin of {limit}; red: beyond it. A claim needs the whole thick interval in the grey."


def _limits(comparison: Comparison) -> tuple[str, ...]:
    """What the picture can't show."""
    if comparison.over_seeds:
        return ("The picture can't show whether the difference holds on other data.",)
    resampled = f"Resampled: {UNITS[comparison.rules.unit]}."
    if comparison.rules.unit is Unit.BOTH:
        return (resampled,)
    return resampled, "The picture can't show how much new seeds would change it."


def _dots(comparison: Comparison) -> str:
    """What the dots are, how many of them are drawn, and whether lines join them."""
    sizes = sorted({side.replicates for side in comparison.first.sides if side.replicates > swarm.MOST})
    pairs = marks.pairs(comparison)
    what = trainings(comparison.first)
    text = f"Dots are {what}s"
    if sizes:
        text = f"Dots: {swarm.MOST} of {' or '.join(f'{n:,}' for n in sizes)} {what}s a side"
        text += f" and {swarm.MOST} of {pairs:,} pairs" if pairs > swarm.MOST else ""
        text += ", evenly over their order, lowest and highest among them"
    if marks.lined(comparison):
        text += ", lines join the same seed"
    elif pairs:
        text += f". Lines between the same seeds are drawn up to {swarm.MOST_LINED} seeds a side only"
    return f"{text}."
