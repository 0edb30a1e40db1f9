"""Baseline against candidates on one metric over several tasks: the interquartile mean decides, each task has a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.analysis import coverage
from assay.analysis import tasks as over
from assay.analysis.comparison.claims import claimed, reach, refused, stated, unjudged
from assay.analysis.comparison.differences import difference
from assay.analysis.comparison.pairing import Pairing, by_seed
from assay.analysis.comparison.sides import scores
from assay.analysis.comparison.verdicts import decided
from assay.analysis.resample import Resampled
from assay.analysis.sample import Array, generator, moments, varies
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import TaskNote as Says
from assay.model.comparison.question import Method, Normalisation, Rules, Statistic
from assay.model.comparison.side import Sample, Side
from assay.model.comparison.tasks import (
    Aggregate,
    CandidateOverTasks,
    Curve,
    Estimate,
    OverTasks,
    SideOverTasks,
    TaskDifference,
)
from assay.model.metric import Direction, DirectionSource, Metric
from assay.model.note import Note, note
from assay.model.policy import TaskReference

TARGET = 1.0
NO_CURVE = Curve()
_LEVELS = 61
_BAND = 1_000


@dataclass(frozen=True, slots=True)
class Strata:
    """One side's runs on the tasks that are compared, as a `whole` and `by_task` in the order of these."""

    whole: Sample
    by_task: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A side's scores on the scale, task after task, and its aggregates with their resamples."""

    scores: tuple[Array, ...]
    aggregates: Mapping[Aggregate, Resampled]

    @property
    def runs_per_task(self) -> float:
        return sum(task.size for task in self.scores) / len(self.scores)


def compared(
    asked: OverTasks, sides: Sequence[Strata], anchors: Sequence[TaskReference], rules: Rules, *, unpaired: bool
) -> MetricComparison:
    """Every candidate against the baseline, before p is corrected over candidates and metrics (see `family`).

    `asked`: with its tasks and nothing else known yet. `anchors`: the scores that count as 0 and as 1 on each, in their
    order; without a scale they are 0 and 1. Runs are drawn within each task and side, for these tasks are not a sample
    of others; p inverts the percentile interval. Rows per task follow the rules as they stand, `unpaired` or by seed.
    """
    metric = _on_scale(asked)
    if not asked.tasks:
        return _nothing(asked, metric, sides)
    rules, refusal = claimed(rules, metric), refused(rules, metric)
    # The baseline has a stream of its own, all candidates have another: no number hangs on who else is compared.
    streams = (generator(rules.seed).spawn(2)[place > 0] for place in range(len(sides)))
    drawn = [_drawn(side, anchors, asked.target, rules, rng) for side, rng in zip(sides, streams, strict=True)]
    base, *others = drawn
    assert base is not None
    sign = metric.direction.gain(1.0)
    pooled = sign * np.concatenate([task for side in drawn if side for task in side.scores])
    thresholds = np.unique(np.quantile(pooled, np.linspace(0.0, 1.0, _LEVELS)))
    known = replace(
        asked,
        sides=tuple(_over(own, sign, thresholds, rules) for own in drawn),
        candidates=tuple(_apart(base, own, sign, rules) for own in others),
        thresholds=tuple(np.sort(sign * thresholds).tolist()),
        rows=_rows(asked, sides, rules, unpaired=unpaired),
    )
    empty = note(Says.NO_SHARED_TASK, param=asked.param)
    made = [_candidate(side.whole, base, own, rules, empty) for side, own in zip(sides[1:], others, strict=True)]
    if refusal:
        made = [replace(one, difference=unjudged(one.difference, refusal)) for one in made]
    return MetricComparison(
        metric,
        _side(sides[0].whole, base, rules),
        tuple(made),
        _notes(drawn, metric, rules),
        Statistic.IQM,
        tasks=known,
    )


def efficiency(histories: Sequence[Sequence[Array]], rules: Rules) -> tuple[Curve, ...]:
    """The interquartile mean of every side at each step: one array of (runs, steps) per task, for every side."""
    return tuple(_curve(side, rules) for side in histories)


