"""Shares against published figures and statsmodels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr
from statsmodels.stats.contingency_tables import mcnemar as oracle_mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from assay.analysis.proportions import Agreement, ScoreTest, mcnemar, newcombe, newcombe_paired, wilson
from assay.model.comparison.procedure import Interval

shares = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def ends(found: Interval) -> tuple[float, float]:
    return found.low, found.high


def test_published_shares() -> None:
    assert ends(wilson(81, 263, 0.95)) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert ends(wilson(0, 20, 0.95)) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_published_differences_of_shares() -> None:
    assert ends(newcombe(56, 70, 48, 80, 0.95)) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert ends(newcombe(10, 10, 0, 20, 0.95)) == pytest.approx((0.6791, 1.0), abs=5e-5)


def test_the_published_exact_mcnemar() -> None:
    assert mcnemar(25, 15) == pytest.approx(0.1539, abs=5e-5)
    assert mcnemar(15, 25) == mcnemar(25, 15)
    assert mcnemar(0, 0) == 1.0


@settings(max_examples=50, deadline=None)
@given(shares, shares, st.sampled_from([0.8, 0.95, 0.99]))
def test_shares_agree_with_statsmodels(one: tuple[int, int], two: tuple[int, int], level: float) -> None:
    expected = proportion_confint(*one, 1 - level, method="wilson")
    assert ends(wilson(*one, level)) == pytest.approx(expected, abs=1e-9)
    gap = confint_proportions_2indep(*one, *two, method="newcomb", compare="diff", alpha=1 - level)
    assert ends(newcombe(*one, *two, level)) == pytest.approx(gap, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 80), st.integers(0, 80))
def test_mcnemar_agrees_with_statsmodels(gained: int, lost: int) -> None:
    expected = oracle_mcnemar([[7, gained], [lost, 9]], exact=True).pvalue
    assert mcnemar(gained, lost) == pytest.approx(expected)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_paired_shares_stay_in_range_and_mirror(both: int, gained: int, lost: int, neither: int) -> None:
    if not both + gained + lost + neither:
        return
    here = newcombe_paired(Agreement(both, gained, lost, neither), 0.95)
    there = newcombe_paired(Agreement(both, lost, gained, neither), 0.95)
    estimate = (gained - lost) / (both + gained + lost + neither)
    assert -1 - 1e-12 <= here.low <= estimate + 1e-12
    assert estimate - 1e-12 <= here.high <= 1 + 1e-12
    assert ends(here) == pytest.approx((-there.high, -there.low), abs=1e-12)


def test_paired_shares_cover_what_they_say() -> None:
    rng = np.random.default_rng(0)
    chances = np.array([0.75, 0.12, 0.05, 0.08])
    tables = rng.multinomial(100, chances, 3000)
    found = [newcombe_paired(Agreement(*map(int, row)), 0.95) for row in tables]
    covered = np.mean([i.low <= 0.07 <= i.high for i in found])
    assert 0.93 < covered < 0.975


def test_without_a_changed_example_the_score_interval_is_the_known_one() -> None:
    # Tango (1998): with no example changed the limits are ± z² / (n + z²).
    found = ScoreTest(Agreement(200, 0, 0, 0)).interval(0.95)
    limit = 1.959964**2 / (200 + 1.959964**2)
    assert (found.low, found.high) == pytest.approx((-limit, limit), abs=1e-6)


def test_the_score_at_no_difference_is_mcnemars_without_correction() -> None:
    found = ScoreTest(Agreement(40, 25, 15, 20))
    assert found.greater(0.0) == pytest.approx(float(ndtr(-10 / 40**0.5)))


@pytest.mark.parametrize(("n", "margin"), [(200, 0.01), (100, 0.02), (300, 0.05)])
def test_at_the_margin_the_score_seldom_claims_though_few_examples_change(n: int, margin: float) -> None:
    lost = np.random.default_rng(5).binomial(n, margin, 2_000)
    counts, times = np.unique(lost, return_counts=True)
    claims = [ScoreTest(Agreement(n // 2, 0, int(c), n - n // 2 - int(c))).greater(-margin) < 0.025 for c in counts]
    assert float(times @ np.array(claims)) / 2_000 <= 0.03


def test_score_and_interval_agree() -> None:
    rng = np.random.default_rng(6)
    for _ in range(200):
        counts = Agreement(*map(int, rng.multinomial(int(rng.integers(5, 300)), rng.dirichlet([3, 1, 1, 2]))))
        found = ScoreTest(counts)
        limits = found.interval(0.95)
        for shift in rng.uniform(-0.9, 0.9, 5):
            if min(abs(limits.low - shift), abs(limits.high - shift)) > 1e-6:
                assert (found.greater(shift) < 0.025) == (limits.low > shift)
                assert (found.less(shift) < 0.025) == (limits.high < shift)
