"""Effects of full two-level designs: the handbook's example, by definition, and what is refused."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.analysis.ablation.factorial import contrasts, effects, shares

NIST = [1.70, 4.57, 0.55, 3.39, 1.51, 4.59, 0.67, 4.29]
PLANT = [60.0, 72.0, 54.0, 68.0, 52.0, 83.0, 45.0, 80.0]


def test_the_handbooks_two_by_two_by_two() -> None:
    found = effects(NIST)
    assert list(found) == [(1,), (2,), (1, 2), (3,), (1, 3), (2, 3), (1, 2, 3)]
    assert found[1,] == pytest.approx(3.1025)
    assert found[2,] == pytest.approx(-0.8675)
    assert found[1, 2] == pytest.approx(0.1275)


@given(st.integers(1, 6), st.integers(0, 99))
def test_an_effect_is_the_mean_where_the_signs_agree_minus_the_mean_where_they_do_not(count: int, seed: int) -> None:
    responses = np.random.default_rng(seed).normal(size=2**count)
    settings = np.array([levels[::-1] for levels in product((-1, 1), repeat=count)])
    found = effects(list(responses))
    assert len(found) == 2**count - 1
    for factors, effect in found.items():
        sign = settings[:, [factor - 1 for factor in factors]].prod(axis=1)
        assert effect == pytest.approx(responses[sign > 0].mean() - responses[sign < 0].mean(), abs=1e-12)


def test_factors_that_only_add_up_do_not_interact() -> None:
    found = effects([10.0, 12.0, 15.0, 17.0])
    assert found == pytest.approx({(1,): 2.0, (2,): 5.0, (1, 2): 0.0})


@pytest.mark.parametrize("responses", [[], [1.0], [1.0, 2.0, 3.0], [1.0] * 6])
def test_a_design_with_settings_missing_is_refused(responses: list[float]) -> None:
    with pytest.raises(ValueError, match=f"shape .{len(responses)},"):
        effects(responses)


@pytest.mark.parametrize("hole", [float("nan"), float("inf")])
def test_a_response_that_is_no_number_is_refused(hole: float) -> None:
    with pytest.raises(ValueError, match="missing or infinite"):
        effects([1.0, 2.0, 3.0, hole])


def test_main_effects_and_shares_of_a_textbooks_pilot_plant() -> None:
    found = effects(PLANT)
    assert (found[1,], found[2,], found[3,], found[1, 3]) == pytest.approx((23.0, -5.0, 1.5, 10.0))
    cells = np.reshape(PLANT, (2, 2, 2)).transpose()
    assert shares(cells) == pytest.approx([139 / 6, -29 / 6, 5 / 3])


@given(st.integers(1, 6), st.integers(0, 99))
def test_shares_are_the_mean_over_every_order_and_sum_to_the_whole(count: int, seed: int) -> None:
    cells = np.random.default_rng(seed).normal(size=(2,) * count)
    found = shares(cells)
    assert found.sum() == pytest.approx(cells[(1,) * count] - cells[(0,) * count])
    by_order = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        here = [0] * count
        for factor in order:
            before = cells[tuple(here)]
            here[factor] = 1
            by_order[factor] += cells[tuple(here)] - before
    assert found == pytest.approx(by_order / len(orders))


def test_what_never_changes_anything_has_no_share() -> None:
    cells = np.array([[1.0, 1.0], [5.0, 5.0]])
    assert shares(cells) == pytest.approx([4.0, 0.0])
    assert shares(np.array([[7.0, 7.0], [7.0, 7.0]])) == pytest.approx([0.0, 0.0])


def test_columns_beside_the_factors_keep_their_effects_apart() -> None:
    cells = np.random.default_rng(3).normal(size=(2, 2, 2, 5))
    found = contrasts(cells, 3)
    assert found.shape == cells.shape
    for column in range(5):
        own = effects(cells[..., column].transpose().ravel().tolist())
        assert found[1, 0, 1, column] == pytest.approx(own[1, 3])
        assert found[0, 0, 0, column] == pytest.approx(2 * cells[..., column].mean())
