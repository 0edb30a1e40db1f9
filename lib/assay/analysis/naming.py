"""Which params tell each configuration from its neighbours, and texts short enough for a name that stay distinct."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

_MOST_PARTS = 8
_LONGEST, _SHORT_NUMBER = 32, 8
_DIGITS = range(4, 18)
_BLANKS = {" ": "␣", "\t": "⇥", "\n": "↵"}


@dataclass(frozen=True, slots=True)
class Telling:
    """What names rows: `parts` (n × some, columns of the codes, -1 for none), and how many `more` columns (n) differ.

    Those are columns that the name leaves out and in which a row is unlike most of the rows that share its name but
    for the last part; none are counted where that part is a leading one, which brings its own.
    """

    parts: Integers
    more: Integers


def telling(codes: Integers, leading: Sequence[int] = ()) -> Telling:
    """The fewest columns, one after the other, that part each row from all others.

    codes: n × p, equal where values are, -1 where there is none; of columns that do the same the first is taken.
    Rows are parted by a `leading` column before any other, then by the one that parts those left furthest. Rows that no
    column parts share their parts.
    """
    n, columns = codes.shape
    group, before = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    named, parts, led = np.zeros(codes.shape, dtype=bool), list[Integers](), np.zeros(n, dtype=bool)
    groups = 1
    while len(parts) < _MOST_PARTS:
        left = np.flatnonzero(np.bincount(group)[group] > 1)
        if not left.size or not columns:
            break
        chosen = _furthest(codes[left], group[left], groups, leading)[group]
        split = np.isin(np.arange(n), left) & (chosen >= 0)
        if not split.any():
            break
        at = np.flatnonzero(split)
        own = codes[at, chosen[at]]
        before[at] = group[at] + groups * (len(parts) + 1)
        led[at] = np.isin(chosen[at], leading)
        named[at, chosen[at]] = True
        parts.append(np.where(split, chosen, -1))
        parted = group * 1
        parted[at] = groups + np.unique(np.stack([group[at], own]), axis=1, return_inverse=True)[1].ravel()
        group = np.unique(parted, return_inverse=True)[1].ravel()
        groups = int(group.max()) + 1
    unlike = _unlike(codes, before) & ~named
    more = np.where(led | (before == 0), 0, unlike.sum(axis=1))
    return Telling(np.stack(parts, axis=1) if parts else np.zeros((n, 0), dtype=np.int64), more)


def _furthest(codes: Integers, group: Integers, groups: int, leading: Sequence[int]) -> Integers:
    """Of each group the column with most different values, -1 where none has two."""
    found = np.stack([_kinds(codes[:, k], group, groups) for k in range(codes.shape[1])], axis=1)
    appeal = found.astype(np.float64)
    appeal[:, list(leading)] += np.where(found[:, list(leading)] > 1, len(codes) + 1.0, 0.0)
    best = appeal.argmax(axis=1)
    return np.where(found[np.arange(groups), best] > 1, best, -1)


def _kinds(codes: Integers, group: Integers, groups: int) -> Integers:
    """How many different codes each group has."""
    base = int(codes.max(initial=0)) + 2
    pairs = np.unique(group * base + codes + 1)
    return np.bincount(pairs // base, minlength=groups)


def _unlike(codes: Integers, group: Integers) -> npt.NDArray[np.bool_]:
    """Where a row has another value than most of its group that have one; where all differ, all are unlike."""
    found = np.zeros(codes.shape, dtype=bool)
    for k in range(codes.shape[1]):
        known = np.flatnonzero(codes[:, k] >= 0)
        base = int(codes[:, k].max(initial=0)) + 1
        pairs, of, counts = np.unique(group[known] * base + codes[known, k], return_inverse=True, return_counts=True)
        order = np.lexsort((-counts, pairs // base))
        groups, firsts = np.unique((pairs // base)[order], return_index=True)
        most = order[firsts][np.searchsorted(groups, group[known])]
        several = np.bincount(np.searchsorted(groups, pairs // base), minlength=groups.size) > 1
        alone = (counts[most] == 1) & several[np.searchsorted(groups, group[known])]
        found[known, k] = (of.ravel() != most) | alone
    return found


def shortened(texts: Sequence[str]) -> list[str]:
    """Each of these different texts on one line of at most 32 characters, or longer where they else were equal.

    Blanks are one space, and seen as `␣` where they alone tell two texts apart. Fractions of more than 8 characters get
    the fewest significant digits, from four on, that keep them apart.
    """
    lines = _on_one_line(texts)
    numbers = {place: number for place, line in enumerate(lines) if (number := _fraction(line)) is not None}
    for digits in _DIGITS if numbers else ():
        tried = [
            min(line, f"{numbers[place]:.{digits}g}", key=len) if place in numbers else line
            for place, line in enumerate(lines)
        ]
        if len(set(tried)) == len(set(lines)):
            lines = tried
            break
    long = [place for place, line in enumerate(lines) if len(line) > _LONGEST]
    if not long:
        return lines
    start, end = _shared([lines[place] for place in long])
    cuts = (
        lambda line: line[: _LONGEST - 1] + "…",
        lambda line: "…" + line[1 - _LONGEST :],
        lambda line: _middle(line, start, end),
    )
    for cut in cuts:
        tried = [cut(line) if len(line) > _LONGEST else line for line in lines]
        if len(set(tried)) == len(set(lines)):
            return tried
    return lines


def _on_one_line(texts: Sequence[str]) -> list[str]:
    lines = [" ".join(text.split()) for text in texts]
    often = Counter(lines)
    return [
        "".join(_BLANKS.get(sign, f"\\u{ord(sign):04x}") if sign.isspace() else sign for sign in text)
        if often[line] > 1 and line != text
        else line
        for text, line in zip(texts, lines, strict=True)
    ]


def _fraction(line: str) -> float | None:
    if len(line) <= _SHORT_NUMBER or "." not in line:
        return None
    try:
        return float(line)
    except ValueError:
        return None


def _shared(lines: Sequence[str]) -> tuple[int, int]:
    """How many characters all of them begin and end with."""
    first, last = min(lines), max(lines)
    start = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    turned = sorted(line[::-1] for line in lines)
    ends = zip(turned[0], turned[-1], strict=False)
    end = next((k for k, (a, b) in enumerate(ends) if a != b), min(len(turned[0]), len(turned[-1])))
    return start, end


def _middle(line: str, start: int, end: int) -> str:
    """What lies between what all share, with a little before it."""
    kept = line[max(start - 4, 0) : max(len(line) - end, start) + 4]
    if len(kept) > _LONGEST - 2:
        kept = kept[: _LONGEST - 2]
    return f"…{kept}…"
