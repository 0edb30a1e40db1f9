"""What follows from a finding."""

from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Method
from assay.model.metric import Direction, MetricUnit
from assay.view.text.comparison import consequence
from assay.view.text.comparison.headline import headline
from assay.view.text.comparison.report import summaries
from assay.view.text.numbers import scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SAME = (0.661, 0.668, 0.655, 0.645, 0.671)
SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def follows(found: Comparison) -> str:
    return consequence.consequence(found, found.first.candidates[0], SHARE)


def test_no_difference_shown_never_means_equal(compare: Compare) -> None:
    said = follows(compare(same=SAME))
    assert said.startswith("This doesn't show that they are equal: the interval still allows ")
    assert "worse and" in said


def test_what_would_settle_a_difference_that_matters_is_said(compare: Compare) -> None:
    assert follows(compare(same=SAME, smallest=0.004)).endswith(
        " paired seeds would settle a difference of 0.4 points."
    )
    assert "per side" not in follows(compare(same=SAME, smallest=0.004, seeded=False))


def test_an_interval_within_what_does_not_matter_says_so(compare: Compare) -> None:
    said = follows(compare(same=SAME, smallest=0.05))
    assert said == "The whole interval lies within ±5 points, which the team calls too small to matter."


def test_the_near_end_is_held_against_the_policy(compare: Compare) -> None:
    said = follows(compare(both=BOTH, smallest=0.01))
    assert said.startswith("The true gain is likely at least ")
    assert said.endswith("; the team calls less than 1 point too small.")
    assert "The true gain could be as small as" in follows(compare(both=BOTH, smallest=0.122))


def test_two_seeds_are_too_few_and_it_says_how_many_are_missing(compare: Compare) -> None:
    found = compare(baseline=(0.6, 0.61), both=(0.7, 0.72))
    assert headline(found, SHARE).startswith("Too few runs to judge `both` against `baseline`")
    assert follows(found) == "Run 1 more paired seed: a claim needs 3 pairs."


def test_the_policys_fewest_runs_is_what_a_claim_needs(compare: Compare) -> None:
    found = compare(baseline=(0.6, 0.61), both=(0.7, 0.72), minimum=6)
    assert follows(found) == "Run 4 more paired seeds: a claim needs 6 pairs."


def test_a_permutation_that_cannot_decide_says_how_many_seeds_could(compare: Compare) -> None:
    assert "run at least 6 paired seeds" in follows(compare(both=BOTH, method=Method.PERMUTATION))
    three = compare(both=BOTH, same=SAME, other=SAME, method=Method.PERMUTATION)
    assert "run at least 7 paired seeds" in follows(three)


def test_one_run_a_side_is_told_what_each_lacks(compare: Compare) -> None:
    assert follows(compare(baseline=(0.6,), both=(0.7,))) == "Run 2 more seeds on each side: a claim needs 3 per side."
    assert follows(compare(baseline=(0.6, 0.61, 0.62), both=(0.7,), seeded=False)) == (
        "Run 2 more seeds of `both`: a claim needs 3 per side."
    )


def test_losses_on_other_metrics_are_named_with_their_size(compare: Compare) -> None:
    found = compare(both=BOTH)
    worse = compare(both=BOTH, direction=Direction.MINIMIZE).first
    lost = tuple(replace(worse, metric=replace(worse.metric, name=f"loss_{at}")) for at in range(6))
    said = consequence.follows(replace(found, metrics=(found.first, *lost)), SHARE)
    assert said.endswith(
        " Worse on loss\\_0 by 12.3 points, loss\\_1 by 12.3 points, loss\\_2 by 12.3 points, loss\\_3 by 12.3 points "
        "and 2 more."
    )
    assert "Worse" not in consequence.follows(found, SHARE)


def test_a_report_sums_up_the_other_metrics_by_their_verdicts(compare: Compare) -> None:
    found = compare(both=BOTH)
    worse, even = compare(both=BOTH, direction=Direction.MINIMIZE).first, compare(same=SAME).first
    others = [replace(one, metric=replace(one.metric, name=name)) for one, name in ((worse, "loss"), (even, "auc"))]
    [said] = summaries(replace(found, metrics=(found.first, *others)))
    assert said.endswith(", better. Worse: loss. No difference shown: auc.")
