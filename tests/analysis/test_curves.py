"""Curves at shared places, by hand, by the t of one mean and of two, and by laws."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from assay.analysis import curves
from assay.analysis.student import one_mean, welch
from assay.model.comparison.side import Sample
from assay.model.curves.answer import CurveSide
from assay.model.curves.question import Manner, Spread
from assay.model.metric import Direction

DOWN, UP = Direction.MINIMIZE, Direction.MAXIMIZE
EVERY = [(k, k) for k in range(5)]


def side(rows: np.ndarray | Sequence[Sequence[float]]) -> CurveSide:
    held = tuple(tuple(map(float, row)) for row in rows)
    return CurveSide(Sample("a", "", ()), tuple(map(str, range(len(held)))), held, held, held)


def noisy(curve: Sequence[float], *, sd: float = 0.01, seed: int = 0) -> CurveSide:
    return side(np.asarray(curve) + np.random.default_rng(seed).normal(0, sd, (5, len(curve))))


def test_between_two_values_lies_a_straight_line_and_outside_nothing() -> None:
    places = np.array([0.0, 1.0, 2.0, 4.0, 8.0])
    found = curves.on_grid(places, np.array([1, 3]), np.array([10.0, 40.0]))
    assert found.tolist()[1:4] == [10.0, 20.0, 40.0]
    assert math.isnan(found[0])
    assert math.isnan(found[4])


def test_a_value_that_is_no_number_is_a_gap_on_both_of_its_sides() -> None:
    found = curves.on_grid(np.arange(5.0), np.array([0, 2, 4]), np.array([1.0, np.nan, 3.0]))
    assert np.isfinite(found).tolist() == [True, False, False, False, True]


def test_smoothing_takes_as_many_neighbours_on_either_side() -> None:
    assert curves.smoothed(np.array([0.0, 0.0, 9.0, 0.0, 0.0]), 3).tolist() == [0.0, 3.0, 3.0, 3.0, 0.0]


def test_smoothing_bends_no_straight_line_not_even_at_its_ends() -> None:
    line = np.arange(20.0)
    assert curves.smoothed(line, 7) == pytest.approx(line)


def test_smoothing_neither_fills_gaps_nor_spreads_them() -> None:
    found = curves.smoothed(np.array([1.0, 2.0, np.nan, 4.0, 5.0]), 3)
    assert found.tolist()[:2] == [1.0, 1.5]
    assert math.isnan(found[2])
    assert found.tolist()[3:] == [4.5, 5.0]


def test_a_line_is_of_the_replicates_that_are_there() -> None:
    found = curves.line(side([[1.0, 2.0], [3.0, math.nan]]), Manner(), 0.95)
    assert (found.mean, found.n, found.low, found.high) == ((2.0, 2.0), (2, 1), (1.0, 2.0), (3.0, 2.0))
    assert math.isnan(found.std[1])


def test_the_interval_of_a_mean_is_students() -> None:
    rows = np.random.default_rng(1).normal(0, 1, (5, 3))
    found = curves.line(side(rows), Manner(spread=Spread.INTERVAL), 0.9)
    for place in range(3):
        own = one_mean(rows[:, place]).interval(0.9)
        assert (found.low[place], found.high[place]) == pytest.approx((own.low, own.high))


def test_differences_have_the_intervals_of_paired_and_of_welchs_t() -> None:
    draw = np.random.default_rng(2)
    first, second = draw.normal(0, 1, (5, 4)), draw.normal(1, 3, (5, 4))
    for pairs in (EVERY, []):
        _, low, high = curves.difference(first, second, pairs, 0.95)
        for at in range(4):
            made = one_mean(first[:, at] - second[:, at]) if pairs else welch(first[:, at], second[:, at])
            own = made.interval(0.95)
            assert (low[at], high[at]) == pytest.approx((own.low, own.high))


def test_pairs_are_of_rows_that_belong_together() -> None:
    mean, _, _ = curves.difference(np.array([[1.0], [2.0], [50.0]]), np.array([[12.0], [11.0]]), [(0, 1), (1, 0)], 0.95)
    assert mean.tolist() == [-10.0]


def test_what_does_not_vary_and_what_is_alone_has_no_interval() -> None:
    same = np.ones((3, 1))
    assert math.isnan(curves.difference(same, 2 * same, [(0, 0), (1, 1), (2, 2)], 0.95)[1][0])
    assert math.isnan(curves.difference(same[:1], 2 * same, [], 0.95)[1][0])


def test_a_crossing_is_where_the_mean_passes_and_for_good_where_the_interval_does() -> None:
    falling, flat = noisy([3, 2, 1, 0.995, 0.5, 0.4]), noisy([1.0] * 6, seed=1)
    found = curves.apart([flat, falling], [1, 0], EVERY, 5, DOWN, 0.95, 3)
    assert (found.leader, found.rival, found.before, found.good) == (1, 0, 1, 4)
    assert found.passed is not None
    assert 2 <= found.passed <= 4


def test_the_same_holds_where_higher_is_better() -> None:
    rising, flat = noisy([0, 0.5, 1.6, 1.7]), noisy([1.0] * 4, seed=1)
    found = curves.apart([rising, flat], [0, 1], EVERY, 3, UP, 0.95, 3)
    assert (found.before, found.passed, found.good) == (1, 2, 2)


def test_who_leads_from_the_start_passed_nobody() -> None:
    found = curves.apart([noisy([0.0] * 4), noisy([1.0] * 4, seed=1)], [0, 1], EVERY, 3, DOWN, 0.95, 3)
    assert (found.passed, found.good, found.before) == (None, 0, None)


def test_who_was_equal_at_the_first_step_and_then_ahead_passed_nobody() -> None:
    better, other = noisy([0.0] * 4), noisy([1.0] * 4, seed=1)
    together = [side([(0.5, *row[1:]) for row in own.means]) for own in (better, other)]
    found = curves.apart(together, [0, 1], EVERY, 3, DOWN, 0.95, 3)
    assert (found.passed, found.good, found.before) == (None, 1, None)


def test_noise_is_seldom_said_to_have_been_ahead_before_the_end() -> None:
    wrong = 0
    for seed in range(200):
        sides = [noisy([0.0] * 60, sd=1.0, seed=2 * seed + k) for k in range(2)]
        wrong += curves.apart(sides, [0, 1], EVERY, 59, DOWN, 0.95, 3).before is not None
    assert wrong <= 16


def test_nothing_follows_from_fewer_replicates_than_a_verdict_needs() -> None:
    sides = [noisy([0.0] * 4), noisy([1.0] * 4, seed=1)]
    assert curves.apart(sides, [0, 1], EVERY, 3, DOWN, 0.95, 6).good is None
    assert not curves.ahead_of_all(sides, [0, 1], [EVERY], 3, DOWN, 0.95, 6)
    assert curves.ahead_of_all(sides, [0, 1], [EVERY], 3, DOWN, 0.95, 5)


def test_the_best_of_several_noises_is_seldom_called_ahead_of_all() -> None:
    wrong = 0
    for seed in range(300):
        sides = [noisy([0.0], sd=1.0, seed=4 * seed + k) for k in range(4)]
        order = curves.ranked(sides, 0, DOWN)
        wrong += curves.ahead_of_all(sides, order, [EVERY] * 3, 0, DOWN, 0.95, 3)
    assert wrong <= 20


def test_the_end_is_where_the_first_replicate_stops() -> None:
    assert curves.reached([side([[1.0, 2.0, 3.0]]), side([[1.0, 2.0, math.nan]])]) == 1
    assert curves.reached([side([[1.0, math.nan]]), side([[math.nan, 1.0]])]) is None
    assert curves.reached([side([])]) is None


def test_turned_and_moving_are_told_from_noise() -> None:
    turned = curves.shape(noisy([3, 1, 0.2, 0.5, 0.9]), 4, DOWN, 0.95, 3)
    assert turned is not None
    assert (turned.best, turned.turned, turned.moving) == (2, True, False)
    moving = curves.shape(noisy([3, 2, 1.5, 1, 0.5]), 4, DOWN, 0.95, 3)
    assert moving is not None
    assert (moving.best, moving.turned, moving.moving) == (4, False, True)
    assert curves.shape(side([]), 4, DOWN, 0.95, 3) is None


def test_noise_around_a_level_is_seldom_said_to_have_turned() -> None:
    found = [curves.shape(noisy([1.0] * 30, sd=0.1, seed=seed), 29, DOWN, 0.95, 3) for seed in range(200)]
    assert sum(own is not None and own.turned for own in found) <= 10
