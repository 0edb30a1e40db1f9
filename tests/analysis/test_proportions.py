"""Shares against published figures and statsmodels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar as oracle_mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from assay.analysis.proportions import Agreement, mcnemar, newcombe, newcombe_paired, wilson
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
