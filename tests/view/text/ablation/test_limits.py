"""The limits of an ablation's classes, in the words of a button and of what it opens."""

import pytest

from assay.model.ablation.policy import ClassLimits
from assay.model.metric import Direction, Metric, MetricUnit
from assay.view.text.ablation.limits import meant, state


def metric(unit: MetricUnit) -> Metric:
    return Metric("m", Direction.MAXIMIZE, unit=unit)


@pytest.mark.parametrize(
    ("unit", "known", "said"),
    [
        (MetricUnit.SHARE, ClassLimits(0.05, 0.01), "Critical > 5, removable < 1"),
        (MetricUnit.SHARE, ClassLimits(0.025, 0.0075), "Critical > 2.5, removable < 0.75"),
        (MetricUnit.PERCENT, ClassLimits(5, 1), "Critical > 5, removable < 1"),
        (MetricUnit.MILLISECONDS, ClassLimits.times(2), "Critical > 10 ms, removable < 2 ms"),
        (MetricUnit.NONE, ClassLimits.times(0.02), "Critical > 0.1, removable < 0.02"),
        (MetricUnit.NONE, None, "No classes"),
    ],
)
def test_the_button_tells_both_limits_of_shares_in_points(
    unit: MetricUnit, known: ClassLimits | None, said: str
) -> None:
    assert state(metric(unit), known) == said


def test_what_it_opens_tells_whose_limits_they_are() -> None:
    assert "**removable**: below 1 point." in meant(metric(MetricUnit.SHARE), ClassLimits(0.05, 0.01))
    assert "the policy's, for shares" in meant(metric(MetricUnit.SHARE), ClassLimits(0.05, 0.01))
    assert "5 times and once the smallest effect" in meant(metric(MetricUnit.NONE), ClassLimits.times(0.02))
    assert "no smallest effect" in meant(metric(MetricUnit.NONE), None)
