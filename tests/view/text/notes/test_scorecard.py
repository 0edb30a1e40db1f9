"""The words of scorecards that a template can't say."""

from assay.model.note import note
from assay.model.tradeoffs.notes import ScorecardNote as Card
from assay.view.text.notes import words


def test_many_names_are_counted() -> None:
    assert words(note(Card.EFFECT_UNKNOWN, n=7, of=9, metrics=tuple("abcdefg"))) == (
        "The policy names no smallest effect for a, b, c, d, e and 2 more: a loss that matters can neither be told nor "
        "excluded there."
    )
    assert words(note(Card.WAY_UNKNOWN, n=1, metrics=("a\nb",))) == (
        "Nobody said which way a b gets better: no loss is looked for there."
    )


def test_an_unknown_card_names_those_that_there_are() -> None:
    assert (
        words(note(Card.UNKNOWN_CARD, name="x", known=("a", "b"))) == "There is no scorecard 'x'; the policy has a, b."
    )
    assert words(note(Card.UNKNOWN_CARD, name="x", known=())) == "There is no scorecard 'x'; the policy has none."


def test_counts_agree_with_their_nouns() -> None:
    assert words(note(Card.TOO_FEW_FOR_STATUS, n=1, needed=3)) == (
        "1 replicate is fewer than the 3 that a verdict may rest on"
    )
