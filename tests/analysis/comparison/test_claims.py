"""Claims with a margin: p, verdicts, and what the interval says of the same."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from assay.analysis.comparison.claims import claimed, refused, weighed
from assay.analysis.comparison.family import decided
from assay.analysis.comparison.seeds import compared
from assay.analysis.examples import means
from assay.analysis.inference import Inference
from assay.analysis.methods import inference
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Aim, Method, Rules
from assay.model.metric import Direction, Metric
from assay.model.note import note
from seeded import only, sample

UP = Metric("accuracy", Direction.MAXIMIZE, margin=1.0)
DOWN = Metric("latency", Direction.MINIMIZE, margin=1.0)
NO_WORSE, SAME = Rules(aim=Aim.NO_WORSE), Rules(aim=Aim.SAME)
METHODS = [Method.T, Method.PERCENTILE, Method.BASIC, Method.BCA, Method.BOOTSTRAP_T, Method.PERMUTATION]
BASE = np.array([10.0, 11.0, 12.5, 13.0, 14.0, 15.5, 16.0, 17.5])
WOBBLE = np.array([-0.3, 0.2, 0.1, -0.1, 0.3, -0.2, 0.05, -0.05])


def judged(shift: float, metric: Metric, rules: Rules) -> MetricComparison:
    """A candidate whose every seed differs by about `shift`, decided."""
    made = compared(metric, sample("base", BASE), [sample("own", BASE + shift + WOBBLE)], rules)
    return decided([made], rules)[0]


def difference(shift: float, metric: Metric, rules: Rules) -> Difference:
    return only(judged(shift, metric, rules)).difference


@pytest.mark.parametrize(
    ("aim", "shift", "up", "down"),
    [
        (Aim.NO_WORSE, 5.0, Verdict.NO_WORSE, Verdict.WORSE),
        (Aim.NO_WORSE, 0.5, Verdict.NO_WORSE, Verdict.NO_WORSE),
        (Aim.NO_WORSE, -0.5, Verdict.NO_WORSE, Verdict.NO_WORSE),
        (Aim.NO_WORSE, -1.0, Verdict.NOT_SHOWN, Verdict.NO_WORSE),
        (Aim.NO_WORSE, -5.0, Verdict.WORSE, Verdict.NO_WORSE),
        (Aim.SAME, 0.5, Verdict.SAME, Verdict.SAME),
        (Aim.SAME, 1.0, Verdict.NOT_SHOWN, Verdict.NOT_SHOWN),
        (Aim.SAME, 5.0, Verdict.BETTER, Verdict.WORSE),
        (Aim.SAME, -5.0, Verdict.WORSE, Verdict.BETTER),
    ],
)
def test_verdicts_follow_the_whole_interval_and_the_direction(
    aim: Aim, shift: float, up: Verdict, down: Verdict
) -> None:
    assert difference(shift, UP, Rules(aim=aim)).verdict is up
    assert difference(shift, DOWN, Rules(aim=aim)).verdict is down


def test_p_is_the_one_sided_t_against_the_margin_and_its_opposite_that_of_lying_beyond() -> None:
    differences = -0.5 + WOBBLE
    found = difference(-0.5, UP, NO_WORSE)
    assert found.p_value == pytest.approx(ttest_1samp(differences, -1.0, alternative="greater").pvalue)
    assert found.p_beyond == pytest.approx(ttest_1samp(differences, -1.0, alternative="less").pvalue)
    same = difference(-0.5, UP, SAME)
    tails = [ttest_1samp(differences, end, alternative=way).pvalue for end, way in ((-1.0, "greater"), (1.0, "less"))]
    assert same.p_value == pytest.approx(max(tails))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("aim", [Aim.NO_WORSE, Aim.SAME])
def test_a_claim_stands_exactly_where_the_two_sided_interval_lies_within(method: Method, aim: Aim) -> None:
    rng = np.random.default_rng(5)
    for trial in range(60):
        values = np.sort(rng.normal(rng.uniform(-1.6, 1.6), 0.7, size=int(rng.integers(6, 14))))
        found: Inference = inference((values,), method, 2_000, trial)
        low, high = (-1.0, inf) if aim is Aim.NO_WORSE else (-1.0, 1.0)
        rules = Rules(aim=aim, allowed=(low, high), method=method)
        p, beyond = weighed(found, rules)
        limits = found.interval(rules.level)
        assert p is not None
        assert beyond is not None
        assert limits is not None
        if min(abs(end - edge) for end in (limits.low, limits.high) for edge in (-1.0, 1.0)) < 1e-6:
            continue
        assert (p < rules.threshold) == (low < limits.low and limits.high < high)
        assert (beyond < rules.threshold) == (limits.high < low or limits.low > high)


def test_without_a_margin_or_a_direction_nothing_is_judged_and_it_is_said() -> None:
    unknown = Metric("bias", Direction.MAXIMIZE, "assumed", margin=1.0)
    bare = replace(UP, margin=None)
    assert refused(NO_WORSE, bare) == note(Says.NO_MARGIN, metric="accuracy")
    assert refused(NO_WORSE, unknown) == note(Says.WORSE_IS_UNKNOWN, metric="bias")
    assert refused(SAME, unknown) is None
    for metric in (bare, unknown):
        found = difference(0.0, metric, NO_WORSE)
        assert (found.p_value, found.verdict) == (None, Verdict.NOT_SHOWN)
        assert found.reason == refused(NO_WORSE, metric)
        assert found.interval is not None
    assert difference(0.2, unknown, SAME).verdict is Verdict.SAME
    assert difference(5.0, unknown, SAME).verdict is Verdict.DIFFERS


def test_an_assumed_direction_is_neither_better_nor_worse() -> None:
    unknown = Metric("bias", Direction.MAXIMIZE, "assumed")
    one = judged(5.0, unknown, Rules())
    assert only(one).difference.verdict is Verdict.DIFFERS
    assert note(Says.DIRECTION_ASSUMED, metric="bias") in one.notes


def test_intervals_that_hold_together_agree_with_bonferroni() -> None:
    rules = Rules(simultaneous=True, correction="bonferroni", family=4)
    alone, together = difference(0.2, UP, Rules()), difference(0.2, UP, rules)
    assert alone.interval is not None
    assert together.interval is not None
    assert together.interval.high - together.interval.low > alone.interval.high - alone.interval.low
    assert (together.interval.level, together.interval.over) == (0.95, 4)
    assert together.interval.method == "paired t, Bonferroni over 4"
    wide = Rules(level=1 - 0.05 / 4)
    limits = difference(0.2, UP, wide).interval
    assert limits is not None
    assert (together.interval.low, together.interval.high) == pytest.approx((limits.low, limits.high))


def test_a_family_of_margins_is_corrected_on_both_sides() -> None:
    made = [
        compared(replace(UP, name=f"m{i}"), sample("base", BASE), [sample("own", BASE - 0.8 + WOBBLE)], NO_WORSE)
        for i in range(3)
    ]
    found = [only(one).difference for one in decided(made, NO_WORSE)]
    raw = only(made[0]).difference
    assert raw.p_value is not None
    assert [one.p_adjusted for one in found] == pytest.approx([3 * raw.p_value] * 3)


def test_shares_are_judged_against_a_margin_by_their_score() -> None:
    baseline, candidate = (
        np.repeat([1.0, 1.0, 0.0, 0.0], [70, 8, 6, 16]),
        np.repeat([1.0, 0.0, 1.0, 0.0], [70, 8, 6, 16]),
    )
    share = Metric("right", Direction.MAXIMIZE, margin=0.12)
    found, _ = means.paired(baseline, candidate, claimed(NO_WORSE, share), shares=True)
    assert found.interval is not None
    assert found.p_value is not None
    assert found.p_method == found.interval.method == "Tango score"
    assert (found.p_value < 0.025) == (found.interval.low > -0.12)
