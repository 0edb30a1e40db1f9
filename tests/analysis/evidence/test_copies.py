"""How many equal rows chance puts on both sides is known exactly, and more than that is a leak."""

from itertools import combinations

import numpy as np
import pytest

from assay.analysis.evidence.copies import excess, expected
from assay.model.evidence.splits import Copies, Shared


def copies(
    rows: "np.ndarray[tuple[int], np.dtype[np.int64]]", test: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> Copies:
    """As `cache.splits` counts them; `rows`: a number for each different row."""
    train, held = rows[~test], rows[test]
    found = int(np.isin(held, train).sum())
    _, often = np.unique(train, return_counts=True)
    _, both = np.unique(rows, return_counts=True)
    m, c = np.unique(both, return_counts=True)
    pairs = tuple(zip(m.tolist(), c.tolist(), strict=True)) if found else ()
    return Copies(Shared(found, len(held)), int(often[often > 1].sum()), len(train), pairs)


def drawn(rng: np.random.Generator, n: int, held: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    test = np.zeros(n, bool)
    test[rng.choice(n, held, replace=False)] = True
    return test


@pytest.mark.parametrize(
    ("rows", "held"), [([0, 0, 1, 1, 2, 3, 4], 3), ([0, 0, 0, 1, 1, 2], 2), ([0] * 4 + [1] * 4, 5), ([0, 0], 1)]
)
def test_mean_and_spread_are_those_of_all_splits(rows: list[int], held: int) -> None:
    table = np.array(rows)
    found, one = [], None
    for chosen in combinations(range(len(rows)), held):
        test = np.isin(np.arange(len(rows)), chosen)
        own = copies(table, test)
        found.append(own.held.n)
        one = own if own.held.n else one
    assert one is not None
    assert expected(one) == pytest.approx((np.mean(found), np.std(found)))


def test_copied_rows_are_found_among_rows_that_never_repeat() -> None:
    """30 of 200 test rows are rows of the training."""
    rows = np.concatenate([np.arange(1_000), np.arange(30)])
    test = np.zeros(len(rows), bool)
    test[-200:] = True
    rows[-200:-30] = np.arange(2_000, 2_170)
    found = copies(rows, test)
    assert (found.held.n, found.held.of, found.repeats) == (30, 200, 0)
    assert excess(found)


@pytest.mark.parametrize(("n", "kinds", "held"), [(400, 8, 200), (1_000, 500, 300), (1_200, 600, 360), (300, 290, 60)])
def test_rows_that_repeat_by_chance_are_no_leak(n: int, kinds: int, held: int) -> None:
    """Three coins have eight different rows; another table has every row twice."""
    rng = np.random.default_rng(0)
    rows = np.arange(n) % kinds if n % kinds == 0 else rng.integers(0, kinds, n)
    assert not any(excess(copies(rows, drawn(rng, n, held))) for _ in range(200))


def test_three_coins_are_found_as_often_as_expected() -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(0, 8, 800)
    found = copies(rows, drawn(rng, 800, 200))
    assert (found.held.n, round(expected(found)[0])) == (200, 200)
    assert not excess(found)


def test_copies_among_rows_that_repeat_are_found_where_there_are_too_many() -> None:
    rng = np.random.default_rng(2)
    rows = rng.integers(0, 3_000, 1_000)
    test = drawn(rng, 1_000, 200)
    rows[np.flatnonzero(test)[:60]] = rows[np.flatnonzero(~test)[:60]]
    assert excess(copies(rows, test))


@pytest.mark.parametrize("among", [1, 3, 10_000, 3_000_000])
def test_figures_of_any_size_stay_numbers(among: int) -> None:
    """Factorials of millions; a single test row; every row the same."""
    for held in (1, 7, 500_000):
        found = Copies(Shared(held, held), among, among, ((held + among, 1),))
        mean, std = expected(found)
        assert 0 <= mean <= held
        assert np.isfinite(std)
        assert not excess(found)
    rare = Copies(Shared(1, 7), 0, among, ((1, among + 5), (2, 1)))
    assert np.isfinite(expected(rare)).all()
