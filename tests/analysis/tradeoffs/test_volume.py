"""The share of the room that a front takes."""

from itertools import combinations

import numpy as np
import pytest

from assay.analysis.tradeoffs.volume import share
from assay.model.metric import Direction

LESS, MORE = Direction.MINIMIZE, Direction.MAXIMIZE
CORNERS = np.array([[0.0, 10.0], [10.0, 0.0], [5.0, 5.0]])


def test_the_share_of_a_box_by_hand() -> None:
    found = share(CORNERS, CORNERS, [LESS, LESS])
    assert found is not None
    assert (found.ideal, found.reference) == ((0.0, 0.0), (11.0, 11.0))
    # Corners 11 × 1, 1 × 11 and 6 × 6, of which each pair shares what lies within both.
    assert found.value == pytest.approx((11 + 11 + 36 - 6 - 6 - 1 + 1) / 121)


def test_units_and_directions_change_nothing() -> None:
    found = share(CORNERS, CORNERS, [LESS, LESS])
    turned = share(CORNERS * [1000, -2], CORNERS * [1000, -2], [LESS, MORE])
    assert found is not None
    assert turned is not None
    assert turned.value == pytest.approx(found.value)


def test_a_filter_keeps_the_box() -> None:
    part = share(CORNERS[:1], CORNERS, [LESS, LESS])
    assert part is not None
    assert part.value == pytest.approx(11 / 121)
    nothing = share(CORNERS[:0], CORNERS, [LESS, LESS])
    assert nothing is not None
    assert nothing.value == 0.0


def test_a_reference_of_ones_own_is_kept_and_what_lies_beyond_it_takes_no_room() -> None:
    found = share(CORNERS, CORNERS, [LESS, LESS], [8.0, 8.0])
    assert found is not None
    assert found.reference == (8.0, 8.0)
    assert found.value == pytest.approx(9 / 64)
    beyond = share(CORNERS, CORNERS, [LESS, LESS], [-1.0, -1.0])
    assert beyond is not None
    assert beyond.value == 0.0


def test_an_objective_in_which_all_are_equal_is_left_out_of_the_room() -> None:
    flat = np.column_stack([CORNERS, np.full(3, 7.0)])
    found, of_two = share(flat, flat, [LESS, LESS, MORE]), share(CORNERS, CORNERS, [LESS, LESS])
    assert found is not None
    assert of_two is not None
    assert found.reference[2] == 7.0
    assert found.value == pytest.approx(of_two.value)
    assert share(flat[:, 2:], flat[:, 2:], [MORE]) is None
    assert share(CORNERS[:0], CORNERS[:0], [LESS, LESS]) is None


def test_better_than_the_ideal_of_the_experiment_is_no_more_than_all_of_the_room() -> None:
    # Means of some of a configuration's runs may lie beyond those of all.
    ahead = CORNERS - 4.0
    found, whole = share(ahead, CORNERS, [LESS, LESS]), share(-ahead, -CORNERS, [MORE, MORE])
    assert found is not None
    assert whole is not None
    assert found.value == whole.value == pytest.approx((100 + 5 + 5) / 121)
    assert found.ideal == (0.0, 0.0)


def test_a_reference_of_ones_own_at_the_best_leaves_no_room() -> None:
    found = share(CORNERS, CORNERS, [LESS, LESS], [0.0, 11.0])
    assert found is not None
    assert (found.value, found.reference) == (0.0, (0.0, 11.0))


def test_a_volume_that_would_take_too_long_is_none() -> None:
    many = np.random.default_rng(0).dirichlet(np.ones(5), 300)
    assert share(many, many, [LESS] * 5) is None
    assert share(many[:20], many, [LESS] * 5) is not None


@pytest.mark.parametrize(("rows", "objectives"), [(2, 2_000), (3, 100), (4, 100), (12, 8)])
def test_few_configurations_have_a_volume_whatever_the_objectives(rows: int, objectives: int) -> None:
    few = np.random.default_rng(0).dirichlet(np.ones(objectives), rows)
    found = share(few, few, [LESS] * objectives, [1.0] * objectives)
    assert found is not None
    # By inclusion and exclusion: of the rows in each subset the boxes share what lies beyond all of them.
    gains = (1.0 - few) / (1.0 - few.min(axis=0))
    subsets = [list(those) for size in range(1, rows + 1) for those in combinations(range(rows), size)]
    expected = sum((-1) ** (len(those) + 1) * gains[those].min(axis=0).prod() for those in subsets)
    assert found.value == pytest.approx(expected)


def test_so_many_objectives_that_slices_of_slices_would_not_end_have_none() -> None:
    few = np.random.default_rng(0).dirichlet(np.ones(900), 3)
    assert share(few, few, [LESS] * 900) is None
