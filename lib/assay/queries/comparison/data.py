"""What data did the sides of a comparison use, and is it the same?"""

from collections import Counter
from collections.abc import Iterable, Sequence

from assay.analysis.comparison.data import contents, digested, identities, sameness
from assay.cache import datasets
from assay.model.comparison.answer import ComparedData
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.note import Note, note
from assay.model.runs.data import Datasets, Use, UsedData
from assay.model.sync import Snapshot

_MOST_NAMED = 3


def compared(snapshot: Snapshot, sides: Iterable[Sequence[str]]) -> ComparedData:
    """What the runs (ids) of each side used."""
    found = tuple(_used(snapshot, run_ids) for run_ids in sides)
    return ComparedData(found, *(sameness(found, use) for use in (Use.TEST, Use.TRAIN, Use.OTHER)))


def doubts(found: ComparedData, *, over_tasks: bool) -> tuple[Note, ...]:
    """On sides that were tested on other data than the baseline, on several, or on nobody knows what.

    `over_tasks`: several tasks have data of their own, so that nothing is to be said of several sets.
    """
    baseline, said = found.sides[0], []
    logged = any(side.test for side in found.sides)
    own = [contents(side.test) for side in found.sides]
    for place, side in enumerate(found.sides):
        known = digested((*side.test, *baseline.test))
        if place and side.test and baseline.test and known and identities(side.test) != identities(baseline.test):
            code = Says.TEST_DATA_NAMED_OTHERWISE if own[place] == own[0] else Says.TEST_DATA_DIFFER
            said.append(note(code, place, own=named_sets(side.test), baseline=named_sets(baseline.test)))
        if len(own[place]) > 1 and not over_tasks:
            shared = len(set(own)) == 1 and all(digested(one.test) for one in found.sides)
            said.append(note(Says.TEST_DATA_VARY, place, n=len(own[place]), runs=side.runs, shared=shared))
        if logged and side.untested:
            said.append(note(Says.TEST_DATA_NOT_LOGGED, place, n=side.untested, runs=side.runs))
        if not digested(side.test):
            said.append(note(Says.TEST_DATA_WITHOUT_DIGEST, place))
    return tuple(said)


def _used(snapshot: Snapshot, run_ids: Sequence[str]) -> UsedData:
    """The different sets of a side, each with its datasets once."""
    counts: dict[Use, Counter[Datasets]] = {use: Counter() for use in Use}
    for own, runs in datasets.used(snapshot, run_ids):
        for use in Use:
            counts[use][tuple(one for one in own if one.use is use)] += runs
    sets = {use: tuple(own for own, _ in counted.most_common() if own) for use, counted in counts.items()}
    none = (counts[use][()] for use in (Use.TEST, Use.TRAIN, Use.OTHER))
    return UsedData(len(run_ids), sets[Use.TEST], sets[Use.TRAIN], sets[Use.OTHER], *none)


def named_sets(sets: Sequence[Datasets]) -> tuple[str, ...]:
    """The first sets by names and digests."""
    named = [" + ".join(" ".join(filter(None, one.identity)) for one in own) for own in sets[:_MOST_NAMED]]
    return (*named, *(["…"] if len(sets) > _MOST_NAMED else []))
