"""Example scores of two sides, against scipy, statsmodels and answers known by hand."""

import numpy as np
import pytest
from scipy.stats import ttest_ind, ttest_rel
from statsmodels.stats.contingency_tables import mcnemar as oracle

from assay.analysis.comparison.verdicts import decided
from assay.analysis.examples import means
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import Method, Rules
from assay.model.note import Note, note
from seeded import FALLING, RISING

AS_RULED = Rules()


def normal(n: int, shift: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    baseline = rng.normal(size=n)
    return baseline, baseline + shift + rng.normal(scale=0.5, size=n)


def shares(both: int, gained: int, lost: int, neither: int) -> tuple[np.ndarray, np.ndarray]:
    counts = (both, gained, lost, neither)
    return np.repeat([1.0, 0.0, 1.0, 0.0], counts), np.repeat([1.0, 1.0, 0.0, 0.0], counts)


@pytest.mark.parametrize("n", [5, 29, 30, 400])
def test_t_decides_at_every_n_with_the_bootstrap_beside_it(n: int) -> None:
    baseline, candidate = normal(n, 0.3)
    found, notes = means.paired(baseline, candidate, AS_RULED)
    assert found.p_value == pytest.approx(ttest_rel(candidate, baseline).pvalue)
    assert found.p_method == "paired t"
    assert notes == ()
    assert found.interval is not None
    assert found.bootstrap_interval is not None
    assert found.interval.method == "paired t"
    assert "percentile" in found.bootstrap_interval.method


def test_skewed_differences_are_said_as_far_as_n_makes_them_matter() -> None:
    steep = np.random.default_rng(2).exponential(size=2_000)
    _, few = means.paired(np.zeros(40), steep[:40], AS_RULED)
    _, many = means.paired(np.zeros(2_000), steep, AS_RULED)
    assert [said.code for said in few] == [Says.DIFFERENCES_SKEWED]
    assert (few[0]["n"], many) == (40, ())
    _, asked = means.paired(np.zeros(40), steep[:40], Rules(method=Method.PERCENTILE))
    assert asked == ()


def test_a_test_and_an_interval_of_different_laws_say_so_where_they_disagree() -> None:
    # Newcombe's interval leaves 0 out from 5 changes of 5 on, McNemar needs 6.
    found, notes = means.paired(*shares(40, 5, 0, 0), AS_RULED, shares=True)
    assert found.p_value == 0.0625
    assert found.interval is not None
    assert found.interval.low > 0
    assert notes == (note(ComparisonNote.TWO_LAWS, p=0.0625, excluded=True),)
    assert means.paired(*shares(40, 25, 2, 0), AS_RULED, shares=True)[1] == ()


def test_single_trainings_of_right_and_wrong_get_mcnemar_and_newcombe() -> None:
    baseline, candidate = shares(40, 25, 15, 20)
    found, _ = means.paired(baseline, candidate, AS_RULED, shares=True)
    assert found.p_value == pytest.approx(oracle([[40, 15], [25, 20]], exact=True).pvalue)
    assert found.p_value == pytest.approx(0.1539, abs=5e-5)
    assert found.interval is not None
    assert found.interval.method == "paired Newcombe"
    assert found.interval.low < found.value < found.interval.high  # type: ignore[operator]
    assert found.value == pytest.approx(0.1)


def test_without_a_single_flip_newcombe_still_leaves_room_and_nothing_is_shown() -> None:
    baseline, candidate = shares(90, 0, 0, 10)
    found, _ = means.paired(baseline, candidate, AS_RULED, shares=True)
    assert found.p_value == 1.0
    assert found.interval is not None
    assert found.interval.low < 0 < found.interval.high
    (judged,) = decided([found], [RISING], AS_RULED)
    assert judged.verdict is Verdict.NOT_SHOWN


def test_means_over_several_runs_are_no_shares_and_get_the_bootstrap() -> None:
    rng = np.random.default_rng(3)
    baseline, candidate = rng.integers(0, 4, 200) / 3, rng.integers(0, 4, 200) / 3
    found, _ = means.paired(baseline, candidate, AS_RULED)
    assert found.p_method == "paired t"


def test_sides_without_a_common_example_are_compared_unpaired() -> None:
    rng = np.random.default_rng(4)
    baseline, candidate = rng.normal(size=25), rng.normal(0.8, size=28)
    few, _ = means.unpaired(baseline, candidate, AS_RULED)
    assert few.p_value == pytest.approx(ttest_ind(candidate, baseline, equal_var=False).pvalue)
    assert few.p_method == "Welch t"
    assert not few.paired


def test_unpaired_shares_get_newcombes_interval() -> None:
    baseline, candidate = np.repeat([1.0, 0.0], (48, 32)), np.repeat([1.0, 0.0], (56, 14))
    found, _ = means.unpaired(baseline, candidate, AS_RULED, shares=True)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_interval_and_p_of_unpaired_shares_agree() -> None:
    none, four = np.zeros(30), np.repeat([1.0, 0.0], [4, 26])
    found, _ = means.unpaired(none, four, AS_RULED, shares=True)
    assert found.interval is not None
    assert found.test is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-0.006, 0.297), abs=5e-4)
    assert found.p_value == pytest.approx(0.0578, abs=5e-3)
    assert found.test.name == "Newcombe, inverted"
    same, _ = means.unpaired(none, none, AS_RULED, shares=True)
    assert (same.p_value, same.bootstrap_interval, same.effect_size) == (1.0, None, None)


