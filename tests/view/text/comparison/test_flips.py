"""The sentences about examples that flipped."""

import pytest

from assay.model.comparison.examples import Flips
from assay.model.comparison.excerpts import Reply
from assay.view.text.comparison.flips import account, mended, replied
from examined import candidate

FLIPS = Flips(13, 6, 516, 5, averaged=True, higher=True, limit=500, unsettled=12.4)


def test_the_heading_counts_and_gives_no_verdict() -> None:
    assert mended(candidate("svc"), FLIPS) == "`svc` mended 13 examples and broke 6; 5 stay wrong under both."
    alone = Flips(1, 0, 3, 0, averaged=False, higher=True, limit=500)
    assert mended(candidate("svc"), alone) == "`svc` mended 1 example and broke 0; none is wrong under both."


@pytest.mark.parametrize(
    ("usual", "said"), [(12.4, "about 12 of"), (2.25, "about 2.2 of"), (0.0, "about 0 of"), (3.0, "about 3 of")]
)
def test_how_many_flip_without_any_change_is_said(usual: float, said: str) -> None:
    flips = Flips(13, 6, 516, 5, averaged=True, higher=True, limit=500, unsettled=usual)
    assert f"Luck flips examples too: {said} these if the baseline were trained anew" in account(flips, 540)


def test_one_training_says_nothing_of_others() -> None:
    alone = Flips(1, 0, 3, 0, averaged=False, higher=True, limit=500)
    assert account(alone, 4) == "4 examples, 3 right under both; right is a score of 1."


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (None, "–"),
        (Reply("4", 4, 5), "4 in 4 of 5"),
        (Reply("refund", 1, 1), "refund"),
        (Reply("", 2, 2), "“” in 2 of 2"),
        (Reply("151.25", 1, 5, mean=150.125), "150.1, mean of 5"),
        (Reply("0.5", 1, 1, mean=0.5), "0.5"),
        (Reply("two\nlines", 1, 2), "two lines in 1 of 2"),
    ],
)
def test_answers_are_told_in_few_words(reply: Reply | None, said: str) -> None:
    assert replied(reply) == said
