"""Aligned columns, as wide as their content or as a terminal has room for."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import zip_longest

from assay.view.exports import Grid

Lines = tuple[list[str], list[str]]

_GAP = "  "
_PART = re.compile(r"\S+?(?:(?<=\w)-(?=\w)|\s+|$)")  # where a line may end: behind a hyphen within a word, at a space


def lines(grid: Grid, room: int | None = None, *, wraps: Collection[int] = (), spare: Sequence[int] = ()) -> Lines:
    """A table's lines within `room`, and the headers of columns that it has none for; None: as wide as need be.

    Headers wrap first, then cells of the columns `wraps`; what does not fit then goes: `spare`, then from the right.
    """
    headers, rows, right = grid
    columns = list(zip(headers, *rows, strict=True))
    widest = [max(map(_width, column)) for column in columns]
    narrow = [max([_word(header), *map(_width, cells)]) for header, *cells in columns]
    least = [max(map(_word, columns[i])) if i in wraps else narrow[i] for i in range(len(headers))]
    kept = list(range(len(headers)))
    leaving = [*spare, *(i for i in reversed(kept[1:]) if i not in spare)]
    while room is not None and _total([least[i] for i in kept]) > room and leaving:
        kept.remove(leaving.pop(0))
    widths = [widest[i] for i in kept]
    for limit in (narrow, least):
        widths = _fitted(widths, [limit[i] for i in kept], room)
    wrapped = [[_wrapped(row[i], width) for i, width in zip(kept, widths, strict=True)] for row in (headers, *rows)]
    high = max(map(len, wrapped[0]), default=0)
    wrapped[0] = [[""] * (high - len(own)) + own for own in wrapped[0]]
    shown = [line for row in wrapped for line in _row(row, widths, [right[i] for i in kept])]
    return shown, [header for i, header in enumerate(headers) if i not in kept]


def _fitted(widths: list[int], least: Sequence[int], room: int | None) -> list[int]:
    """Takes from the widest column that can give until all fit or none can."""
    found = list(widths)
    while room is not None and _total(found) > room:
        giving = [i for i, width in enumerate(found) if width > least[i]]
        if not giving:
            break
        found[max(giving, key=lambda i: found[i])] -= 1
    return found


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    made = []
    for parts in zip_longest(*cells, fillvalue=""):
        padded = (
            " " * (width - _width(part)) + part if is_right else part + " " * (width - _width(part))
            for part, width, is_right in zip(parts, widths, right, strict=True)
        )
        made.append(_GAP.join(padded).rstrip())
    return made


def _wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width`, but for a word that is longer."""
    found = [""]
    for part in _PART.findall(text):
        if found[-1] and _width((found[-1] + part).rstrip()) > width:
            found.append("")
        found[-1] += part
    return [line.rstrip() for line in found]


def _word(text: str) -> int:
    """The width of the longest part that stays on one line."""
    return max((_width(part.rstrip()) for part in _PART.findall(text)), default=0)


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _width(text: str) -> int:
    """How many columns of a terminal `text` takes: wide characters two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
