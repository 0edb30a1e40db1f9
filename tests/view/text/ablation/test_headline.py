"""The answer of an ablation in one or two sentences, and what follows from it."""

from dataclasses import replace

import pytest

from ablated import ACCURACY, DEMO, LOG_LOSS, SWITCHED, ablated, demo
from assay.model.ablation.answer import Ablation
from assay.model.metric import MetricUnit
from assay.view.text.ablation.headline import badges, follows, headline, mark
from assay.view.text.escape import flat

NO_LIMITS = replace(ACCURACY, unit=MetricUnit.NONE, smallest_effect=None)
LOSSES = {off: [1 - score for score in scores] for off, scores in DEMO.items()}
FULL, WORSE = (0.90, 0.91, 0.90), (0.70, 0.71, 0.705)


def said(found: Ablation, *, more: bool = False) -> str:
    return (follows if more else headline)(found, name=flat)


def test_the_demo_is_answered_first() -> None:
    found = demo()
    assert said(found) == (
        "scaling is critical: accuracy loses 12.6 points without it. pca can go, for it only stands in for scaling."
    )
    assert mark(found).word == "critical"
    assert said(found, more=True) == (
        "accuracy loses nothing without pca, 12.6 points without scaling and 34.8 points without both: they are "
        "substitutes. The smallest tried system that is shown to keep up is scaling + augmentation, picked from 7."
    )


def test_badges_count_classes_and_tell_n_pairing_family_and_cells() -> None:
    assert [badge.text for badge in badges(demo())] == [
        "◆ 1 critical",
        "○ 1 optional",
        "■ 1 removable",
        "n = 5 runs per arm, paired by seed",
        "3 comparisons, Holm",
        "2 × 2 × 2, all 8 cells run",
    ]
    texts = [badge.text for badge in badges(demo(("scaling", "pca")))]
    assert texts[-1] == "2 × 2 × 2, 7 of 8 cells run"
    loose = ablated({(): FULL, ("a",): WORSE}, seeded=False)
    assert [badge.text for badge in badges(loose)][1:] == ["n = 3 runs per arm, not paired", "one left out at a time"]


def test_an_arm_that_nobody_ran_counts_nowhere_as_tried() -> None:
    cells = {off: () if off == ("scaling",) else scores for off, scores in DEMO.items()}
    texts = [badge.text for badge in badges(ablated(cells, components=SWITCHED))]
    assert texts[-3] == "n = 5 runs per arm, paired by seed"
    assert texts[-1] == "2 × 2 × 2, 7 of 8 cells run"
    alone = ablated({(): FULL, ("a",): (), ("b",): WORSE})
    assert said(alone, more=True) == "No smaller system that was tried (1) is shown to lose less than 1 point."


def test_without_limits_an_error_is_told_as_it_is_shown() -> None:
    bare = replace(LOG_LOSS, smallest_effect=None)
    assert said(ablated(LOSSES, bare, components=SWITCHED), more=True).startswith(
        "log_loss is not shown to rise without pca, but rises by 0.126 without scaling and by 0.348 without both"
    )


def test_without_limits_only_what_the_corrected_p_shows_is_shown_to_help() -> None:
    cells = {
        (): (0.9, 0.91, 0.9, 0.92, 0.91),
        ("a",): (0.7, 0.715, 0.705, 0.72, 0.7),
        ("b",): (0.89, 0.88, 0.895, 0.91, 0.897),
        ("c",): (0.9, 0.92, 0.89, 0.92, 0.9),
    }
    found = ablated(cells, NO_LIMITS)
    weak = next(one.gain for one in found.contributions if one.component == "b")
    assert weak.helps
    assert weak.p_adjusted is not None
    assert weak.p_adjusted > 0.05
    assert said(found).endswith("of 3 components 1 is shown to help.")


def test_what_can_go_together_alone_is_no_nothing() -> None:
    cells = {
        (): (0.900, 0.910, 0.905),
        ("a",): (0.889, 0.912, 0.900),
        ("b",): (0.902, 0.899, 0.896),
        ("a", "b"): (0.899, 0.909, 0.9043),
        ("c",): (0.7, 0.712, 0.7),
    }
    found = ablated(cells)
    assert found.smallest is not None
    assert said(found).endswith("a and b can go together, though neither is shown to alone.")
    assert "keep up is c" in said(found, more=True)


def test_components_that_change_nothing_at_all_lose_nothing() -> None:
    still = ablated({(): (0.8, 0.8), ("a",): (0.8, 0.8), ("b",): (0.8, 0.8)})
    assert said(still).endswith("By the means alone accuracy is the same without any of them.")


def test_names_are_code_unless_the_caller_says_otherwise() -> None:
    assert headline(demo()).startswith("`scaling` is critical: `accuracy` loses 12.6 points")
    sly = ablated({(): FULL, ("**a** $x$",): WORSE})
    assert headline(sly).startswith("`**a** $x$` is critical")


def test_of_an_error_the_system_is_worse_where_it_rises() -> None:
    found = ablated(LOSSES, LOG_LOSS, components=SWITCHED)
    assert said(found) == (
        "scaling is important: log_loss rises by 0.126 without it. augmentation and pca can go, each alone, which is "
        "not shown of both together."
    )
    assert said(found, more=True).startswith(
        "log_loss does not rise without pca, but rises by 0.126 without scaling and by 0.348 without both: they are "
        "substitutes."
    )


