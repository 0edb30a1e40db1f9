"""Classes, fates and the smallest system: by whole intervals against the limits."""

import pytest

from assay.analysis.ablation.classes import fate, importance, limits, smallest
from assay.model.ablation.answer import Arm, ComponentClass, Fate, Gain, Names
from assay.model.ablation.policy import AblationPolicy, ClassLimits
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Side
from assay.model.metric import Direction, Metric, MetricUnit
from celled import BY_RULE
from seeded import sample

LIMITS = ClassLimits(critical=5.0, removable=1.0)
UP, DOWN = (Metric("m", way) for way in Direction)


def gain(low: float, high: float, n: int = 5) -> Gain:
    return Gain((low + high) / 2, Interval(low, high, 0.95, Procedure(Technique.PAIRED_T)), paired=True, n=n)


@pytest.mark.parametrize(
    ("low", "high", "expected", "kept"),
    [
        (5.1, 9.0, ComponentClass.CRITICAL, Fate.NEEDED),
        (5.0, 9.0, ComponentClass.IMPORTANT, Fate.NEEDED),
        (1.1, 2.0, ComponentClass.IMPORTANT, Fate.NEEDED),
        (1.0, 4.9, ComponentClass.OPTIONAL, Fate.NOT_SHOWN),
        (-9.0, 0.9, ComponentClass.REMOVABLE, Fate.CAN_GO),
        (-9.0, -1.0, ComponentClass.REMOVABLE, Fate.CAN_GO),
        (-9.0, 1.0, ComponentClass.OPTIONAL, Fate.NOT_SHOWN),
        (0.0, 5.0, ComponentClass.UNDECIDED, Fate.NOT_SHOWN),
    ],
)
def test_the_whole_interval_decides(low: float, high: float, expected: ComponentClass, kept: Fate) -> None:
    assert importance(gain(low, high), LIMITS, BY_RULE) is expected
    assert fate(gain(low, high), LIMITS, BY_RULE) is kept


def test_a_large_p_removes_nothing_and_a_small_one_makes_nothing_important() -> None:
    wide = gain(-8.0, 8.0)
    assert importance(Gain(wide.value, wide.interval, 0.99, 0.99, n=5), LIMITS, BY_RULE) is ComponentClass.UNDECIDED
    tiny = gain(0.1, 0.2)
    assert importance(Gain(tiny.value, tiny.interval, 1e-9, 1e-9, n=5), LIMITS, BY_RULE) is ComponentClass.REMOVABLE


@pytest.mark.parametrize("found", [Gain(), Gain(20.0, n=1), gain(9.0, 9.5, n=2)])
def test_too_few_runs_or_no_interval_decide_nothing(found: Gain) -> None:
    assert importance(found, LIMITS, BY_RULE) is ComponentClass.UNDECIDED
    assert fate(found, LIMITS, BY_RULE) is Fate.NOT_SHOWN
    assert importance(gain(9.0, 9.5, n=4), LIMITS, Rules(minimum_runs=5)) is ComponentClass.UNDECIDED


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (Metric("m", Direction.MAXIMIZE, unit=MetricUnit.SHARE, smallest_effect=0.2), ClassLimits(0.05, 0.01)),
        (Metric("m", Direction.MAXIMIZE, unit=MetricUnit.PERCENT), ClassLimits(5.0, 1.0)),
        (Metric("m", Direction.MINIMIZE, unit=MetricUnit.SECONDS, smallest_effect=2.0), ClassLimits(10.0, 2.0, of_effect=True)),
        (Metric("m", Direction.MINIMIZE), None),
    ],
)  # fmt: skip
def test_limits_are_the_policys_of_shares_and_else_follow_the_smallest_effect(
    metric: Metric, expected: ClassLimits | None
) -> None:
    assert limits(AblationPolicy(), metric) == expected


def arm(off: Names, high: float, value: float = 80.0) -> Arm:
    lost = gain(high - 1.0, high)
    return Arm(off, Side(sample("arm", [value]), value), "", lost=lost, fate=fate(lost, LIMITS, BY_RULE))


def test_the_smallest_system_has_fewest_components_and_of_equals_is_the_best() -> None:
    arms = [arm(("a",), 0.5), arm(("b",), 2.0), arm(("a", "b"), 0.9, 70.0), arm(("a", "c"), 0.9, 75.0)]
    found = smallest(arms, ("a", "b", "c"), UP)
    assert found is not None
    assert (found.kept, found.picked_from, found.passed) == (("b",), 4, 3)
    lower = smallest(arms, ("a", "b", "c"), DOWN)
    assert lower is not None
    assert lower.kept == ("c",)


def test_no_system_is_the_smallest_where_none_is_shown_to_keep_up() -> None:
    assert smallest([arm(("a",), 1.0), arm(("b",), 3.0)], ("a", "b"), UP) is None
    assert smallest([], ("a",), UP) is None


def test_systems_without_a_score_are_not_among_those_it_was_picked_from() -> None:
    empty = Arm(("b",), Side(sample("arm", [])), "")
    found = smallest([arm(("a",), 0.5), empty], ("a", "b"), UP)
    assert found is not None
    assert found.picked_from == 1
