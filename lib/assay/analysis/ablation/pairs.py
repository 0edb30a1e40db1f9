"""What two components do together: alone, beside the other, and what is lost without both."""

from collections.abc import Sequence

import numpy as np

from assay.analysis.ablation.block import Block
from assay.analysis.ablation.judged import shown
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


def case(found: Square, interaction: Gain, names: Sequence[str], rules: Rules) -> tuple[PairCase, str]:
    """How they do together, and who wins where one does; "helps" is an interval above 0.

    `interaction`: what both gain beyond the sum of each, with p corrected.
    """
    if any(gain.interval is None for gain in (*found.firsts, *found.seconds)):
        return PairCase.UNKNOWN, ""
    alone = [one[0].helps for one in (found.firsts, found.seconds)]
    beside = [one[1].helps for one in (found.firsts, found.seconds)]
    if all(beside):
        return _both(interaction, alone, rules), ""
    if any(beside):
        return PairCase.ONE_WINS, names[beside.index(True)]
    if all(alone):
        return PairCase.EITHER, ""
    return (PairCase.TOGETHER if found.both.helps else PairCase.NEITHER), ""


def hurting(found: Square, names: Sequence[str]) -> Names:
    """Those that are shown to make it worse beside the other."""
    return tuple(name for name, own in zip(names, (found.firsts, found.seconds), strict=True) if own[1].hurts)


def _both(interaction: Gain, alone: Sequence[bool], rules: Rules) -> PairCase:
    if not any(alone):
        return PairCase.ONLY_BOTH
    if not shown(interaction, rules) or interaction.value is None:
        return PairCase.ADD_UP
    return PairCase.MORE_TOGETHER if interaction.value > 0 else PairCase.LESS_TOGETHER
