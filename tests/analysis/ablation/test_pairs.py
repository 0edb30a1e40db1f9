"""What two components do together: every case by cells that leave no doubt, and no case from what is not shown."""

import numpy as np
import pytest

from assay.analysis.ablation.block import Block, block
from assay.analysis.ablation.estimates import together
from assay.analysis.ablation.pairs import BEYOND, case, hurting, square
from assay.model.ablation.answer import PairCase
from assay.model.comparison.question import Rules
from assay.model.metric import Direction
from celled import BY_RULE, POINTS, Z, apart, ends, tried
from seeded import sample

OFFSETS = np.array([np.roll(Z, k) for k in (0, 2, 1, 3)])
"""Of four cells, so that no difference of two of them is without spread."""


def cells(means: tuple[float, ...], n: int = 5, spread: float = 1.0) -> Block:
    """Without both, with the second, with the first, with both; five seeds that all share."""
    rows = np.array(means)[:, None] + spread * OFFSETS[:, :n]
    return block([sample(str(i), row.tolist()) for i, row in enumerate(rows)], Direction.MAXIMIZE)


def told(means: tuple[float, ...], n: int = 5, rules: Rules = BY_RULE, spread: float = 1.0) -> tuple[PairCase, str]:
    made = cells(means, n, spread)
    [beyond] = together([made.contrast(BEYOND, rules)], rules)
    return case(square(made, rules), beyond, ("one", "two"), rules)


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        ((0, 0, 0, 0), (PairCase.NEITHER, "")),
        ((0, 0, 20, 20), (PairCase.ONE_WINS, "one")),
        ((0, 20, 0, 20), (PairCase.ONE_WINS, "two")),
        ((0, 10, 20, 30), (PairCase.ADD_UP, "")),
        ((0, 0, 0, 20), (PairCase.ONLY_BOTH, "")),
        ((0, -20, -20, 10), (PairCase.ONLY_BOTH, "")),
        ((0, 10, 20, 60), (PairCase.MORE_TOGETHER, "")),
        ((0, 20, 20, 30), (PairCase.LESS_TOGETHER, "")),
        ((0, 20, 20, 20), (PairCase.EITHER, "")),
        ((0, 0, 20, 5), (PairCase.ONE_WINS, "one")),
        ((0, -20, -20, -40), (PairCase.NEITHER, "")),
    ],
)
def test_every_case_by_cells_that_leave_no_doubt(means: tuple[float, ...], expected: tuple[PairCase, str]) -> None:
    assert told(means) == expected


def test_two_of_which_neither_is_shown_beside_the_other_may_help_together() -> None:
    assert told((0, 0.9, 0.9, 2.5)) == (PairCase.TOGETHER, "")


def test_not_shown_alone_does_not_make_two_need_each_other() -> None:
    """They add up: 2.5 each, of which alone nothing is shown because the cell without both is noisy."""
    rows = np.array([6.0 * np.roll(Z, 1), 2.5 + 0.1 * Z, 2.5 - 0.2 * Z, 5.0 + 0.1 * np.roll(Z, 2)])
    made = block([sample(str(i), row.tolist()) for i, row in enumerate(rows)], Direction.MAXIMIZE)
    found = square(made, BY_RULE)
    [beyond] = together([made.contrast(BEYOND, BY_RULE)], BY_RULE)
    assert not found.firsts[0].helps
    assert not found.seconds[0].helps
    assert found.firsts[1].helps
    assert found.seconds[1].helps
    assert case(found, beyond, ("one", "two"), BY_RULE) == (PairCase.ADD_UP, "")


def test_not_shown_beside_the_other_does_not_make_two_replace_each_other() -> None:
    """They add up: 2.5 each, of which beside the other nothing is shown because the full system is noisy."""
    rows = np.array([0.1 * Z, 2.5 + 0.1 * np.roll(Z, 1), 2.5 - 0.2 * Z, 5.0 + 6.0 * np.roll(Z, 2)])
    made = block([sample(str(i), row.tolist()) for i, row in enumerate(rows)], Direction.MAXIMIZE)
    found = square(made, BY_RULE)
    [beyond] = together([made.contrast(BEYOND, BY_RULE)], BY_RULE)
    assert found.firsts[0].helps
    assert found.seconds[0].helps
    assert case(found, beyond, ("one", "two"), BY_RULE)[0] is not PairCase.EITHER


