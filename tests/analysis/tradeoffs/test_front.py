"""Fronts and their volume: textbook fronts, the laws of dominance, and moocore on random tables."""

from math import inf, nan, pi

import moocore
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.analysis.sample import Array
from assay.analysis.tradeoffs.front import dominator, front, hypervolume
from assay.model.metric import Direction

LESS, MORE = Direction.MINIMIZE, Direction.MAXIMIZE


@st.composite
def tables(draw: st.DrawFn, widest: int = 5, longest: int = 200) -> tuple[Array, list[Direction]]:
    """Random tables, with many ties or none, of which a few rows or most are on the front."""
    n, d = draw(st.integers(0, longest)), draw(st.integers(1, widest))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    values = draw(
        st.sampled_from(
            [
                rng.random((n, d)),
                rng.integers(0, 4, (n, d)).astype(float),
                rng.dirichlet(np.ones(d), n),
                np.round(rng.dirichlet(np.ones(d), n), 1),
            ]
        )
    )
    return values, draw(st.lists(st.sampled_from([LESS, MORE]), min_size=d, max_size=d))


def maximise(directions: list[Direction]) -> list[bool]:
    return [way is MORE for way in directions]


@given(tables())
def test_the_front_is_moocores(table: tuple[Array, list[Direction]]) -> None:
    values, directions = table
    found = front(values, directions)
    if len(values):
        expected = moocore.is_nondominated(values, maximise=maximise(directions), keep_weakly=True)
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("d", [2, 3, 4, 5])
def test_a_long_front_is_moocores(d: int) -> None:
    values = np.random.default_rng(d).normal(size=(20_000, d))
    assert np.array_equal(front(values, [LESS] * d), moocore.is_nondominated(values, keep_weakly=True))


@given(tables())
def test_the_front_of_a_front_is_itself(table: tuple[Array, list[Direction]]) -> None:
    values, directions = table
    on = front(values, directions)
    assert on.any() == (len(values) > 0)
    assert front(values[on], directions).all()


@given(tables(), st.integers(0, 99))
def test_the_order_of_rows_is_irrelevant(table: tuple[Array, list[Direction]], seed: int) -> None:
    values, directions = table
    order = np.random.default_rng(seed).permutation(len(values))
    assert np.array_equal(front(values[order], directions), front(values, directions)[order])


@given(tables(), st.integers(0, 199))
def test_a_dominated_row_more_changes_nothing(table: tuple[Array, list[Direction]], which: int) -> None:
    values, directions = table
    if not len(values):
        return
    worse = values[which % len(values)] + np.where(maximise(directions), -1.0, 1.0)
    found = front(np.vstack([values, worse]), directions)
    assert not found[-1]
    assert np.array_equal(found[:-1], front(values, directions))


def test_equal_rows_stay_together() -> None:
    values = np.array([[1.0, 2.0], [1.0, 2.0], [2.0, 1.0], [2.0, 2.0], [1.0, 3.0]])
    assert front(values, [LESS, LESS]).tolist() == [True, True, True, False, False]
    assert front(np.hstack([values, values]), [LESS] * 4).tolist() == [True, True, True, False, False]


def test_a_direction_turns_its_own_column_only() -> None:
    accuracy_and_cost = np.array([[0.9, 10.0], [0.8, 5.0], [0.8, 12.0]])
    assert front(accuracy_and_cost, [MORE, LESS]).tolist() == [True, True, False]
    assert front(accuracy_and_cost, [LESS, LESS]).tolist() == [False, True, False]


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_rows_with_a_hole_leave_the_front_alone(d: int) -> None:
    values = np.random.default_rng(d).random((50, d))
    holed = np.insert(values, [0, 20], -9.0, axis=0)
    holed[[0, 21], -1] = nan
    found = front(holed, [LESS] * d)
    assert not found[[0, 21]].any()
    assert np.array_equal(np.delete(found, [0, 21]), front(values, [LESS] * d))
    assert not front(np.full((3, d), nan), [LESS] * d).any()


def test_infinities_are_only_very_good_or_bad() -> None:
    values = np.array([[-inf, inf], [0.0, inf], [0.0, 0.0], [inf, 0.0], [inf, -inf]])
    assert front(values, [LESS, LESS]).tolist() == [True, False, True, False, True]
    thrice = np.repeat(np.hstack([values, values[:, :1]]), 20, axis=0)
    assert front(thrice, [LESS] * 3)[::20].tolist() == [True, False, True, False, True]


