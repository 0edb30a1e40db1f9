"""Statuses by where all of an interval lies, scores by weight, and losses that are shown or cannot be excluded."""

from dataclasses import replace
from math import inf, nan

import pytest

from assay.analysis.comparison.sides import finite, side
from assay.analysis.tradeoffs.scorecard import groups, judged, regressions, scores
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Method, Rules
from assay.model.comparison.side import Side
from assay.model.criteria import Criterion, Scorecard
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.scorecard import Judgement, Status
from carded import GUIDE, RULES, around, criterion, judge, limit, metric_of
from seeded import sample

F1 = criterion("f1_score", "> 0.75", "< 0.70")
SPEED = criterion("latency_p95_ms", "< 300", "> 450")
# Half the width of a 95 % t interval of five values with an sd of 1.
HALF = 2.7764451051977987 / 5**0.5


@pytest.mark.parametrize(
    ("own", "mean", "status"),
    [
        (F1, 0.78, Status.MET), (F1, 0.7501, Status.UNCERTAIN), (F1, 0.73, Status.MISSED), (F1, 0.70, Status.MISSED),
        (F1, 0.68, Status.ALERT), (SPEED, 299.97, Status.MET), (SPEED, 300.0, Status.UNCERTAIN),
        (SPEED, 400.0, Status.MISSED), (SPEED, 450.0, Status.MISSED), (SPEED, 460.0, Status.ALERT),
    ],
)  # fmt: skip
def test_a_status_is_where_all_of_the_interval_lies(own: Criterion, mean: float, status: Status) -> None:
    assert judge(own, around(mean, 0.01)).status is status


@pytest.mark.parametrize(("beyond", "status"), [(1e-9, Status.MET), (-1e-9, Status.UNCERTAIN)])
def test_the_whole_interval_has_to_be_on_the_good_side_not_its_mean(beyond: float, status: Status) -> None:
    assert judge(F1, around(0.75 + HALF * 0.01 + beyond, 0.01)).status is status


@pytest.mark.parametrize(("beyond", "status"), [(1e-9, Status.ALERT), (-1e-9, Status.MISSED)])
def test_an_alert_needs_all_of_the_interval_beyond_it(beyond: float, status: Status) -> None:
    assert judge(F1, around(0.70 - HALF * 0.01 - beyond, 0.01)).status is status


def test_what_is_uncertain_says_that_its_interval_straddles_the_threshold() -> None:
    found = judge(F1, around(0.75, 0.01))
    assert found.reason is not None
    assert found.reason.code is ScorecardNote.STRADDLES
    assert judge(F1, around(0.78, 0.01)).reason is None


def test_the_interval_is_the_sides_own_by_whatever_method() -> None:
    values = around(0.76, 0.01)
    by_t, by_percentile = (judge(F1, values, Rules(method=own)) for own in (Method.T, Method.PERCENTILE))
    assert (by_t.status, by_percentile.status) == (Status.UNCERTAIN, Status.MET)
    assert by_t.side == side(sample("it", values), Rules(method=Method.T))


@pytest.mark.parametrize(
    ("threshold", "value", "status"),
    [
        ("> 0.9", 0.9, Status.MISSED), (">= 0.9", 0.9, Status.MET), ("< 0.9", 0.9, Status.MISSED),
        ("<= 0.9", 0.9, Status.MET), ("> 0.9", 0.95, Status.MET), (">= 0.9", 0.85, Status.MISSED),
    ],
)  # fmt: skip
def test_without_variation_the_value_is_judged_and_strict_limits_are_strict(
    threshold: str, value: float, status: Status
) -> None:
    found = judge(criterion("m", threshold), [value] * 5)
    assert found.status is status
    assert found.reason is not None
    assert (found.reason.code, found.reason["n"]) == (ScorecardNote.JUDGED_BY_VALUE, 5)


def test_a_value_at_the_alert_is_no_alert_unless_the_alert_holds_it() -> None:
    strict, loose = criterion("m", "> 0.9", "< 0.8"), criterion("m", "> 0.9", "<= 0.8")
    assert judge(strict, [0.8] * 3).status is Status.MISSED
    assert judge(loose, [0.8] * 3).status is Status.ALERT


