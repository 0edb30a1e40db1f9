"""Several tasks at once: the worked example, ties, and bands."""

import numpy as np
import pytest

from assay.analysis.sample import Array
from assay.analysis.tasks import improvement, interquartile_mean, probability_of_improvement, profile, profile_band


def by_task(runs: list[list[float]]) -> list[Array]:
    return [np.array(task) for task in zip(*runs, strict=True)]


X = by_task([[1, 2], [2, 2], [1, 1], [2, 1]])
Y = by_task([[1, 1], [2, 2], [3, 3]])


def test_the_worked_example() -> None:
    assert interquartile_mean(X).estimate == pytest.approx(1.5)
    assert interquartile_mean(Y).estimate == pytest.approx(2.0)
    assert probability_of_improvement(X, Y) == pytest.approx(1 / 3)
    assert probability_of_improvement(Y, X) == pytest.approx(2 / 3)
    assert probability_of_improvement(X, X) == pytest.approx(0.5)


def test_resampled_improvement_is_centred_on_the_estimate() -> None:
    rng = np.random.default_rng(0)
    ours, theirs = ([rng.normal(shift, size=8) for _ in range(6)] for shift in (0.4, 0.0))
    found = improvement(ours, theirs)
    assert found.draws.mean() == pytest.approx(found.estimate, abs=0.01)
    interval = found.interval(0.95)
    assert interval is not None
    assert 0 <= interval.low < found.estimate < interval.high <= 1
    assert interval.method == "percentile stratified bootstrap, 2,000 resamples"


def test_a_profile_falls_from_one_to_nothing() -> None:
    thresholds = np.array([0.0, 1.0, 1.5, 2.0, 3.0])
    assert profile(Y, thresholds) == pytest.approx([1, 2 / 3, 2 / 3, 1 / 3, 0])
    low, high = profile_band(Y, thresholds, 0.95)
    assert np.all(low <= profile(Y, thresholds))
    assert np.all(high >= profile(Y, thresholds))
    assert low[0] == high[0] == 1.0


def test_tasks_weigh_the_same_however_many_runs_they_have() -> None:
    assert profile([np.ones(9), np.zeros(1)], np.array([0.5])) == pytest.approx([0.5])


def test_sides_with_different_tasks_are_refused() -> None:
    with pytest.raises(ValueError, match="2 tasks"):
        probability_of_improvement(X, Y[:1])
