"""Verdicts, pairing, corrections and everything that must not change an answer."""

import warnings
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.analysis.comparison.seeds import compare
from assay.model.comparison import Candidate, Comparison, Direction, Method, Sample, Score, Verdict

Make = Callable[..., Sample]
UP, DOWN = Direction.MAXIMIZE, Direction.MINIMIZE
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def made(label: str, values: list[float]) -> Sample:
    return Sample(label, "", tuple(Score(f"{label}{i}", v, str(i)) for i, v in enumerate(values)))


def only(comparison: Comparison) -> Candidate:
    (candidate,) = comparison.candidates
    return candidate


def test_the_sleep_data_paired_give_the_published_t(sample: Make) -> None:
    found = only(compare("hours", sample("g2", SLEEP_2), [sample("g1", SLEEP_1)], direction=UP)).difference
    assert found.paired
    assert found.pairs == 10
    assert found.p_method == "paired t"
    assert found.p_value == pytest.approx(0.002833, abs=5e-7)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-2.45989, -0.70011), abs=5e-6)
    assert found.interval.method == "paired t"
    assert found.verdict is Verdict.WORSE
    assert found.mean == pytest.approx(-1.58)


def test_the_sleep_data_unpaired_give_the_published_welch_t(sample: Make) -> None:
    found = only(compare("hours", sample("g2", SLEEP_2), [sample("g1", SLEEP_1)], direction=UP, pair=False)).difference
    assert not found.paired
    assert found.std is None
    assert found.values == ()
    assert found.p_value == pytest.approx(0.07939, abs=5e-6)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-3.36548, 0.20548), abs=5e-6)
    assert found.verdict is Verdict.NOT_SHOWN


def test_better_follows_the_direction(sample: Make) -> None:
    base, lower = sample("base", [10, 11, 12, 13, 14]), sample("lower", [1.1, 2, 3.2, 4, 5.3])
    assert only(compare("rmse", base, [lower], direction=DOWN)).difference.verdict is Verdict.BETTER
    assert only(compare("acc", base, [lower], direction=UP)).difference.verdict is Verdict.WORSE


def test_one_training_per_side_gives_a_difference_but_no_interval(sample: Make) -> None:
    answer = compare("acc", sample("base", [0.8]), [sample("svc", [0.9])], direction=UP)
    found = only(answer).difference
    assert found.mean == pytest.approx(0.1)
    assert (found.interval, found.p_value, found.bootstrap_interval) == (None, None, None)
    assert found.verdict is Verdict.TOO_FEW
    assert found.reason
    assert "two checkpoints" in answer.warnings[0]


def test_a_single_training_on_one_side_is_said(sample: Make) -> None:
    answer = compare("acc", sample("base", [0.8]), [sample("svc", [0.9, 0.91, 0.92])], direction=UP)
    assert only(answer).difference.verdict is Verdict.TOO_FEW
    assert "one side is a single training" in answer.warnings[0]


def test_two_seeds_give_intervals_but_the_verdict_is_too_few(sample: Make) -> None:
    found = only(compare("acc", sample("base", [0.8, 0.81]), [sample("svc", [0.9, 0.92])], direction=UP))
    assert found.side.interval is not None
    assert found.difference.interval is not None
    assert found.difference.bootstrap_interval is not None
    assert found.difference.p_value is None
    assert found.difference.reason == "2 pairs are fewer than the 3 that a verdict may rest on, so there is no p value"
    assert found.difference.verdict is Verdict.TOO_FEW


def test_the_policy_may_ask_for_more_runs_before_a_verdict(sample: Make) -> None:
    base, other = sample("base", [1, 2, 3, 4]), sample("other", [11, 12.1, 13, 14.2])
    assert only(compare("m", base, [other], direction=UP, minimum_runs=5)).difference.verdict is Verdict.TOO_FEW
    assert only(compare("m", base, [other], direction=UP, minimum_runs=1)).difference.verdict is Verdict.BETTER


