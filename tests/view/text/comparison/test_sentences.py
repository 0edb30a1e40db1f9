"""What a comparison says in words."""

import re
from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison import Comparison, Direction, Method
from assay.model.policy import MetricUnit
from assay.view.text.comparison import sentences
from assay.view.text.comparison.caveats import caveats, luck
from assay.view.text.escape import flat
from assay.view.text.numbers import Scale, scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SAME = (0.661, 0.668, 0.655, 0.645, 0.671)


def numbers(unit: MetricUnit = MetricUnit.SHARE) -> Scale:
    return scale(unit, [0.659, 0.782], [0.011, 0.013])


def test_a_clear_gain_is_the_first_thing_said(compare: Compare) -> None:
    said = sentences.headline(compare(both=BOTH), numbers())
    assert said == "`both` is better than `baseline`: f1\\_score is 12.3 points higher, more than the noise."


def test_a_loss_is_a_loss_whichever_way_the_metric_gets_better(compare: Compare) -> None:
    found = compare(both=BOTH, direction=Direction.MINIMIZE)
    said = sentences.headline(found, numbers(), name=flat)
    assert said == "both is worse than baseline: f1_score is 12.3 points higher, more than the noise."
    assert sentences.glyph(found) == ("▼", "red")


def test_no_difference_shown_never_means_equal(compare: Compare) -> None:
    found = compare(same=SAME)
    assert sentences.headline(found, numbers()).startswith("No difference shown between `same` and `baseline`: ")
    follows = sentences.consequence(found, found.candidates[0], numbers())
    assert follows.startswith("This doesn't show that they are equal: the interval still allows ")
    assert "worse and" in follows


def test_an_interval_within_what_does_not_matter_says_so(compare: Compare) -> None:
    found = compare(same=SAME)
    follows = sentences.consequence(found, found.candidates[0], numbers(), smallest=0.05)
    assert follows == "The whole interval lies within ±5 points, which the policy calls too small to matter."


def test_the_near_end_is_held_against_the_policy(compare: Compare) -> None:
    found = compare(both=BOTH)
    follows = sentences.consequence(found, found.candidates[0], numbers(), smallest=0.01)
    assert follows.endswith("is above the 1 point that the policy calls too small to matter.")
    follows = sentences.consequence(found, found.candidates[0], numbers(), smallest=0.122)
    assert "reaches down to a gain of" in follows


def test_two_seeds_are_too_few_and_it_says_how_many_are_missing(compare: Compare) -> None:
    found = compare(baseline=(0.6, 0.61), both=(0.7, 0.72))
    assert sentences.headline(found, numbers()).startswith("Too few runs to judge `both` against `baseline`")
    follows = sentences.consequence(found, found.candidates[0], numbers())
    assert follows == "Run 1 more paired seed: a claim needs 3 pairs."


def test_a_side_without_scores_cannot_be_compared(compare: Compare) -> None:
    found = compare(empty=())
    assert "can't be compared" in sentences.headline(found, numbers())


def test_what_became_of_a_sides_runs_is_said_with_what_to_do(compare: Compare) -> None:
    found = compare(empty=())
    assert sentences.consequence(found, found.candidates[0], numbers()).startswith("No run matches: check the filter")
    for reasons, said, follows in (
        ({"deleted or not in the store": 2}, "(2 deleted or not in the store)", "Restore the deleted runs in MLflow"),
        ({"failed": 1, "running": 3}, "(3 running, 1 failed)", "Choose runs that finished and logged this metric"),
    ):
        side = found.candidates[0].side
        lost = replace(found.candidates[0], side=replace(side, sample=replace(side.sample, excluded=reasons)))
        assert said in sentences.finding(found, lost, numbers())
        assert sentences.consequence(found, lost, numbers()).startswith(follows)


def test_a_difference_over_fewer_seeds_than_the_sides_have_says_so(compare: Compare) -> None:
    few = compare(baseline=BOTH, few=SAME[:3])
    assert few.candidates[0].difference.pairs == 3
    assert "points lower over 3 shared seeds, more than" in sentences.headline(few, numbers(), name=flat)
    assert " points over 3 shared seeds, 95 % CI" in sentences.report(few, few.candidates[0], numbers())


def test_candidates_that_are_all_too_few_are_not_called_no_better(compare: Compare) -> None:
    found = compare(baseline=(0.6, 0.61), a=(0.7, 0.72), b=(0.7,))
    said = sentences.headline(found, numbers(), name=flat)
    assert said == "Too few runs to judge any of 2 candidates against baseline on f1_score."


def test_warnings_that_say_the_same_of_several_sides_are_one() -> None:
    told = sentences.gathered(["a: few runs.", "b: odd: very.", "c: few runs.", "a: few runs.", "On the whole."])
    assert told == ["a, c: few runs.", "b: odd: very.", "On the whole."]


def test_one_training_a_side_compares_checkpoints(compare: Compare) -> None:
    found = compare(baseline=(0.6,), both=(0.7,))
    assert "two checkpoints, not two methods" in " ".join(caveats(found, found.candidates[0]))


