"""The resampler: against the laws that are known, and what it does with awkward data."""

import numpy as np
import pytest

from assay.analysis import statistics
from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.resample import independent_difference, paired_difference, resampled, stratified

RNG = np.random.default_rng(0)
X, Y = RNG.gamma(2, size=60), RNG.gamma(2.4, size=60)


def near(found: object, expected: object, unit: float) -> None:
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.06 * unit)  # type: ignore[attr-defined]


def test_means_agree_with_the_law_that_needs_no_resampling() -> None:
    unit = X.std() / 60**0.5
    near(resampled([X], statistics.mean).interval(0.95), percentile((X,), 0.95), unit)
    gap = (X - Y).std() / 60**0.5
    near(paired_difference([X], [Y], statistics.mean).interval(0.95), percentile((X - Y,), 0.95), gap)
    both = (X.var() / 60 + Y.var() / 60) ** 0.5
    near(independent_difference([X], [Y], statistics.mean).interval(0.95), percentile((X, Y), 0.95), both)


def test_the_median_of_known_data_has_its_binomial_interval() -> None:
    found = resampled([np.arange(1.0, 102.0)], statistics.median, resamples=20_000).interval(0.95)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((41, 61), abs=1)
    assert found.method == "percentile bootstrap, 20,000 resamples"


def test_f1_and_auc_draw_their_columns_together() -> None:
    truth = (X > 2).astype(float)
    found = resampled([truth, X], statistics.auc, resamples=500)
    assert found.estimate == 1.0
    assert set(found.draws) == {1.0}
    assert resampled([truth, truth], statistics.f1, resamples=500).draws.min() == 1.0


def test_the_basic_interval_mirrors_the_percentile_interval() -> None:
    found = resampled([X], statistics.median, resamples=999)
    basic, plain = found.interval(0.9, "basic"), found.interval(0.9)
    assert basic is not None
    assert plain is not None
    assert basic.low == pytest.approx(2 * found.estimate - plain.high)
    with pytest.raises(ValueError, match="bca"):
        found.interval(0.9, "bca")


def test_only_the_seed_matters() -> None:
    np.random.seed(1)
    one = resampled([X], statistics.median, resamples=200, seed=4)
    np.random.seed(2)
    assert np.array_equal(resampled([X], statistics.median, resamples=200, seed=4).draws, one.draws)
    assert not np.array_equal(resampled([X], statistics.median, resamples=200, seed=5).draws, one.draws)


def test_p_is_never_zero_and_falls_with_the_distance() -> None:
    found = resampled([X + 50], statistics.median, resamples=999)
    assert found.p_value() == pytest.approx(2 / 1000)
    assert found.p_value(found.estimate) == pytest.approx(1.0, abs=0.3)


def test_a_statistic_that_is_mostly_undefined_has_no_interval() -> None:
    truth = np.append(np.zeros(30), 1.0)
    found = resampled([truth, np.arange(31.0)], statistics.auc, resamples=300)
    assert found.undefined > 60
    assert found.interval(0.95) is None
    assert found.p_value() is None


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="60, 10"):
        resampled([X, Y[:10]], statistics.f1)


def test_strata_are_drawn_within_themselves() -> None:
    strata = [np.zeros(10), np.full(30, 4.0)]
    found = stratified(strata, statistics.mean, resamples=100)
    assert found.estimate == 3.0
    assert set(found.draws) == {3.0}


def test_a_million_values_are_drawn_in_small_pieces() -> None:
    found = resampled([np.arange(1e6)], statistics.mean, resamples=3)
    assert found.draws.size == 3