def _on_scale(asked: OverTasks) -> Metric:
    """The metric on its scale, of which nobody said what matters unless a margin was asked for."""
    if asked.scale is Normalisation.NONE:
        return asked.logged
    logged = asked.logged
    source: DirectionSource = "scale" if asked.flipped else logged.direction_source
    margin = logged.margin if logged.margin_given else None
    return Metric(logged.name, Direction.MAXIMIZE, source, margin=margin, margin_given=logged.margin_given)


def _nothing(asked: OverTasks, metric: Metric, sides: Sequence[Strata]) -> MetricComparison:
    why = note(Says.NO_SHARED_TASK, param=asked.param)
    base, *others = (Side(side.whole, reason=why) for side in sides)
    made = tuple(Candidate(side, Difference(reason=why)) for side in others)
    return MetricComparison(metric, base, made, statistic=Statistic.IQM, tasks=asked)


def _candidate(whole: Sample, base: _Drawn, own: _Drawn | None, rules: Rules, empty: Note) -> Candidate:
    if own is None:
        return Candidate(Side(whole, reason=empty), Difference(reason=empty))
    apart = _difference(base, own, rules)
    return Candidate(_side(whole, own, rules), apart, _caveats(apart, base, own, rules))


def _drawn(
    side: Strata, anchors: Sequence[TaskReference], target: float | None, rules: Rules, rng: np.random.Generator
) -> _Drawn | None:
    if not side.by_task:
        return None
    known = tuple(
        (scores(sample) - anchor.zero) / (anchor.one - anchor.zero)
        for sample, anchor in zip(side.by_task, anchors, strict=True)
    )
    resamples = over.affordable(rules.resamples, sum(task.size for task in known))
    return _Drawn(known, over.summed_up(known, target, resamples=resamples, rng=rng))


def _side(whole: Sample, own: _Drawn, rules: Rules) -> Side:
    middle = own.aggregates[Aggregate.IQM]
    return Side(whole, middle.estimate, interval=middle.interval(rules.level))


def _difference(base: _Drawn, own: _Drawn, rules: Rules) -> Difference:
    """Of the interquartile means; no p where tasks or runs are too few for a verdict."""
    apart = over.difference(*(side.aggregates[Aggregate.IQM] for side in (own, base)))
    made = apart.inference()
    found = Difference(apart.estimate, interval=reach(made, rules) if made else None)
    fewest = min(base.runs_per_task, own.runs_per_task)
    if len(own.scores) == 1:
        return replace(found, reason=note(Says.ONE_TASK))
    if fewest < rules.fewest:
        return replace(found, reason=note(Says.FEW_RUNS_PER_TASK, n=round(fewest, 1), needed=rules.fewest))
    if made is None or not varies(apart.draws):
        why = note(Says.TASKS_WITHOUT_VARIATION)
        return replace(found, interval=None, verdict=Verdict.NOT_SHOWN, reason=why)
    return replace(stated(found, made, rules), verdict=Verdict.NOT_SHOWN)


def _over(own: _Drawn | None, sign: float, thresholds: Array, rules: Rules) -> SideOverTasks:
    if own is None:
        return SideOverTasks({}, NO_CURVE)
    gains = [sign * task for task in own.scores]
    values = over.profile(gains, thresholds)
    low, high = over.profile_band(gains, thresholds, rules.level, resamples=_BAND, seed=rules.seed)
    order = slice(None) if sign > 0 else slice(None, None, -1)
    return SideOverTasks(
        {name: _estimate(found, rules) for name, found in own.aggregates.items()},
        Curve(*(tuple(curve[order].tolist()) for curve in (values, low, high))),
    )


def _apart(base: _Drawn, own: _Drawn | None, sign: float, rules: Rules) -> CandidateOverTasks:
    if own is None:
        return CandidateOverTasks({}, None)
    apart = {name: over.difference(own.aggregates[name], base.aggregates[name]) for name in own.aggregates}
    ours, theirs = ([sign * task for task in side.scores] for side in (own, base))
    resamples = over.affordable(rules.resamples, sum(task.size for task in ours))
    better = over.improvement(ours, theirs, resamples=resamples, seed=rules.seed)
    return CandidateOverTasks(
        {name: _estimate(found, rules) for name, found in apart.items()},
        _estimate(better, rules),
    )


