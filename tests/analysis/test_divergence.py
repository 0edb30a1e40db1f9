"""Divergence of distributions: the known answer, zeros on either side, and scipy on random shares."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from assay.analysis.divergence import kl


def test_even_shares_from_uneven_ones() -> None:
    assert kl([0.5, 0.5], [0.9, 0.1]) == pytest.approx(0.510825624, abs=5e-10)
    assert kl([0.9, 0.1], [0.5, 0.5]) == pytest.approx(0.9 * np.log(1.8) + 0.1 * np.log(0.2))


@given(st.integers(1, 30), st.integers(0, 999))
def test_it_is_scipys_and_never_negative_and_nothing_from_itself(categories: int, seed: int) -> None:
    p, q = np.random.default_rng(seed).dirichlet(np.full(categories, 0.7), size=2)
    assert kl(p, q) == pytest.approx(entropy(p, q), rel=1e-9, abs=1e-12)
    assert kl(p, q) >= 0.0
    assert kl(p, p) == 0.0


def test_a_category_that_only_the_reference_has_adds_nothing() -> None:
    assert kl([1.0, 0.0], [0.5, 0.5]) == pytest.approx(np.log(2))
    assert kl([0.4, 0.6, 0.0], [0.4, 0.6, 0.0]) == 0.0


def test_a_category_that_the_reference_lacks_is_infinitely_far() -> None:
    assert kl([0.5, 0.5], [1.0, 0.0]) == inf
    assert kl([1.0, 0.0], [0.0, 1.0]) == inf


def test_a_share_that_is_tiny_is_not_taken_for_zero() -> None:
    assert kl([0.5, 0.5], [1.0, 5e-324]) == pytest.approx(371.5, abs=1.0)


@pytest.mark.parametrize(
    ("p", "q", "text"),
    [
        ([0.5, 0.5], [0.2, 0.3, 0.5], "2 shares cannot be compared with 3"),
        ([3.0, 7.0], [0.5, 0.5], "sum to 10"),
        ([], [], "sum to 0"),
        ([1.5, -0.5], [0.5, 0.5], "not negative"),
        ([0.5, 0.5], [float("nan"), 0.5], "finite"),
    ],
)
def test_what_is_no_distribution_is_refused(p: list[float], q: list[float], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        kl(p, q)
