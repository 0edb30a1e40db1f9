"""How the numbers of one objective are written."""

from assay.model.metric import Metric
from assay.model.policy import Limit
from assay.model.tradeoffs.front import Front
from assay.view.text.numbers import MINUS, Scale, plain, scale

_BEYOND = {">": "{} or below", ">=": "below {}", "<": "{} or above", "<=": "above {}"}
ARROWS = {"maximize": "↑", "minimize": "↓"}


def scale_of(found: Front, objective: int) -> Scale:
    """By the spreads of what is shown in full, else by the values alone."""
    sides = [seen.sides[objective] for seen in found.seen.values() if seen.sides]
    values = [point.values[objective] for point in found.points]
    return scale(found.metrics[objective].unit, values, [side.std for side in sides])


def way(metric: Metric) -> str:
    """`higher is better`, with who said so where nobody did."""
    return f"{metric.direction.better} is better{', assumed' if metric.assumed else ''}"


def needs(limit: Limit, shown: Scale) -> str:
    """`> 75 %`, with the digits that were written down."""
    return f"{limit.comparator} {_written(limit, shown)}"


def missing(limit: Limit, shown: Scale) -> str:
    """What does not keep to it: `75 % or below`."""
    return _BEYOND[limit.comparator].format(_written(limit, shown))


def _written(limit: Limit, shown: Scale) -> str:
    value = shown.shown(limit.value)
    text = f"{MINUS if value < 0 else ''}{plain(abs(value))}"
    return f"{text} {shown.unit}" if shown.unit else text
