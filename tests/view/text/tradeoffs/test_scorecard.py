"""A scorecard's sentences: who meets the thresholds, what is missing, what was lost."""

from dataclasses import replace

import pytest

from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.criteria import Scorecard
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import note
from assay.model.rules import PolicyNote
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.scorecard import Regression, Status
from assay.view.text.escape import flat
from assay.view.text.numbers import Scale
from assay.view.text.tradeoffs.scale import limit
from assay.view.text.tradeoffs.scorecard import (
    MARKS,
    basis,
    doubts,
    group,
    headline,
    mark,
    regressions,
    scale_of,
    score,
    to_log,
    warnings,
)  # fmt: skip
from carded import BOOK, DIGITS, GUIDE, around, criterion, judge, lost, scored
from carded import limit as limited

GOOD = {"accuracy": around(0.978, 0.003), "latency_p95_ms": around(0.56, 0.07), "availability": (0.9999,) * 3}
PER_CENT = Scale(100.0, "%", "points", 1)


def regression(metric: str, *, shown: bool) -> Regression:
    return Regression(Metric(metric, Direction.MAXIMIZE), Difference(-0.1, verdict=Verdict.WORSE), shown)


def test_who_meets_every_threshold_is_said_first() -> None:
    found = scored(DIGITS, GOOD)
    assert headline(found) == "`it` meets all 3 thresholds of digits, 1 of them by a value that did not vary."
    assert mark(found) is MARKS[Status.MET]
    assert score(found) == "Score 1.00 of 1.00."
    one = replace(DIGITS, criteria=DIGITS.criteria[:1])
    assert headline(scored(one, GOOD), name=flat) == "it meets the threshold of digits."


def test_alerts_come_before_misses_each_with_its_value_and_limit() -> None:
    found = scored(DIGITS, {"accuracy": around(0.955, 0.003), "latency_p95_ms": around(12.0, 0.5)})
    assert headline(found, name=flat) == (
        "it misses 2 of 3 thresholds of digits: latency_p95_ms is beyond its alert (12.00 ms, alert > 10 ms), accuracy is "
        "missed (95.50 %, needs > 96.5 %); 1 not logged (availability)."
    )
    assert mark(found) is MARKS[Status.ALERT]


def test_what_is_neither_met_nor_missed_is_not_shown_to_be_met() -> None:
    found = scored(DIGITS, {"accuracy": around(0.965, 0.003), "latency_p95_ms": around(0.56, 0.07)})
    assert headline(found, name=flat) == (
        "it is not shown to meet digits: 1 uncertain (accuracy), 1 not logged (availability), 1 of 3 met."
    )
    assert mark(found) is MARKS[Status.UNCERTAIN]
    assert score(found) == "Score 0.20 of 1.00; 0.80 if the uncertain one turns out met."


def test_of_many_misses_three_are_named() -> None:
    values = {
        one.metric: (one.threshold.value * (0.9 if one.threshold.comparator == ">" else 1.1),) * 3
        for one in GUIDE.criteria
    }
    found = headline(scored(GUIDE, values), name=flat)
    assert found.startswith("it misses 11 of 11 thresholds of guide: ")
    assert found.endswith(", 8 more.")


def test_without_a_score_the_reason_is_the_headline() -> None:
    found = scored(DIGITS, {})
    assert headline(found, name=flat) == "it logged no metric of scorecard digits, so there is no score."
    assert (score(found), mark(found).colour) == ("", "gray")
    why = note(ScorecardNote.NO_MATCHING_CARD, experiments=("<b>wine</b>", "b"), known=("digits",))
    nothing = replace(found, card=None, judgements=(), notes=(why,))
    assert headline(nothing, name=flat) == (
        "No scorecard of the policy speaks of <b>wine</b>, b; it has digits. Choose one (--scorecard), or give one these "
        "experiments."
    )
    assert r"\<b\>wine\<\/b\>" in headline(nothing)
    assert basis(nothing, BOOK) == ""


@pytest.mark.parametrize(
    ("uncertain", "words"), [(2, "both uncertain ones turn out met."), (3, "all 3 uncertain ones turn out met.")]
)
def test_what_is_possible_counts_the_uncertain(uncertain: int, words: str) -> None:
    card = Scorecard("card", ("*",), tuple(criterion(name, "> 0.5", weight=0.25) for name in "abcd"[: uncertain + 1]))
    values = {one.metric: around(0.5, 0.1) for one in card.criteria[1:]} | {"a": (0.9,) * 3}
    assert score(scored(card, values)).endswith(words)


def test_names_in_markdown_cannot_act() -> None:
    odd = Scorecard("*c*", ("*",), (criterion("<b>_f1_", "> 0.5"), criterion("x", "> 1")))
    found = headline(scored(odd, {"<b>_f1_": (0.4,) * 3}))
    assert r"\<b\>\_f1\_ is missed" in found
    assert r"thresholds of \*c\*" in found