def test_a_side_without_scores_is_a_reason_not_a_crash(sample: Make) -> None:
    answer = compare("acc", sample("base", []), [sample("svc", [0.9, 0.8, 0.7])], direction=UP)
    assert answer.baseline.mean is None
    assert answer.baseline.reason
    assert only(answer).difference.mean is None
    assert only(answer).difference.reason
    assert only(answer).side.mean == pytest.approx(0.8)
    assert compare("acc", sample("base", [0.5]), [], direction=UP).candidates == ()


def test_scores_that_are_not_finite_are_left_out_and_counted(sample: Make) -> None:
    broken = sample("svc", [0.9, float("nan"), 0.8, float("inf"), 1.797e308, 0.7])
    found = only(compare("acc", sample("base", [0.1, 0.2, 0.3]), [broken], direction=UP, pair=False))
    assert found.side.replicates == 3
    assert found.side.sample.excluded == {"not finite": 2, "too large to average": 1}
    assert found.side.mean == pytest.approx(0.8)


def test_constant_scores_claim_nothing(sample: Make) -> None:
    answer = compare("acc", sample("base", [0.5] * 5), [sample("svc", [0.9] * 5)], direction=UP)
    found = only(answer)
    assert found.side.interval is None
    assert found.side.std == 0.0
    assert found.difference.p_value is None
    assert found.difference.verdict is Verdict.NOT_SHOWN
    assert "no variation seen in 5 pairs" in str(found.difference.reason)
    assert any("no variation" in text for text in answer.warnings)


def test_paired_differences_that_vary_by_rounding_only_are_constant(sample: Make) -> None:
    base = [0.1, 0.2, 0.3, 0.7, 0.9]
    found = only(compare("m", sample("b", base), [sample("c", [v + 0.1 for v in base])], direction=UP)).difference
    assert found.p_value is None
    assert found.verdict is Verdict.NOT_SHOWN


def test_a_constant_baseline_still_compares_with_a_varying_candidate(sample: Make) -> None:
    base, other = sample("base", [0.5] * 4, None), sample("svc", [0.8, 0.82, 0.9, 0.85], None)
    found = only(compare("acc", base, [other], direction=UP)).difference
    assert found.p_method == "Welch t"
    assert found.verdict is Verdict.BETTER


def test_the_difference_rests_on_common_seeds_and_each_side_on_all_its_own(sample: Make) -> None:
    base = sample("base", [1, 2, 3, 4, 100], seeds=[42, 123, 456, 789, 1011])
    other = sample("svc", [2.0, 3.1, 4.2], seeds=[42, 123, 456])
    answer = compare("m", base, [other], direction=UP)
    found = only(answer).difference
    assert found.pairs == 3
    assert [seed for seed, _ in found.values] == ["42", "123", "456"]
    assert found.mean == pytest.approx(1.1)
    assert answer.baseline.mean == pytest.approx(22.0)
    assert any("seeds 789, 1011 are without a partner" in text for text in answer.warnings)


def test_partly_overlapping_seeds_are_compared_unpaired_with_a_warning(sample: Make) -> None:
    base = sample("base", [1, 2, 3, 5], seeds=[1, 2, 3, 4])
    other = sample("svc", [2, 3, 4, 7], seeds=[2, 3, 4, 5])
    answer = compare("m", base, [other], direction=UP)
    assert not only(answer).difference.paired
    assert only(answer).difference.p_method == "Welch t"
    assert any("seeds 1, 5 are without a partner" in text for text in answer.warnings)
    assert only(compare("m", base, [other], direction=UP, pair=True)).difference.pairs == 3


@pytest.mark.parametrize("seeds", [None, [1, 1, 2], [7, 8, 9]])
def test_pairing_that_was_asked_for_but_is_impossible_is_said(sample: Make, seeds: list[int] | None) -> None:
    base, other = sample("base", [1, 2, 3], seeds=[1, 2, 3]), sample("svc", [2, 3, 5], seeds=seeds)
    answer = compare("m", base, [other], direction=UP, pair=True)
    assert not only(answer).difference.paired
    assert any(text.startswith("Pairing was asked for") for text in answer.warnings)


def test_a_seed_logged_twice_with_different_scores_is_said(sample: Make) -> None:
    answer = compare("m", sample("base", [1, 2, 3], seeds=[42, 42, 7]), [sample("c", [1, 2, 4])], direction=UP)
    assert any("seed 42 is logged more than once" in text for text in answer.warnings)


