"""Several tasks at once: the worked example, ties, and bands."""

import numpy as np
import pytest
from scipy.stats import trim_mean

from assay.analysis.sample import Array, generator
from assay.analysis.tasks import (
    affordable,
    improvement,
    interquartile_mean,
    probability_of_improvement,
    profile,
    profile_band,
    summed_up,
)
from assay.model.comparison.tasks import Aggregate


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


def test_the_interquartile_mean_leaves_out_a_quarter_of_all_runs_at_either_end() -> None:
    rng = np.random.default_rng(1)
    for tasks, runs in ((8, 5), (3, 3), (1, 7), (26, 2)):
        scores = [rng.standard_t(2, size=runs) for _ in range(tasks)]
        assert interquartile_mean(scores, resamples=1).estimate == pytest.approx(
            trim_mean(np.concatenate(scores), 0.25)
        )


def test_tasks_weigh_the_same_in_every_aggregate() -> None:
    scores = [np.zeros(9), np.ones(3), np.full(3, 4.0)]
    found = summed_up(scores, 1.0, resamples=10, rng=generator(0))
    means = {name: found[name].estimate for name in found}
    assert means[Aggregate.MEAN] == pytest.approx(5 / 3)
    assert means[Aggregate.MEDIAN] == 1.0
    assert means[Aggregate.OPTIMALITY_GAP] == pytest.approx(1 / 3)
    # A fifth of the weight goes at either end: 3 of 15 runs.
    assert means[Aggregate.IQM] == pytest.approx((0.4 * 0 + 1.0 * 1 + 0.4 * 4) / 1.8)
    assert Aggregate.OPTIMALITY_GAP not in summed_up(scores, None, resamples=10, rng=generator(0))


def test_resamples_spread_a_mean_over_tasks_by_its_standard_error() -> None:
    rng = np.random.default_rng(2)
    scores = [rng.normal(size=n) for n in (3, 3, 4, 5)]
    found = summed_up(scores, None, resamples=200_000, rng=generator(0))[Aggregate.MEAN]
    error = np.sqrt(sum(task.var(ddof=1) / task.size for task in scores)) / 4
    assert found.draws.std() == pytest.approx(error, rel=0.01)
    assert found.draws.mean() == pytest.approx(found.estimate, abs=0.02 * error)
    assert np.array_equal(
        found.draws, summed_up(scores, None, resamples=200_000, rng=generator(0))[Aggregate.MEAN].draws
    )


def test_ten_thousand_tasks_are_drawn_less_often() -> None:
    assert affordable(10_000, 80) == 10_000
    assert affordable(10_000, 50_000) == 1_000
    assert affordable(500, 50_000) == 500
