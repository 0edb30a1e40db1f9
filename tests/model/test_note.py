import json
from enum import auto

import pytest

from assay.model.note import Code, Quote, as_record, from_record, gathered, note


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


def test_a_note_comes_back_from_json_as_it_was() -> None:
    known = note(Said.FILTER, 1, 0, filter=Quote("a"), names=("b", "c"), n=2, share=0.5, none=None)
    found = from_record(json.loads(json.dumps(as_record(known))))
    assert found == known
    assert found.quotes == ("a",)


@pytest.mark.parametrize(
    "change",
    [{"code": "NOBODY"}, {"code": []}, {"values": 1}, {"values": {"n": {}}}, {"quotes": None}, {"sides": ["x"]}],
)
def test_what_is_no_note_is_told_by_one_of_three_errors(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_record({**as_record(note(Said.SKEWED, 1, n=3)), **change})
    with pytest.raises(TypeError):
        from_record("A sentence.")  # type: ignore[arg-type]