@pytest.mark.parametrize(("n", "minimum"), [(1, 3), (2, 3), (4, 5)])
def test_too_few_runs_make_no_case_and_nothing_hurts(n: int, minimum: int) -> None:
    rules, means = Rules(minimum_runs=minimum), (0.0, 5000.0, 20.0, 300.0)
    assert told(means, n, rules) == (PairCase.UNKNOWN, "")
    assert hurting(square(cells(means, n), rules), ("one", "two"), rules) == ()


def test_cells_that_never_vary_make_no_case() -> None:
    assert told((0, 10, 20, 30), spread=0.0) == (PairCase.UNKNOWN, "")


def test_what_makes_it_worse_beside_the_other_hurts() -> None:
    assert hurting(square(cells((0, 30, 0, 10)), BY_RULE), ("one", "two"), BY_RULE) == ("one",)
    assert hurting(square(cells((0, 10, 20, 30)), BY_RULE), ("one", "two"), BY_RULE) == ()


def test_a_square_holds_the_corners_and_what_each_adds_without_and_with_the_other() -> None:
    found = square(cells((1, 2, 4, 8)), BY_RULE)
    assert [one.value for one in found.corners] == pytest.approx([1, 4, 2, 8])
    assert [one.value for one in (*found.firsts, *found.seconds, found.both)] == pytest.approx([3, 6, 1, 4, 7])
    assert [one.n for one in found.corners] == [5] * 4


def test_substitutes_lose_more_together_than_the_sum_of_each() -> None:
    means = {"": 90.0, "a": 89.5, "b": 78.0, "ab": 55.0}
    found = tried(apart({off: (m + row).tolist() for (off, m), row in zip(means.items(), OFFSETS, strict=True)}), "ab")
    assert found.substitutes
    assert found.beyond.value == pytest.approx(-(35.0 - 0.5 - 12.0))
    assert (found.case, found.winner) == (PairCase.ONE_WINS, "b")


def test_two_that_add_up_or_that_nobody_needs_are_no_substitutes() -> None:
    for means in ((90.0, 80.0, 70.0, 60.0), (90.0, 90.0, 90.0, 90.0), (90.0, 70.0, 70.0, 75.0)):
        made = {off: (m + row).tolist() for off, m, row in zip(("", "a", "b", "ab"), means, OFFSETS, strict=True)}
        assert not tried(apart(made, metric=POINTS), "ab").substitutes


@pytest.mark.parametrize("means", [(80.0, 90.0, 70.0, 70.0), (80.0, 88.0, 70.0, 75.0), (80.0, 90.0, 70.0, 68.0)])
def test_one_that_only_spoils_what_the_other_does_is_no_substitute(means: tuple[float, ...]) -> None:
    """Losing both costs more than the sum of each, for losing b is a gain: alone it adds nothing, or does harm."""
    made = {off: (m + row).tolist() for off, m, row in zip(("", "b", "a", "ab"), means, OFFSETS, strict=True)}
    found = tried(apart(made, metric=POINTS), "ab")
    assert found.beyond.value is not None
    assert found.beyond.value < 0
    assert found.beyond.p_adjusted is not None
    assert found.beyond.p_adjusted < 0.05
    assert found.hurting == ("b",)
    assert not found.substitutes


def test_the_cases_are_of_the_full_system_and_the_picture_of_all_combinations() -> None:
    """b replaces a only where c is off; in the full system they add up."""
    rng = np.random.default_rng(5)
    means = {"": 90.0, "a": 80.0, "b": 80.0, "ab": 70.0, "c": 60.0, "ac": 60.0, "bc": 60.0, "abc": 30.0}
    found = tried(apart({off: (m + rng.normal(size=5)).tolist() for off, m in means.items()}), "ab")
    assert found.case is PairCase.ADD_UP
    assert not found.substitutes
    assert found.square is not None
    assert found.square.both.value == pytest.approx((90 + 60) / 2 - (70 + 30) / 2, abs=1.5)
    assert found.interaction is not None
    assert found.interaction.averaged == ("c",)
    assert ends(found.interaction.effect)[1] < 0
