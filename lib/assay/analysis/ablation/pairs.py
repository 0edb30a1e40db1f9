"""What two components do together: alone, beside the other, and what is lost without both."""

from collections.abc import Sequence

import numpy as np

from assay.analysis.ablation.block import Block
from assay.analysis.ablation.estimates import shown
from assay.model.ablation.answer import Gain, Names, PairCase, Square
from assay.model.comparison.question import Rules

_FIRST = (np.array([[-1.0, 0.0], [1.0, 0.0]]), np.array([[0.0, -1.0], [0.0, 1.0]]))
_SECOND = (np.array([[-1.0, 1.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [-1.0, 1.0]]))
_BOTH = np.array([[-1.0, 0.0], [0.0, 1.0]])
_CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))
BEYOND = np.array([[1.0, -1.0], [-1.0, 1.0]])
"""What both gain beyond the sum of each; a factor an axis, off before on."""


def square(cells: Block, rules: Rules) -> Square:
    """Of two factors."""
    corners = [cells.corner(place, rules) for place in _CORNERS]
    first, second = ([cells.contrast(weights, rules) for weights in both] for both in (_FIRST, _SECOND))
    return Square(
        (corners[0], corners[1], corners[2], corners[3]), (first[0], first[1]), (second[0], second[1]),
        cells.contrast(_BOTH, rules),
    )  # fmt: skip


def case(found: Square, beyond: Gain, names: Sequence[str], rules: Rules) -> tuple[PairCase, str]:
    """How they do together, and who wins where one does; "helps" is an interval above 0.

    `beyond`: what both gain beyond the sum of each, with p corrected. That something is not shown makes no case of two
    that need or replace each other: these take a `beyond` that is.
    """
    if not all(_told(gain, rules) for gain in (*found.firsts, *found.seconds)):
        return PairCase.UNKNOWN, ""
    alone = [one[0].helps for one in (found.firsts, found.seconds)]
    beside = [one[1].helps for one in (found.firsts, found.seconds)]
    way = np.sign(beyond.value or 0.0) if shown(beyond, rules) else 0
    if all(beside):
        return _both(way, alone), ""
    if any(beside):
        return PairCase.ONE_WINS, names[beside.index(True)]
    if all(alone) and way < 0:
        return PairCase.EITHER, ""
    return (PairCase.TOGETHER if found.both.helps else PairCase.NEITHER), ""


def substitutes(found: Square, beyond: Gain, rules: Rules) -> bool:
    """Whether each is shown to help where the other is not, and both less together than the sum of that.

    Less together alone is true, too, of one that only spoils what the other does.
    """
    alone = found.firsts[0].helps and found.seconds[0].helps
    return alone and found.both.helps and shown(beyond, rules) and (beyond.value or 0.0) < 0


def hurting(found: Square, names: Sequence[str], rules: Rules) -> Names:
    """Those that are shown to make it worse beside the other."""
    beside = zip(names, (found.firsts[1], found.seconds[1]), strict=True)
    return tuple(name for name, own in beside if own.hurts and _told(own, rules))


def _told(gain: Gain, rules: Rules) -> bool:
    """Whether it has an interval that a claim may rest on."""
    return gain.interval is not None and gain.n >= rules.fewest


def _both(way: int, alone: Sequence[bool]) -> PairCase:
    if not way:
        return PairCase.ADD_UP
    if way < 0:
        return PairCase.LESS_TOGETHER
    return PairCase.MORE_TOGETHER if any(alone) else PairCase.ONLY_BOTH
