"""Power and seeds needed, against R's power.t.test and statsmodels."""

from math import isfinite

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.power import TTestIndPower, TTestPower

from assay.analysis import planning


def test_power_t_test_of_r() -> None:
    assert planning.power(20, 1, paired=False) == pytest.approx(0.86895, abs=5e-6)
    assert planning.sufficient(1, power_wanted=0.9, paired=False) == pytest.approx(22.021, abs=1e-3)
    assert planning.sufficient(0.5, paired=False) == pytest.approx(63.766, abs=1e-3)
    assert planning.sufficient(0.5) == pytest.approx(33.367, abs=1e-3)


def test_seeds_needed_for_80_per_cent_power() -> None:
    assert [planning.needed(d) for d in (0.5, 0.8, 1.0, 1.5, 2.0)] == [34, 15, 10, 6, 5]
    assert [planning.needed(d, paired=False) for d in (0.5, 1.0, 2.0)] == [64, 17, 6]


def test_the_smallest_difference_that_n_seeds_show() -> None:
    found = [planning.detectable(n) for n in (3, 5, 10, 20)]
    assert found == pytest.approx([3.26, 1.68, 1.00, 0.66], abs=0.006)
    assert planning.detectable(1) is None


@settings(deadline=None)
@given(st.integers(2, 60), st.floats(0, 3), st.booleans(), st.sampled_from([0.8, 0.95, 0.99]))
def test_power_agrees_with_statsmodels(n: int, effect: float, paired: bool, level: float) -> None:
    oracle = TTestPower() if paired else TTestIndPower()
    expected = oracle.power(effect, n, 1 - level)
    assume(isfinite(expected))  # scipy's tail is NaN in places
    assert planning.power(n, effect, level=level, paired=paired) == pytest.approx(expected, abs=1e-5)


@given(st.floats(-6, 9), st.floats(1.5, 60), st.floats(0, 8))
def test_the_tail_that_scipy_cannot_tell_is_integrated(t: float, freedom: float, offset: float) -> None:
    assert planning.noncentral_t_by_integration(t, freedom, offset) == pytest.approx(
        planning.noncentral_t(t, freedom, offset), abs=5e-5
    )


def test_power_stays_a_probability_far_out() -> None:
    for n in (2, 3, 50, 10_000):
        for effect in (0, 1e-6, 5, 50, 1e3):
            assert 0 <= planning.power(n, effect) <= 1
    assert planning.power(2, 1e4) == pytest.approx(1.0, abs=0.01)
    assert planning.power(1, 3) == 0.0


def test_plans_rest_on_the_upper_limit_of_the_spread() -> None:
    assert planning.upper_std(1.0, 5) == pytest.approx(1.5576, abs=1e-4)
    assert planning.needed_for(1.5576, 1.0, 5) == 10
    assert planning.needed_for(0.5, 0.0, 5) is None
    assert planning.needed_for(0.5, 1.0, 1) is None
    assert planning.needed(0.0) is None


def test_the_fewest_seeds_for_a_permutation_test() -> None:
    assert planning.fewest_for_permutation() == 6
    assert planning.fewest_for_permutation(paired=False) == 4
    assert planning.fewest_for_permutation(comparisons=10) == 9


def test_the_best_of_ten_at_five_seeds_looks_seven_tenths_of_an_sd_too_good() -> None:
    assert planning.optimism(10, 5) == pytest.approx(0.688, abs=1e-3)
    assert planning.optimism(2, 1) == pytest.approx(0.5642, abs=1e-4)
    assert planning.optimism(1, 5) == 0.0
