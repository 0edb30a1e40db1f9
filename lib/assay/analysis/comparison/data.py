"""Did several sides use the same data?"""

from collections.abc import Iterable, Sequence

from assay.model.runs.data import Datasets, Sameness, UsedData

Identities = frozenset[frozenset[tuple[str, str]]]


def identities(sets: Iterable[Datasets]) -> Identities:
    """Different sets of datasets by names and digests."""
    return frozenset(frozenset(one.identity for one in own) for own in sets)


def digested(sets: Iterable[Datasets]) -> bool:
    """Whether every dataset has a digest, without which nobody can tell it from another of its name."""
    return all(one.digest for own in sets for one in own)


def sameness(sides: Sequence[UsedData]) -> Sameness:
    """Of the test data: whether all sides were tested on the same sets, in whatever order; sides without runs aside.

    Of one side alone nobody knows.
    """
    held = [side for side in sides if side.runs]
    tested = [side for side in held if side.test]
    if not tested:
        return Sameness.NOT_LOGGED
    if len(held) < 2:
        return Sameness.UNKNOWN
    same = len({identities(side.test) for side in tested}) == 1
    known = all(digested(side.test) for side in tested)
    if not same and known:
        return Sameness.DIFFERENT
    return Sameness.SAME if same and known and not any(side.untested for side in held) else Sameness.UNKNOWN
