"""Combinations of cells: by hand, by statsmodels, and what a cell without weight has no say in."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS

from assay.analysis.ablation.block import Block, block
from assay.analysis.ablation.pairs import BEYOND
from assay.analysis.sample import Array
from assay.model.ablation.notes import AblationNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.metric import Direction
from celled import BY_RULE, alike, ends
from seeded import sample

UP, DOWN = Direction.MAXIMIZE, Direction.MINIMIZE
Scores = list[list[float]]


def made(cells: Scores, seeds: object = None, way: Direction = UP) -> Block:
    return block([sample(str(i), own, () if seeds == () else None) for i, own in enumerate(cells)], way)


def uneven(sizes: list[int], seed: int) -> Scores:
    """Cells whose spreads differ up to 20-fold."""
    rng = np.random.default_rng(seed)
    return [
        (spread * rng.normal(size=n)).tolist() for n, spread in zip(sizes, np.geomspace(1, 20, len(sizes)), strict=True)
    ]


def robust(cells: Scores, weights: Array) -> tuple[float, float]:
    """Estimate and error of a contrast by a regression on cells with HC2 errors, of unequal variances."""
    of = np.repeat(np.arange(len(cells)), [len(own) for own in cells])
    fitted = OLS(np.concatenate(cells), np.eye(len(cells))[of]).fit(cov_type="HC2")
    found = fitted.t_test(weights.ravel())
    return float(found.effect[0]), float(np.squeeze(found.sd))


def by_hand(cells: Scores, weights: Array) -> float:
    """Satterthwaite's degrees of freedom, as the textbook writes them."""
    parts = [w * w * np.var(own, ddof=1) / len(own) for w, own in zip(weights.ravel(), cells, strict=True)]
    return float(sum(parts) ** 2 / sum(part**2 / (len(own) - 1) for part, own in zip(parts, cells, strict=True)))


@given(st.lists(st.integers(3, 9), min_size=4, max_size=4), st.integers(0, 99))
def test_unequal_cells_agree_with_statsmodels(sizes: list[int], seed: int) -> None:
    cells = uneven(sizes, seed)
    found = made(cells).contrast(BEYOND, BY_RULE)
    value, error = robust(cells, BEYOND)
    freedom = by_hand(cells, BEYOND)
    assert found.value == pytest.approx(value)
    half = stats.t.ppf(0.975, freedom) * error
    assert ends(found) == pytest.approx((value - half, value + half))
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(value) / error, freedom), rel=1e-6)
    assert (found.paired, found.n) == (False, min(sizes))
    assert found.test is not None
    assert found.test.technique is Technique.SATTERTHWAITE_T


@given(st.integers(0, 99))
def test_averaging_over_a_factor_is_one_contrast_of_all_cells(seed: int) -> None:
    cells = uneven([3, 4, 5, 6, 7, 8, 9, 3], seed)
    found = made(cells).over([2, 0]).contrast(BEYOND, BY_RULE)
    signs = np.array([(-1.0) ** (a + c) / 2 for a, _, c in product((0, 1), repeat=3)])
    value, error = robust(cells, signs)
    half = stats.t.ppf(0.975, by_hand(cells, signs)) * error
    assert found.value == pytest.approx(value)
    assert ends(found) == pytest.approx((value - half, value + half))


