"""One finding in words: how many, where from, and what it is worth."""

from dataclasses import replace

from assay.model.evidence.leakage import LeakageCheck
from assay.model.metric import Direction, Metric, MetricUnit
from assay.view.text.evidence.finding import caption, heading, offenders, said, sources, twin, worth
from assay.view.text.notes import as_markdown, words
from leaked import FAIL, NOT_LOGGED, SAID, TWIN, WORTH, cell, found, offended, row

LEAKY = row("moved-before-split", {LeakageCheck.GROUP_OVERLAP: FAIL})
GROUPS = LEAKY.cell(LeakageCheck.GROUP_OVERLAP)


def test_the_heading_names_row_check_and_status() -> None:
    assert heading(LEAKY, GROUPS) == "moved\\-before\\-split, groups apart: ✕ fail"


def test_a_finding_says_in_how_many_runs() -> None:
    assert said(LEAKY, GROUPS).endswith("In all 5 runs.")
    some = replace(GROUPS, alike=("a", "b"))
    assert "In 2 of 5 runs." in said(LEAKY, some)
    alone = row("one", {LeakageCheck.TEST_LOOKS: FAIL}, n=1)
    assert "runs" not in said(alone, alone.cell(LeakageCheck.TEST_LOOKS))


def test_sources_name_files_and_the_runs_that_share_the_finding() -> None:
    own = cell(LeakageCheck.GROUP_OVERLAP, FAIL, ("4b1d07c2ffff", "b", "c", "d", "e"))
    assert sources(own) == "Source: `evidence/splits.parquet`, run `4b1d07c2` and 4 more."
    assert sources(cell(LeakageCheck.TEST_LOOKS, NOT_LOGGED)) == "Source: run `a`."
    many = cell(LeakageCheck.TEST_LOOKS, FAIL, sources=("a", "b", "c", "d`", "e"))
    assert sources(many) == "Source: `a`, `b`, `c` and 2 more, run `a`."


def test_offenders_are_counted_beyond_those_that_are_named() -> None:
    assert offenders(GROUPS.check) == "142 held-out examples of 360; the first 100 are named."
    few = replace(GROUPS.check, offenders=offended(1, 360))
    assert offenders(few) == "1 held-out example of 360."


def test_a_leak_is_worth_points_with_their_interval() -> None:
    assert worth(found()) == (
        "Without them `accuracy` is **94.5 %** instead of 96.6 %: they are worth **2.1 points**, 95 % CI +1.4 to +2.8, "
        "over 5 trainings. 142 examples of a run left out; n = 218."
    )
    assert "*" not in worth(found(), plain=True)
    assert "`" not in worth(found(), plain=True)


def test_no_clean_row_left_is_an_answer() -> None:
    none = replace(WORTH, without=None, difference=None, interval=None, lost=(240, 240))
    assert worth(found(none)) == (
        "**No clean test row is left**: all 360 examples behind `accuracy` 96.6 % are in the finding."
    )  # fmt: skip
    assert "first two" not in caption(none, None)


def test_the_twins_line_says_what_it_is_over_where_that_is_something_else() -> None:
    assert caption(WORTH, TWIN).endswith("A twin was trained and tested on rows of its own.")
    of_one = replace(WORTH, over_seeds=False, runs=1)
    assert caption(of_one, TWIN).endswith("on rows of its own; its line is over 5 trainings.")
    assert caption(WORTH, replace(TWIN, runs=0)).endswith("on rows of its own; its line is over 360 test examples.")
    assert "twin" not in caption(WORTH, replace(TWIN, logged=None))


def test_what_cannot_be_told_has_its_reason() -> None:
    assert worth(found(None)) == as_markdown(SAID)
    assert worth(found(None), plain=True) == words(SAID)
    assert worth(found(None, reason=None)) == ""


def test_an_interval_that_holds_zero_shows_nothing_and_one_run_has_none() -> None:
    level = replace(WORTH, difference=0.001, interval=(-0.004, 0.006))
    assert "no difference is shown (+0.1 points, 95 % CI −0.4 to +0.6, over 5 trainings)" in worth(found(level))
    alone = replace(WORTH, interval=None, runs=1)
    assert ", over 1 training: too few for an interval." in worth(found(alone))


def test_examples_that_lower_a_score_are_no_gain_and_a_lower_loss_is_one() -> None:
    worse = replace(WORTH, difference=-0.021, interval=(-0.028, -0.014))
    assert "they lower the score by 2.1 points" in worth(found(worse))
    loss = Metric("log_loss", Direction.MINIMIZE, "policy", MetricUnit.NONE)
    assert "they are worth **" in worth(found(replace(worse, metric=loss), None))
    assumed = replace(WORTH, metric=Metric("grue", Direction.MAXIMIZE, "assumed"))
    assert " apart, 95 % CI" in worth(found(assumed, None))


def test_examples_that_differ_from_run_to_run_are_counted_from_to() -> None:
    varied = worth(found(replace(WORTH, lost=(138, 142))))
    assert varied.endswith("138 to 142 examples of a run left out; n = 218 in the median run.")
    assert "over 360 test examples" in worth(found(replace(WORTH, over_seeds=False, runs=1)))


def test_the_twin_is_named_with_what_it_differs_in() -> None:
    assert twin(found()) == (
        "The configuration most like it, `moved-after-split`, passes this check with `accuracy` **94.6 %**. "
        "They differ in `variant`."
    )
    assert twin(found(None, replace(TWIN, params=()))) == (
        "The configuration most like it, `moved-after-split`, passes this check."
    )
    assert twin(found(twin=None)) == ""
