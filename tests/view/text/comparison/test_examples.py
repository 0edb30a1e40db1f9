"""Words about a comparison by examples."""

from dataclasses import replace

from assay.model.comparison.answer import Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.procedure import Procedure, Technique
from assay.model.comparison.question import Statistic, Unit
from assay.model.note import note
from assay.view.text.comparison.caveats import limits, method
from assay.view.text.comparison.claim import carried
from assay.view.text.comparison.consequence import consequence
from assay.view.text.comparison.facts import over_examples
from assay.view.text.comparison.headline import finding, headline
from assay.view.text.comparison.report import reports
from assay.view.text.comparison.scale import scale_of
from examined import DIFFERENCE, REACH, answer, candidate


def said(found: Comparison) -> str:
    return headline(found, scale_of(found.first), name=str)


def test_the_answer_comes_first_with_its_number() -> None:
    assert said(answer()) == "model=b is better than model=a: accuracy is 3.0 points higher, more than the noise."


def test_a_claim_carries_what_was_resampled_and_the_family() -> None:
    shown = [fact.text for fact in carried(answer())]
    assert shown[1] == "95 % CI +1.2 to +4.8 points"
    family = "2 comparisons, Holm, intervals unadjusted"
    assert {"n = 200 examples, paired", "noise from: new test examples", "2 trainings each", family} <= set(shown)


def test_what_cannot_be_compared_says_why() -> None:
    why = note(Says.NO_COLUMN, column="<b>", runs=0, metrics=(), slices=(), line=None, said=None)
    none = replace(DIFFERENCE, value=None, interval=None, reason=note(Says.SIDE_LACKS, 1, why=why))
    found = answer(candidate(difference=none))
    assert said(found).endswith(
        "can't be compared on accuracy: model=b: the example scores have no column '<b>'; they hold nothing but ids."
    )
    assert headline(found, scale_of(found.first)).endswith("can't be compared on accuracy.")
    assert "\\<b\\>" in consequence(found, found.first.candidates[0], scale_of(found.first))


def test_the_reports_sentence_names_test_correction_and_unit() -> None:
    (sentence,) = reports(answer())
    assert "difference to model=a +3.0 points, 95 % CI [+1.2, +4.8]" in sentence
    assert sentence.endswith("(percentile bootstrap, exact, inverted, Holm over 2), better (resampled: examples).")


def test_caveats_say_how_the_interval_was_made_and_what_it_does_not_speak_of() -> None:
    trainings = note(Says.THESE_TRAININGS, baseline=2, candidate=2, statistic=Statistic.MEAN)
    own = replace(candidate(), caveats=(trainings,))
    assert method(answer(own, own)) == ("95 % percentile bootstrap (exact) interval over examples.",)
    assert limits(answer(own, own)) == (
        "2 trainings per side, averaged for each example: resampling examples speaks of these trainings only; seeds × "
        "examples speaks of new ones.",
    )
    assert method(answer(unit=Unit.BOTH))[0].endswith("interval over seeds × examples.")


def test_a_median_is_named_where_a_mean_would_stand() -> None:
    found = answer(statistic=Statistic.MEDIAN)
    assert said(found) == ("model=b is better than model=a: median accuracy is 3.0 points higher, more than the noise.")
    both = answer(candidate(), candidate(), statistic=Statistic.MEDIAN)
    assert headline(both, scale_of(both.first)).endswith(
        "than `model=a` on median accuracy: most of all `model=b`, +3.0 points."
    )
    assert reports(found)[0].startswith("model=b: median accuracy 93.0 %")
    assert over_examples(Statistic.MEDIAN) == "Medians over examples"


def test_f1_of_predictions_is_named_once() -> None:
    made = Procedure(Technique.PERCENTILE, "10,000 resamples", of=Statistic.MACRO_F1)
    difference = replace(DIFFERENCE, interval=replace(REACH, procedure=made))
    found = answer(candidate(difference=difference), metric="f1_macro", statistic=Statistic.MACRO_F1)
    assert said(found).startswith("model=b is better than model=a: f1_macro is 3.0 points")
    assert over_examples(Statistic.MACRO_F1) == "Macro F1 over examples"
    assert method(found) == ("95 % percentile bootstrap of the macro F1 (10,000 resamples) interval over examples.",)


def test_unshared_examples_are_counted_a_side() -> None:
    found = answer(candidate(n=0))
    shown = [fact.text for fact in carried(found)]
    assert "n = 200 + 200 examples, unpaired" in shown
    assert "(n = 200 examples, 2 trainings)" in reports(found)[0]


def test_too_few_examples_say_how_many_there_are() -> None:
    few = replace(DIFFERENCE, verdict=Verdict.TOO_FEW, reason=note(Says.FEW_EXAMPLES, n=1, needed=5))
    found = answer(candidate(difference=few))
    shown = finding(found, found.first.candidates[0], scale_of(found.first), name=str)
    assert shown == (
        "model=b can't be judged against model=a: +3.0 points of accuracy, but 1 example on both sides, fewer than "
        "the 5 that a verdict may rest on."
    )
