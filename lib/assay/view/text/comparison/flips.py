"""What single examples say beside the finding: how many were mended, how many broke, and what is usual."""

from collections.abc import Callable

from assay.model.comparison.answer import Candidate
from assay.model.comparison.examples import Flips
from assay.model.comparison.excerpts import Reply
from assay.view.text.comparison.facts import right
from assay.view.text.escape import code, flat
from assay.view.text.numbers import MISSING, count, number, plain

_DIGITS_BELOW = 10


def mended(candidate: Candidate, flips: Flips, name: Callable[[str], str] = code) -> str:
    """`b mended 13 examples and broke 6; 5 stay wrong under both.`; no verdict, for luck flips examples too."""
    wrong = flips.both_wrong
    rest = f"{wrong:,} {'stays' if wrong == 1 else 'stay'} wrong under both" if wrong else "none is wrong under both"
    return f"{name(candidate.side.label)} mended {count(flips.gained, 'example')} and broke {flips.lost:,}; {rest}."


def account(flips: Flips, n: int) -> str:
    """How many there are, what counts as right, and how many flip without any change."""
    parts = [f"{count(n, 'example')}, {flips.both_right:,} right under both; {right(flips)}."]
    if flips.unsettled is not None:
        usual = flips.unsettled
        digits = 1 if 0 < usual < _DIGITS_BELOW and usual != round(usual) else 0
        parts.append(
            f"Luck flips examples too: about {number(usual, digits)} of these if the baseline were trained anew and "
            "stood against itself."
        )
    return " ".join(parts)


def replied(reply: Reply | None) -> str:
    """`4 in 4 of 5`: the most frequent answer; of measured numbers their mean; one answer is itself."""
    if reply is None:
        return MISSING
    if reply.mean is not None:
        return plain(reply.mean) if reply.n == 1 else f"{plain(reply.mean)}, mean of {reply.n}"
    text = flat(reply.text) or "“”"
    return text if reply.n == 1 else f"{text} in {reply.times} of {reply.n}"