def test_every_claim_carries_interval_p_sizes_and_family(compare: Compare) -> None:
    found = compare(both=BOTH, same=SAME)
    facts = sentences.facts(found, found.candidates[0], numbers())
    assert facts[0].startswith("95 % CI +")
    assert facts[1:] == ("p < 0.001", "n = 5 + 5 runs, paired by seed", "2 comparisons, Holm")


def test_unpaired_sides_are_called_so(compare: Compare) -> None:
    found = compare(both=BOTH, seeded=False)
    assert sentences.sizes(found, found.candidates[0]) == "n = 5 + 5 runs, unpaired"


def test_the_report_sentence_has_the_agreed_form(compare: Compare) -> None:
    found = compare(both=BOTH, same=SAME)
    said = sentences.report(found, found.candidates[0], numbers())
    assert said.startswith("both: f1_score 78.2 % ± 1.1 % (n = 5 runs), 95 % CI [")
    assert "difference to baseline +12.3 ± 0." in said
    assert said.endswith("], p < 0.001 (paired t, Holm over 2), better.")


def test_several_candidates_are_summed_up(compare: Compare) -> None:
    found = compare(both=BOTH, same=SAME, third=BOTH)
    assert sentences.headline(found, numbers(), name=flat).startswith(
        "2 of 3 candidates are better than baseline on f1_score: most of all both, +12.3 points."
    )
    assert "Best of 3 candidates at 5 seeds looks about 0.4 sd too good" in luck(found)


def test_none_better_counts_those_that_are_worse(compare: Compare) -> None:
    worse = tuple(value - 0.2 for value in BOTH)
    said = sentences.headline(compare(same=SAME, low=worse), numbers(), name=flat)
    assert said == "None of 2 candidates is shown to be better than baseline on f1_score; 1 is worse."


def test_the_coverage_is_the_simulated_one(compare: Compare) -> None:
    found = compare(both=BOTH)
    said = " ".join(caveats(found, found.candidates[0]))
    assert said.startswith("n = 5 seeds, 95 % paired t interval. Simulated coverage ")
    assert "a percentile bootstrap would cover" in said


def test_a_hostile_name_stays_code(compare: Compare) -> None:
    said = sentences.headline(compare(**{"[x](https://evil.example)": BOTH}), numbers())
    assert said.startswith("`[x](https://evil.example)` is better")


def test_exclusions_are_counted_most_first() -> None:
    assert sentences.excluded({"failed": 1, "repeat of identical digits": 3, "none": 0}) == (
        "3 repeat of identical digits, 1 failed"
    )


def test_no_spread_is_no_noise_and_the_sentence_says_what_was_seen(compare: Compare) -> None:
    found = compare(baseline=(0.8,) * 5, both=(0.9,) * 5)
    said = sentences.headline(found, numbers(), name=flat)
    assert "no variation seen" in said
    assert "noise" not in said


def test_a_permutation_that_cannot_decide_says_how_many_seeds_could(compare: Compare) -> None:
    found = compare(both=BOTH, method=Method.PERMUTATION)
    assert "run at least 6 paired seeds" in sentences.consequence(found, found.candidates[0], numbers())
    three = compare(both=BOTH, same=SAME, other=SAME, method=Method.PERMUTATION)
    assert "run at least 7 paired seeds" in sentences.consequence(three, three.candidates[0], numbers())


def test_the_policys_fewest_runs_is_what_a_claim_needs(compare: Compare) -> None:
    found = compare(baseline=(0.6, 0.61), both=(0.7, 0.72))
    follows = sentences.consequence(found, found.candidates[0], numbers(), minimum=6)
    assert follows == "Run 4 more paired seeds: a claim needs 6 pairs."


def test_coverage_of_an_unpaired_difference_is_that_of_a_difference(compare: Compare) -> None:
    found = compare(both=BOTH, seeded=False)
    said = " ".join(caveats(found, found.candidates[0]))
    assert "Simulated coverage 96 % for normal scores; a percentile bootstrap would cover 87 %." in said


def test_the_report_names_the_candidate_and_gives_the_differences_own_interval(compare: Compare) -> None:
    found = compare(both=BOTH, same=SAME)
    said = sentences.report(found, found.candidates[0], numbers())
    assert said.startswith("both: f1_score")
    assert re.search(r"difference to baseline \+12\.3 ± 0\.2 points, 95 % CI \[\+12\.0, \+12\.6\], p < 0\.001", said)


def test_a_baseline_without_scores_compares_with_nobody(compare: Compare) -> None:
    said = sentences.headline(compare(baseline=(), both=BOTH, same=SAME), numbers(), name=flat)
    assert said == "None of 2 candidates can be compared with baseline on f1_score: no run that counts for baseline."


def test_code_that_differs_is_said_beside_params_that_do_not() -> None:
    assert sentences.setting(8, ["873d453", "873d453"]) == "8 others are equal. Same commit 873d453."
    assert sentences.setting(1, ["873d453", "a41b9e2 | 873d453"]) == (
        "1 other is equal. Commits: 873d453, a41b9e2 \\| 873d453."
    )
    assert sentences.setting(0, ["873d453", None]) == "Commits: 873d453, not logged."
    assert sentences.setting(0, [None, None]) == ""
