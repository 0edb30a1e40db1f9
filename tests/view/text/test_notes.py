from enum import auto

from assay.model.note import Code, note
from assay.view.text.notes import Words, worded


class Spoken(Code):
    RUNS = auto()
    SIDES = auto()
    OWN = auto()


WORDS: dict[Code, Words] = {
    Spoken.RUNS: "{side}: {n:run} of {total:,} {n:is|are} left out after {share:.1f} s.",
    Spoken.SIDES: "{first} and {second} share {n:example id}.",
    Spoken.OWN: lambda said: f"{said['n']} in words",
}


def test_whole_numbers_know_their_plural() -> None:
    assert worded(WORDS, note(Spoken.RUNS, 1, n=1, total=5000, share=0.25), ["a", "b"]) == (
        "b: 1 run of 5,000 is left out after 0.2 s."
    )
    assert worded(WORDS, note(Spoken.RUNS, 0, 1, n=1200, total=5000, share=0.25), ["a", "b"]).startswith(
        "a, b: 1,200 runs of 5,000 are"
    )


def test_sides_are_called_what_the_caller_calls_them() -> None:
    assert worded(WORDS, note(Spoken.SIDES, 1, 0, n=2), ["base", "cand"]) == "cand and base share 2 example ids."


def test_words_may_be_made_by_a_function() -> None:
    assert worded(WORDS, note(Spoken.OWN, n=3)) == "3 in words"