def test_without_limits_nobody_is_critical_and_who_helps_is_told() -> None:
    found = ablated(DEMO, NO_LIMITS, components=SWITCHED)
    assert said(found) == ("scaling helps most: accuracy loses 0.126 without it; of 3 components 1 is shown to help.")
    assert "smallest" not in said(found, more=True)
    assert badges(found)[0].text.startswith("n = 5")
    none = ablated({(): FULL, ("a",): (0.89, 0.92, 0.90)}, NO_LIMITS)
    assert said(none) == "a is not shown to help accuracy."
    worse = ablated({(): WORSE, ("a",): FULL}, NO_LIMITS)
    assert said(worse) == "a is not shown to help accuracy; a makes it worse, by 0.1983."


def test_where_nobody_said_which_way_is_better_nothing_is_better_or_worse() -> None:
    found = demo(metric=replace(ACCURACY, direction_source="assumed"))
    assert said(found) == (
        "accuracy is lower by 12.6 points without scaling, the largest change; which way is better is not known."
    )
    assert said(found, more=True) == ""


def test_one_run_of_each_arm_decides_nothing_and_tells_the_means() -> None:
    found = ablated({off: scores[:1] for off, scores in DEMO.items()}, components=SWITCHED)
    assert said(found) == (
        "None of 3 components can be classed yet: one replicate on a side has no spread, so there is no interval and "
        "no p value. By the means alone accuracy loses 7.4 points without scaling, the most."
    )
    assert said(found, more=True) == "No smaller system that was tried (7) is shown to lose less than 1 point."
    both = [off for off in DEMO if len(off) == 1]
    assert said(demo(*both), more=True) == "No smaller system that was tried (4) is shown to lose less than 1 point."
    alone = ablated({(): (0.9,), ("a",): (0.8,)})
    assert said(alone).startswith("The component cannot be classed yet")
    several = ablated({(): DEMO[()], ("a",): DEMO[()][:1], ("b",): DEMO[()]})
    assert said(several).startswith("None of 2 components can be classed yet. By the means alone ")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({(): DEMO[()]}, "No run leaves out one component alone, so what 3 components add to accuracy cannot be told."),
        (
            {off: scores for off, scores in DEMO.items() if off},
            "What 3 components add to accuracy cannot be told: the full system has no run with a usable score.",
        ),
    ],
)
def test_where_nothing_can_be_told_the_reason_is(
    cells: dict[tuple[str, ...], tuple[float, ...]], sentence: str
) -> None:
    found = ablated(cells, components=SWITCHED)
    assert said(found) == sentence
    assert mark(found).word == "open"


def test_a_component_that_nobody_left_out_alone_is_named_beside_the_answer() -> None:
    found = demo(("scaling",))
    assert said(found) == "pca can go. What scaling adds cannot be told."


def test_a_component_that_hurts_can_go_and_by_how_much() -> None:
    found = ablated({(): FULL, ("a",): (0.95, 0.96, 0.951), ("b",): WORSE})
    assert (
        said(found)
        == "b is critical: accuracy loses 19.8 points without it. a can go and makes it worse, by 5.0 points."
    )
    assert "▼ 1 removable, hurts" in [badge.text for badge in badges(found)]


def test_two_that_are_critical_are_named_with_what_each_is_worth() -> None:
    found = ablated({(): FULL, ("a",): WORSE, ("b",): (0.60, 0.61, 0.605)})
    assert said(found) == (
        "b and a are critical: accuracy loses 29.8 and 19.8 points without the one or the other. Nothing is shown to "
        "be removable."
    )


def test_twelve_components_are_counted_and_not_listed() -> None:
    cells = {(): FULL} | {(f"part_{k}",): WORSE if k < 5 else FULL for k in range(12)}
    noisy = {off: [score + 0.001 * (k % 3) for k, score in enumerate(scores)] for off, scores in cells.items()}
    found = ablated({off: noisy[off] if off else FULL for off in cells})
    text = said(found)
    assert text.startswith("5 of 12 components are critical, part_0 most: accuracy loses")
    assert "and 4 more can go, each alone; all of them together was not tried." in text
    assert said(found, more=True).startswith(
        "The smallest tried system that is shown to keep up is 11 of 12 components, without"
    )


def test_what_can_go_alone_and_not_together_is_said() -> None:
    both = {(): FULL, ("a",): (0.901, 0.911, 0.9), ("b",): (0.9, 0.911, 0.901)}
    assert "a and b can go, each alone; both together was not tried." in said(ablated(both))
    assert "each alone, but not both together." in said(ablated({**both, ("a", "b"): WORSE}))
    assert "each alone and both together." in said(ablated({**both, ("a", "b"): (0.9, 0.911, 0.902)}))
    unsure = ablated({**both, ("a", "b"): (0.95, 0.86, 0.90)})
    assert "each alone, which is not shown of both together." in said(unsure)
    two = ablated({**both, ("a", "b"): (0.9, 0.9101)})
    assert two.pairs[0].loss.interval is not None
    assert two.pairs[0].loss.interval.high < 0.01
    assert "each alone, which is not shown of both together." in said(two)


def test_where_two_can_go_of_which_neither_is_shown_to_that_is_no_contradiction() -> None:
    cells = {(): FULL, ("a",): (0.905, 0.9, 0.91), ("b",): (0.91, 0.9, 0.905), ("a", "b"): (0.901, 0.911, 0.9)}
    found = ablated(cells)
    assert found.smallest is not None
    assert "can go together, though neither is shown to alone." in said(found)


def test_two_runs_of_each_arm_are_shown_to_help_nothing() -> None:
    cells = {(): (0.9, 0.91), ("a",): (0.5, 0.511), ("b",): (1.5, 1.511)}
    assert said(ablated(cells, NO_LIMITS)) == "None of 2 components is shown to help accuracy."


def test_what_only_gains_without_a_component_is_not_what_it_loses_most_by() -> None:
    text = said(ablated({(): (0.9,), ("a",): (0.91,), ("b",): (0.95,)}))
    assert text.endswith("By the means alone accuracy gains 1.0 points without a.")
