"""What `METRIC=VALUE` says, alone and as the reference point of a hypervolume."""

import math
from collections.abc import Sequence

from assay.errors import SelectionError
from assay.model.tradeoffs.notes import FrontNote as Says


def metric_value(text: str) -> tuple[str, float]:
    """`METRIC=VALUE` as a pair; the last = parts the two, as names may hold one.

    Raises SelectionError for anything else, and for a value that is not finite.
    """
    metric, _, value = text.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not metric.strip() or not math.isfinite(number):
        raise SelectionError(Says.NO_METRIC_VALUE, given=text)
    return metric.strip(), number


def point(given: Sequence[tuple[str, float]], metrics: Sequence[str]) -> tuple[float, ...] | None:
    """What is given of each of `metrics`, in their order; nothing where nothing is given, None for other metrics.

    Raises SelectionError for a metric that is given twice.
    """
    values: dict[str, float] = {}
    for metric, value in given:
        if metric in values:
            raise SelectionError(Says.REFERENCE_TWICE, metric=metric)
        values[metric] = value
    if values and set(values) != set(metrics):
        return None
    return tuple(values[metric] for metric in metrics if values)
