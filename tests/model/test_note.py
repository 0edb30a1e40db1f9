from enum import auto

from assay.model.note import Code, Quote, gathered, note


class Said(Code):
    SKEWED = auto()
    FILTER = auto()


def test_equal_notes_are_equal_values_whatever_the_order_of_their_figures() -> None:
    assert note(Said.SKEWED, 1, n=3, skew=1.5) == note(Said.SKEWED, 1, skew=1.5, n=3)
    assert note(Said.SKEWED, 1, n=3)["n"] == 3


def test_what_people_copy_is_told_from_other_figures() -> None:
    assert note(Said.FILTER, name="a", filter=Quote("params.a = '1'")).quotes == ("params.a = '1'",)


def test_notes_that_say_the_same_of_several_sides_become_one() -> None:
    one, two, other = note(Said.SKEWED, 0, n=3), note(Said.SKEWED, 2, n=3), note(Said.SKEWED, 1, n=4)
    assert gathered([one, other, two, one]) == (note(Said.SKEWED, 0, 2, n=3), other)


def test_notes_on_two_sides_together_are_not_split_up() -> None:
    pair, another = note(Said.SKEWED, 1, 0), note(Said.SKEWED, 2, 0)
    assert gathered([pair, another, pair]) == (pair, another)
