"""The bootstrap without resampling, against enumeration and long Monte Carlo, on kind and on nasty data."""

from collections.abc import Callable

import numpy as np
import pytest
from benchmarks.exactness import errors
from benchmarks.hostile import TIMEOUTS

from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.convolution import gridded
from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.sample import Array, Groups, generator, moments

SHAPES: dict[str, Callable[[np.random.Generator, int], Array]] = {
    "normal": lambda rng, n: rng.normal(size=n),
    "exponential": lambda rng, n: rng.exponential(size=n),
    "near a ceiling": lambda rng, n: rng.beta(24, 0.7, n),
    "heavy tails": lambda rng, n: rng.standard_t(2, n),
    "uniform": lambda rng, n: rng.random(n),
    "huge mean": lambda rng, n: 1e7 + rng.normal(size=n),
}


def error(groups: Groups) -> float:
    return float(np.sqrt(sum(g.var() / g.size for g in groups)))


def ends(groups: Groups) -> Array:
    found = percentile(groups, 0.95)
    return np.array([found.low, found.high])


def drawn(groups: Groups, resamples: int) -> Array:
    """Endpoints from plain resampling."""
    rng = generator(11)
    total = np.zeros(resamples)
    for sign, values in zip((1, -1), groups, strict=False):
        step = max(1, 4_000_000 // values.size)
        for start in range(0, resamples, step):
            rows = min(step, resamples - start)
            picked = rng.integers(0, values.size, (rows, values.size), dtype=np.int32)
            total[start : start + rows] += sign * values[picked].mean(axis=1)
    return np.asarray(np.quantile(total, [0.025, 0.975]))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_convolution_agrees_with_the_list_of_all_resamples(shape: str) -> None:
    x = SHAPES[shape](np.random.default_rng(4), 10)
    exact, near = law((x,)), gridded((x,))
    assert exact.name == "exact"
    for tail in (0.005, 0.025, 0.05):
        expected = [exact.lower(tail), exact.upper(tail)]
        assert [near.lower(tail), near.upper(tail)] == pytest.approx(expected, abs=0.005 * error((x,)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("sizes", [(25,), (60,), (12, 15), (40, 25)])
def test_larger_samples_agree_with_long_monte_carlo(shape: str, sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(3)
    groups = tuple(SHAPES[shape](rng, n) for n in sizes)
    # 60,000 draws put an endpoint within about .011 standard errors (one sigma).
    assert ends(groups) == pytest.approx(drawn(groups, 60_000), abs=0.04 * error(groups))


def rare(n: int, ones: int) -> Array:
    return np.concatenate((np.ones(ones), np.zeros(n - ones)))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("5 ones in 1,000", rare(1000, 5)),
        ("1 one in 1,000", rare(1000, 1)),
        ("half ones", rare(200, 100)),
        ("right, same, wrong", np.repeat([1.0, 0.0, -1.0], [30, 960, 10])),
        ("shares of 360 examples", np.round(np.random.default_rng(1).beta(24, 1, 40) * 360) / 360),
        ("two values off any lattice", np.concatenate((rare(99, 40), [0.123456789]))),
        ("one huge outlier", np.append(np.random.default_rng(2).normal(size=199), 1e6)),
        ("two outliers", np.append(np.random.default_rng(2).normal(size=298), [300.0, -250.0])),
        ("lumps off any lattice", np.random.default_rng(6).choice([0.0, 1.0, 2.7], 40) + 1e-6 * np.arange(40)),
        ("ties", np.round(np.random.default_rng(5).normal(size=50), 1)),
    ],
)  # fmt: skip
def test_data_that_smooth_approximations_get_wrong(name: str, values: Array) -> None:
    unit = error((values,))
    known, resampled = law((values,)), np.sort(_means(values, 40_000))
    assert np.all(np.isfinite(ends((values,))))
    for quantile in (0.01, 0.025, 0.1, 0.5, 0.9, 0.975, 0.99):
        # Where the law has atoms a quantile may fall on either side of one: compare probabilities instead.
        at = known.lower(quantile)
        share = np.searchsorted(resampled, at + 0.02 * unit) / resampled.size
        before = np.searchsorted(resampled, at - 0.02 * unit) / resampled.size
        assert before - 0.01 <= quantile <= share + 0.01


def _means(values: Array, resamples: int) -> Array:
    distinct, counts = np.unique(values, return_counts=True)
    picked = generator(8).multinomial(values.size, counts / values.size, resamples)
    return np.asarray(picked @ distinct / values.size)


@pytest.mark.parametrize("n", [5, 30, 1000])
def test_the_law_of_a_mean_has_the_known_mean_and_variance(n: int) -> None:
    x = np.random.default_rng(n).exponential(size=n)
    known = law((x,))
    grid = (np.arange(4000) + 0.5) / 4000
    quantiles = np.array([known.lower(p) for p in grid])
    assert quantiles.mean() == pytest.approx(x.mean(), abs=2e-3 * error((x,)))
    assert quantiles.var() == pytest.approx(x.var() / n, rel=5e-3)


def test_a_lattice_of_rare_events_is_exact() -> None:
    known = law((rare(1000, 5),))
    assert known.name == "exact"
    assert known.at_most(0.0) == pytest.approx(0.995**1000, rel=1e-9)
    assert known.at_least(1 / 1000) == pytest.approx(1 - 0.995**1000, rel=1e-9)


def test_unpaired_binary_scores_keep_the_mass_at_zero() -> None:
    known = law((rare(9, 4), rare(12, 5)))
    both = drawn_difference(rare(9, 4), rare(12, 5))
    assert known.at_most(0.0) == pytest.approx((both <= 1e-9).mean(), abs=0.01)
    assert known.at_least(0.0) == pytest.approx((both >= -1e-9).mean(), abs=0.01)


def drawn_difference(x: Array, y: Array) -> Array:
    rng = generator(2)
    means = [v[rng.integers(0, v.size, (60_000, v.size))].mean(axis=1) for v in (x, y)]
    return np.asarray(means[0] - means[1])


def test_one_constant_side_leaves_the_other_ones_law() -> None:
    x = np.random.default_rng(1).normal(size=12)
    assert ends((x, np.full(7, 2.0))) == pytest.approx(ends((x,)) - 2.0, abs=0.01 * error((x,)))
    assert ends((np.full(700, 2.0), x)) == pytest.approx(2.0 - ends((x,))[::-1], abs=0.01 * error((x,)))


def test_ten_million_values_take_a_moment() -> None:
    x = generator(1).normal(size=10_000_000)
    found = percentile((x,), 0.95)
    half = 1.959964 * moments(x).std / x.size**0.5
    assert (found.low, found.high) == pytest.approx((x.mean() - half, x.mean() + half), abs=0.01 * half)


def test_every_law_answers_quantiles_and_probabilities_alike() -> None:
    rng = np.random.default_rng(0)
    for values in (rng.normal(size=6), rng.gamma(0.5, size=15), rng.gamma(0.5, size=40), rng.normal(size=5000)):
        known = law((values,))
        assert known.lower(0.0) <= known.lower(0.01) < known.upper(0.01) <= known.upper(0.0)
        for p in (0.001, 0.025, 0.4, 0.7, 0.999):
            assert known.at_most(known.lower(p)) >= p - 1e-4
            assert known.at_least(known.upper(p)) >= p - 1e-4
        far = 1e3 * float(np.abs(values).max())
        assert known.at_most(-far) == known.at_least(far) == 0.0
        assert known.at_most(far) == pytest.approx(1.0)
        assert known.at_least(-far) == pytest.approx(1.0)


def test_three_timeouts_leave_the_low_end_among_the_short_times() -> None:
    found = percentile((TIMEOUTS,), 0.95)
    assert (found.low, found.high) == pytest.approx((0.084, 300.5), abs=0.05)


def test_no_law_counts_ways_of_a_million_values() -> None:
    zeros = np.zeros(1_000_000)
    zeros[:3] = 1.0, 2.5, np.pi
    assert law((zeros,)).at_most(0.0) == pytest.approx(np.exp(-3.0), abs=1e-3)


def test_the_hostile_family_is_within_two_hundredths_of_a_standard_error() -> None:
    for one in errors(0, (12, 60, 1000), fineness=10_000):
        assert one.computed < 0.02, one


@pytest.mark.slow
def test_the_hostile_family_at_every_size() -> None:
    for one in errors(10, (9, 12, 15, 20, 30, 60, 200, 1000, 3000, 10_000, 100_000), times=5):
        assert one.computed < 0.02, one
