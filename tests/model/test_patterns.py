"""What the one star of a pattern means in a name."""

import pytest

from assay.model.patterns import around, starred


@pytest.mark.parametrize(
    ("pattern", "ends"),
    [
        ("*", (0, 0)),
        ("train_*", (6, 0)),
        ("*[-_/.]val", (0, 4)),
        ("[!]a]?*[*]", (2, 1)),
        ("[*", (1, 0)),
        ("[]*", (2, 0)),
        ("", None),
        ("train", None),
        ("*_*", None),
        ("**", None),
        ("[*]", None),
        ("?", None),
    ],
)
def test_a_pattern_with_one_star_has_two_ends_and_a_set_of_letters_is_one_character(
    pattern: str, ends: tuple[int, int] | None
) -> None:
    assert around(pattern) == ends


@pytest.mark.parametrize(
    ("name", "pattern", "meant"),
    [
        ("train_accuracy", "train_*", "accuracy"),
        ("TRAIN/mAP50", "Train[-_/.]*", "map50"),
        ("accuracy.val", "*[-_/.]VAL", "accuracy"),
        ("a\nb", "*", "a\nb"),
        ("정확도_train", "*_train", "정확도"),
        ("İ_x_train", "*_train", "İ_x".lower()),
        ("[x", "[*", "x"),
        ("train_", "train_*", ""),
        ("_train", "train_*", ""),
        ("trainer_loss", "train[-_/.]*", ""),
        ("", "*", ""),
        ("a_b_c", "*_*", ""),
        ("ab", "a[b", ""),
    ],
)
def test_the_star_means_what_is_between_the_ends_and_nothing_where_there_is_nothing(
    name: str, pattern: str, meant: str
) -> None:
    assert starred(name, pattern) == meant
