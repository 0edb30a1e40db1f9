"""What two components do together, in words."""

from dataclasses import replace

import pytest

from ablated import ACCURACY, DEMO, LOG_LOSS, SWITCHED, ablated, demo
from assay.model.ablation.answer import PairCase
from assay.model.metric import Direction
from assay.view.text.ablation.pairs import in_words, interpretation, of_which_system, pair_name

NEAR = (0.0, 0.004, -0.004, 0.002, -0.002)


def cells(none: float, first: float, second: float, both: float) -> dict[tuple[str, ...], list[float]]:
    """Four cells of a 2 × 2 around these means; each arm by what is off."""
    means = {(): both, ("a",): second, ("b",): first, ("a", "b"): none}
    turned = {(): NEAR, ("b",): NEAR[::-1], ("a",): NEAR[2:] + NEAR[:2], ("a", "b"): NEAR[3:] + NEAR[:3]}
    return {off: [mean + noise for noise in turned[off]] for off, mean in means.items()}


@pytest.mark.parametrize(
    ("means", "case", "sentence"),
    [
        ((0.5, 0.7, 0.5, 0.7), PairCase.ONE_WINS, "a and b: one of them wins. a adds 20.0 points beside b; b is not shown to add anything beside a."),
        ((0.5, 0.5, 0.7, 0.7), PairCase.ONE_WINS, "a and b: one of them wins. b adds 20.0 points beside a; a is not shown to add anything beside b."),
        ((0.5, 0.9, 0.7, 0.9), PairCase.ONE_WINS, "a adds 20.0 points beside b; b is not shown to add anything beside a, but adds 20.0 points without it: a does what b does, and more."),
        ((0.5, 0.5, 0.5, 0.7), PairCase.ONLY_BOTH, "a and b: only both together win. a adds 20.0 points beside b, and b adds 20.0 points beside a; without the other neither is shown to add anything."),
        ((0.5, 0.6, 0.7, 0.8), PairCase.ADD_UP, "a and b: both add up. Without the other a adds 10.0 points and b adds 20.0 points; what they do beyond that sum is"),
        ((0.5, 0.6, 0.7, 0.95), PairCase.MORE_TOGETHER, "a and b: more together than apart. Without the other a adds 10.0 points and b adds 20.0 points; together it is more than the sum: +15.0 points"),
        ((0.5, 0.7, 0.7, 0.8), PairCase.LESS_TOGETHER, "a and b: less together than apart. Without the other a adds 20.0 points and b adds 20.0 points; together it is less than the sum: −10.0 points"),
        ((0.5, 0.7, 0.7, 0.7), PairCase.EITHER, "a and b: either is enough. Without the other a adds 20.0 points and b adds 20.0 points; beside the other neither is shown to add anything."),
    ],
)  # fmt: skip
def test_every_case_is_told(means: tuple[float, float, float, float], case: PairCase, sentence: str) -> None:
    found = ablated(cells(*means))
    assert found.pairs[0].case is case
    assert sentence in interpretation(found)


def test_of_an_error_components_save_what_they_take_off() -> None:
    """An error that a component "adds" would be one that it makes."""
    losses = {off: [1 - score for score in scores] for off, scores in DEMO.items()}
    text = interpretation(ablated(losses, LOG_LOSS, components=SWITCHED))
    assert "scaling saves 0.126 beside pca; pca is not shown to save anything beside scaling, but saves 0.222" in text


END = "part of this is that end."


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ((0.5, 0.9, 0.9, 0.95), True),
        ((0.5, 0.7, 0.7, 0.8), False),
        ((0.2, 0.5, 0.6, 0.7), False),
    ],
)
def test_where_adding_up_would_leave_the_scale_its_end_is_named(
    means: tuple[float, float, float, float], said: bool
) -> None:
    found = ablated(cells(*means))
    assert found.pairs[0].case is PairCase.LESS_TOGETHER
    assert (END in interpretation(found)) == said
    lost = {off: [1 - score for score in scores] for off, scores in cells(*means).items()}
    assert (END in interpretation(ablated(lost, replace(ACCURACY, direction=Direction.MINIMIZE)))) == said


