"""What a finding is worth is what scipy and statsmodels make of the same numbers."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp, ttest_ind
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from assay.analysis.evidence.worth import mean_over, weighed
from assay.analysis.sample import Array
from assay.cache.parted_scores import PartedScores

LEVEL = 0.95
RNG = np.random.default_rng(0)


def part(clean: Array | list[float], named: Array | list[float]) -> PartedScores:
    return PartedScores(np.asarray(clean, dtype=float), np.asarray(named, dtype=float))


def drawn(n: int, mean: float, rng: np.random.Generator = RNG) -> Array:
    return rng.normal(mean, 0.1, n)


def test_scores_of_one_training_are_held_apart_by_welch() -> None:
    own = part(drawn(60, 0.5), drawn(40, 0.8))
    found = weighed([own], LEVEL)
    assert (found.runs, found.over_seeds, found.lost) == (1, False, (40, 40))
    assert (found.logged.n, found.logged.mean) == pytest.approx((100, own.every.mean()))
    assert found.without is not None
    assert (found.without.n, found.without.mean) == pytest.approx((60, own.clean.mean()))
    assert found.difference == pytest.approx(own.every.mean() - own.clean.mean())
    apart = ttest_ind(own.named, own.clean, equal_var=False).confidence_interval(LEVEL)
    assert found.interval == pytest.approx((0.4 * apart.low, 0.4 * apart.high))
    alone = ttest_1samp(own.clean, 0).confidence_interval(LEVEL)
    assert found.without.interval == pytest.approx((alone.low, alone.high))


@pytest.mark.parametrize(("right", "n", "named_right", "named"), [(30, 60, 38, 40), (0, 20, 10, 10), (20, 20, 1, 5)])
def test_shares_of_one_training_are_held_apart_by_newcombe(right: int, n: int, named_right: int, named: int) -> None:
    own = part([1.0] * right + [0.0] * (n - right), [1.0] * named_right + [0.0] * (named - named_right))
    found = weighed([own], LEVEL)
    share = named / (n + named)
    low, high = confint_proportions_2indep(named_right, named, right, n, method="newcomb", correction=False)
    assert found.interval == pytest.approx((share * low, share * high), abs=1e-9)
    assert found.difference == pytest.approx((right + named_right) / (n + named) - right / n)
    assert found.interval is not None
    assert found.interval[0] - 1e-9 <= found.difference <= found.interval[1] + 1e-9  # type: ignore[operator]
    assert found.without is not None
    assert found.without.interval == pytest.approx(proportion_confint(right, n, method="wilson"), abs=1e-9)


def test_three_trainings_tell_by_their_spread() -> None:
    trainings = [part(drawn(50, 0.5 + k / 50), drawn(30 + k, 0.8)) for k in range(5)]
    found = weighed(trainings, LEVEL)
    gaps = np.array([one.every.mean() - one.clean.mean() for one in trainings])
    ends = ttest_1samp(gaps, 0).confidence_interval(LEVEL)
    assert (found.runs, found.over_seeds, found.lost) == (5, True, (30, 34))
    assert found.difference == pytest.approx(gaps.mean())
    assert found.interval == pytest.approx((ends.low, ends.high))
    means = ttest_1samp([one.every.mean() for one in trainings], 0).confidence_interval(LEVEL)
    assert found.logged.interval == pytest.approx((means.low, means.high))
    assert (found.logged.n, found.without.n) == (82, 50)  # type: ignore[union-attr]


def test_two_trainings_are_told_by_the_examples_of_the_first() -> None:
    first, second = part(drawn(50, 0.5), drawn(30, 0.8)), part(drawn(50, 0.9), drawn(20, 0.9))
    found, alone = weighed([first, second], LEVEL), weighed([first], LEVEL)
    assert (found.difference, found.interval, found.runs) == (alone.difference, alone.interval, 1)
    assert found.lost == (20, 30)


def test_no_clean_row_left_is_an_answer() -> None:
    for n in (1, 2, 3, 5):
        found = weighed([part([], drawn(30, 0.8)) for _ in range(n)], LEVEL)
        assert (found.without, found.difference, found.interval) == (None, None, None)
        assert (found.logged.n, found.lost) == (30, (30, 30))
        assert (found.runs, found.over_seeds) == ((n, True) if n >= 3 else (1, False))


def test_trainings_without_a_clean_row_are_left_out_of_the_difference() -> None:
    told = [part(drawn(40, 0.5), drawn(10, 0.9)) for _ in range(3)]
    lost = part([], drawn(50, 0.9))
    found = weighed([*told, lost], LEVEL)
    assert found.difference == pytest.approx(np.mean([one.every.mean() - one.clean.mean() for one in told]))
    assert (found.runs, found.over_seeds, found.lost) == (3, True, (10, 50))
    few = weighed([lost, *told[:2]], LEVEL)
    assert not few.over_seeds
    assert few.difference == pytest.approx(told[0].every.mean() - told[0].clean.mean())


def test_who_names_nobody_changes_nothing() -> None:
    found = weighed([part(drawn(40, 0.5), [])], LEVEL)
    assert (found.difference, found.interval, found.lost) == (0.0, None, (0, 0))


@pytest.mark.parametrize(
    ("clean", "named"), [([0.5] * 9, [0.5] * 9), ([0.3], [0.7]), ([0.3, 0.4], [0.7]), ([0.3, 0.3], [0.7, 0.7])]
)
def test_what_does_not_vary_has_no_interval(clean: list[float], named: list[float]) -> None:
    found = weighed([part(clean, named)], LEVEL)
    assert found.interval is None
    assert found.difference == pytest.approx(np.mean(clean + named) - np.mean(clean))
    same = weighed([part(clean, named)] * 4, LEVEL)
    assert (same.interval, same.over_seeds) == (None, True)


def test_a_mean_over_trainings_is_that_of_its_runs() -> None:
    scores = [drawn(30, 0.5) for _ in range(4)]
    means = ttest_1samp([one.mean() for one in scores], 0).confidence_interval(LEVEL)
    found = mean_over(scores, LEVEL)
    assert (found.mean, found.n) == pytest.approx((np.mean(scores), 30))
    assert found.interval == pytest.approx((means.low, means.high))
    first = mean_over(scores[:2], LEVEL)
    assert first.mean == pytest.approx(scores[0].mean())


def test_the_interval_holds_the_difference_as_often_as_it_says() -> None:
    """Named examples that are .1 better, a quarter of all: the difference is .025."""
    rng, held = np.random.default_rng(1), 0
    for _ in range(400):
        ends = weighed([part(drawn(75, 0.5, rng), drawn(25, 0.6, rng))], LEVEL).interval
        assert ends is not None
        held += ends[0] <= 0.025 <= ends[1]
    assert 0.92 <= held / 400 <= 0.98
