"""What do the replicates of those say that are on the front or may be, and how do they stand to the baseline?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.analysis.comparison.seeds import compared
from assay.analysis.comparison.sides import side
from assay.analysis.comparison.verdicts import decided
from assay.analysis.tradeoffs.ways import way
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.question import Rules, Statistic
from assay.model.comparison.side import Replicate, Sample, Side
from assay.model.metric import Metric
from assay.model.tradeoffs.front import Front, Seen, Trade

MOST_SEEN = 60
"""Of a long front so many points are looked at in full."""

Samples = Sequence[Sample]
"""One configuration's, an objective each."""


def seen(answer: Front, replicates: Mapping[int, Sequence[tuple[Replicate, ...]]]) -> dict[int, Seen]:
    """Points of the answer by their places; `replicates`: of each of them, once for every objective.

    Differences to the baseline are those that a comparison of the two makes, over the objectives as one family. Of
    medians there are none, because a comparison over seeds is one of means.
    """
    samples = {place: _samples(answer, place, own) for place, own in replicates.items()}
    base = answer.baseline
    if base is None or answer.question.statistic is Statistic.MEDIAN:
        found = {place: Seen(_sides(own, answer.rules)) for place, own in samples.items()}
        return found if answer.question.statistic is Statistic.MEAN else _of_medians(answer, found)
    return {
        place: Seen(_sides(own, answer.rules), Trade.BASELINE)
        if place == base
        else _against(samples[base], own, answer.metrics, answer.rules)
        for place, own in samples.items()
    }


def _of_medians(answer: Front, found: Mapping[int, Seen]) -> dict[int, Seen]:
    """With the values of the points, and without the intervals and spreads, which are those of means."""
    return {
        place: Seen(
            tuple(
                replace(own, value=value, std=None, interval=None, bootstrap_interval=None, skew=None)
                for own, value in zip(seen.sides, answer.points[place].values, strict=True)
            )
        )
        for place, seen in found.items()
    }


def _samples(answer: Front, place: int, replicates: Sequence[tuple[Replicate, ...]]) -> Samples:
    point = answer.points[place]
    elsewhere = answer.baseline is not None and answer.points[answer.baseline].experiment != point.experiment
    return [
        Sample(
            label=point.label,
            parts=() if point.name.bare else point.name.parts,
            filter=point.filter,
            replicates=tuple(replace(one, seed=None) for one in own) if elsewhere else own,
            run_ids=point.run_ids,
            runs=len(point.run_ids),
        )
        for own in replicates
    ]


def _sides(samples: Samples, rules: Rules) -> tuple[Side, ...]:
    return tuple(side(own, rules) for own in samples)


def _against(base: Samples, own: Samples, metrics: Sequence[Metric], rules: Rules) -> Seen:
    raw = [compared(metric, a, [b], rules) for metric, a, b in zip(metrics, base, own, strict=True)]
    found = [one.candidates[0] for one in raw]
    differences = decided([one.difference for one in found], metrics, rules)
    own_sides = tuple(one.side for one in found)
    ways = [way(one, metric, own.value) for one, metric, own in zip(differences, metrics, own_sides, strict=True)]
    won, lost = (
        tuple(k for k, own in enumerate(ways) if own is verdict) for verdict in (Verdict.BETTER, Verdict.WORSE)
    )
    return Seen(own_sides, _trade(differences, won, lost), differences, won, lost)


def _trade(differences: Sequence[Difference], won: Sequence[int], lost: Sequence[int]) -> Trade:
    """Only what is shown wins or loses; what never varied and goes the other way makes that mixed."""
    shown = {k for k, one in enumerate(differences) if one.is_shown}
    if won and lost and shown.intersection((*won, *lost)):
        return Trade.MIXED
    return Trade.BETTER if shown.intersection(won) else Trade.WORSE if shown.intersection(lost) else Trade.NOT_SHOWN
