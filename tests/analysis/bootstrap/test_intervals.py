"""Published intervals, and what every bootstrap interval must keep to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.analysis.bootstrap.intervals import BOOTSTRAPS, acceleration, bootstrap, percentile
from assay.analysis.inference import two_sided
from assay.analysis.sample import Array, Groups
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Method

R_BOOT = np.array([10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213])
MICE_Z = np.array([16.0, 23, 38, 94, 99, 141, 197])
MICE_Y = np.array([10.0, 27, 31, 40, 46, 50, 52, 104, 146])
ALL = sorted(BOOTSTRAPS)


def ends(groups: Groups, method: Method, level: float, resamples: int, seed: int = 0) -> Interval:
    found = bootstrap(groups, method, resamples, seed).interval(level)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("method", "expected"),
    [(Method.BASIC, (23.77, 79.12)), (Method.PERCENTILE, (28.86, 84.21)), (Method.BCA, (32.31, 91.43))],
)
def test_the_intervals_that_r_gives(method: Method, expected: tuple[float, float]) -> None:
    found = ends((R_BOOT,), method, 0.95, 10_000)
    assert (found.low, found.high) == pytest.approx(expected, rel=0.006)


def test_the_published_acceleration_of_two_groups() -> None:
    assert acceleration((MICE_Z, MICE_Y)) == pytest.approx(0.011008228, abs=5e-10)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3))
def test_of_three_values_the_percentile_interval_is_their_range(values: list[float]) -> None:
    found = percentile((np.array(values),), 0.95)
    size = max(map(abs, values))
    assert found.low == pytest.approx(min(values), abs=1e-9 * size)
    assert found.high == pytest.approx(max(values), abs=1e-9 * size)


def test_the_basic_interval_mirrors_the_percentile_interval() -> None:
    for n in (3, 5, 12, 40, 500):
        x = np.random.default_rng(n).exponential(size=n)
        basic, plain = (ends((x,), m, 0.9, 10) for m in (Method.BASIC, Method.PERCENTILE))
        assert basic.low == pytest.approx(2 * x.mean() - plain.high)
        assert basic.high == pytest.approx(2 * x.mean() - plain.low)


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("n", [2, 3, 5, 8, 9, 15, 60])
def test_p_is_below_the_level_exactly_where_the_interval_excludes_zero(method: Method, n: int, sign: int) -> None:
    rng = np.random.default_rng(n)
    base = rng.normal(size=n)
    for shift in sign * np.array([0.1, 0.5, 1, 1.5, 2, 2.5, 3, 10, 50]) / n**0.5:
        for groups in ((base - base.mean() + shift,), (base + shift, rng.normal(size=n + 3))):
            found = bootstrap(groups, method, 1999, 0)
            limits = found.interval(0.95)
            assert limits is not None
            assert (limits.low > 0 or limits.high < 0) == (two_sided(found) < 0.05)
            assert two_sided(found) > 0


def test_only_the_drawn_bootstrap_depends_on_the_seed() -> None:
    x = np.random.default_rng(0).exponential(size=30)
    for method in ALL:
        np.random.seed(1)
        one = ends((x,), method, 0.95, 999, 3)
        np.random.seed(2)
        assert ends((x,), method, 0.95, 999, 3) == one
        other = ends((x,), method, 0.95, 999, 4)
        assert (other != one) == (method is Method.BOOTSTRAP_T)


def test_the_beta_bootstrap_t_of_three_values_is_finite_and_wider_than_their_range() -> None:
    found = ends((np.array([0.81, 0.84, 0.85]),), Method.BOOTSTRAP_T, 0.95, 10_000)
    assert np.isfinite([found.low, found.high]).all()
    assert found.low < 0.81
    assert found.high > 0.85


def scaled(method: Method, x: Array, scale: float, shift: float) -> tuple[float, float]:
    found = ends((x * scale + shift,), method, 0.95, 500)
    return (found.low - shift) / scale, (found.high - shift) / scale


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("n", [4, 12, 30, 300])
def test_intervals_follow_scale_and_shift(method: Method, n: int) -> None:
    x = np.random.default_rng(n).gamma(1.5, size=n)
    se = x.std() / n**0.5
    plain = scaled(method, x, 1, 0)
    for scale, shift in ((1e-6, 0), (1e6, 3), (1, 1e6)):
        assert scaled(method, x, scale, shift) == pytest.approx(plain, abs=1e-3 * se)


def test_mirrored_data_mirror_the_interval() -> None:
    for n in (4, 12, 30, 300):
        x = np.random.default_rng(n).gamma(0.7, size=n)
        for method in (Method.PERCENTILE, Method.BASIC, Method.BCA):
            here = ends((x,), method, 0.95, 500)
            there = ends((-x,), method, 0.95, 500)
            tolerance = 1e-3 * x.std() / n**0.5
            assert (here.low, here.high) == pytest.approx((-there.high, -there.low), abs=tolerance)


def test_a_bootstrap_t_of_few_resamples_has_no_interval_at_a_high_level() -> None:
    found = bootstrap((R_BOOT,), Method.BOOTSTRAP_T, 999, 0)
    assert found.interval(0.95) is not None
    assert found.interval(0.999) is None
    assert two_sided(found, 1e9) == pytest.approx(2 / 1000)


def test_ends_at_twelve_decimals_of_probability_belong_to_their_p() -> None:
    x = np.array([0.0] * 8 + [1.0] * 2)
    found = bootstrap((x,), Method.PERCENTILE, 1, 0)
    share = 0.8**10
    exact = found.interval(1.0 - 2.0 * share)
    assert exact is not None
    assert exact.low == 0.0
    assert found.greater(0.0) == pytest.approx(share, abs=1e-12)