@pytest.mark.parametrize("values", [[0.99], [0.99, 0.991], [0.5, 0.5]])
def test_fewer_runs_than_a_verdict_needs_are_uncertain_whatever_they_say(values: list[float]) -> None:
    found = judge(F1, values)
    assert found.status is Status.UNCERTAIN
    assert found.reason is not None
    assert found.reason.code is ScorecardNote.TOO_FEW_FOR_STATUS
    assert (found.reason["n"], found.reason["needed"]) == (len(values), 3)


def test_the_policy_says_how_many_runs_are_few() -> None:
    values = around(0.99, 0.001)
    assert judge(F1, values, Rules(minimum_runs=5)).status is Status.MET
    assert judge(F1, values, Rules(minimum_runs=6)).status is Status.UNCERTAIN


def test_too_few_resamples_for_an_interval_leave_it_uncertain_and_say_so() -> None:
    found = judge(F1, around(0.99, 0.001), Rules(method=Method.BOOTSTRAP_T, resamples=10))
    assert found.status is Status.UNCERTAIN
    assert found.reason is not None
    assert found.reason.code is ComparisonNote.FEW_RESAMPLES


def test_what_nobody_logged_is_not_logged_and_what_was_logged_without_a_number_says_why() -> None:
    (nothing,) = judged((F1,), (metric_of(F1),), (Side(sample("it", ())),), RULES)
    assert nothing.reason is not None
    assert (nothing.status, nothing.reason.code) == (Status.NOT_LOGGED, ScorecardNote.CRITERION_NOT_LOGGED)
    odd = side(finite(sample("it", (nan, inf, -inf))), RULES)
    assert set(odd.sample.excluded) == {Exclusion.NOT_FINITE}
    (found,) = judged((F1,), (metric_of(F1),), (odd,), RULES)
    assert found.status is Status.NOT_LOGGED
    why = note(ScorecardNote.CRITERION_UNUSABLE, metric=F1.metric, why=(Exclusion.NOT_FINITE,))
    assert found.reason == why


def test_shares_that_were_logged_per_cent_are_judged_per_cent() -> None:
    found = judge(F1, around(78.0, 1.0), unit=MetricUnit.PERCENT)
    assert found.status is Status.MET
    assert (found.criterion.threshold, found.criterion.alert) == (limit("> 75"), limit("< 70"))
    assert judge(F1, around(73.0, 1.0), unit=MetricUnit.PERCENT).status is Status.MISSED
    assert judge(criterion("f1_score", "> 75"), around(78.0, 1.0), unit=MetricUnit.PERCENT).status is Status.MET
    assert judge(criterion("f1_score", "> 0.07"), [7.0] * 3, unit=MetricUnit.PERCENT).status is Status.MISSED
    whole = judge(criterion("f1_score", "< 1"), around(78.0, 1.0), unit=MetricUnit.PERCENT)
    assert (whole.status, whole.criterion.threshold) == (Status.MET, limit("< 100"))


def card_of(**values: tuple[float, ...]) -> tuple[Judgement, ...]:
    sides = [side(sample("it", values.get(one.metric, ())), RULES) for one in GUIDE.criteria]
    return judged(GUIDE.criteria, [metric_of(one, MetricUnit.NONE) for one in GUIDE.criteria], sides, RULES)


def test_the_guides_card_value_for_value() -> None:
    """The picture of the page: four quality and cost figures met, two uncertain, a miss, an alert, two not logged."""
    found = card_of(
        f1_score=around(0.782, 0.013),
        faithfulness=around(0.934, 0.010),
        answer_relevancy=around(0.859, 0.014),
        latency_p50_ms=around(84.0, 3.0),
        latency_p95_ms=around(238.0, 8.0),
        latency_p99_ms=around(1612.0, 55.0),
        throughput_qps=around(87.0, 2.5),
        cost_per_1k_queries_usd=around(0.62, 0.02),
        tokens_per_query=around(1972.0, 33.0),
    )
    met, uncertain, absent = Status.MET, Status.UNCERTAIN, Status.NOT_LOGGED
    assert [one.status for one in found] == [
        *(met, met, uncertain, met, met, Status.ALERT, Status.MISSED, met, uncertain, absent, absent)
    ]
    assert scores(found) == (0.60, 0.75)
    assert [(own.name, own.met, own.possible, own.weight) for own in groups(found)] == [
        ("quality", 0.30, 0.40, 0.40), ("performance", 0.20, 0.20, 0.35), ("cost", 0.10, 0.15, 0.15),
        ("reliability", 0.0, 0.0, 0.10),
    ]  # fmt: skip
    assert [own.score for own in groups(found)] == [0.75, 0.571428571429, 0.666666666667, 0.0]
    assert [own.score_possible for own in groups(found)] == [1.0, 0.571428571429, 1.0, 0.0]


