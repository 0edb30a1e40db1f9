"""Thousands of slices from their moments alone."""

import numpy as np
import pytest

from assay.analysis.bootstrap.cornish_fisher import Slices, central, slices
from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.sample import Array


def sliced(groups: list[Array]) -> Slices:
    """From count, mean and second to fourth central moment per group, as a GROUP BY gives them."""
    rows = [(g.size, g.mean(), *(np.mean((g - g.mean()) ** k) for k in (2, 3, 4))) for g in groups]
    n, mean, second, third, fourth = np.array(rows, dtype=float).T
    return slices(n, mean, second, third, fourth, 0.95)


def test_slices_agree_with_the_intervals_of_their_values() -> None:
    rng = np.random.default_rng(0)
    groups = [rng.gamma(2, size=int(n)) for n in rng.integers(1500, 4000, 50)]
    found = sliced(groups)
    assert found.reliable.all()
    for i, group in enumerate(groups):
        one, unit = percentile((group,), 0.95), group.std() / group.size**0.5
        assert (found.low[i], found.high[i]) == pytest.approx((one.low, one.high), abs=0.01 * unit)


def test_slices_that_four_moments_cannot_tell_say_so() -> None:
    lopsided = np.append(np.zeros(999), 1.0)
    found = sliced([np.ones(50), np.arange(5.0), lopsided, np.random.default_rng(1).normal(size=1000)])
    assert list(found.reliable) == [False, False, False, True]
    assert np.isnan(found.low[0])
    assert found.mean[0] == 1.0


def test_central_moments_come_out_of_power_sums_about_any_near_point() -> None:
    rng = np.random.default_rng(3)
    values = 1e6 + rng.gamma(2, size=500)
    d = values - (1e6 + 5)
    means = [np.array([np.mean(d**k)]) for k in (1, 2, 3, 4)]
    expected = [np.mean((values - values.mean()) ** k) for k in (2, 3, 4)]
    assert np.concatenate(central(means[0], means[1], means[2], means[3])) == pytest.approx(expected)