@pytest.mark.parametrize(("shape", "ways"), [((3, 2), 3), ((3,), 1), ((3, 0), 0)])
def test_directions_that_do_not_fit_the_table_are_refused(shape: tuple[int, ...], ways: int) -> None:
    with pytest.raises(ValueError, match=f"{ways} directions do not fit"):
        front(np.zeros(shape), [LESS] * ways)


def test_volume_of_the_first_textbook_front_is_two_thirds() -> None:
    x = np.linspace(0.0, 1.0, 100_001)
    assert hypervolume(np.column_stack([x, 1 - np.sqrt(x)]), [LESS, LESS], [1, 1]) == pytest.approx(2 / 3, abs=2e-5)


def test_volume_of_the_ball_like_front_is_what_the_ball_leaves() -> None:
    exact = 1 - pi / 6
    volumes = [hypervolume(octant(steps), [LESS] * 3, [1, 1, 1]) for steps in (50, 100, 200)]
    assert volumes == sorted(volumes)
    assert exact - 0.01 < volumes[-1] < exact
    assert 2 * volumes[2] - volumes[1] == pytest.approx(exact, abs=2e-4)


def octant(steps: int) -> Array:
    """Points on the eighth of the unit sphere where all coordinates are positive, evenly spread in both angles."""
    a, b = np.meshgrid(*[np.linspace(0.0, pi / 2, steps)] * 2)
    return np.column_stack([(np.cos(a) * np.cos(b)).ravel(), (np.cos(a) * np.sin(b)).ravel(), np.sin(a).ravel()])


@given(tables(widest=4, longest=40))
def test_the_volume_is_moocores(table: tuple[Array, list[Direction]]) -> None:
    values, directions = table
    reference = [0.1 if way is MORE else 0.8 for way in directions]
    expected = moocore.hypervolume(values, ref=reference, maximise=maximise(directions)) if len(values) else 0.0
    assert hypervolume(values, directions, reference) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(tables(widest=4, longest=40))
def test_only_the_front_has_volume(table: tuple[Array, list[Direction]]) -> None:
    values, directions = table
    reference = [-1.0 if way is MORE else 5.0 for way in directions]
    volume = hypervolume(values, directions, reference)
    on = front(values, directions)
    assert hypervolume(values[on], directions, reference) == pytest.approx(volume)
    assert hypervolume(np.vstack([values, np.full(len(directions), nan)]), directions, reference) == volume


def test_rows_on_or_beyond_the_reference_have_no_volume() -> None:
    assert hypervolume(np.array([[1.0, 0.0], [2.0, -9.0]]), [LESS, LESS], [1, 1]) == 0.0
    assert hypervolume(np.array([[0.5, 0.5], [1.0, 0.0]]), [LESS, LESS], [1, 1]) == 0.25


def test_a_volume_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="reference point must be finite"):
        hypervolume(np.zeros((1, 2)), [LESS, LESS], [1, inf])
    with pytest.raises(ValueError, match="infinitely good"):
        hypervolume(np.array([[-inf, 0.0]]), [LESS, LESS], [1, 1])
    with pytest.raises(ValueError, match="do not fit"):
        hypervolume(np.zeros((1, 2)), [LESS, LESS], [1, 1, 1])


@given(tables(longest=40), st.integers(0, 39))
def test_who_beats_a_row_is_nowhere_worse_and_somewhere_better_and_nobody_beats_the_front(
    table: tuple[Array, list[Direction]], which: int
) -> None:
    values, directions = table
    if not len(values):
        return
    row = which % len(values)
    by = dominator(values, directions, row)
    assert (by is None) == bool(front(values, directions)[row])
    if by is not None:
        gains = np.where(maximise(directions), 1.0, -1.0) * (values[by] - values[row])
        assert gains.min() >= 0 < gains.max()


def test_the_first_that_beats_a_row_is_named_and_neither_its_equal_nor_one_with_a_hole() -> None:
    values = np.array([[1.0, 1.0], [nan, 0.0], [0.0, 2.0], [0.5, 1.0], [1.0, 0.5], [1.0, 1.0]])
    assert dominator(values, [LESS, LESS], 0) == 3
    assert dominator(values, [LESS, LESS], 3) is None
    assert dominator(values, [MORE, MORE], 0) is None
    assert dominator(values, [MORE, LESS], 0) == 4
    assert dominator(values, [LESS, LESS], 1) is None
    with pytest.raises(ValueError, match="1 directions do not fit"):
        dominator(values, [LESS], 0)
