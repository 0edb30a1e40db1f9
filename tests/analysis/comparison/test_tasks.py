"""The interquartile mean decides over several tasks."""

from dataclasses import replace

import numpy as np
import pytest

from assay.analysis.comparison.tasks import efficiency
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import TaskNote as Says
from assay.model.comparison.question import Method
from assay.model.comparison.tasks import Aggregate, OverTasks
from assay.model.metric import Direction
from noted import has, of
from tasked import RULES
from tasked import over_tasks as ask

X = [[1.0, 2.0, 1.0, 2.0], [2.0, 2.0, 1.0, 1.0]]
Y = [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]


def over(found: MetricComparison) -> OverTasks:
    assert found.tasks is not None
    return found.tasks


def test_the_worked_example() -> None:
    found = ask(Y, X)
    assert [one.value for one in found.sides] == pytest.approx([2.0, 1.5])
    assert found.candidates[0].difference.value == pytest.approx(-0.5)
    improved = over(found).candidates[0].improvement
    assert improved is not None
    assert improved.value == pytest.approx(1 / 3)
    assert over(found).sides[0].aggregates[Aggregate.MEAN].value == pytest.approx(2.0)
    assert over(found).thresholds == tuple(sorted(over(found).thresholds))


def test_interval_and_p_say_the_same_and_p_is_corrected_over_the_candidates() -> None:
    rng = np.random.default_rng(0)
    sides = [[(level + shift + rng.normal(size=5)).tolist() for level in range(8)] for shift in (0.0, 1.5, 0.0)]
    found = ask(*sides)
    better, same = (one.difference for one in found.candidates)
    for one in (better, same):
        assert one.p_value is not None
        assert one.interval is not None
        assert (one.p_value < 0.05) == (not one.interval.low <= 0.0 <= one.interval.high)
    assert (better.verdict, same.verdict) == (Verdict.BETTER, Verdict.NOT_SHOWN)
    assert better.p_adjusted == pytest.approx(2 * (better.p_value or 0.0))
    assert better.p_value == pytest.approx(2 / 2_001)
    assert found.luck is None
    assert found.candidates[0].plan is None


def test_no_number_hangs_on_who_else_is_compared() -> None:
    rng = np.random.default_rng(1)
    sides = [[rng.normal(size=4).tolist() for _ in range(3)] for _ in range(3)]
    alone, both = ask(sides[0], sides[2]), ask(*sides)
    assert both.candidates[1].side == replace(alone.candidates[0].side, sample=both.candidates[1].side.sample)
    assert both.candidates[1].difference.interval == alone.candidates[0].difference.interval
    assert over(both).sides[0].aggregates == over(alone).sides[0].aggregates


def test_a_side_against_itself_differs_by_nothing_but_chance() -> None:
    """Both sides are drawn on their own: with the same draws every difference would be 0."""
    tasks = [[1.0, 2.0, 3.0], [2.0, 4.0, 5.0]]
    difference = ask(tasks, tasks).candidates[0].difference
    assert difference.value == 0.0
    assert difference.interval is not None
    assert difference.interval.low < -0.5 < 0.5 < difference.interval.high


def test_where_lower_is_better_profile_and_improvement_count_what_lies_below() -> None:
    found = over(ask([[3.0, 4.0]] * 2, [[1.0, 2.0]] * 2, way=Direction.MINIMIZE))
    improved = found.candidates[0].improvement
    assert improved is not None
    assert improved.value == 1.0
    assert found.sides[1].profile.values[-1] == 1.0
    assert found.sides[0].profile.values[0] == 0.0
    at = [
        value for threshold, value in zip(found.thresholds, found.sides[1].profile.values, strict=True) if threshold > 2
    ]
    assert set(at) == {1.0}


def test_what_is_missing_to_the_target_is_the_optimality_gap() -> None:
    found = ask([[5.0, 5.0, 5.0]] * 2, [[10.0, 20.0, 9.0]] * 2, one=10.0)
    gaps = [one.aggregates[Aggregate.OPTIMALITY_GAP].value for one in over(found).sides]
    assert gaps == pytest.approx([0.5, 0.1 / 3])
    assert Aggregate.OPTIMALITY_GAP not in over(ask(Y, X)).sides[0].aggregates


def test_one_task_few_runs_and_no_variation_get_no_p() -> None:
    one, few, flat = (
        ask(Y[:1], X[:1]).candidates[0].difference,
        ask([[1.0, 2.0]] * 4, [[3.0, 4.0]] * 4).candidates[0].difference,
        ask([[1.0] * 3] * 2, [[2.0] * 3] * 2).candidates[0].difference,
    )
    assert [d.p_value for d in (one, few, flat)] == [None] * 3
    assert [d.verdict for d in (one, few, flat)] == [Verdict.TOO_FEW, Verdict.TOO_FEW, Verdict.NOT_SHOWN]
    assert one.reason is not None
    assert one.reason.code is Says.ONE_TASK
    assert of(few.reason, Says.FEW_RUNS_PER_TASK) == {"n": 2.0, "needed": 3}
    assert flat.reason is not None
    assert flat.reason.code is Says.TASKS_WITHOUT_VARIATION
    assert flat.value == 1.0


def test_rows_are_comparisons_of_their_own_with_p_over_all_of_them() -> None:
    found = ask([[1.0, 1.1, 0.9], [5.0, 5.1, 5.2]], [[2.0, 2.1, 1.9], [5.1, 5.0, 5.2]])
    first, second = over(found).rows
    assert first.difference.value == pytest.approx(1.0)
    assert first.difference.p_adjusted == pytest.approx(2 * (first.difference.p_value or 0.0))
    assert (first.difference.verdict, second.difference.verdict) == (Verdict.BETTER, Verdict.NOT_SHOWN)
    assert first.baseline.value == pytest.approx(1.0)


def test_caveats_speak_of_these_tasks_and_of_what_the_interval_covers() -> None:
    candidate = ask(Y, [task[:3] for task in X]).candidates[0]
    assert of(candidate.caveats[0], Says.THESE_TASKS) == {"n": 2}
    covered = of(candidate.caveats[1], Says.COVERAGE_OVER_TASKS)
    assert covered["n"] == 3
    assert covered["all_high"] < 0.9 < covered["own_low"]
    other = ask(Y, X, rules=replace(RULES, level=0.9)).candidates[0]
    assert not has(other.caveats, Says.COVERAGE_OVER_TASKS)


def test_uneven_sides_and_methods_made_for_means_are_said() -> None:
    found = ask([[1.0, 2.0], [1.0, 2.0, 3.0, 4.0]], X, rules=replace(RULES, method=Method.BCA))
    assert has(found.notes, Says.PERCENTILE_OVER_TASKS)
    [uneven] = [one for one in found.notes if one.code is Says.UNEVEN_RUNS]
    assert (uneven.sides, dict(uneven.values)) == ((0,), {"fewest": 2, "most": 4})


def test_a_curve_over_steps_is_the_interquartile_mean_at_each() -> None:
    table = [np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 3.0]]), np.array([[4.0, 4.0], [5.0, 5.0], [6.0, 6.0]])]
    [curve] = efficiency([table], RULES)
    assert curve.values == pytest.approx((3.0, np.mean([2, 3, 4, 5])))
    assert curve.low[0] < curve.values[0] < curve.high[0]