def test_a_card_that_is_met_whole_scores_one_and_its_weights_add_up_to_one() -> None:
    good = {
        one.metric: one.threshold.value * (1.1 if one.threshold.comparator == ">" else 0.5) for one in GUIDE.criteria
    }
    found = card_of(**{name: (value,) * 3 for name, value in good.items()})
    assert {one.status for one in found} == {Status.MET}
    assert scores(found) == (1.0, 1.0)
    assert GUIDE.weight == 1.0


def test_a_candidate_that_logs_nothing_of_the_card_has_no_score() -> None:
    assert scores(card_of()) == (None, None)
    assert groups(card_of()) == ()
    assert scores(()) == (None, None)


def test_a_candidate_that_misses_all_it_logs_has_a_score_of_zero() -> None:
    assert scores(card_of(f1_score=(0.1,) * 3)) == (0.0, 0.0)


def test_weights_that_add_up_to_something_else_are_shares_of_their_sum() -> None:
    criteria = (criterion("a", "> 0", weight=2.0), criterion("b", "> 0", weight=6.0))
    sides = [side(sample("it", (value,) * 3), RULES) for value in (1.0, -1.0)]
    found = judged(criteria, [metric_of(one) for one in criteria], sides, RULES)
    assert scores(found) == (0.25, 0.25)
    assert Scorecard("own", ("*",), criteria).weight == 8.0


def difference(low: float, high: float, verdict: Verdict = Verdict.NOT_SHOWN) -> Difference:
    return Difference(
        (low + high) / 2, interval=Interval(low, high, 0.95, Procedure(Technique.PAIRED_T)), verdict=verdict
    )


def rising(name: str, effect: float | None = 0.01) -> Metric:
    return Metric(name, Direction.MAXIMIZE, "policy", smallest_effect=effect)


def test_what_is_shown_worse_comes_first_then_where_the_interval_reaches_a_loss_that_matters() -> None:
    falling = Metric("ms", Direction.MINIMIZE, "policy", smallest_effect=5.0)
    found = regressions([
        (rising("reaches"), difference(-0.01, 0.02), 0.5),
        (rising("held"), difference(-0.0099, 0.02), 0.5),
        (rising("lost"), difference(-0.03, -0.01, Verdict.WORSE), 0.5),
        (rising("barely, but shown"), difference(-0.003, -0.001, Verdict.WORSE), 0.5),
        (rising("nobody's effect", None), difference(-1.0, 1.0), 0.5),
        (falling, difference(-20.0, 5.0), 0.5),
        (replace(falling, name="quick"), difference(-20.0, 4.9), 0.5),
        (rising("gained"), difference(0.001, 0.002, Verdict.BETTER), 0.5),
    ])  # fmt: skip
    assert [(own.metric.name, own.lost) for own in found] == [
        ("lost", True), ("barely, but shown", True), ("reaches", False), ("ms", False)
    ]  # fmt: skip


def test_without_an_interval_nothing_excludes_a_loss_unless_nothing_varied() -> None:
    single = Difference(0.02, verdict=Verdict.TOO_FEW)
    still, sunk = (Difference(value, verdict=Verdict.NOT_SHOWN) for value in (0.0, -0.02))
    found = regressions([(rising("single"), single, 0.5), (rising("still"), still, 0.5), (rising("sunk"), sunk, 0.5)])
    assert [own.metric.name for own in found] == ["single", "sunk"]
    assert regressions([(rising("nothing"), Difference(), 0.5)]) == ()
