"""The resampler: against the laws that are known, and what it does with awkward data."""

import numpy as np
import pytest

from assay.analysis import statistics
from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.inference import Ranked, two_sided
from assay.analysis.resample import Resampled, independent_difference, paired_difference, stratified
from assay.analysis.sample import Array
from assay.analysis.statistics import Counted

RNG = np.random.default_rng(0)
X, Y = RNG.gamma(2, size=60), RNG.gamma(2.4, size=60)


def mean(values: Array) -> Counted:
    return statistics.trimmed_mean(values, 0.0)


def alone(statistic: Counted, *, resamples: int = 10_000, seed: int = 0) -> Resampled:
    return stratified([statistic.n], statistic, resamples=resamples, seed=seed)


def near(found: object, expected: object, unit: float) -> None:
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.06 * unit)  # type: ignore[attr-defined]


def test_means_agree_with_the_law_that_needs_no_resampling() -> None:
    unit = X.std() / 60**0.5
    near(alone(mean(X)).interval(0.95), percentile((X,), 0.95), unit)
    gap = (X - Y).std() / 60**0.5
    together = paired_difference(mean(X), mean(Y))
    near(together.difference.interval(0.95), percentile((X - Y,), 0.95), gap)
    both = (X.var() / 60 + Y.var() / 60) ** 0.5
    near(independent_difference(mean(X), mean(Y)).difference.interval(0.95), percentile((X, Y), 0.95), both)
    near(together.first.interval(0.95), percentile((X,), 0.95), unit)
    near(together.second.interval(0.95), percentile((Y,), 0.95), unit)


def test_the_difference_is_that_of_the_sides_draw_by_draw() -> None:
    for draw in (paired_difference, independent_difference):
        found = draw(statistics.median(X), statistics.median(Y), resamples=300)
        assert np.array_equal(found.difference.draws, found.first.draws - found.second.draws)
        assert found.difference.estimate == found.first.estimate - found.second.estimate


def test_the_median_of_known_data_has_its_binomial_interval() -> None:
    found = alone(statistics.median(np.arange(1.0, 102.0)), resamples=20_000).interval(0.95)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((41, 61), abs=1)
    assert found.method == "percentile stratified bootstrap, 20,000 resamples"


def test_the_basic_interval_mirrors_the_percentile_interval() -> None:
    found = alone(statistics.median(X), resamples=999)
    basic, plain = found.interval(0.9, "basic"), found.interval(0.9)
    assert basic is not None
    assert plain is not None
    assert basic.low == pytest.approx(2 * found.estimate - plain.high)
    with pytest.raises(ValueError, match="bca"):
        found.interval(0.9, "bca")


def test_only_the_seed_matters() -> None:
    np.random.seed(1)
    one = alone(statistics.median(X), resamples=200, seed=4)
    np.random.seed(2)
    assert np.array_equal(alone(statistics.median(X), resamples=200, seed=4).draws, one.draws)
    assert not np.array_equal(alone(statistics.median(X), resamples=200, seed=5).draws, one.draws)


def inferred(found: Resampled) -> Ranked:
    made = found.inference()
    assert made is not None
    return made


def test_p_is_never_zero_and_falls_with_the_distance() -> None:
    found = alone(statistics.median(X + 50), resamples=999)
    assert two_sided(inferred(found)) == pytest.approx(2 / 1000)
    assert two_sided(inferred(found), found.estimate) == pytest.approx(1.0, abs=0.3)


def test_resamples_too_few_for_a_level_have_no_interval_there() -> None:
    few = alone(statistics.median(X), resamples=39)
    assert few.interval(0.95) is None
    assert few.interval(0.94) is not None
    assert alone(statistics.median(X), resamples=40).interval(0.95) is not None


def test_a_statistic_that_is_mostly_undefined_has_no_interval() -> None:
    first_row_only = Counted(31, lambda counts: np.where(counts[:, 0] > 0, 1.0, np.nan))
    found = alone(first_row_only, resamples=300)
    assert found.undefined > 60
    assert found.interval(0.95) is None
    assert found.inference() is None


def test_rows_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="60 and 10"):
        paired_difference(mean(X), mean(Y[:10]))
    with pytest.raises(ValueError, match="strata of 59"):
        stratified([50, 9], mean(X))


def test_strata_are_drawn_within_themselves() -> None:
    found = stratified([10, 30], mean(np.repeat([0.0, 4.0], [10, 30])), resamples=100)
    assert found.estimate == 3.0
    assert set(found.draws) == {3.0}


def test_a_million_values_are_drawn_in_small_pieces() -> None:
    found = alone(mean(np.arange(1e6)), resamples=3)
    assert found.draws.size == 3
