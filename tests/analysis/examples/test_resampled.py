"""Differences of other statistics than the mean, against the resampler itself and against laws that are known."""

import time
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import trim_mean

from assay.analysis import statistics
from assay.analysis.comparison.verdicts import decided
from assay.analysis.examples import resampled
from assay.analysis.examples.resampled import Drawn
from assay.analysis.inference import two_sided
from assay.analysis.resample import independent_difference, paired_difference
from assay.analysis.sample import Array
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import OF_SCORES, Method, Rules, Statistic
from assay.model.note import note
from seeded import FALLING

MEDIAN = Rules(resamples=2_000, statistic=Statistic.MEDIAN)
OTHERS = [statistic for statistic in OF_SCORES if statistic is not Statistic.MEAN]
RNG = np.random.default_rng(0)
BASELINE = RNG.gamma(2.0, size=300)
CANDIDATE = BASELINE * RNG.uniform(0.6, 1.0, size=300)


def paired(baseline: Array, candidate: Array, rules: Rules = MEDIAN) -> Drawn:
    return resampled.compared(baseline, candidate, rules, paired=True)


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def test_the_statistics_are_what_numpy_and_scipy_say() -> None:
    expected = {
        Statistic.MEDIAN: np.median(BASELINE), Statistic.IQM: trim_mean(BASELINE, 0.25),
        Statistic.TRIMMED_MEAN: trim_mean(BASELINE, 0.1), Statistic.P90: np.quantile(BASELINE, 0.9),
        Statistic.P95: np.quantile(BASELINE, 0.95), Statistic.P99: np.quantile(BASELINE, 0.99),
    }  # fmt: skip
    assert {statistic: resampled.of(BASELINE, statistic).observed for statistic in OTHERS} == pytest.approx(expected)


@pytest.mark.parametrize("statistic", OTHERS)
def test_shared_examples_are_drawn_together(statistic: Statistic) -> None:
    found = paired(BASELINE, CANDIDATE, replace(MEDIAN, statistic=statistic))
    sides = resampled.of(CANDIDATE, statistic), resampled.of(BASELINE, statistic)
    expected = paired_difference(*sides, resamples=2_000)
    made = found.difference
    assert made.value == sides[0].observed - sides[1].observed
    assert limits(made.interval) == limits(expected.difference.interval(0.95))
    assert limits(found.baseline.interval) == limits(expected.second.interval(0.95))
    assert limits(found.candidate.interval) == limits(expected.first.interval(0.95))
    assert made.interval is not None
    assert made.interval.method == f"percentile bootstrap of the {statistic.term}, 2,000 resamples"
    assert made.p_method == f"{made.interval.method}, inverted"
    assert (made.paired, made.pairs, found.notes) == (True, 300, ())
    assert made.std == pytest.approx((CANDIDATE - BASELINE).std(ddof=1))


def test_sides_without_shared_examples_are_drawn_apart() -> None:
    found = resampled.compared(BASELINE, CANDIDATE[:200], MEDIAN, paired=False).difference
    sides = (statistics.median(values) for values in (CANDIDATE[:200], BASELINE))
    expected = independent_difference(*sides, resamples=2_000).difference
    assert found.value == expected.estimate
    assert limits(found.interval) == limits(expected.interval(0.95))
    made = expected.inference()
    assert made is not None
    assert found.p_value == two_sided(made)


def test_the_verdict_follows_the_usual_rule_after_holm() -> None:
    found, same = paired(BASELINE, CANDIDATE).difference, paired(BASELINE, RNG.permutation(BASELINE)).difference
    better, unclear = decided([found, same], [FALLING, FALLING], MEDIAN)
    assert found.p_value == pytest.approx(2 / 2_001)
    assert better.p_adjusted == pytest.approx(4 / 2_001)
    assert (better.verdict, unclear.verdict) == (Verdict.BETTER, Verdict.NOT_SHOWN)


def test_basic_is_served_and_its_p_is_its_own() -> None:
    basic = replace(MEDIAN, method=Method.BASIC)
    found, plain = paired(BASELINE, CANDIDATE, basic), paired(BASELINE, CANDIDATE).difference
    made = found.difference
    assert made.value is not None
    assert limits(made.interval)[0] == pytest.approx(2 * made.value - limits(plain.interval)[1])
    assert made.interval is not None
    assert (made.interval.method.split()[0], found.notes) == ("basic", ())
    skewed = np.concatenate([np.zeros(26), np.full(24, 5.0)]) + np.linspace(0, 1, 50)
    for shift in np.linspace(-5.5, 0.5, 13):
        one = paired(np.zeros(50), skewed + shift, basic).difference
        low, high = limits(one.interval)
        assert one.p_value is not None
        assert (one.p_value < 0.05) == (not low <= 0 <= high)


@pytest.mark.parametrize("method", [Method.T, Method.BCA, Method.BOOTSTRAP_T, Method.PERMUTATION])
def test_methods_made_for_means_are_replaced_and_it_is_said(method: Method) -> None:
    rules = replace(MEDIAN, method=method)
    found = paired(BASELINE[:5], CANDIDATE[:5], rules)
    assert found.difference.interval is not None
    assert found.difference.interval.method.startswith("percentile bootstrap of the median")
    assert found.notes == (note(Says.PERCENTILE_INSTEAD, method=method, statistic=Statistic.MEDIAN),)
    assert decided([found.difference], [FALLING], rules)[0].verdict is not Verdict.CANNOT_BE_SIGNIFICANT