def _estimate(found: Resampled, rules: Rules) -> Estimate:
    return Estimate(found.estimate, found.interval(rules.level))


def _rows(asked: OverTasks, sides: Sequence[Strata], rules: Rules, *, unpaired: bool) -> tuple[TaskDifference, ...]:
    """Each task as a comparison of its own in the logged unit, p corrected over all of them; no margin is on these."""
    rows, rules = [], rules.of_slices
    for place, side in enumerate(sides[1:], start=1):
        for task, base, own in zip(asked.tasks, sides[0].by_task, side.by_task, strict=bool(side.by_task)):
            pairing = Pairing() if unpaired else by_seed(base, own, place)
            apart = difference(base, own, pairing, rules, beside=False)
            rows.append(TaskDifference(task, place, _summary(base), _summary(own), apart))
    judged = decided([row.difference for row in rows], [asked.logged] * len(rows), rules)
    return tuple(replace(row, difference=one) for row, one in zip(rows, judged, strict=True))


def _summary(sample: Sample) -> Side:
    found = moments(scores(sample))
    return Side(sample, found.mean, found.std if found.n > 1 else None)


def _curve(tasks: Sequence[Array], rules: Rules) -> Curve:
    steps = tasks[0].shape[1]
    resamples = over.affordable(_BAND, sum(task.shape[0] for task in tasks) * steps)
    found = [
        over.interquartile_mean([task[:, at] for task in tasks], resamples=resamples, seed=rules.seed)
        for at in range(steps)
    ]
    ends = [one.interval(rules.level) for one in found]
    return Curve(
        tuple(one.estimate for one in found),
        tuple(end.low if end else one.estimate for end, one in zip(ends, found, strict=True)),
        tuple(end.high if end else one.estimate for end, one in zip(ends, found, strict=True)),
    )


def _notes(drawn: Sequence[_Drawn | None], metric: Metric, rules: Rules) -> tuple[Note, ...]:
    """On what was done instead of what was asked, and on sides whose tasks have different numbers of runs."""
    said = [note(ComparisonNote.DIRECTION_ASSUMED, metric=metric.name)] if metric.assumed else []
    if rules.method not in (Method.AUTO, Method.PERCENTILE):
        said.append(note(Says.PERCENTILE_OVER_TASKS, method=rules.method))
    runs = max(sum(task.size for task in side.scores) for side in drawn if side)
    if (drew := over.affordable(rules.resamples, runs)) < rules.resamples:
        said.append(note(Says.FEWER_RESAMPLES_OVER_TASKS, n=runs, resamples=drew, asked=rules.resamples))
    for place, side in enumerate(drawn):
        sizes = [task.size for task in side.scores] if side else [0]
        if min(sizes) < max(sizes):
            said.append(note(Says.UNEVEN_RUNS, place, fewest=min(sizes), most=max(sizes)))
    return tuple(said)


def _caveats(apart: Difference, base: _Drawn, own: _Drawn, rules: Rules) -> tuple[Note, ...]:
    """Which tasks and seeds the interval speaks of, and what it covers in simulations."""
    if apart.interval is None:
        return ()
    said = [note(Says.THESE_TASKS, n=len(own.scores))]
    n = int(min(base.runs_per_task, own.runs_per_task))
    ours, usual = coverage.over_tasks(n), coverage.over_tasks(n, coverage.OVER_TASKS_ALL_DRAWN)
    if ours and usual and rules.level == coverage.SIMULATED_LEVEL:
        said.append(
            note(
                Says.COVERAGE_OVER_TASKS, n=n, level=rules.level, own_low=ours.low, own_high=ours.high,
                all_low=usual.low, all_high=usual.high,
            )
        )  # fmt: skip
    return tuple(said)
