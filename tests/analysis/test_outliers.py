"""Outliers by median and MAD: where the plain z is blind, ties, and values that are no numbers."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import median_abs_deviation

from assay.analysis.outliers import modified_z, outliers

NUMBERS = st.lists(st.integers(-1000, 1000), min_size=1, max_size=30)


def test_one_far_value_of_ten_is_found_where_plain_z_cannot() -> None:
    values = np.array([0.81, 0.80, 0.79, 0.82, 0.80, 0.81, 0.78, 0.80, 0.83, 0.10])
    assert np.abs((values - values.mean()) / values.std(ddof=1)).max() < 3
    assert outliers(values).tolist() == [False] * 9 + [True]


@pytest.mark.parametrize("n", [3, 10, 11])
def test_the_largest_plain_z_is_what_the_bound_says(n: int) -> None:
    values = np.append(np.zeros(n - 1), 1e6)
    largest = np.abs((values - values.mean()) / values.std(ddof=1)).max()
    assert largest == pytest.approx((n - 1) / n**0.5)
    assert (largest > 3) == (n > 10)


def test_the_score_is_the_one_of_the_book() -> None:
    values = np.array([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3])
    book = 0.6745 * (values - np.median(values)) / median_abs_deviation(values)
    assert modified_z(values) == pytest.approx(book, rel=1e-4)
    assert np.flatnonzero(outliers(values)).tolist() == [8, 9]


def test_ties_that_hide_the_median_deviation_leave_the_mean_one() -> None:
    values = [1.0, 1.0, 1.0, 1.0, 5.0]
    assert modified_z(values) == pytest.approx([0, 0, 0, 0, 4 / (0.8 * np.sqrt(np.pi / 2))])
    assert outliers(values).tolist() == [False, False, False, False, True]
    assert not outliers([1.0, 1.0, 1.0, 5.0]).any()


def test_values_that_differ_by_rounding_only_have_no_outlier() -> None:
    assert modified_z([0.3] * 9 + [0.1 + 0.2]).tolist() == [0.0] * 10
    assert modified_z([0.7]).tolist() == [0.0]
    assert modified_z([]).tolist() == []


def test_a_hole_is_no_outlier_and_an_infinity_is_one_and_neither_moves_the_rest() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 50.0]
    scores = modified_z([*values, nan, inf, -inf])
    assert scores[:5] == pytest.approx(modified_z(values))
    assert np.isnan(scores[5])
    assert outliers([*values, nan, inf, -inf]).tolist() == [False] * 4 + [True, False, True, True]
    assert not outliers([nan, nan]).any()


@given(NUMBERS, st.integers(1, 50), st.integers(-500, 500))
def test_neither_unit_nor_origin_matters_and_the_order_follows(numbers: list[int], scale: int, shift: int) -> None:
    values = np.array(numbers, dtype=float)
    scores = modified_z(values)
    assert modified_z(values * scale + shift) == pytest.approx(scores)
    assert modified_z(-values[::-1]) == pytest.approx(-scores[::-1])


def test_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="one list"):
        modified_z(np.ones((2, 2)))
