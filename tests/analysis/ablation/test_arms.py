"""Every arm against one: as a comparison has it, and whatever the arms lack."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.analysis.ablation.arms import gains, side
from assay.analysis.comparison.differences import difference
from assay.analysis.comparison.pairing import by_seed
from assay.model.ablation.notes import AblationNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample
from assay.model.metric import Direction
from celled import BY_RULE, alike, ends
from noted import of
from seeded import sample

UP, DOWN = Direction.MAXIMIZE, Direction.MINIMIZE


def random(label: str, n: int, seed: int, seeds: list[int] | None = None) -> Sample:
    scores = np.random.default_rng(seed).normal(80.0, 2.0, size=n).tolist()
    return sample(label, scores, None if seeds == [] else seeds or list(range(n)))


@given(st.integers(3, 8), st.integers(3, 8), st.booleans(), st.integers(0, 99))
def test_arms_are_judged_as_a_comparison_judges_them(n: int, m: int, seeded: bool, seed: int) -> None:
    base, arm = random("full", n, seed, None if seeded else []), random("arm", m, seed + 100, None if seeded else [])
    [found] = gains(base, [arm], UP, BY_RULE)
    own = difference(base, arm, by_seed(base, arm, 1), BY_RULE)
    assert own.interval is not None
    assert found.paired == own.paired == seeded
    assert found.value == pytest.approx(own.value)
    assert found.p_value == pytest.approx(own.p_value, rel=1e-9)
    assert ends(found) == pytest.approx((own.interval.low, own.interval.high))
    assert found.test == own.test
    assert found.n == min(n, m)


def test_seeds_shared_only_partly_pair_where_the_smaller_side_has_all_of_its_own_and_else_do_not() -> None:
    base = random("full", 5, 0)
    within, across = random("arm", 3, 1, [0, 2, 4]), random("arm", 3, 1, [0, 2, 9])
    paired, unpaired = gains(base, [within, across], UP, BY_RULE)
    assert paired.paired
    assert paired.n == 3
    assert paired.value == pytest.approx(np.mean(within.scores) - np.mean([base.scores[i] for i in (0, 2, 4)]))
    assert not unpaired.paired
    assert unpaired.value == pytest.approx(np.mean(across.scores) - np.mean(base.scores))
    assert unpaired.test is not None
    assert unpaired.test.technique is Technique.WELCH_T


def test_what_is_lost_in_accuracy_is_gained_in_errors() -> None:
    base, arm = random("full", 5, 0), random("arm", 5, 1)
    [up], [down] = gains(base, [arm], UP, BY_RULE), gains(base, [arm], DOWN, BY_RULE)
    assert up.value is not None
    assert down.value == pytest.approx(-up.value)
    assert ends(down) == pytest.approx((-ends(up)[1], -ends(up)[0]))
    assert up.p_value == pytest.approx(down.p_value)


def test_an_arm_without_scores_has_a_reason_and_takes_nothing_from_the_others() -> None:
    base, arm = random("full", 5, 0), random("arm", 5, 1)
    alone = gains(base, [arm], UP, BY_RULE)[0]
    empty, beside = gains(base, [sample("none", []), arm], UP, BY_RULE)
    assert alike(beside, alone)
    assert empty.value is None
    assert empty.reason is not None
    assert empty.reason.code is Says.CELL_UNSCORED
    assert all(one.value is None for one in gains(sample("none", []), [arm, arm], UP, BY_RULE))


def test_a_diverged_arm_takes_no_interval_from_the_others() -> None:
    base, arm, wild = random("full", 5, 0), random("arm", 5, 1), sample("wild", [1e15, 2e15, 1.1e15, 1e15, 3e15])
    assert alike(gains(base, [arm, wild], DOWN, BY_RULE)[0], gains(base, [arm], DOWN, BY_RULE)[0])


@pytest.mark.parametrize("seeds", [(), None])
def test_arms_that_never_vary_have_no_certainty_of_zero_width(seeds: tuple[()] | None) -> None:
    [found] = gains(sample("full", [0.7] * 5, seeds), [sample("arm", [0.1] * 5, seeds)], UP, BY_RULE)
    assert found.value == pytest.approx(-0.6)
    assert found.interval is None
    assert found.p_value is None
    assert found.reason is not None
    assert found.reason.code is Says.CELLS_WITHOUT_VARIATION


def test_one_side_that_never_varies_leaves_the_error_to_the_other() -> None:
    [found] = gains(sample("full", [0.7] * 9, None), [sample("arm", [0.1, 0.2, 0.3], None)], UP, BY_RULE)
    half = 4.302653 * 0.1 / 3**0.5
    assert ends(found) == pytest.approx((-0.5 - half, -0.5 + half))


def test_one_run_has_a_value_and_two_an_interval_without_p() -> None:
    base = random("full", 5, 0)
    one, two = gains(base, [random("one", 1, 1), random("two", 2, 2)], UP, BY_RULE)
    assert one.value is not None
    assert one.interval is None
    assert two.interval is not None
    assert two.p_value is None


def test_sides_say_mean_and_spread_and_why_one_is_missing() -> None:
    found = side(sample("arm", [1.0, 2.0, 3.0]))
    assert (found.value, found.std) == (2.0, 1.0)
    assert of(found.reason, Says.GAINS_ALONE) == {}
    alone, none = side(sample("arm", [4.0])), side(sample("arm", []))
    assert (alone.value, alone.std) == (4.0, None)
    assert alone.reason is not None
    assert (none.value, none.std) == (None, None)
    assert none.reason is not None
    assert side(sample("arm", [0.1] * 3)).std == 0.0


def test_the_policy_says_how_many_runs_a_claim_needs() -> None:
    base, arm = random("full", 4, 0), random("arm", 4, 1)
    assert gains(base, [arm], UP, Rules(minimum_runs=5))[0].p_value is None
    assert gains(base, [arm], UP, Rules(minimum_runs=4))[0].p_value is not None