def test_skewed_scores_are_said(sample: Make) -> None:
    answer = compare("m", sample("base", [1, 1.1, 1.2, 1.15, 9]), [sample("c", [1, 2, 3, 4, 5])], direction=UP)
    assert any("skewed (1.5" in text for text in answer.warnings)


def test_holm_counts_every_candidate_on_the_page(sample: Make) -> None:
    base = sample("base", [1.0, 2.0, 3.0, 4.0, 5.0])
    near = sample("near", [1.3, 2.1, 3.5, 4.2, 5.4])
    others = [sample(f"noise{i}", [1 + 0.1 * i, 1.9, 3.3, 3.9, 4.8]) for i in range(4)]
    alone = only(compare("m", base, [near], direction=UP)).difference
    crowd = compare("m", base, [near, *others], direction=UP)
    assert crowd.comparisons == 5
    assert alone.p_value is not None
    assert crowd.candidates[0].difference.p_value == alone.p_value
    assert crowd.candidates[0].difference.p_adjusted == pytest.approx(min(1.0, 5 * alone.p_value))
    assert crowd.candidates[0].difference.min_attainable_p == pytest.approx(5 * 2 / 2**5)
    assert (alone.verdict, crowd.candidates[0].difference.verdict) == (Verdict.BETTER, Verdict.NOT_SHOWN)


def test_a_number_never_changes_because_another_candidate_is_shown(sample: Make) -> None:
    base, one = sample("base", SLEEP_2), sample("one", SLEEP_1)
    alone = compare("m", base, [one], direction=UP)
    both = compare("m", base, [sample("two", [5.0, 6, 7]), one], direction=UP)
    assert both.baseline == alone.baseline
    assert both.candidates[1].side == alone.candidates[0].side
    theirs = replace(both.candidates[1].difference, p_adjusted=None, min_attainable_p=None)
    assert theirs == replace(alone.candidates[0].difference, p_adjusted=None, min_attainable_p=None)


def test_a_permutation_that_cannot_reach_the_level_says_so(sample: Make) -> None:
    base, far = sample("base", [1.0, 2, 3, 4, 5]), sample("far", [11.1, 12, 13.3, 14, 15.2])
    found = only(compare("m", base, [far], direction=UP, method=Method.PERMUTATION)).difference
    assert found.p_value == pytest.approx(0.0625)
    assert found.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert found.interval is None
    assert found.reason
    decided = compare("m", base, [far], direction=UP)
    assert only(decided).difference.verdict is Verdict.BETTER
    assert any("no permutation test could reach 0.05" in text for text in decided.warnings)
    assert any(text.endswith("with 6 paired seeds one could.") for text in decided.warnings)


def test_under_permutation_the_sides_keep_t(sample: Make) -> None:
    found = only(compare("m", sample("b", SLEEP_2), [sample("c", SLEEP_1)], direction=UP, method=Method.PERMUTATION))
    assert found.side.interval is not None
    assert found.side.interval.method == "t"
    assert found.difference.p_method == "exact sign flips"


@pytest.mark.parametrize("method", [Method.PERCENTILE, Method.BASIC, Method.BCA, Method.BOOTSTRAP_T])
@pytest.mark.parametrize("pair", [None, False])
def test_under_a_bootstrap_p_and_interval_agree(sample: Make, method: Method, pair: bool | None) -> None:
    rng = np.random.default_rng(5)
    for n in (3, 5, 7, 12):
        for shift in (0.0, 0.8, 1.6):
            base, other = sample("b", rng.normal(size=n)), sample("c", rng.normal(shift, size=n))
            found = only(compare("m", base, [other], direction=UP, method=method, pair=pair, resamples=2000))
            interval, p = found.difference.interval, found.difference.p_value
            assert interval is not None
            assert p is not None
            assert p > 0
            assert (interval.low > 0 or interval.high < 0) == (p < 0.05)
            assert (found.difference.verdict in {Verdict.BETTER, Verdict.WORSE}) == (p < 0.05)
            assert found.side.interval is not None
            assert "bootstrap" in found.side.interval.method


