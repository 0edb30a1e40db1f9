"""Where a few values lie far out, the law among the others is known as finely as they lie."""

from math import comb

import numpy as np
import pytest
from benchmarks.exactness import long_resampling
from benchmarks.hostile import TIMEOUTS

from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.convolution import gridded
from assay.analysis.bootstrap.enumeration import listed
from assay.analysis.bootstrap.intervals import by_law
from assay.analysis.bootstrap.outliers import Parted, parted
from assay.analysis.inference import two_sided
from assay.analysis.sample import Array, Groups
from assay.model.comparison.question import Method


def sums(draws: int) -> Array:
    """The law of the sum of so many draws from 0 … 16."""
    found = np.ones(1)
    for _ in range(draws):
        found = np.convolve(found, np.full(17, 1 / 17))
    return found


def ends(groups: Groups, level: float = 0.95) -> tuple[float, float]:
    found = by_law(groups, law(groups), Method.PERCENTILE).interval(level)
    return found.low, found.high


def test_the_low_end_without_any_timeout_is_a_mean_of_the_short_times() -> None:
    none = 0.85**20 * np.cumsum(sums(20))
    low = int(np.searchsorted(none, 0.025)) / 2000
    assert low == pytest.approx(0.084)
    assert ends((TIMEOUTS,)) == pytest.approx((low, 300.508), abs=1e-3)


def test_the_low_end_with_one_timeout_is_as_fine() -> None:
    shifted = np.zeros(19 * 16 + 201)
    for far in (0, 100, 200):
        shifted[far : far + 19 * 16 + 1] += comb(20, 1) * 0.15 * 0.85**19 / 3 * sums(19)
    low = int(np.searchsorted(0.85**20 + np.cumsum(shifted), 0.05))
    assert ends((TIMEOUTS,), 0.9)[0] == pytest.approx(50 + low / 2000, abs=1e-9)


@pytest.mark.parametrize("sign", [1, -1])
def test_p_and_interval_count_the_short_times_that_fall_below_zero(sign: int) -> None:
    groups = (sign * (TIMEOUTS - 0.09),)
    found = by_law(groups, law(groups), Method.PERCENTILE)
    assert two_sided(found) == pytest.approx(2 * 0.85**20 * sums(20)[:181].sum(), abs=1e-9)
    assert two_sided(found) == pytest.approx(0.0639, abs=5e-5)
    low, high = sorted(abs(end) for end in ends(groups))
    assert (low, high) == pytest.approx((0.006, 300.418), abs=1e-3)
    assert min(ends(groups)) < 0 < max(ends(groups))


NORMAL = np.random.default_rng(5).normal(size=26)


@pytest.mark.parametrize(
    ("groups", "scale"),
    [
        ((np.append(NORMAL / 10 + 0.06, [60.0, 60.0, 60.0, -60.0]),), 0.1),
        ((np.append(NORMAL, [-1e5, -1.2e5]),), 1.0),
        ((np.append(NORMAL[:15], [1e9, 3e9, 1e4]),), 1.0),
        ((TIMEOUTS, np.arange(15) * 0.01 + 0.02), 0.01),
        ((np.arange(15) * 0.01 + 0.02, TIMEOUTS), 0.01),
        ((TIMEOUTS, np.append(NORMAL[:12] / 10, 900.0)), 0.1),
    ],
    ids=["either side", "low", "two scales", "first of two", "second of two", "both of two"],
)
def test_probabilities_agree_with_real_resamples_at_the_scale_of_the_core(groups: Groups, scale: float) -> None:
    known, drawn = law(groups), np.sort(long_resampling(groups, 500_000))
    centres = [sign * float(np.median(group)) for sign, group in zip((1, -1), groups, strict=False)]
    for place in sum(centres) + scale * np.array([-0.5, -0.101, 0.0331, 0.2, 0.7]):
        share = np.searchsorted(drawn, place) / drawn.size
        # Four standard errors of the share.
        assert known.at_most(place) == pytest.approx(share, abs=4 * (share * (1 - share) / drawn.size) ** 0.5 + 1e-5)


def test_it_agrees_with_the_list_of_all_resamples() -> None:
    groups = (np.append(NORMAL[:7], [1e6, -2.3e6]),)
    exact, near = listed(groups), gridded(groups)
    assert exact
    for place in np.linspace(-1.0, 1.0, 21):
        assert near.at_most(place) == pytest.approx(exact.at_most(place), abs=2e-4)


def parts(*signed: list[float], narrow: float = 1.0, budget: int = 28) -> Parted | None:
    groups = tuple(np.array(values, dtype=np.float64) for values in signed)
    return parted(groups, tuple(group.size for group in groups), narrow, budget)


def test_as_few_as_needed_are_far() -> None:
    found = parts([0, 1, 2, 3, 500, -900], [4, 5, 6, 7000])
    assert found
    assert [list(far) for far in found.far] == [[500, -900], [7000]]
    assert found.drawn == tuple((a, b) for a in range(4) for b in range(4) if a + b <= 3)


def test_every_way_to_draw_far_values_has_its_probability() -> None:
    found = parts([0, 0, 0, 8], narrow=0.1)
    assert found
    shares = [found.shifts((k,)) for k in range(4)]
    assert [float(shift[0]) for shift, _ in shares] == [0, 2, 4, 6]
    assert [float(share[0]) for _, share in shares] == pytest.approx(
        [comb(4, k) * 3 ** (4 - k) / 256 for k in range(4)]
    )


def test_of_many_far_values_few_draws_are_told_apart() -> None:
    found = parts([0.0] * 30 + [100.0 + i for i in range(20)], budget=20)
    assert found
    assert found.drawn == ((0,),)


@pytest.mark.parametrize(
    "signed",
    [
        ([0.0, 1.0, 2.0, 3.0],),
        ([0.0] * 40 + [100.0] * 30,),
        ([0.0, 1000.0], [1.0, 2.0, 3.0, 4.0]),
        ([5.0], [7.0]),
    ],
    ids=["nothing far", "too many far", "a group without a core", "no spread"],
)
def test_a_sample_without_a_narrow_core_stays_whole(signed: tuple[list[float], ...]) -> None:
    assert parts(*signed) is None
