"""What the next runs could show."""

from collections.abc import Callable
from dataclasses import replace

from assay.analysis.comparison.family import replanned
from assay.model.comparison.answer import Comparison
from assay.model.metric import MetricUnit
from assay.view.tables.comparison.plan import plan
from assay.view.text.escape import flat
from assay.view.text.numbers import scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def test_the_plan_says_what_can_be_seen_and_what_it_takes(compare: Compare) -> None:
    found = plan(compare(both=BOTH, smallest=0.01), SHARE)
    questions = list(found.rows)
    assert questions[0] == "5 paired seeds would probably show"
    assert questions[1] == "To show 1 point, run"
    assert found.rows["Without assuming normality"] == (
        "p is **0.0625** or more; from 6 paired seeds on it can be below 0.05"
    )
    assert "upper 80 % limit of the differences' sd" in found.caption


def test_without_a_spread_there_is_no_plan(compare: Compare) -> None:
    single = plan(compare(baseline=(0.6,), both=(0.7,), smallest=0.01), SHARE)
    assert not single.rows
    assert single.caption == "Planning needs a spread: run at least 2 seeds per side."
    same = plan(compare(baseline=(0.6,) * 3, both=(0.7,) * 3, smallest=0.01), SHARE)
    assert "nothing to plan with" in same.caption
    several = plan(compare(baseline=(0.6,), both=(0.7,), other=(0.8,)), SHARE)
    assert several == single


def test_several_without_a_plan_give_their_own_reason(compare: Compare) -> None:
    same = plan(compare(baseline=(0.6,) * 3, both=(0.7,) * 3, other=(0.8,) * 3), SHARE)
    assert (same.rows, same.caption) == ({}, "No spread was seen, so there is nothing to plan with.")


def test_more_than_a_million_is_an_answer(compare: Compare) -> None:
    single = plan(compare(both=BOTH, smallest=1e-7), SHARE)
    assert list(single.rows.values())[1] == "**more than a million paired seeds**"
    assert single.caption.startswith("It would take more than a million paired seeds to show ")
    several = plan(compare(both=BOTH, other=BOTH, smallest=1e-7, seeded=False), SHARE)
    assert set(several.rows.values()) == {"**more than a million seeds** per side"}


def test_lines_are_the_rows_as_plain_text(compare: Compare) -> None:
    several = plan(compare(both=BOTH, an_other=BOTH[:1], smallest=0.01), SHARE, name=flat)
    assert several.lines == ["both: 4 paired seeds, there are 5", "an_other: –"]


def test_what_the_reader_wants_to_see_comes_first(compare: Compare) -> None:
    found = compare(both=BOTH, smallest=0.01)
    found = replace(found, metrics=replanned(found.metrics, found.rules, 0.001, 1))
    shown = plan(found, SHARE, 0.001)
    assert list(shown.rows)[1:3] == ["To show 0.1 points, run", "To show 1 point, run"]
    wanted, _, rest = shown.caption.partition(". ")
    assert wanted.endswith(" more than now, would very probably show a difference of 0.1 points")
    assert rest.startswith("Counted on is 80 % power at ")


def test_unpaired_seeds_are_counted_per_side(compare: Compare) -> None:
    shown = plan(compare(both=BOTH, seeded=False), SHARE)
    assert next(iter(shown.rows)) == "5 seeds per side would probably show"
    assert list(shown.rows)[1] == "To show 12.3 points, run"
    assert "of the pooled sd" in shown.caption


def test_of_several_candidates_each_says_what_it_needs_for_one_difference(compare: Compare) -> None:
    shown = plan(compare(both=BOTH, an_other=BOTH[:1], smallest=0.01), SHARE)
    assert list(shown.rows) == ["both", "an\\_other"]
    assert shown.rows["an\\_other"] == "–"
    assert shown.caption == "To show 1 point: 80 % power (p: Holm over 2) at the upper 80 % limit of each spread."
