"""How the numbers of one objective are written."""

from assay.model.criteria import Limit
from assay.model.metric import Metric
from assay.model.tradeoffs.front import Front
from assay.view.text.numbers import Scale, number, scale

_BEYOND = {">": "{} or less", ">=": "below {}", "<": "{} or more", "<=": "above {}"}
_MOST_DIGITS = 10
ARROWS = {"maximize": "↑", "minimize": "↓"}


def scale_of(found: Front, objective: int) -> Scale:
    """By the spreads of what is shown in full, else by the values alone."""
    sides = [seen.sides[objective] for seen in found.seen.values() if seen.sides]
    values = [point.values[objective] for point in found.points]
    return scale(found.metrics[objective].unit, values, [side.std for side in sides])


def scales(found: Front) -> tuple[Scale, ...]:
    """Of every objective; to be asked for once a picture or table, as each looks at all points."""
    return tuple(scale_of(found, objective) for objective in range(len(found.metrics)))


def way(metric: Metric) -> str:
    """`higher is better`, with who said so where nobody did."""
    return f"{metric.direction.better} is better{', assumed' if metric.assumed else ''}"


def limit(own: Limit, shown: Scale) -> str:
    """`> 75 %`, with all the digits that the team wrote."""
    return f"{own.comparator} {bound(own, shown)}"


def missing(own: Limit, shown: Scale) -> str:
    """What does not keep to it: `75 % or less`."""
    return _BEYOND[own.comparator].format(bound(own, shown))


def bound(own: Limit, shown: Scale) -> str:
    """`75 %`."""
    value = round(own.value * shown.factor, _MOST_DIGITS)
    digits = next((d for d in range(_MOST_DIGITS) if round(value, d) == value), _MOST_DIGITS)
    text = number(value, digits) if value or not own.value else f"{own.value * shown.factor:g}"
    return f"{text} {shown.unit}".rstrip()
