"""Other statistics of example scores than the mean: both sides and their difference, really resampled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from assay.analysis import statistics
from assay.analysis.comparison.claims import stated
from assay.analysis.examples.clusters import refused
from assay.analysis.examples.means import FEWEST, few
from assay.analysis.resample import Resampled, independent_difference, paired_difference
from assay.analysis.sample import Array, moments, varies
from assay.analysis.statistics import Codes, Counted, together
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Method, Rules, Statistic
from assay.model.note import Note, note

MOST_DRAWN = 200_000_000
FEWEST_RESAMPLES = 500
_SERVED = frozenset({Method.AUTO, Method.PERCENTILE, Method.BASIC})
_OF: Mapping[Statistic, Callable[[Array], Counted]] = {
    Statistic.MEDIAN: statistics.median,
    Statistic.IQM: statistics.iqm,
    Statistic.TRIMMED_MEAN: partial(statistics.trimmed_mean, share=0.1),
    Statistic.P90: partial(statistics.quantile, share=0.9),
    Statistic.P95: partial(statistics.quantile, share=0.95),
    Statistic.P99: partial(statistics.quantile, share=0.99),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """One side's statistic with its interval, or the reason why there is none."""

    value: float | None = None
    interval: Interval | None = None
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Both sides and the difference, before correction; `notes`: what is served instead of what was asked for."""

    baseline: Summary
    candidate: Summary
    difference: Difference
    notes: tuple[Note, ...] = ()


def of(scores: Array, statistic: Statistic) -> Counted:
    """The statistic of scores (n,), n ≥ 1, ready to be resampled; the mean has better ways."""
    return _OF[statistic](scores)


def compared(
    baseline: Array, candidate: Array, rules: Rules, *, paired: bool, clusters: tuple[Codes, Codes] | None = None
) -> Drawn:
    """statistic(candidate) − statistic(baseline) of scores of shape (n,) a side.

    `paired`: rows belong together and are drawn together. `clusters`: those of the baseline's rows and of the
    candidate's, from 0, which are drawn whole. Not to be trusted for quantiles beyond which fewer than some ten
    examples lie.
    """
    n = baseline.size if paired else min(baseline.size, candidate.size)
    if not n:
        none = note(Says.NO_SHARED_EXAMPLE if paired else Says.NO_EXAMPLE)
        before, after = (Summary(_value(scores, rules), None, none) for scores in (baseline, candidate))
        return Drawn(before, after, Difference(paired=paired, reason=none))
    theirs, ours = of(baseline, rules.statistic), of(candidate, rules.statistic)
    scale = max(float(np.abs(scores).max()) for scores in (baseline, candidate))
    varying = varies(candidate - baseline, scale) if paired else varies(candidate) or varies(baseline)
    same = None if varying else note(Says.EXAMPLES_ALIKE, n=n)
    why = _few(n, clusters)
    found = _compared(theirs, ours, rules, scale, paired=paired, why=why, same=same, clusters=clusters)
    if not paired or n < FEWEST:
        return found
    return replace(found, difference=replace(found.difference, std=_spread(candidate - baseline, same)))


def predicted(
    baseline: Counted,
    candidate: Counted,
    rules: Rules,
    *,
    paired: bool,
    runs: int,
    clusters: tuple[Codes, Codes] | None = None,
) -> Drawn:
    """The same for statistics of what `runs` runs of both sides predicted, shares of 1, of at least one example a side.

    `paired`: both are of the same examples, which are drawn together.
    """
    undefined = np.isnan(baseline.observed) or np.isnan(candidate.observed)
    fewest = min(baseline.n, candidate.n)
    why = note(Says.UNDEFINED, statistic=rules.statistic) if undefined else _few(fewest, clusters)
    return _compared(baseline, candidate, rules, 1.0, paired=paired, why=why, runs=runs, clusters=clusters)


def _compared(
    baseline: Counted,
    candidate: Counted,
    rules: Rules,
    scale: float,
    *,
    paired: bool,
    why: Note | None,
    same: Note | None = None,
    runs: int = 1,
    clusters: tuple[Codes, Codes] | None = None,
) -> Drawn:
    """Draws both sides, unless there is a `why` not; `same`: why there is no difference to draw.

    Each of `runs` takes its time.
    """
    theirs, ours = (None if np.isnan(side.observed) else side.observed for side in (baseline, candidate))
    gap = None if ours is None or theirs is None else ours - theirs
    found = Difference(value=gap, paired=paired, pairs=baseline.n if paired else 0, reason=why)
    if why:
        return Drawn(Summary(theirs, None, why), Summary(ours, None, why), found)
    n = candidate.n if paired else candidate.n + baseline.n
    resamples = affordable(n * runs, rules)
    draw = paired_difference if paired else independent_difference
    second, first = baseline, candidate
    if clusters:
        second, first = together(baseline, clusters[0]), together(candidate, clusters[1])
    sides = draw(first, second, resamples=resamples, seed=rules.seed)
    after, before, gaps = (
        replace(one, clustered=clusters is not None) for one in (sides.first, sides.second, sides.difference)
    )
    found = replace(found, verdict=Verdict.NOT_SHOWN, reason=same)
    made = found if same else judged(gaps, found, rules, scale)
    halves = summary(before, baseline.n, rules), summary(after, candidate.n, rules)
    return Drawn(*halves, made, notes(n, resamples, rules))


def _few(n: int, clusters: tuple[Codes, Codes] | None) -> Note | None:
    why = few(n) if n < FEWEST else None
    return why or (refused(min(len(np.unique(codes)) for codes in clusters)) if clusters else None)


def judged(made: Resampled, found: Difference, rules: Rules, scale: float) -> Difference:
    """`found` with the interval and p of its resamples; `scale`: how large the scores are, so how finely rounded."""
    drawn = replace(made, of=rules.statistic).inference(_kind(rules))
    if drawn is None:
        return replace(found, reason=_undefined(rules))
    if not varies(made.draws, scale):
        return replace(found, reason=note(Says.SAME_DIFFERENCE, statistic=rules.statistic))
    stands = stated(found, drawn, rules)
    why = note(Says.MEANS_ONLY if stands.interval else ComparisonNote.FEW_RESAMPLES)
    return replace(stands, bootstrap_interval=stands.interval, reason=why)


def summary(made: Resampled, n: int, rules: Rules) -> Summary:
    """One side of `n` examples by its resamples."""
    drawn = replace(made, of=rules.statistic).inference(_kind(rules))
    if drawn is None:
        return Summary(made.estimate, None, _undefined(rules))
    if not varies(made.draws):
        return Summary(made.estimate, None, note(Says.SAME_VALUE, n=n, statistic=rules.statistic))
    limits = drawn.interval(rules.level)
    return Summary(made.estimate, limits, None if limits else note(ComparisonNote.FEW_RESAMPLES))


def affordable(n: int, rules: Rules) -> int:
    """How many resamples of n values are drawn: those asked for, or as many as take seconds."""
    return min(rules.resamples, max(FEWEST_RESAMPLES, MOST_DRAWN // n))


def notes(n: int, resamples: int, rules: Rules) -> tuple[Note, ...]:
    """Where another method or fewer resamples are served than were asked for."""
    said = []
    if rules.method not in _SERVED:
        said.append(note(Says.PERCENTILE_INSTEAD, method=rules.method, statistic=rules.statistic))
    if resamples < rules.resamples:
        said.append(note(Says.FEWER_RESAMPLES, n=n, resamples=resamples, asked=rules.resamples))
    return tuple(said)


def _value(scores: Array, rules: Rules) -> float | None:
    return of(scores, rules.statistic).observed if scores.size else None


def _spread(differences: Array, same: Note | None) -> float:
    return 0.0 if same else moments(differences).std


def _undefined(rules: Rules) -> Note:
    return note(Says.MOSTLY_UNDEFINED, statistic=rules.statistic)


def _kind(rules: Rules) -> str:
    return "basic" if rules.method is Method.BASIC else "percentile"
