"""What every claim carries, and the sentence for the report."""

import re
from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison.answer import Comparison, Setting
from assay.model.comparison.examples import Flips
from assay.model.comparison.notes import ExampleNote
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import ExampleCounts, NotLogged
from assay.model.metric import MetricUnit
from assay.model.note import note
from assay.view.text.comparison import facts
from assay.view.text.comparison.data import badges
from assay.view.text.comparison.report import report, reports
from assay.view.text.comparison.scale import scale_of
from assay.view.text.numbers import scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SAME = (0.661, 0.668, 0.655, 0.645, 0.671)
SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def reported(found: Comparison) -> str:
    return report(found, found.first, found.first.candidates[0], SHARE)


def test_unpaired_sides_are_called_so(compare: Compare) -> None:
    found = compare(both=BOTH, seeded=False)
    assert facts.sizes(found, found.first.candidates[0]) == ("5 runs each, not paired", "noise from: new seeds")


def test_fewer_pairs_than_runs_are_counted(compare: Compare) -> None:
    found = compare(baseline=BOTH, few=SAME[:3])
    assert facts.sizes(found, found.first.candidates[0]) == (
        "5 + 3 runs, 3 shared seeds compared",
        "noise from: new seeds",
    )
    assert " points over 3 shared seeds, 95 % CI" in reported(found)


def test_which_way_is_better_says_who_said_so(compare: Compare) -> None:
    assert facts.better(compare(both=BOTH).first.metric) == "higher is better (policy)"


def test_the_report_sentence_has_the_agreed_form(compare: Compare) -> None:
    said = reported(compare(both=BOTH, same=SAME))
    assert said.startswith("both: f1_score 78.2 % ± 1.1 % (n = 5 runs), 95 % CI [")
    assert "difference to baseline +12.3 ± 0." in said
    assert said.endswith("], p < 0.001 (paired t, Holm over 2), better.")


def test_the_report_names_the_candidate_and_gives_the_differences_own_interval(compare: Compare) -> None:
    said = reported(compare(both=BOTH, same=SAME))
    assert re.search(r"difference to baseline \+12\.3 ± 0\.2 points, 95 % CI \[\+12\.0, \+12\.6\], p < 0\.001", said)


def test_only_what_has_a_difference_is_reported(compare: Compare) -> None:
    found = compare(both=BOTH, empty=())
    assert [said.split(":")[0] for said in reports(found)] == ["both"]


def test_the_spread_of_all_seeds_says_how_fine_numbers_are_written(compare: Compare) -> None:
    assert scale_of(compare(both=BOTH).first).spread(0.782, 0.011) == "78.2 ± 1.1"


def test_statistics_of_both_sides_are_named_together() -> None:
    said = [facts.several(statistic) for statistic in (Statistic.MEAN, Statistic.IQM, Statistic.P99, Statistic.AUC)]
    assert said == ["means", "interquartile means", "p99", "AUC"]


def test_what_counts_as_right_follows_the_direction() -> None:
    def made(*, averaged: bool, higher: bool) -> Flips:
        return Flips(0, 0, 0, 0, averaged=averaged, higher=higher, limit=1)

    assert facts.right(made(averaged=False, higher=True)) == "right is a score of 1"
    assert facts.right(made(averaged=True, higher=True)) == "right is a mean score over the runs of at least 0.5"
    assert facts.right(made(averaged=False, higher=False)) == "right is a score of 0, since lower is better"
    assert facts.right(made(averaged=True, higher=False)) == (
        "right is a mean score over the runs below 0.5, since lower is better"
    )


def test_code_that_differs_is_said_beside_params_that_do_not() -> None:
    def said(equal: int, *commits: str | None) -> str:
        return facts.setting(Setting(equal_params=equal, commits=commits))

    assert said(8, "873d453", "873d453") == "8 other params are equal."
    same = badges(Setting(commits=("873d453", "873d453")))
    assert same == ":green-badge[✓ same commit 873d453]"
    assert said(1, "873d453", "a41b9e2 | 873d453") == "1 other param is equal. Commits: 873d453, a41b9e2 \\| 873d453."
    mixed = "a41b9e2 | 873d453"
    assert "commit" not in badges(Setting(commits=(mixed, mixed))), "whose runs mix the same commits share none"
    assert said(0, mixed, mixed).startswith("Commits: a41b9e2 \\| 873d453, ")
    assert said(0, "873d453", None) == "Commits: 873d453, not logged."
    assert said(0, None, None) == ""


def test_why_no_param_differs(compare: Compare) -> None:
    first = compare(both=BOTH).first
    assert facts.undistinguished(first) == "the sides differ by something that isn't logged as a param"
    assert facts.undistinguished(compare(none=()).first) == "a side has no run that counts"
    itself = replace(first.candidates[0], side=first.baseline)
    assert facts.undistinguished(replace(first, candidates=(itself,))) == "the sides are the same runs"


def test_runs_without_scores_are_among_those_left_out(compare: Compare) -> None:
    first = compare(both=BOTH).first
    assert facts.left_out(first, first.baseline) == ""
    lacking = ExampleCounts(0, not_logged=(NotLogged("r1", note(ExampleNote.ONE_LABEL, metric="auc")),))
    assert facts.left_out(first, replace(first.baseline, examples=lacking)) == "1 without example scores of f1_score"


def test_replicates_without_a_seed_are_runs(compare: Compare) -> None:
    assert facts.trainings(compare(both=BOTH).first) == "seed"
    assert facts.trainings(compare(both=BOTH, seeded=False).first) == "run"
