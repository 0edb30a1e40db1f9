"""Moments, spread and order."""

import numpy as np
import pytest
from scipy.stats import kurtosis, skew

from assay.analysis.sample import ascending, generator, moments, varies


@pytest.mark.parametrize("n", [1, 2, 7, 8192, 8193, 50_000])
@pytest.mark.parametrize("mean", [0.0, 1e8])
def test_moments_agree_with_scipy(n: int, mean: float) -> None:
    x = np.sort(mean + np.random.default_rng(n).gamma(2, size=n))
    found = moments(x)
    assert found.n == n
    assert found.mean == pytest.approx(x.mean())
    assert found.variance == pytest.approx(x.var(), rel=1e-9)
    if n > 1:
        assert found.std == pytest.approx(x.std(ddof=1), rel=1e-9)
        assert found.skew == pytest.approx(skew(x), abs=1e-6)
        assert found.excess == pytest.approx(kurtosis(x), abs=1e-6)


def test_the_nist_numacc4_data_keep_their_digits() -> None:
    x = np.array([10_000_000.2, *([10_000_000.1, 10_000_000.3] * 500)])
    assert moments(x).std == pytest.approx(0.1, rel=1e-8)


def test_a_probe_far_from_the_mean_costs_no_digits() -> None:
    x = np.zeros(100_000)
    x[:: 100_000 // 1024] = 1e6
    assert moments(x).variance == pytest.approx(x.var(), rel=1e-9)
    assert moments(x).skew == pytest.approx(skew(x), rel=1e-9)


def test_rounding_is_no_variation() -> None:
    assert not varies(np.array([0.1 + 0.2, 0.3]))
    assert not varies(np.array([0.0, 0.0]))
    assert not varies(np.array([5.0]))
    assert not varies(np.array([0.3 - 0.2, 0.2 - 0.1]), scale=0.3)
    assert varies(np.array([0.3, 0.3001]))
    assert varies(np.array([-1.0, 1.0]))


def test_order_and_generators_depend_on_their_arguments_alone() -> None:
    assert list(ascending([3, 1, 2])) == [1, 2, 3]
    assert generator(5).random() == generator(5).random() != generator(6).random()
