"""Which way a difference to a baseline goes: where it is shown, and where values that never varied say it."""

from math import isclose

from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.metric import Metric

_STILL = {ComparisonNote.NO_VARIATION, ComparisonNote.REARRANGED_ALONE}
_CRUMB = 1e-9


def way(found: Difference, metric: Metric, value: float | None) -> Verdict:
    """BETTER or WORSE where that is shown, or where nothing varied and the value itself says it; else the verdict.

    `value`: the candidate's. Where nobody said which way the metric gets better, as it is assumed.
    """
    if found.verdict is Verdict.DIFFERS or _moved(found, value):
        assert found.value is not None
        return Verdict.BETTER if metric.direction.gain(found.value) > 0 else Verdict.WORSE
    return found.verdict


def _moved(found: Difference, value: float | None) -> bool:
    """Whether a difference without a test, because nothing varied, is more than a float's crumb."""
    if found.is_shown or found.reason is None or found.reason.code not in _STILL:
        return False
    return found.value is not None and value is not None and not isclose(value, value - found.value, rel_tol=_CRUMB)
