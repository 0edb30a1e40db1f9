"""What may be wrong with the sides of a comparison before any number is looked at?"""

from collections.abc import Sequence

from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.note import Note, note
from assay.queries.comparison.sides import Found, elsewhere


def doubts(found: Sequence[Found], places: Sequence[int]) -> tuple[Note, ...]:
    """On sides that hold several configurations, leave out replicates by a filter, share runs with the baseline, or
    come from other experiments; then what their runs themselves give reason to. The first side is the baseline.
    """
    baseline, said = found[0], []
    for place, side in zip(places, found, strict=True):
        said += [*_several(side, place), *_picked(side, place)]
        if place:
            said += [*_shared(baseline, side, place), *_elsewhere(baseline, side, place)]
    return tuple(dict.fromkeys((*said, *(one for side in found for one in side.notes))))


def _several(side: Found, place: int) -> list[Note]:
    count = int(side.used["configuration"].nunique())
    return [note(Says.SEVERAL_CONFIGURATIONS, place, n=count)] if count > 1 else []


def _picked(side: Found, place: int) -> list[Note]:
    """Replicates that were left out by their score bias what remains."""
    by_score = any(condition.entity == "metric" for condition in side.selection.conditions)
    return [note(Says.REPLICATES_FILTERED_OUT, place, n=side.hidden, by_score=by_score)] if side.hidden else []


def _shared(baseline: Found, side: Found, place: int) -> list[Note]:
    count = len(set(baseline.used["run_id"]) & set(side.used["run_id"]))
    return [note(Says.RUNS_SHARED, place, n=count)] if count else []


def _elsewhere(baseline: Found, side: Found, place: int) -> list[Note]:
    if not elsewhere(baseline, side):
        return []
    own, theirs = (tuple(sorted(one.experiments)) for one in (side, baseline))
    return [note(Says.OTHER_EXPERIMENTS, place, own=own, baseline=theirs)]
