"""Which examples flipped, and in which slices do the sides differ?"""

from collections.abc import Sequence

from assay.analysis.examples import luck
from assay.analysis.examples import slices as slicing
from assay.cache.examples import Pairs
from assay.model.comparison.examples import Flips, Slice
from assay.model.comparison.question import Method, Question, Rules, Statistic
from assay.queries.comparison import clusters

LISTED = 500


def flips(pairs: Pairs, *, averaged: bool, higher: bool) -> Flips:
    """Scores of 0 and 1, or their means over runs (`averaged`), counted and listed; `higher`: higher is better."""
    counts = pairs.agreement(higher=higher)
    gained, lost = (pairs.flipped(gained=gained, higher=higher, limit=LISTED) for gained in (True, False))
    return Flips(
        counts.gained,
        counts.lost,
        counts.both,
        counts.neither,
        averaged,
        higher,
        LISTED,
        gained,
        lost,
        luck.flips(pairs.votes(), pairs.candidates) if pairs.examples and pairs.baselines > 1 else None,
    )


def slices(rules: Rules, pairs: Pairs, columns: Sequence[str], *, shares: bool, clustered: bool) -> tuple[Slice, ...]:
    """Every category, not yet corrected; by the rule for examples whatever the unit, by t where that was asked for."""
    if not pairs.examples or rules.statistic is not Statistic.MEAN:
        return ()
    if clustered:
        return clusters.slices(rules, pairs, columns)
    rows: list[Slice] = []
    for column in columns:
        if shares and rules.method in {Method.AUTO, Method.PERMUTATION}:
            counts = pairs.shares(column)
            cells = (counts.n, counts.baseline, counts.candidate, counts.both)
            rows += slicing.shares(column, counts.categories, cells, rules)
            continue
        found = pairs.moments(column)
        powers = (found.first, found.second, found.third, found.fourth)
        known = slicing.slice_moments(column, found.categories, found.n, found.baseline, powers, found.centre)
        rough = slicing.rough(known, rules)
        rows += slicing.slices(known, pairs.values(column, rough) if rough else {}, rules)
    return tuple(rows)


def sliced_by(question: Question, pairs: Pairs) -> tuple[str, ...]:
    """The columns that were asked for, and can be had; the cluster's own only where it is asked for."""
    if question.slice_by is None:
        return tuple(name for name in pairs.slices if name != pairs.cluster)
    return (question.slice_by,) if question.slice_by in pairs.slices else ()
