"""Contributions, what components do together, and what can go, as tables."""

from dataclasses import replace

from ablated import ACCURACY, DEMO, SWITCHED, ablated, demo
from assay.view.tables.ablation.parts import contributions, interactions, what_can_go

FULL, WORSE = (0.90, 0.91, 0.90), (0.70, 0.71, 0.705)


def test_contributions_come_largest_first() -> None:
    shown = contributions(demo())
    assert shown.frame["component"].tolist() == ["scaling", "augmentation", "pca"]
    assert shown.frame.iloc[0].tolist() == [
        "scaling", "+12.6", "+8.4 to +16.8", "0.003", ["◆ critical"], "+35.5", "+25.1", "+24.7",
    ]  # fmt: skip
    alone = contributions(ablated({(): FULL, ("a",): WORSE, ("b",): WORSE}))
    assert list(alone.columns) == ["component", "gain", "interval", "p", "class"]


def test_interactions_have_their_family_and_what_they_are_averaged_over() -> None:
    shown = interactions(demo())
    assert shown.columns["p"].header == "p, Holm over 4"
    assert shown.frame.iloc[0].tolist() == [
        "scaling × pca", "−21.6", "−32.2 to −11.0", "0.019", "−10.8", "augmentation",
    ]  # fmt: skip
    assert shown.frame["components"].tolist()[-1] == "scaling × pca × augmentation"


def test_what_cannot_be_told_names_the_arms_that_nobody_ran() -> None:
    shown = interactions(demo(("scaling", "pca")))
    first = shown.frame.iloc[0]
    assert (first["components"], first["effect"], first["missing"]) == ("scaling × pca", "–", "− scaling − pca")
    assert shown.data is not None
    assert shown.data["estimable"].tolist() == [False, True, True]


def test_what_can_go_comes_first_and_what_is_needed_last() -> None:
    shown = what_can_go(demo())
    assert shown.columns["fate"].header == "below 1 point?"
    assert shown.frame.to_numpy().tolist()[:2] == [
        ["pca", "−1.4 [−2.9, +0.1]", ["✓ can go"]],
        ["pca and augmentation", "+0.1 [−2.5, +2.7]", ["≈ not shown"]],
    ]
    assert shown.frame.iloc[-1].tolist() == ["scaling and pca", "+34.8 [+20.8, +48.8]", ["✕ needed"]]
    assert shown.data is not None
    assert shown.data["fate"].tolist()[0] == "can_go"


def test_a_smallest_system_without_three_is_a_row_too() -> None:
    near = (0.9, 0.911, 0.901)
    found = ablated({(): FULL, ("a",): near, ("b",): WORSE, ("a", "c", "d"): (0.901, 0.911, 0.9)})
    assert found.smallest is not None
    assert "a, c and d" in what_can_go(found).frame["without"].tolist()


def test_without_limits_nothing_is_said_to_keep_up() -> None:
    assumed = demo(metric=replace(ACCURACY, direction_source="assumed"))
    assert list(what_can_go(assumed).columns) == ["without", "loses"]


def test_without_a_full_system_there_is_nothing_to_lose() -> None:
    found = ablated({off: scores for off, scores in DEMO.items() if off}, components=SWITCHED)
    assert what_can_go(found).frame.empty
    assert set(contributions(found).frame["gain"]) == {"–"}