scores = st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 3)), min_size=2, max_size=12)


@given(scores, st.randoms())
def test_the_order_of_runs_is_irrelevant(values: list[float], shuffler: object) -> None:
    base = made("b", [v * v / 7 + i for i, v in enumerate(values)])
    other = made("c", values)
    mixed = list(other.scores)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    for method in (Method.AUTO, Method.BCA):
        first = only(compare("m", base, [other], direction=UP, method=method, resamples=200))
        second = only(
            compare("m", base, [replace(other, scores=tuple(mixed))], direction=UP, method=method, resamples=200)
        )
        assert first.difference == second.difference
        assert first.side.interval == second.side.interval
        assert first.side.mean == second.side.mean


def test_the_same_seed_gives_the_same_interval_whatever_the_global_generator() -> None:
    base, other = made("b", SLEEP_2 * 2), made("c", SLEEP_1 * 2)
    np.random.seed(1)
    first = compare("m", base, [other], direction=UP, method=Method.BOOTSTRAP_T, seed=7)
    np.random.seed(2)
    assert compare("m", base, [other], direction=UP, method=Method.BOOTSTRAP_T, seed=7) == first
    assert compare("m", base, [other], direction=UP, method=Method.BOOTSTRAP_T, seed=8) != first


@given(scores, scores, st.sampled_from([Method.AUTO, Method.PERCENTILE, Method.PERMUTATION]))
def test_swapping_the_sides_mirrors_the_interval(a: list[float], b: list[float], method: Method) -> None:
    size = min(len(a), len(b), 6)
    one, two = made("a", a[:size]), made("b", b[:size])
    ahead = only(compare("m", one, [two], direction=UP, method=method, pair=False)).difference
    back = only(compare("m", two, [one], direction=DOWN, method=method, pair=False)).difference
    assert (ahead.interval is None) == (back.interval is None)
    if ahead.interval is not None and back.interval is not None:
        assert ahead.interval.low == pytest.approx(-back.interval.high, abs=1e-9)
        assert ahead.p_value == pytest.approx(back.p_value)
    assert ahead.verdict == back.verdict


@given(scores, st.floats(0.01, 100), st.floats(-100, 100))
def test_intervals_follow_scale_and_shift(values: list[float], scale: float, shift: float) -> None:
    sides = [made("c", [v * scale + shift for v in values]), made("c", values)]
    moved, plain = (compare("m", s, [], direction=UP).baseline for s in sides)
    if plain.interval is None or moved.interval is None or max(values) - min(values) < 1e-2:
        return
    for there, here in ((moved.interval, plain.interval), (moved.bootstrap_interval, plain.bootstrap_interval)):
        assert there is not None
        assert here is not None
        size = scale * (1e3 + abs(shift))
        assert there.low == pytest.approx(here.low * scale + shift, rel=1e-6, abs=1e-9 * size)
        assert there.high == pytest.approx(here.high * scale + shift, rel=1e-6, abs=1e-9 * size)


@pytest.mark.parametrize("wrong", [{"level": 1.0}, {"level": 0.0}, {"resamples": 0}, {"correction": "bonferroni"}])
def test_options_that_make_no_sense_are_refused_with_the_value(sample: Make, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        compare("m", sample("b", [1, 2]), [], direction=UP, **wrong)  # type: ignore[arg-type]


wild = st.lists(
    st.one_of(
        st.floats(allow_nan=True, allow_infinity=True),
        st.sampled_from([0.0, 1.0, 0.5, 1e-300, 5e-324, 1e59, -1e59, 1e9 + 1e-6, 1e9, 0.1 + 0.2, 0.3]),
    ),
    max_size=24,
)


@settings(max_examples=150, deadline=None)
@given(wild, wild, st.sampled_from(list(Method)), st.sampled_from([None, False]))
def test_no_scores_crash_and_every_number_is_in_its_range(
    a: list[float], b: list[float], method: Method, pair: bool | None
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = compare("m", made("a", a), [made("b", b)], direction=UP, method=method, pair=pair, resamples=99)
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
