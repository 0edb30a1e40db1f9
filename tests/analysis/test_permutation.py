"""Rearrangements against scipy, their smallest p values, and the intervals they invert to."""

import numpy as np
import pytest
from scipy.stats import permutation_test

from assay.analysis.inference import two_sided
from assay.analysis.permutation import relabelled, sign_flips, smallest_p


def gap(x: np.ndarray, y: np.ndarray, axis: int) -> np.ndarray:
    return np.asarray(x.mean(axis=axis) - y.mean(axis=axis))


@pytest.mark.parametrize("n", [2, 3, 5, 8, 11])
def test_exact_sign_flips_agree_with_scipy(n: int) -> None:
    d = np.random.default_rng(n).normal(0.5, size=n)
    expected = permutation_test((d,), lambda x, axis: x.mean(axis=axis), permutation_type="samples", n_resamples=np.inf)
    assert two_sided(sign_flips(d, 100, 0)) == pytest.approx(expected.pvalue)


@pytest.mark.parametrize("sizes", [(2, 2), (3, 5), (6, 4), (2, 30)])
def test_exact_relabelling_agrees_with_scipy(sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(sizes[0])
    x, y = rng.normal(0.7, size=sizes[0]), rng.normal(size=sizes[1])
    expected = permutation_test((x, y), gap, permutation_type="independent", n_resamples=np.inf)
    assert two_sided(relabelled(x, y, 100, 0)) == pytest.approx(expected.pvalue)


def test_ties_count_as_at_least_as_extreme() -> None:
    assert two_sided(sign_flips(np.array([1.0, 1.0, -1.0, 0.0]), 10, 0)) == 1.0
    assert two_sided(relabelled(np.array([1.0, 1, 2]), np.array([1.0, 1, 2]), 10, 0)) == 1.0


def test_the_smallest_p_by_size() -> None:
    assert [round(smallest_p((np.zeros(n),)), 4) for n in (5, 6, 8)] == [0.0625, 0.0312, 0.0078]
    assert smallest_p((np.zeros(3), np.zeros(3))) == pytest.approx(0.10)
    assert smallest_p((np.zeros(5), np.zeros(5))) == pytest.approx(0.0079, abs=5e-5)
    assert smallest_p((np.zeros(1), np.zeros(1))) == 1.0


@pytest.mark.parametrize("n", [5, 6, 9])
def test_unmixed_data_reach_the_smallest_p(n: int) -> None:
    far = np.linspace(1, 2, n)
    assert two_sided(sign_flips(far, 10, 0)) == pytest.approx(smallest_p((far,)))
    assert two_sided(relabelled(far + 5, far, 10, 0)) == pytest.approx(smallest_p((far, far)))


def test_an_interval_ends_where_the_p_value_crosses_the_level() -> None:
    rng = np.random.default_rng(3)
    for test in (
        sign_flips(rng.normal(size=9), 10, 0),
        relabelled(rng.normal(size=6), rng.normal(size=5), 10, 0),
        sign_flips(rng.normal(size=30), 999, 0),
        relabelled(rng.normal(size=30), rng.normal(size=25), 999, 0),
    ):
        found = test.interval(0.95)
        assert found is not None
        for end, outward in ((found.low, -1e-6), (found.high, 1e-6)):
            assert two_sided(test, end) >= 0.05 > two_sided(test, end + outward)


def test_five_pairs_have_no_permutation_interval_at_95_but_one_at_90() -> None:
    test = sign_flips(np.array([1.0, 2, 3, 4, 5]), 10, 0)
    assert test.interval(0.95) is None
    assert test.interval(0.90) is not None


def test_drawn_rearrangements_come_near_the_exact_p_and_are_never_zero() -> None:
    rng = np.random.default_rng(1)
    d = rng.normal(0.35, size=20)
    exact = two_sided(sign_flips(d, 10, 0))
    many = sign_flips(np.append(d, 0.0), 40_000, 5)
    assert many.procedure.name == "40,000 sign flips"
    assert two_sided(many) == pytest.approx(exact, abs=0.01)
    assert two_sided(sign_flips(np.full(40, 5.0) + d.repeat(2), 99, 0)) == pytest.approx(0.02)
    drawn = relabelled(rng.normal(10, size=30), rng.normal(size=30), 99, 0)
    assert drawn.procedure.name == "permutation, 99 labellings"
    assert two_sided(drawn) == pytest.approx(0.02)


def test_drawn_rearrangements_depend_on_their_seed_alone() -> None:
    d = np.random.default_rng(2).normal(size=25)
    np.random.seed(1)
    first = two_sided(sign_flips(d, 500, 3))
    np.random.seed(2)
    assert two_sided(sign_flips(d, 500, 3)) == first
    assert two_sided(relabelled(d, d + 0.3, 500, 3)) == two_sided(relabelled(d, d + 0.3, 500, 3))