def test_four_examples_and_none_have_the_reasons_they_always_had() -> None:
    few = paired(BASELINE[:4], CANDIDATE[:4])
    assert (few.difference.verdict, few.difference.interval) == (Verdict.TOO_FEW, None)
    assert few.difference.reason == few.baseline.reason == note(Says.FEW_EXAMPLES, n=4, needed=5)
    assert (few.baseline.value, few.baseline.interval) == (np.median(BASELINE[:4]), None)
    none = resampled.compared(np.empty(0), CANDIDATE, MEDIAN, paired=False)
    assert (none.difference.value, none.difference.reason) == (None, note(Says.NO_EXAMPLE))
    assert (none.baseline.value, none.candidate.value) == (None, np.median(CANDIDATE))


def test_scores_that_do_not_vary_have_no_interval() -> None:
    shifted = paired(BASELINE, BASELINE + 1.0)
    constant = resampled.compared(np.ones(50), np.zeros(60), MEDIAN, paired=False)
    for made, n in ((shifted.difference, 300), (constant.difference, 50)):
        assert (made.interval, made.p_value, made.verdict) == (None, None, Verdict.NOT_SHOWN)
        assert made.reason == note(Says.EXAMPLES_ALIKE, n=n)
    assert shifted.baseline.interval is not None
    assert constant.baseline.interval is None
    assert constant.baseline.reason == note(Says.SAME_VALUE, n=50, statistic=Statistic.MEDIAN)


def test_a_median_that_no_resample_moves_is_no_certainty() -> None:
    wrong, right = (np.arange(200) % 10 < k for k in (1, 9))
    made = paired(wrong.astype(float), right.astype(float)).difference
    assert (made.value, made.interval, made.p_value) == (1.0, None, None)
    assert made.verdict is Verdict.NOT_SHOWN
    assert made.reason == note(Says.SAME_DIFFERENCE, statistic=Statistic.MEDIAN)


def test_very_many_examples_are_drawn_less_often_and_it_is_said() -> None:
    rules = replace(MEDIAN, resamples=10_000)
    assert resampled.affordable(20_000, rules) == 10_000
    assert resampled.affordable(100_000, rules) == 2_000
    assert resampled.affordable(10_000_000, rules) == 500
    assert resampled.affordable(10_000_000, replace(MEDIAN, resamples=200)) == 200
    said = (note(Says.FEWER_RESAMPLES, n=1_000_000, resamples=500, asked=10_000),)
    assert resampled.notes(1_000_000, 500, rules) == said


def test_the_seed_decides_and_nothing_else() -> None:
    one = paired(BASELINE, CANDIDATE)
    np.random.seed(1)
    assert paired(BASELINE, CANDIDATE) == one
    assert paired(BASELINE, CANDIDATE, replace(MEDIAN, seed=1)).difference.interval != one.difference.interval


def test_f1_of_ten_classes_and_ten_runs_is_drawn_within_seconds() -> None:
    truth = RNG.integers(0, 10, 360)
    said = [np.where(RNG.random((5, 360)) < share, truth, RNG.integers(0, 10, (5, 360))) for share in (0.80, 0.95)]
    sides = [statistics.macro_f1(truth, own) for own in said]
    rules = Rules(statistic=Statistic.MACRO_F1)
    start = time.perf_counter()
    found = resampled.predicted(sides[0], sides[1], rules, paired=True, runs=10)
    assert time.perf_counter() - start < 3
    low, high = limits(found.difference.interval)
    assert 0 < low < sides[1].observed - sides[0].observed < high
    assert found.difference.interval is not None
    assert found.difference.interval.method == "percentile bootstrap of the macro F1, 10,000 resamples"
    assert (found.difference.std, found.difference.pairs, found.notes) == (None, 360, ())
    same = resampled.predicted(sides[0], sides[0], rules, paired=True, runs=10).difference
    assert (same.value, same.interval) == (0.0, None)
    assert same.reason == note(Says.SAME_DIFFERENCE, statistic=Statistic.MACRO_F1)


def test_predictions_that_carry_no_verdict_have_their_reason() -> None:
    rules = replace(MEDIAN, statistic=Statistic.AUC)
    scores = RNG.random((1, 40))
    rare = statistics.auc((np.arange(40) < 1).astype(int), scores)
    found = resampled.predicted(rare, rare, rules, paired=True, runs=2)
    assert found.difference.interval is None
    assert found.baseline.reason == note(Says.MOSTLY_UNDEFINED, statistic=Statistic.AUC)
    alike = statistics.auc(np.ones(40, dtype=int), scores)
    none = resampled.predicted(alike, rare, rules, paired=True, runs=2)
    assert (none.baseline.value, none.difference.value) == (None, None)
    assert none.difference.reason == note(Says.UNDEFINED, statistic=Statistic.AUC)
    few = statistics.f1(np.array([0, 1, 1, 0]), np.array([[0, 1, 0, 0]]), 1)
    assert resampled.predicted(few, few, rules, paired=True, runs=2).difference.verdict is Verdict.TOO_FEW


@pytest.mark.slow
def test_a_million_examples_are_answered_within_a_minute() -> None:
    rng = np.random.default_rng(1)
    baseline = rng.gamma(2.0, size=1_000_000)
    start = time.perf_counter()
    found = paired(baseline, baseline * rng.uniform(0.9, 1.0, size=1_000_000))
    assert time.perf_counter() - start < 60
    assert found.difference.interval is not None
    assert found.notes
