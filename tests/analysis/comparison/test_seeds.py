"""Verdicts, pairing, corrections and everything that must not change an answer."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.analysis import coverage
from assay.analysis.bootstrap.intervals import BOOTSTRAPS
from assay.analysis.comparison.pairing import by_seed
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Method, Rules
from assay.model.note import Note, note
from assay.model.runs.exclusion import Exclusion
from seeded import DOWN, answered, only, sample

SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def said(found: MetricComparison, code: Says) -> list[Note]:
    return [one for one in found.notes if one.code is code]


def test_the_sleep_data_paired_give_the_published_t() -> None:
    found = only(answered(sample("g2", SLEEP_2), sample("g1", SLEEP_1))).difference
    assert found.paired
    assert found.pairs == 10
    assert found.p_method == "paired t"
    assert found.p_value == pytest.approx(0.002833, abs=5e-7)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-2.45989, -0.70011), abs=5e-6)
    assert found.interval.method == "paired t"
    assert found.verdict is Verdict.WORSE
    assert found.value == pytest.approx(-1.58)


def test_the_sleep_data_unpaired_give_the_published_welch_t() -> None:
    found = only(answered(sample("g2", SLEEP_2), sample("g1", SLEEP_1), unpaired=True)).difference
    assert not found.paired
    assert found.std is None
    assert found.values == ()
    assert found.p_value == pytest.approx(0.07939, abs=5e-6)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-3.36548, 0.20548), abs=5e-6)
    assert found.verdict is Verdict.NOT_SHOWN


def test_better_follows_the_direction() -> None:
    base, lower = sample("base", [10, 11, 12, 13, 14]), sample("lower", [1.1, 2, 3.2, 4, 5.3])
    assert only(answered(base, lower, way=DOWN)).difference.verdict is Verdict.BETTER
    assert only(answered(base, lower)).difference.verdict is Verdict.WORSE


def test_one_training_per_side_gives_a_difference_but_no_interval() -> None:
    answer = answered(sample("base", [0.8]), sample("svc", [0.9]))
    found = only(answer).difference
    assert found.value == pytest.approx(0.1)
    assert (found.interval, found.p_value, found.bootstrap_interval) == (None, None, None)
    assert found.verdict is Verdict.TOO_FEW
    assert found.reason == note(Says.ONE_REPLICATE)
    assert answer.notes[0] == note(Says.SIDE_IS_CHECKPOINT, 1)
    assert only(answer).caveats == (note(Says.CHECKPOINTS),)


def test_a_single_training_on_one_side_is_said() -> None:
    answer = answered(sample("base", [0.8]), sample("svc", [0.9, 0.91, 0.92]))
    assert only(answer).difference.verdict is Verdict.TOO_FEW
    assert answer.notes[0] == note(Says.SINGLE_TRAINING, 1)


def test_two_seeds_give_intervals_but_the_verdict_is_too_few() -> None:
    found = only(answered(sample("base", [0.8, 0.81]), sample("svc", [0.9, 0.92])))
    assert found.side.interval is not None
    assert found.difference.interval is not None
    assert found.difference.bootstrap_interval is not None
    assert found.difference.p_value is None
    assert found.difference.reason == note(Says.FEW_REPLICATES, n=2, paired=True, needed=3)
    assert found.difference.verdict is Verdict.TOO_FEW


def test_the_policy_may_ask_for_more_runs_before_a_verdict() -> None:
    base, other = sample("base", [1, 2, 3, 4]), sample("other", [11, 12.1, 13, 14.2])
    assert only(answered(base, other, rules=Rules(minimum_runs=5))).difference.verdict is Verdict.TOO_FEW
    assert only(answered(base, other, rules=Rules(minimum_runs=1))).difference.verdict is Verdict.BETTER


def test_a_side_without_scores_is_a_reason_not_a_crash() -> None:
    answer = answered(sample("base", []), sample("svc", [0.9, 0.8, 0.7]))
    assert answer.baseline.value is None
    assert answer.baseline.reason == note(Says.SIDE_EMPTY)
    assert only(answer).difference.value is None
    assert only(answer).difference.reason == note(Says.NO_SCORE)
    assert only(answer).side.value == pytest.approx(0.8)
    assert answered(sample("base", [0.5])).candidates == ()


def test_scores_that_are_not_finite_are_left_out_and_counted() -> None:
    broken = sample("svc", [0.9, float("nan"), 0.8, float("inf"), 1.797e308, 0.7])
    found = only(answered(sample("base", [0.1, 0.2, 0.3]), broken, unpaired=True))
    assert found.side.replicates == 3
    assert found.side.sample.excluded == {Exclusion.NOT_FINITE: 2, Exclusion.TOO_LARGE: 1}
    assert found.side.value == pytest.approx(0.8)


def test_constant_scores_claim_nothing() -> None:
    answer = answered(sample("base", [0.5] * 5), sample("svc", [0.9] * 5))
    found = only(answer)
    assert found.side.interval is None
    assert found.side.std == 0.0
    assert found.difference.p_value is None
    assert found.difference.verdict is Verdict.NOT_SHOWN
    assert found.difference.reason == note(Says.NO_VARIATION, pairs=5)
    assert said(answer, Says.IDENTICAL_SCORES) == [note(Says.IDENTICAL_SCORES, place, n=5) for place in (0, 1)]


def test_paired_differences_that_vary_by_rounding_only_are_constant() -> None:
    base = [0.1, 0.2, 0.3, 0.7, 0.9]
    found = only(answered(sample("b", base), sample("c", [v + 0.1 for v in base]))).difference
    assert found.p_value is None
    assert found.verdict is Verdict.NOT_SHOWN


def test_a_constant_baseline_still_compares_with_a_varying_candidate() -> None:
    base, other = sample("base", [0.5] * 4, None), sample("svc", [0.8, 0.82, 0.9, 0.85], None)
    found = only(answered(base, other)).difference
    assert found.p_method == "Welch t"
    assert found.verdict is Verdict.BETTER


def test_the_difference_rests_on_common_seeds_and_each_side_on_all_its_own() -> None:
    base = sample("base", [1, 2, 3, 4, 100], seeds=[42, 123, 456, 789, 1011])
    other = sample("svc", [2.0, 3.1, 4.2], seeds=[42, 123, 456])
    answer = answered(base, other)
    found = only(answer).difference
    assert found.pairs == 3
    assert [seed for seed, _ in found.values] == ["42", "123", "456"]
    assert found.value == pytest.approx(1.1)
    assert answer.baseline.value == pytest.approx(22.0)
    assert note(Says.SEEDS_LEFT_OUT, 1, 0, alone=("789", "1011")) in answer.notes


def test_partly_overlapping_seeds_are_compared_unpaired_with_a_warning() -> None:
    base = sample("base", [1, 2, 3, 5], seeds=[1, 2, 3, 4])
    other = sample("svc", [2, 3, 4, 7], seeds=[2, 3, 4, 5])
    answer = answered(base, other)
    assert not only(answer).difference.paired
    assert only(answer).difference.p_method == "Welch t"
    assert note(Says.PARTLY_SHARED_SEEDS, 1, 0, common=3, alone=("1", "5")) in answer.notes


def test_where_pairs_are_wanted_the_seeds_that_both_have_do() -> None:
    base, other = sample("base", [1, 2, 3, 5], [1, 2, 3, 4]), sample("svc", [2, 3, 4, 7], [2, 3, 4, 5])
    assert not by_seed(base, other, 1).paired
    assert by_seed(base, other, 1, wanted=True).seeds == ("2", "3", "4")


@pytest.mark.parametrize(
    ("seeds", "why"),
    [
        (None, note(Says.SEEDS_NOT_LOGGED, 1)),
        ([1, 1, 2], note(Says.SEED_NOT_UNIQUE)),
        ([7, 8, 9], note(Says.FEW_SHARED_SEEDS, 1, 0, shared=False)),
        ([1, 8, 9], note(Says.FEW_SHARED_SEEDS, 1, 0, shared=True)),
    ],
)
def test_pairs_that_are_wanted_but_impossible_have_their_reason(seeds: list[int] | None, why: Note) -> None:
    base, other = sample("base", [1, 2, 3], seeds=[1, 2, 3]), sample("svc", [2, 3, 5], seeds=seeds)
    found = by_seed(base, other, 1, wanted=True)
    assert not found.paired
    assert found.refusal == why
    assert not only(answered(base, other)).difference.paired


def test_a_seed_of_two_configurations_is_said() -> None:
    answer = answered(sample("base", [1, 2, 3], seeds=[42, 42, 7]), sample("c", [1, 2, 4]))
    assert answer.notes[0] == note(Says.SEED_REPEATED, 0, seeds=("42",))


def test_skewed_scores_are_said() -> None:
    answer = answered(sample("base", [1, 1.1, 1.2, 1.15, 9]), sample("c", [1, 2, 3, 4, 5]))
    (steep,) = said(answer, Says.SKEWED)
    assert (steep.sides, steep["n"]) == ((0,), 5)
    assert steep["skew"] == pytest.approx(1.5, abs=0.05)


def test_holm_counts_every_candidate_on_the_page() -> None:
    base = sample("base", [1.0, 2.0, 3.0, 4.0, 5.0])
    near = sample("near", [1.3, 2.1, 3.5, 4.2, 5.4])
    others = [sample(f"noise{i}", [1 + 0.1 * i, 1.9, 3.3, 3.9, 4.8]) for i in range(4)]
    alone = only(answered(base, near)).difference
    crowd = answered(base, near, *others)
    assert alone.p_value is not None
    assert crowd.candidates[0].difference.p_value == alone.p_value
    assert crowd.candidates[0].difference.p_adjusted == pytest.approx(min(1.0, 5 * alone.p_value))
    assert crowd.candidates[0].difference.min_attainable_p == pytest.approx(5 * 2 / 2**5)
    assert (alone.verdict, crowd.candidates[0].difference.verdict) == (Verdict.BETTER, Verdict.NOT_SHOWN)


def test_a_number_never_changes_because_another_candidate_is_shown() -> None:
    base, one = sample("base", SLEEP_2), sample("one", SLEEP_1)
    alone = answered(base, one)
    both = answered(base, sample("two", [5.0, 6, 7]), one)
    assert both.baseline == alone.baseline
    assert both.candidates[1].side == alone.candidates[0].side
    theirs = replace(both.candidates[1].difference, p_adjusted=None, min_attainable_p=None)
    assert theirs == replace(alone.candidates[0].difference, p_adjusted=None, min_attainable_p=None)


def test_six_of_one_score_against_six_of_another_differ_under_permutation_alone() -> None:
    base, other = sample("base", [0.90] * 6), sample("other", [0.92] * 6)
    found = only(answered(base, other, rules=Rules(method=Method.PERMUTATION), unpaired=True)).difference
    assert found.p_value == pytest.approx(2 / 924)
    assert (found.interval, found.reason) == (None, note(Says.REARRANGED_ALONE))
    assert found.verdict is Verdict.BETTER
    by_t = only(answered(base, other, unpaired=True)).difference
    assert (by_t.p_value, by_t.verdict) == (None, Verdict.NOT_SHOWN)


def test_too_few_resamples_for_the_level_are_said_on_sides_and_difference() -> None:
    rules = Rules(method=Method.BOOTSTRAP_T, resamples=99, level=0.999)
    found = answered(sample("b", [1.0, 2, 3, 5]), sample("c", [2.0, 4, 5, 9]), rules=rules)
    assert only(found).difference.reason == only(found).side.reason == note(Says.FEW_RESAMPLES)
    assert not said(found, Says.IDENTICAL_SCORES)


def test_a_permutation_that_cannot_reach_the_level_says_so() -> None:
    base, far = sample("base", [1.0, 2, 3, 4, 5]), sample("far", [11.1, 12, 13.3, 14, 15.2])
    found = only(answered(base, far, rules=Rules(method=Method.PERMUTATION))).difference
    assert found.p_value == pytest.approx(0.0625)
    assert found.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert found.interval is None
    assert found.reason == note(Says.FEW_REARRANGEMENTS)
    decided = answered(base, far)
    assert only(decided).difference.verdict is Verdict.BETTER
    assert decided.notes == (note(Says.RESTS_ON_NORMALITY, 1, alpha=0.05, smallest_p=0.0625, enough=6, paired=True),)


def test_under_permutation_the_sides_keep_t() -> None:
    found = only(answered(sample("b", SLEEP_2), sample("c", SLEEP_1), rules=Rules(method=Method.PERMUTATION)))
    assert found.side.interval is not None
    assert found.side.interval.method == "t"
    assert found.difference.p_method == "exact sign flips"


@pytest.mark.parametrize("method", sorted(BOOTSTRAPS))
@pytest.mark.parametrize("unpaired", [False, True])
def test_under_a_bootstrap_p_and_interval_agree(method: Method, unpaired: bool) -> None:
    rng = np.random.default_rng(5)
    for n in (3, 5, 7, 12):
        for shift in (0.0, 0.8, 1.6):
            base, other = sample("b", rng.normal(size=n)), sample("c", rng.normal(shift, size=n))
            found = only(answered(base, other, rules=Rules(method=method, resamples=2000), unpaired=unpaired))
            interval, p = found.difference.interval, found.difference.p_value
            assert interval is not None
            assert p is not None
            assert p > 0
            assert (interval.low > 0 or interval.high < 0) == (p < 0.05)
            assert (found.difference.verdict in {Verdict.BETTER, Verdict.WORSE}) == (p < 0.05)
            assert found.side.interval is not None
            assert "bootstrap" in found.side.interval.method


scores = st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 3)), min_size=2, max_size=12)


@settings(max_examples=30)
@given(scores, st.randoms())
def test_the_order_of_runs_is_irrelevant(values: list[float], shuffler: object) -> None:
    base = sample("b", [v * v / 7 + i for i, v in enumerate(values)])
    other = sample("c", values)
    mixed = list(other.replicates)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    for method in (Method.AUTO, Method.BCA):
        rules = Rules(method=method, resamples=200)
        first = only(answered(base, other, rules=rules))
        second = only(answered(base, replace(other, replicates=tuple(mixed)), rules=rules))
        assert first.difference == second.difference
        assert first.side.interval == second.side.interval
        assert first.side.value == second.side.value


def test_the_same_seed_gives_the_same_interval_whatever_the_global_generator() -> None:
    base, other = sample("b", SLEEP_2 * 2), sample("c", SLEEP_1 * 2)
    np.random.seed(1)
    rules = Rules(method=Method.BOOTSTRAP_T, seed=7)
    first = answered(base, other, rules=rules)
    np.random.seed(2)
    assert answered(base, other, rules=rules) == first
    assert answered(base, other, rules=replace(rules, seed=8)) != first


@given(scores, scores, st.sampled_from([Method.AUTO, Method.PERCENTILE, Method.PERMUTATION]))
def test_swapping_the_sides_mirrors_the_interval(a: list[float], b: list[float], method: Method) -> None:
    size = min(len(a), len(b), 6)
    one, two, rules = sample("a", a[:size]), sample("b", b[:size]), Rules(method=method)
    ahead = only(answered(one, two, rules=rules, unpaired=True)).difference
    back = only(answered(two, one, rules=rules, way=DOWN, unpaired=True)).difference
    assert (ahead.interval is None) == (back.interval is None)
    if ahead.interval is not None and back.interval is not None:
        assert ahead.interval.low == pytest.approx(-back.interval.high, abs=1e-9)
        assert ahead.p_value == pytest.approx(back.p_value)
    assert ahead.verdict == back.verdict


@given(scores, st.floats(0.01, 100), st.floats(-100, 100))
def test_intervals_follow_scale_and_shift(values: list[float], scale: float, shift: float) -> None:
    sides = [sample("c", [v * scale + shift for v in values]), sample("c", values)]
    moved, plain = (answered(s).baseline for s in sides)
    if plain.interval is None or moved.interval is None or max(values) - min(values) < 1e-2:
        return
    for there, here in ((moved.interval, plain.interval), (moved.bootstrap_interval, plain.bootstrap_interval)):
        assert there is not None
        assert here is not None
        size = scale * (1e3 + abs(shift))
        assert there.low == pytest.approx(here.low * scale + shift, rel=1e-6, abs=1e-9 * size)
        assert there.high == pytest.approx(here.high * scale + shift, rel=1e-6, abs=1e-9 * size)


@pytest.mark.parametrize("wrong", [{"level": 1.0}, {"level": 0.0}, {"resamples": 0}, {"correction": "sidak"}])
def test_rules_that_make_no_sense_are_refused_with_the_value(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        Rules(**wrong)  # type: ignore[arg-type]


wild = st.lists(
    st.one_of(
        st.floats(allow_nan=True, allow_infinity=True),
        st.sampled_from([0.0, 1.0, 0.5, 1e-300, 5e-324, 1e59, -1e59, 1e9 + 1e-6, 1e9, 0.1 + 0.2, 0.3]),
    ),
    max_size=24,
)


@settings(max_examples=60)
@given(wild, wild, st.sampled_from(list(Method)), st.booleans())
def test_no_scores_crash_and_every_number_is_in_its_range(
    a: list[float], b: list[float], method: Method, unpaired: bool
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = answered(sample("a", a), sample("b", b), rules=Rules(method=method, resamples=99), unpaired=unpaired)
    found = only(answer)
    sides = (answer.baseline, found.side)
    for interval in (
        *(i for s in sides for i in (s.interval, s.bootstrap_interval)),
        found.difference.interval,
        found.difference.bootstrap_interval,
    ):
        assert interval is None or interval.low <= interval.high
    for part in (*sides, found.difference):
        assert part.interval is not None or part.reason
    p = found.difference.p_value
    assert p is None or 0 < p <= 1
    assert p is not None or found.difference.verdict in {Verdict.TOO_FEW, Verdict.NOT_SHOWN}


def test_a_paired_interval_says_what_it_covers_and_the_bootstrap_beside_it() -> None:
    base, other = sample("b", SLEEP_2), sample("c", SLEEP_1)
    own, boot = (coverage.of(method, 10) for method in (Method.T, Method.PERCENTILE))
    assert own is not None
    assert boot is not None
    assert only(answered(base, other)).caveats == (
        note(
            Says.COVERAGE, 1, n=10, level=0.95, procedure="paired t", detail="", paired=True, low=own.low, high=own.high,
            bootstrap_low=boot.low, bootstrap_high=boot.high,
        ),
    )  # fmt: skip
    (by_bootstrap,) = only(answered(base, other, rules=Rules(method=Method.PERCENTILE))).caveats
    assert (by_bootstrap["procedure"], by_bootstrap["detail"]) == ("percentile bootstrap", "exact")
    assert (by_bootstrap["low"], by_bootstrap["bootstrap_low"]) == (boot.low, None)


def test_an_unpaired_interval_says_how_often_it_holds_no_difference() -> None:
    (said_of,) = only(answered(sample("b", SLEEP_2, None), sample("c", SLEEP_1[:5], None))).caveats
    assert (said_of["n"], said_of["procedure"], said_of["paired"]) == (5, "Welch t", False)
    assert (said_of["low"], said_of["high"]) == (0.96, 0.96)
    assert (said_of["bootstrap_low"], said_of["bootstrap_high"]) == (0.87, 0.87)


@pytest.mark.parametrize(("n", "level"), [(2, 0.95), (5, 0.9)])
def test_nothing_is_said_of_coverage_that_was_not_simulated(n: int, level: float) -> None:
    (found,) = only(answered(sample("b", SLEEP_2[:n]), sample("c", SLEEP_1[:n]), rules=Rules(level=level))).caveats
    ends = [found[name] for name in ("low", "high", "bootstrap_low", "bootstrap_high")]
    assert (found["n"], found["level"], ends) == (n, level, [None] * 4)
