from enum import auto

import pytest

from assay.model.note import Code, Note, Quote, note
from assay.model.problems import PassedOver, Servers, Stores, Unusable
from assay.model.tradeoffs.notes import FrontNote
from assay.view.text.notes import as_markdown, words
from assay.view.text.notes.template import Words, worded


class Spoken(Code):
    RUNS = auto()
    SIDES = auto()
    OWN = auto()
    NAMED = auto()


WORDS: dict[Code, Words] = {
    Spoken.RUNS: "{side}: {n:run} of {total:,} {n:is|are} left out after {share:.1f} s.",
    Spoken.SIDES: "{first} and {second} share {n:example id}.",
    Spoken.OWN: lambda said: f"{said['n']} in words",
    Spoken.NAMED: "It holds {names}.",
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


def test_a_note_that_has_names_of_its_own_says_these() -> None:
    assert worded(WORDS, note(Spoken.NAMED, names=("x", "y")), ["a", "b"]) == "It holds x, y."


@pytest.mark.parametrize(
    ("of_another_version", "text"),
    [
        (note(Stores.FOLDER_MISSING), "folder missing."),
        (note(Stores.FOLDER_MISSING, folder="/a", tried=3), "folder missing: /a, 3."),
        (note(Stores.NOT_READ, path=None, file="/a"), "not read: /a."),
        (note(Stores.TRUNCATED, path="/a", size="large", expected=("x", "y")), "truncated: x, y, /a, large."),
        (note(Servers.FAILING, server=note(Stores.NO_STORE)), "failing: no store."),
        (
            note(PassedOver.RUN_FOLDERS, n=1, where="a", reason="of_another_version"),
            "run folders: 1, of_another_version, a.",
        ),
        (note(PassedOver.RUN_FOLDERS, n="x", where="a", reason=Unusable.CLOSED), "run folders: x, closed, a."),
        (note(PassedOver.METRIC_LINES, where="a"), "metric lines: a."),
        (note(PassedOver.SERVER_WORD, n=None, what="status"), "server word: status."),
        (note(PassedOver.SERVER_WORD, n=1.5, what="status", instead="a"), "server word: a, 1.5, status."),
        (note(Spoken.RUNS, n=1), "runs: 1."),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_note_of_another_version_is_said_plainly(of_another_version: Note, text: str) -> None:
    assert words(of_another_version) == text


def test_a_text_of_no_sentences_length_is_cut_and_what_people_copy_only_where_nobody_would() -> None:
    long = "a" * 10_000
    assert len(words(note(FrontNote.SEED_NO_NUMBER, given=long))) < 400
    assert len(words(note(FrontNote.UNKNOWN_OBJECTIVE, name="x", close=(long, "b"), more=0))) < 500
    told = note(FrontNote.NOT_A_POINT, role="candidate", runs=0, filter=Quote(long[:1_000]))
    assert long[:1_000] in words(told)
    assert len(words(told.but(filter=Quote(long)))) < 400
    assert len(as_markdown(told.but(filter=Quote(long)))) < 400
    within = note(Servers.FAILING, server=told)
    assert long[:1_000] in words(within), "a note in another is cut where it is worded"


def test_what_people_copy_is_marked_in_a_plain_note_too() -> None:
    assert as_markdown(note(Stores.FOLDER_MISSING, folder=Quote("/a*b"))) == "folder missing\\: `/a*b`\\."
