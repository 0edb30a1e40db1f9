"""How far a comparison can be trusted, and what deserves a look."""

from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison.answer import Comparison
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.notes import ExampleNote
from assay.model.note import note
from assay.view.text.comparison.caveats import beside, limits, method, of_headline, of_others, warnings
from examined import answer, candidate

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SAME = (0.661, 0.668, 0.655, 0.645, 0.671)


def test_one_training_a_side_compares_checkpoints(compare: Compare) -> None:
    assert "two checkpoints, not two methods" in " ".join(limits(compare(baseline=(0.6,), both=(0.7,))))


def test_the_best_of_several_is_lucky(compare: Compare) -> None:
    assert limits(compare(both=BOTH, same=SAME, third=BOTH)) == (
        "The winner of 3 candidates at 5 seeds partly looks good by luck: were all of them equal, the best would look "
        "about 0.4 sd of one run too good. Confirm it on fresh seeds.",
    )
    assert limits(compare(both=BOTH, same=SAME)) == ()


def test_the_coverage_is_the_simulated_one(compare: Compare) -> None:
    said = " ".join(method(compare(both=BOTH)))
    assert said.startswith("n = 5 seeds, 95 % paired t interval: in simulations such an interval was right ")
    assert "a percentile bootstrap would be right" in said


def test_coverage_of_an_unpaired_difference_is_that_of_a_difference(compare: Compare) -> None:
    said = " ".join(method(compare(both=BOTH, seeded=False)))
    assert "was right 96 % of the time, for normal scores; a percentile bootstrap would be right 87 %." in said


def test_warnings_that_say_the_same_of_several_sides_are_one(compare: Compare) -> None:
    found = compare(both=BOTH, same=SAME)
    whole, odd = note(Says.NO_SCORE), note(Says.RUNS_SHARED, 1, n=2)
    few = [note(Says.IDENTICAL_SCORES, place, n=5) for place in (0, 2, 0)]
    told = (whole, few[0], odd, *few[1:])
    assert warnings(replace(found, metrics=(replace(found.first, notes=told),))) == [
        "baseline, same: no variation seen in 5 replicates.",
        "both: 2 runs of the baseline's stand here too; the two sides are not independent.",
        "one side has no score to compare",
    ]


def test_two_notes_in_the_same_words_are_one_warning(compare: Compare) -> None:
    found = compare(both=BOTH, same=SAME)
    pairs = tuple(note(ExampleNote.WITHOUT_PARTNER, 0, place, alone=(3, 0), shared=9) for place in (1, 2))
    assert warnings(replace(found, metrics=(replace(found.first, notes=pairs),))) == [
        "3 examples of baseline lack a partner on the other side and are left out; 9 are shared."
    ]


def test_a_warning_of_one_metric_names_it_once(compare: Compare) -> None:
    found = compare(both=BOTH)
    other = replace(found.first, metric=replace(found.first.metric, name="loss"), notes=(note(Says.NO_SCORE),))
    read = (note(ExampleNote.READ_FROM_COLUMN, metric="f1_score", column="f1"),)
    assert warnings(replace(found, metrics=(replace(found.first, notes=read), other))) == [
        "f1_score is read from the scores' column f1.",
        "On loss, one side has no score to compare",
    ]


def test_what_only_other_metrics_say_stands_apart(compare: Compare) -> None:
    found = compare(both=BOTH)
    told, shared = note(Says.IDENTICAL_SCORES, 0, n=5), note(Says.RUNS_SHARED, 1, n=2)
    others = [
        replace(found.first, metric=replace(found.first.metric, name=name), notes=(told,)) for name in ("loss", "auc")
    ]
    all_of = replace(found, metrics=(replace(found.first, notes=(shared,)), *others))
    assert of_headline(all_of) == [
        "On f1_score, both: 2 runs of the baseline's stand here too; the two sides are not independent."
    ]
    assert of_others(all_of) == ["On loss, auc, baseline: no variation seen in 5 replicates."]


def test_slices_add_only_what_the_comparison_beside_them_has_not_said(compare: Compare) -> None:
    found, odd = compare(both=BOTH), note(Says.IDENTICAL_SCORES, 0, n=5)
    over_seeds = replace(found, metrics=(replace(found.first, notes=(odd,)),))
    own = replace(candidate(), caveats=(note(ExampleNote.SEEDS_AND_EXAMPLES),))
    by_examples = answer(own)
    told = (note(Says.NO_SCORE), note(ExampleNote.MATCHED_BY, column="id"))
    by_examples = replace(by_examples, metrics=(replace(by_examples.first, notes=told),))
    assert beside(over_seeds, by_examples) == (
        ("The interval allows for other seeds and for other examples of this kind.",),
        ("one side has no score to compare", "The scores have no example_id: examples are matched by their id."),
    )
    assert beside(by_examples, by_examples) == ((), ())


def test_a_warning_of_one_metric_only_names_it(compare: Compare) -> None:
    found = compare(both=BOTH)
    shared, own = note(Says.RUNS_SHARED, 1, n=2), note(Says.IDENTICAL_SCORES, 0, n=5)
    other = replace(found.first, metric=replace(found.first.metric, name="loss"), notes=(shared, own))
    both = replace(found, metrics=(replace(found.first, notes=(shared,)), other))
    assert warnings(both) == [
        "both: 2 runs of the baseline's stand here too; the two sides are not independent.",
        "On loss, baseline: no variation seen in 5 replicates.",
    ]
