"""Other statistics of example scores than the mean: both sides and their difference, really resampled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from assay.analysis import statistics
from assay.analysis.comparison.rules import Rules
from assay.analysis.examples import means as examples
from assay.analysis.resample import Resampled, independent_difference, paired_difference
from assay.analysis.sample import Array, varies
from assay.analysis.statistics import Counted
from assay.model.comparison import Difference, Interval, Method, Statistic, Verdict

MOST_DRAWN = 200_000_000
FEWEST_RESAMPLES = 500
MEANS_ONLY = "what is missing here is told of means only"
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
class Half:
    """One side's statistic with its interval, or the reason why there is none."""

    value: float | None
    interval: Interval | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Both sides and the difference, before correction; `notes`: what is served instead of what was asked for."""

    baseline: Half
    candidate: Half
    difference: Difference
    notes: tuple[str, ...] = ()


def of(scores: Array, statistic: Statistic) -> Counted:
    """The statistic of scores (n,), n ≥ 1, ready to be resampled; the mean has better ways."""
    return _OF[statistic](scores)


def compared(baseline: Array, candidate: Array, rules: Rules, *, paired: bool) -> Drawn:
    """statistic(candidate) − statistic(baseline) of scores of shape (n,) a side.

    `paired`: rows belong together and are drawn together. Whether there is enough to go by is told as for means.
    Not to be trusted for quantiles beyond which fewer than some ten examples lie.
    """
    by_mean = examples.paired if paired else examples.unpaired
    found, _ = by_mean(baseline, candidate, replace(rules, method=Method.PERCENTILE))
    if found.mean is None:
        return Drawn(_alone(baseline, found, rules), _alone(candidate, found, rules), found)
    ours, theirs = of(candidate, rules.statistic), of(baseline, rules.statistic)
    found = replace(found, mean=ours.observed - theirs.observed)
    if found.verdict is Verdict.TOO_FEW:
        return Drawn(_alone(baseline, found, rules), _alone(candidate, found, rules), found)
    scale = max(float(np.abs(scores).max()) for scores in (baseline, candidate))
    return _drawn(theirs, ours, found, rules, scale)


def predicted(baseline: Counted, candidate: Counted, rules: Rules, *, paired: bool, runs: int) -> Drawn:
    """The same for statistics of what `runs` runs of both sides predicted, shares of 1, of at least one example a side.

    `paired`: both are of the same examples, which are drawn together.
    """
    theirs, ours = (None if np.isnan(side.observed) else side.observed for side in (baseline, candidate))
    gap = None if ours is None or theirs is None else ours - theirs
    fewest = min(baseline.n, candidate.n)
    why = f"the {rules.statistic.words} of these examples is undefined" if gap is None else ""
    why = why or (examples.few(fewest) if fewest < examples.FEWEST else "")
    found = examples.not_estimable(gap, baseline.n if paired else 0, why)
    if why:
        return Drawn(Half(theirs, None, why), Half(ours, None, why), found)
    return _drawn(baseline, candidate, replace(found, reason=None), rules, 1.0, runs)


def _drawn(
    baseline: Counted, candidate: Counted, found: Difference, rules: Rules, scale: float, runs: int = 1
) -> Drawn:
    """Draws both sides; a `found` with a reason stays as it is. Each of so many `runs` takes its time."""
    n = candidate.n if found.paired else candidate.n + baseline.n
    resamples = affordable(n * runs, rules)
    draw = paired_difference if found.paired else independent_difference
    sides = draw(candidate, baseline, resamples=resamples, seed=rules.seed)
    made = judged(sides.difference, found, rules, scale) if found.reason is None else found
    halves = half(sides.second, baseline.n, rules), half(sides.first, candidate.n, rules)
    return Drawn(*halves, made, notes(n, resamples, rules))


def judged(made: Resampled, found: Difference, rules: Rules, scale: float) -> Difference:
    """`found` with the interval and p of its resamples; `scale`: how large the scores are, so how finely rounded."""
    made, kind = _named(made, rules), _kind(rules)
    found = replace(
        found, interval=None, bootstrap_interval=None, p_value=None, p_method=None, min_attainable_p=None,
        effect_size=None, verdict=Verdict.NOT_SHOWN,
    )  # fmt: skip
    limits = made.interval(rules.level, kind)
    if limits is None:
        return replace(found, reason=_undefined(rules))
    if not varies(made.draws, scale):
        why = f"every resample gives the same difference of the {rules.statistic.words}"
        return replace(found, reason=f"{why}, so there is no interval and no p value")
    # Zero lies outside the basic interval exactly where twice the estimate lies outside the percentile interval.
    p_value = made.p_value(2.0 * made.estimate if kind == "basic" else 0.0)
    return replace(
        found, interval=limits, bootstrap_interval=limits, p_value=p_value, p_method=f"{limits.method}, inverted",
        reason=MEANS_ONLY,
    )  # fmt: skip


def half(made: Resampled, n: int, rules: Rules) -> Half:
    """One side of `n` examples by its resamples."""
    limits = _named(made, rules).interval(rules.level, _kind(rules))
    if limits is None:
        return Half(made.estimate, None, _undefined(rules))
    if not varies(made.draws):
        same = f"no resample of {n:,} examples changes the {rules.statistic.words}"
        return Half(made.estimate, None, f"{same}, so there is no interval")
    return Half(made.estimate, limits)


def affordable(n: int, rules: Rules) -> int:
    """How many resamples of n values are drawn: those asked for, or as many as take seconds."""
    return min(rules.resamples, max(FEWEST_RESAMPLES, MOST_DRAWN // n))


def notes(n: int, resamples: int, rules: Rules) -> tuple[str, ...]:
    """Where another method or fewer resamples are served than were asked for."""
    said = []
    if rules.method not in _SERVED:
        words = rules.statistic.words
        said.append(f"{rules.method} was asked for but is made for means; for the {words} percentile is used.")
    if resamples < rules.resamples:
        said.append(f"{n:,} examples are drawn {resamples:,} times instead of {rules.resamples:,}, to answer in time.")
    return tuple(said)


def _alone(scores: Array, found: Difference, rules: Rules) -> Half:
    return Half(of(scores, rules.statistic).observed if scores.size else None, None, found.reason)


def _undefined(rules: Rules) -> str:
    return f"in a tenth or more of the resamples the {rules.statistic.words} is undefined"


def _kind(rules: Rules) -> str:
    return "basic" if rules.method is Method.BASIC else "percentile"


def _named(made: Resampled, rules: Rules) -> Resampled:
    return replace(made, unit=f"bootstrap of the {rules.statistic.words}")