def test_a_constant_gain_is_told_by_its_rearrangements() -> None:
    base = np.linspace(0.1, 0.8, 8)
    found, _ = means.paired(base, base + 0.02, Rules(method=Method.PERMUTATION))
    assert found.p_value == pytest.approx(2 / 256)
    assert found.interval is None
    assert found.reason == note(ComparisonNote.REARRANGED_ALONE)


@pytest.mark.parametrize(
    ("n", "why"),
    [(0, note(Says.NO_SHARED_EXAMPLE)), *((n, note(Says.FEW_EXAMPLES, n=n, needed=5)) for n in (1, 4))],
)
def test_too_few_examples_are_a_value_with_its_reason(n: int, why: Note) -> None:
    baseline, candidate = normal(n, 1.0)
    found, _ = means.paired(baseline, candidate, AS_RULED)
    assert found.verdict is Verdict.TOO_FEW
    assert found.p_value is None
    assert found.reason == why


def test_identical_scores_are_no_certainty() -> None:
    baseline, _ = normal(50, 0)
    for shift in (0.0, 0.25):
        found, _ = means.paired(baseline, baseline + shift, AS_RULED)
        assert found.interval is None
        assert found.p_value is None
        assert found.verdict is Verdict.NOT_SHOWN
        assert found.reason == note(Says.EXAMPLES_ALIKE, n=50)


@pytest.mark.parametrize("method", [m for m in Method if m is not Method.AUTO])
def test_a_method_asked_for_by_name_is_served(method: Method) -> None:
    baseline, candidate = normal(60, 0.5)
    found, notes = means.paired(baseline, candidate, Rules(method=method, resamples=2_000))
    assert notes == ()
    assert found.interval is not None
    assert found.p_value is not None
    assert found.p_value < 0.01


@pytest.mark.parametrize(
    ("method", "instead", "name"),
    [
        (Method.BOOTSTRAP_T, Method.PERCENTILE, "percentile bootstrap"),
        (Method.PERMUTATION, Method.T, "paired t"),
    ],
)
def test_what_would_take_minutes_is_replaced_and_said(method: Method, instead: Method, name: str) -> None:
    baseline, candidate = normal(30_000, 0.5)
    found, notes = means.paired(baseline, candidate, Rules(method=method))
    assert found.interval is not None
    assert found.interval.method.startswith(name)
    assert notes == (note(Says.TOO_MANY_TO_DRAW, method=method, n=30_000, resamples=10_000, instead=instead),)


def test_seeds_by_examples_needs_three_pairs_of_runs() -> None:
    rng = np.random.default_rng(5)
    matrix = 0.3 + rng.normal(size=(3, 1)) * 0.1 + rng.normal(size=(3, 200))
    found = means.both(matrix, AS_RULED)
    assert (found.p_method, found.pairs) == ("two-way t", 3)
    assert found.interval is not None
    assert found.interval.low < found.value < found.interval.high  # type: ignore[operator]
    few = means.both(matrix[:2], AS_RULED)
    assert few.interval is None
    assert few.verdict is Verdict.TOO_FEW
    assert few.reason == note(Says.FEW_SEEDS, n=2, needed=3)
    assert means.both(np.zeros((3, 9)), AS_RULED).reason == note(Says.EXAMPLES_ALIKE, n=9)


def test_seeds_that_disagree_widen_the_interval() -> None:
    noise = np.random.default_rng(6).normal(size=(5, 300))
    noise -= noise.mean(axis=1, keepdims=True)
    steady, shaky = noise + 0.2, noise + np.array([[0.0], [0.1], [0.2], [0.3], [0.4]])
    ends = [means.both(matrix, AS_RULED).interval for matrix in (steady, shaky)]
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[1].high - ends[1].low > ends[0].high - ends[0].low


def test_holm_covers_every_candidate_and_direction_turns_the_verdict() -> None:
    raw = [means.paired(*normal(400, shift, seed), AS_RULED)[0] for seed, shift in enumerate((0.08, 0.5, -0.5))]
    judged = decided(raw, [RISING] * 3, AS_RULED)
    assert judged[0].p_adjusted is not None
    assert raw[0].p_value is not None
    assert judged[0].p_adjusted == pytest.approx(raw[0].p_value)
    assert judged[1].p_adjusted == pytest.approx(3 * raw[1].p_value)  # type: ignore[operator]
    assert [d.verdict for d in judged[1:]] == [Verdict.BETTER, Verdict.WORSE]
    turned = decided(raw, [FALLING] * 3, Rules(correction="none"))
    assert [d.verdict for d in turned[1:]] == [Verdict.WORSE, Verdict.BETTER]


def test_a_side_of_shares_gets_wilson() -> None:
    std, interval, beside = means.intervals(np.repeat([1.0, 0.0], (81, 182)), AS_RULED, shares=True)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert std is not None
    assert beside is not None
    assert means.intervals(np.ones(1), AS_RULED) == (None, None, None)
    assert means.intervals(np.ones(40), AS_RULED)[1:] == (None, None)


def test_one_outlier_that_holds_the_spread_stays_inside_what_resampling_can_reach() -> None:
    baseline = np.zeros(100)
    candidate = np.concatenate([np.full(99, 0.01), [1e6]])
    found, _ = means.paired(baseline, candidate, Rules(method=Method.PERCENTILE))
    assert found.interval is not None
    assert found.interval.low == pytest.approx(0.01, rel=0.5)
    assert found.interval.high < 1e5
