"""The finding in one sentence."""

from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.metric import Direction, MetricUnit
from assay.model.runs.exclusion import Exclusion
from assay.view.text.comparison.consequence import consequence
from assay.view.text.comparison.headline import finding, headline, mark
from assay.view.text.escape import flat
from assay.view.text.numbers import scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SAME = (0.661, 0.668, 0.655, 0.645, 0.671)
SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def test_a_clear_gain_is_the_first_thing_said(compare: Compare) -> None:
    said = headline(compare(both=BOTH), SHARE)
    assert said == "`both` is better than `baseline`: f1\\_score is 12.3 points higher, more than the noise."


def test_a_loss_is_a_loss_whichever_way_the_metric_gets_better(compare: Compare) -> None:
    found = compare(both=BOTH, direction=Direction.MINIMIZE)
    said = headline(found, SHARE, name=flat)
    assert said == "both is worse than baseline: f1_score is 12.3 points higher, more than the noise."
    assert (mark(found).glyph, mark(found).colour) == ("▼", "red")


def test_no_difference_shown_never_means_equal(compare: Compare) -> None:
    found = compare(same=SAME)
    assert headline(found, SHARE).startswith("No difference shown between `same` and `baseline`: ")


def test_a_side_without_scores_cannot_be_compared(compare: Compare) -> None:
    assert "can't be compared" in headline(compare(empty=()), SHARE)


def test_what_became_of_a_sides_runs_is_said_with_what_to_do(compare: Compare) -> None:
    found = compare(empty=())
    candidate = found.first.candidates[0]
    assert consequence(found, candidate, SHARE).startswith("No run matches: check the filter")
    for reasons, said, follows in (
        ({Exclusion.VANISHED: 2}, "(2 deleted or not in the store)", "Restore the deleted runs in MLflow"),
        (
            {Exclusion.FAILED: 1, Exclusion.NOT_LOGGED: 3},
            "(3 f1_score not logged, 1 failed)",
            "Choose runs that finished and logged this metric",
        ),
    ):
        sample = replace(candidate.side.sample, excluded=reasons)
        lost = replace(candidate, side=replace(candidate.side, sample=sample))
        assert said in finding(found, lost, SHARE)
        assert consequence(found, lost, SHARE).startswith(follows)


def test_a_difference_over_fewer_seeds_than_the_sides_have_says_so(compare: Compare) -> None:
    few = compare(baseline=BOTH, few=SAME[:3])
    assert few.first.candidates[0].difference.pairs == 3
    assert "points lower over 3 shared seeds, more than" in headline(few, SHARE, name=flat)


def test_candidates_that_are_all_too_few_are_not_called_no_better(compare: Compare) -> None:
    found = compare(baseline=(0.6, 0.61), a=(0.7, 0.72), b=(0.7,))
    said = headline(found, SHARE, name=flat)
    assert said == "Too few runs to judge any of 2 candidates against baseline on f1_score."


def test_several_candidates_are_summed_up(compare: Compare) -> None:
    found = compare(both=BOTH, same=SAME, third=BOTH)
    assert headline(found, SHARE, name=flat).startswith(
        "2 of 3 candidates are better than baseline on f1_score: most of all both, +12.3 points."
    )


def test_none_better_counts_those_that_are_worse(compare: Compare) -> None:
    worse = tuple(value - 0.2 for value in BOTH)
    said = headline(compare(same=SAME, low=worse), SHARE, name=flat)
    assert said == "None of 2 candidates is shown to be better than baseline on f1_score; 1 is worse."


def test_a_hostile_name_stays_code(compare: Compare) -> None:
    said = headline(compare(**{"[x](https://evil.example)": BOTH}), SHARE)
    assert said.startswith("`[x](https://evil.example)` is better")


def test_no_spread_is_no_noise_and_the_sentence_says_what_was_seen(compare: Compare) -> None:
    said = headline(compare(baseline=(0.8,) * 5, both=(0.9,) * 5), SHARE, name=flat)
    assert "no variation seen" in said
    assert "noise" not in said


def test_a_baseline_without_scores_compares_with_nobody(compare: Compare) -> None:
    said = headline(compare(baseline=(), both=BOTH, same=SAME), SHARE, name=flat)
    assert said == "None of 2 candidates can be compared with baseline on f1_score: no run that counts for baseline."


def test_a_gain_never_hides_what_the_other_metrics_say(compare: Compare) -> None:
    gain, loss, none = (
        compare(both=values, direction=direction, metric=name).first
        for values, direction, name in (
            (BOTH, Direction.MAXIMIZE, "f1_score"),
            (BOTH, Direction.MINIMIZE, "log_loss"),
            (SAME, Direction.MAXIMIZE, "recall"),
        )
    )

    def said(*others: MetricComparison) -> str:
        whole = compare(both=BOTH)
        return headline(replace(whole, metrics=(whole.first, *others)), SHARE, name=flat).partition("noise")[2]

    assert said(loss, none, gain) == "; better on 1, worse on 1 of 3 others."
    assert said(gain, none) == "; better on 1 of 2 others, worse on none."
    assert said(none) == "; no difference shown on the other metric."
    assert said(gain, gain) == "; better on all 2 others."
    assert said() == "."


def test_neither_gains_nor_losses_on_other_metrics_are_hidden(compare: Compare) -> None:
    better, worse = compare(both=BOTH).first, compare(both=BOTH, direction=Direction.MINIMIZE).first
    untold = replace(better, candidates=(_differing(better.candidates[0]),))
    found = replace(compare(both=BOTH), metrics=(worse, better, worse, better))
    assert headline(found, SHARE, name=str).endswith("; better on 2, worse on 1 of 3 others.")
    assert headline(replace(found, metrics=(better, untold)), SHARE, name=str).endswith(
        "; differs for better or worse on the other metric."
    )
    assert headline(replace(found, metrics=(better, untold, better)), SHARE, name=str).endswith(
        "; better on 1, differs for better or worse on 1 of 2 others."
    )


def _differing(candidate: Candidate) -> Candidate:
    return replace(candidate, difference=replace(candidate.difference, verdict=Verdict.DIFFERS))
