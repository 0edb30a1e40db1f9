"""Did several sides use the same data?"""

from collections.abc import Iterable, Sequence

from assay.model.runs.data import Datasets, Sameness, Use, UsedData

Identities = frozenset[frozenset[tuple[str, str]]]
Contents = frozenset[frozenset[str]]


def identities(sets: Iterable[Datasets]) -> Identities:
    """Different sets of datasets by names and digests."""
    return frozenset(frozenset(one.identity for one in own) for own in sets)


def contents(sets: Iterable[Datasets]) -> Contents:
    """Different sets of datasets by digests, whatever they are called; those that lack one are left out."""
    return frozenset(frozenset(one.digest for one in own) for own in sets if digested([own]))


def digested(sets: Iterable[Datasets]) -> bool:
    """Whether every dataset has a digest, without which nobody can tell it from another of its name."""
    return all(one.digest for own in sets for one in own)


def sameness(sides: Sequence[UsedData], use: Use) -> Sameness:
    """Whether all sides used the same sets, in whatever order; sides without runs aside.

    Of one side alone nobody knows.
    """
    held = [side for side in sides if side.runs]
    used = [side.sets(use) for side in held if side.sets(use)]
    if not used:
        return Sameness.NOT_LOGGED
    if len(held) < 2 or not all(map(digested, used)):
        return Sameness.UNKNOWN
    if len(set(map(contents, used))) > 1:
        return Sameness.DIFFERENT
    named = len(set(map(identities, used))) == 1
    return Sameness.SAME if named and not any(side.lacking(use) for side in held) else Sameness.UNKNOWN
