"""Names beside marks, where they cover neither each other nor a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assay.view.text.escape import room

Box = tuple[float, float, float, float]

_LETTER, _BOLD, _LINE, _MARK = 6.6, 7.7, 16.0, 9.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark at pixels from the frame's lower left corner, and what it is called; `leads`: it may cross a line."""

    x: float
    y: float
    text: str
    bold: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class LabelSide:
    """On which side of its mark a name stands, and by how many pixels it is moved."""

    xanchor: Literal["left", "center", "right"]
    yanchor: Literal["bottom", "middle", "top"]
    xshift: float
    yshift: float


_SIDES = (
    LabelSide("left", "bottom", 6, 4),
    LabelSide("left", "top", 6, -4),
    LabelSide("right", "bottom", -6, 4),
    LabelSide("right", "top", -6, -4),
    LabelSide("left", "middle", 12, 0),
    LabelSide("right", "middle", -12, 0),
    LabelSide("center", "bottom", 0, 11),
    LabelSide("center", "top", 0, -11),
)


def beside(
    spots: Sequence[Spot], lines: Sequence[Box], width: float, height: float, thin: Sequence[Box] = ()
) -> list[LabelSide | None]:
    """Where each name goes, the first of `spots` first; None for one that fits nowhere in a frame of this size.

    `lines`: left, bottom, right and top of upright and level lines, which no name crosses but those that lead;
    `thin`: of those that one crosses rather than stay away.
    """
    marks = [_around(spot.x, spot.y) for spot in spots]
    taken: list[Box] = []
    thick, crossed = ([_thick(line) for line in own] for own in (lines, thin))
    found: list[LabelSide | None] = []
    for own, spot in enumerate(spots):
        others = [*taken, *(mark for place, mark in enumerate(marks) if place != own)]
        choices = [(side, _box(spot, side)) for side in _SIDES]
        free = [
            (side, box)
            for side, box in choices
            if box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if not any(_overlap(box, other) for other in others)
        ]
        off = [one for one in free if not any(_overlap(one[1], other) for other in thick)]
        clear = [one for one in off if not any(_overlap(one[1], other) for other in crossed)]
        side, box = next(iter(clear or off or (free if spot.leads else ())), (None, None))
        found.append(side)
        if box is not None:
            taken.append(box)
    return found


def _thick(line: Box) -> Box:
    return line[0] - 1, line[1] - 1, line[2] + 1, line[3] + 1


def _around(x: float, y: float) -> Box:
    return x - _MARK, y - _MARK, x + _MARK, y + _MARK


def _box(spot: Spot, side: LabelSide) -> Box:
    """Left, bottom, right and top of the name."""
    wide = room(spot.text) * (_BOLD if spot.bold else _LETTER)
    x, y = spot.x + side.xshift, spot.y + side.yshift
    left = {"left": x, "center": x - wide / 2, "right": x - wide}[side.xanchor]
    bottom = {"bottom": y, "middle": y - _LINE / 2, "top": y - _LINE}[side.yanchor]
    return left, bottom, left + wide, bottom + _LINE


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