def test_the_end_is_named_of_a_system_that_is_always_right() -> None:
    perfect = {**cells(0.6, 0.98, 0.99, 0.5), (): [1.0] * 5}
    assert f"accuracy beyond its end: {END}" in interpretation(ablated(perfect))
    wrong = {off: [1 - score for score in scores] for off, scores in perfect.items()}
    assert END in interpretation(ablated(wrong, replace(ACCURACY, direction=Direction.MINIMIZE)))


def test_two_that_only_help_together_are_told_with_what_both_do() -> None:
    cells = {
        (): (0.90, 0.91, 0.92),
        ("a",): (0.82, 0.92, 0.84),
        ("b",): (0.84, 0.78, 0.92),
        ("a", "b"): (0.80, 0.81, 0.825),
    }
    assert "Both together add 9.8 points; beside the other neither" in interpretation(ablated(cells))
    lost = {off: [1 - score for score in scores] for off, scores in cells.items()}
    assert "Both together save 0.098; beside the other neither" in interpretation(ablated(lost, LOG_LOSS))


def test_a_component_that_makes_it_worse_beside_another_is_told_to() -> None:
    found = ablated(cells(0.5, 0.9, 0.6, 0.8))
    assert "b makes it worse beside a." in interpretation(found)


def test_the_demo_in_words() -> None:
    titles = [one.title for one in in_words(demo())]
    assert titles == [
        "`scaling` and `pca`: one of them wins",
        "`scaling` and `augmentation`: one of them wins",
        "Other pairs",
        "`augmentation` is optional",
        "Smallest system shown to keep up: `scaling` + `augmentation`, 96.0 % ± 0.6 %",
    ]
    assert "About 31 paired seeds in all would settle an effect of 1 point." in interpretation(demo())
    assert in_words(demo())[2].text == "Of `pca` × `augmentation` neither component is shown to add anything."


def test_pairs_that_cannot_be_told_are_named_with_the_reason() -> None:
    found = demo(("scaling", "pca"))
    assert (
        "What scaling × pca do together cannot be told: 1 combination that this takes has no run with a usable score."
    ) in interpretation(found)
    single = ablated({off: scores for off, scores in DEMO.items() if len(off) < 2}, components=SWITCHED)
    assert "What 3 pairs do together cannot be told" in interpretation(single)
    nothing = ablated({(): DEMO[()], ("pca",): DEMO[("pca",)]}, components=SWITCHED)
    assert "cannot be told: 5 combinations that they take have no run with a usable score." in interpretation(nothing)


def test_without_spread_nothing_is_said_of_pairs() -> None:
    assert interpretation(ablated({off: scores[:1] for off, scores in DEMO.items()})) == ""


def test_a_pair_is_called_by_its_components() -> None:
    assert pair_name(demo().pairs[0]) == "scaling × pca"
    assert pair_name(("a" * 60, "b")).endswith("… × b") or len(pair_name(("a" * 60, "b"))) < 60


def test_what_makes_an_error_smaller_saves_it() -> None:
    losses = {off: [1 - score for score in scores] for off, scores in cells(0.5, 0.7, 0.5, 0.7).items()}
    text = interpretation(ablated(losses, LOG_LOSS))
    assert "a saves 0.2000 beside b; b is not shown to save anything beside a." in text
    assert "add" not in text


def test_what_too_few_runs_leave_open_says_so() -> None:
    few = {off: scores[:2] for off, scores in cells(0.5, 0.6, 0.7, 0.8).items()}
    assert "2 pairs are fewer than the 3 that a verdict may rest on, so there is no p value. " in interpretation(
        ablated(few)
    )


def test_figures_that_are_others_than_in_the_picture_are_explained() -> None:
    assert "full system" in of_which_system(demo())
    two = {off: scores for off, scores in DEMO.items() if "augmentation" not in off}
    assert of_which_system(ablated(two)) == ""