def test_what_was_lost_comes_before_what_may_have_been() -> None:
    names = [regression(name, shown=True) for name in "abcd"] + [regression("e", shown=False)]
    found = scored(DIGITS, GOOD, **lost(*names, family=9))
    assert regressions(found, name=flat) == (
        "Worse than base on 4 of 9 metrics (p corrected over all): a, b, c and 1 more; a loss that matters cannot be excluded on 1: e."
    )
    assert (
        regressions(scored(DIGITS, GOOD, **lost())) == "Worse than `base` on none of 4 metrics (p corrected over all)."
    )
    assert regressions(scored(DIGITS, GOOD)) == ""
    assert regressions(scored(DIGITS, GOOD, **lost(family=0))) == ""


def test_how_it_was_judged_says_whose_card_it_is() -> None:
    assert basis(scored(DIGITS, GOOD), BOOK) == (
        "Judged on the whole 95 % interval of 3 runs or more; what is not logged counts as not met. digits is the team's, "
        "policy.yaml:41."
    )
    assert basis(scored(replace(DIGITS, shipped=True), GOOD), BOOK).endswith("digits is shipped with Assay.")


def test_a_line_of_code_for_everything_that_is_not_logged() -> None:
    odd = replace(DIGITS, criteria=(criterion('a"b', "> 0"), criterion("정확도", "> 0"), criterion("c", "> 0")))
    assert to_log(scored(odd, {"c": (1.0,) * 3})) == (
        r'mlflow.log_metric("a\"b", value)', 'mlflow.log_metric("정확도", value)'
    )  # fmt: skip


def test_where_nothing_of_a_card_is_logged_the_sentence_says_it_all() -> None:
    assert to_log(scored(DIGITS, {})) == ()


def test_warnings_of_several_metrics_are_one_and_name_them() -> None:
    found = scored(DIGITS, GOOD, note(PolicyNote.WEIGHTS_NOT_ONE, name="digits", total=0.9))
    skew = note(ComparisonNote.SKEWED, 0, skew=1.5, n=5)
    first, second, third = found.judgements
    found = replace(found, judgements=(replace(first, notes=(skew,)), replace(second, notes=(skew,)), third))
    assert warnings(found) == (
        "The weights of scorecard digits add up to 0.9, not 1: scores are shares of that sum.",
        "On accuracy, latency_p95_ms, it: its scores are skewed (1.5, n = 5), so a t interval covers less than it says.",
    )


def test_below_a_headline_its_reason_is_not_said_again_and_weights_have_their_line() -> None:
    uneven = note(PolicyNote.WEIGHTS_NOT_ONE, name="digits", total=0.9)
    nobody = note(ScorecardNote.NO_RUN_FOUND, 0)
    lined = "The weights of scorecard digits (line 41) add up to 0.9, not 1: scores are shares of that sum."
    without = scored(DIGITS, {}, uneven, nobody, **lost(family=0))
    assert headline(without, name=flat) not in doubts(without, BOOK)
    assert doubts(without, BOOK) == (lined, "base: no run matches its filter.")
    assert len(warnings(without)) == 3
    assert doubts(scored(DIGITS, GOOD, uneven, nobody, **lost(family=0)), BOOK) == doubts(without, BOOK)


def test_a_group_says_what_is_met_of_its_weight_and_what_may_be() -> None:
    found = scored(DIGITS, {"accuracy": around(0.965, 0.003), "latency_p95_ms": (1.0,) * 3})
    assert [group(own) for own in found.groups] == ["0.00 of 0.60, 0.60 possible", "0.20 of 0.20", "0.00 of 0.20"]


@pytest.mark.parametrize(
    ("text", "scale", "shown"),
    [
        ("> 0.75", PER_CENT, "> 75 %"), (">= 0.99995", PER_CENT, ">= 99.995 %"), ("< 0.001", PER_CENT, "< 0.1 %"),
        ("> 0.07", PER_CENT, "> 7 %"), ("< 1500", Scale(unit="ms", digits=0), "< 1,500 ms"),
        ("> -0.5", Scale(), "> −0.5"), ("> 0", Scale(), "> 0"), ("< 1e-12", Scale(), "< 1e-12"),
    ],
)  # fmt: skip
def test_a_limit_is_shown_with_all_its_digits(text: str, scale: Scale, shown: str) -> None:
    assert limit(limited(text), scale) == shown


def test_numbers_are_fine_enough_to_be_told_from_the_threshold() -> None:
    close = judge(criterion("f1_score", "> 0.965"), around(0.96496, 0.0005))
    assert scale_of(close).value(close.side.value) == "96.496 %"
    far = judge(criterion("f1_score", "> 0.9"), around(0.965, 0.013))
    assert scale_of(far).value(far.side.value) == "96.5 %"
    same = judge(criterion("latency_p95_ms", "< 300"), [300.0] * 3, unit=MetricUnit.MILLISECONDS)
    assert scale_of(same).value(300.0) == "300 ms"