@given(st.integers(2, 9), st.integers(0, 99))
def test_shared_seeds_are_judged_by_what_each_seed_says(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cells = (rng.normal(size=(4, n)) + 10 * rng.normal(size=n)).tolist()
    found = made(cells, ()).contrast(BEYOND, BY_RULE)
    per_seed = np.array(cells[3]) - cells[2] - cells[1] + cells[0]
    oracle = stats.ttest_1samp(per_seed, 0.0)
    assert found.value == pytest.approx(per_seed.mean())
    assert ends(found) == pytest.approx(tuple(oracle.confidence_interval()))
    assert (found.paired, found.n) == (True, n)


@pytest.mark.parametrize(
    "seeds", [[[0, 1, 2], [0, 1, 3]], [[0, 1, 2], [0, 1]], [[0, 1, 2], [0, 1, None]], [[0, 1, 1], [0, 1, 1]]]
)
def test_cells_pair_only_where_each_has_every_seed_once(seeds: list[list[object]]) -> None:
    cells = [sample(str(i), np.arange(float(len(own))) ** (i + 1), own) for i, own in enumerate(seeds)]
    assert block(cells, UP).seeds is None


def test_seeds_need_not_come_in_one_order() -> None:
    a = block([sample("off", [1.0, 2.0, 4.0], [0, 1, 2]), sample("on", [5.0, 7.0, 9.0], [0, 1, 2])], UP)
    b = block([sample("off", [4.0, 1.0, 2.0], [2, 0, 1]), sample("on", [7.0, 5.0, 9.0], [1, 0, 2])], UP)
    weights = np.array([-1.0, 1.0])
    assert ends(a.contrast(weights, BY_RULE)) == pytest.approx(ends(b.contrast(weights, BY_RULE)))


def test_a_cell_of_one_run_takes_the_interval_from_what_needs_it_and_from_nothing_else() -> None:
    cells = [[1.0], [1.0, 2.0, 4.0], [2.0, 3.0, 5.0], [7.0, 8.0, 8.5]]
    found = made(cells)
    needs, free = found.contrast(BEYOND, BY_RULE), found.contrast(np.array([[0.0, 0.0], [-1.0, 1.0]]), BY_RULE)
    assert needs.value == pytest.approx(np.mean(cells[3]) - np.mean(cells[2]) - np.mean(cells[1]) + 1.0)
    assert needs.interval is None
    assert needs.reason is not None
    assert needs.reason.code is Says.CELL_OF_ONE
    assert alike(free, made([[0.0, 9.0], *cells[1:]]).contrast(np.array([[0.0, 0.0], [-1.0, 1.0]]), BY_RULE))
    assert free.interval is not None
    assert free.n == 3


def test_a_diverged_cell_takes_the_interval_from_nothing_that_leaves_it_out() -> None:
    cells = [[1e15, 2e15, 4e15], [1.0, 2.0, 4.0], [2.0, 3.0, 5.5], [7.0, 8.0, 8.5]]
    weights = np.array([[0.0, 0.0], [-1.0, 1.0]])
    found = made(cells, ()).contrast(weights, BY_RULE)
    assert found.interval is not None
    assert alike(found, made([[1.0, 2.0, 3.0], *cells[1:]], ()).contrast(weights, BY_RULE))


@pytest.mark.parametrize("seeds", [(), None])
def test_cells_that_never_vary_have_a_value_alone(seeds: object) -> None:
    found = made([[0.1] * 3, [0.3] * 3, [0.7] * 3, [0.2] * 3], seeds).contrast(BEYOND, BY_RULE)
    assert found.value == pytest.approx(-0.7)
    assert found.interval is None
    assert found.reason is not None
    assert found.reason.code is Says.CELLS_WITHOUT_VARIATION


@pytest.mark.parametrize("seeds", [(), None])
def test_errors_are_improvements_turned_round_and_corners_stay_as_they_were_measured(seeds: object) -> None:
    cells = uneven([4, 4, 4, 4], 1)
    negated = [[-score for score in own] for own in cells]
    up, down = made(cells, seeds), made(negated, seeds, DOWN)
    assert alike(up.contrast(BEYOND, BY_RULE), down.contrast(BEYOND, BY_RULE))
    for place in product((0, 1), repeat=2):
        one, other = up.corner(place, BY_RULE), down.corner(place, BY_RULE)
        assert one.value == pytest.approx(-other.value)
        assert one.value == pytest.approx(np.mean(cells[2 * place[0] + place[1]]))
        assert one.interval is not None
        assert other.interval is not None
        assert (one.interval.low, one.interval.high) == pytest.approx((-other.interval.high, -other.interval.low))


def test_the_total_is_the_last_cell_above_the_first() -> None:
    assert made([[1.0, 2.0], [9.0, 9.5], [8.0, 8.5], [5.0, 7.0]]).total(BY_RULE).value == pytest.approx(4.5)
