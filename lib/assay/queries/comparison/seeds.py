"""Is the difference between configurations larger than the noise?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assay.analysis.comparison import seeds as comparison
from assay.errors import SelectionError
from assay.model.comparison import Comparison, Direction, Method, Statistic
from assay.model.policy import MetricUnit, Policy
from assay.model.sync import Snapshot
from assay.queries import metrics as metric_rules
from assay.queries.comparison import sides
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.sides import UNPAIRED, Asked, ParamDifference

Correction = Literal["holm", "none"]


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with what people need beside it.

    `smallest_effect`: the smallest difference that matters by the policy, in the metric's unit. `params`: those
    that differ, seeds and ignored ones left out; `equal_params`: how many are the same on every side.
    `commits`: of each side's code, None where not logged. `minimum_runs`: how many replicates a side the policy
    wants for a claim.
    """

    comparison: Comparison
    unit: MetricUnit
    smallest_effect: float | None
    params: tuple[ParamDifference, ...]
    equal_params: int
    commits: tuple[str | None, ...]
    minimum_runs: int


@dataclass(frozen=True, slots=True)
class Options:
    """How to compare; None leaves it to the policy (direction: then to the metric's name).

    `pair_by`: a param whose equal values make pairs, `none` for no pairs, None for the seed params. `correction`:
    of p over everything compared at once. `statistic`: of what over examples, which have to be what is compared.
    `within`: a filter that narrows every side.
    """

    direction: Direction | None = None
    method: Method | None = None
    level: float | None = None
    resamples: int | None = None
    seed: int = 0
    pair_by: str | None = None
    correction: Correction | None = None
    statistic: Statistic = Statistic.MEAN
    within: str = ""


def compared(
    snapshot: Snapshot,
    policy: Policy,
    *,
    metric: str,
    baseline: str,
    candidates: Sequence[str],
    experiments: Sequence[str] = (),
    options: Options = Options(),
    deleted: bool = False,
) -> Compared:
    """`compared_on` one metric."""
    return compared_on(
        snapshot,
        policy,
        metrics=[metric],
        baseline=baseline,
        candidates=candidates,
        experiments=experiments,
        options=options,
        deleted=deleted,
    )[0]


def compared_on(
    snapshot: Snapshot,
    policy: Policy,
    *,
    metrics: Sequence[str],
    baseline: str,
    candidates: Sequence[str],
    experiments: Sequence[str] = (),
    options: Options = Options(),
    deleted: bool = False,
) -> tuple[Compared, ...]:
    """Compares the runs that the filter `baseline` finds with those of each filter of `candidates`, on each metric.

    p is corrected over all candidates on all metrics. The direction chosen in `options` is the first metric's;
    the sides are called on every metric what they are called on the first. Raises SelectionError when no run
    logged one of `metrics`, for an unknown experiment, a param to pair by that no run carries or a statistic that
    needs examples, and FilterError for a filter that cannot be read. A side without runs is a side with a reason.
    """
    refuse_statistic(options.statistic, "seeds")
    distinct = tuple(dict.fromkeys(metrics))
    asked = sides.asked_on(
        snapshot,
        policy,
        [baseline, *candidates],
        metrics=distinct,
        experiments=experiments,
        within=options.within,
        pair_by=options.pair_by,
        deleted=deleted,
    )
    found = [
        _uncorrected(one, policy, metric, options if place == 0 else replace(options, direction=None))
        for place, (metric, one) in enumerate(zip(distinct, asked, strict=True))
    ]
    decided = comparison.jointly([one.comparison for one in found], options.correction or policy.statistics.correction)
    return tuple(
        replace(one, comparison=_warned(answer, own)) for one, answer, own in zip(found, decided, asked, strict=True)
    )


def refuse_statistic(statistic: Statistic, unit: str) -> None:
    """Raises SelectionError for a statistic that this unit cannot carry."""
    if statistic is not Statistic.MEAN and unit != "examples":
        raise SelectionError(
            f"The statistic {statistic.value!r} needs the unit 'examples', not {unit!r}: a resample of some five seeds "
            "says nothing about a quantile. Choose examples under Method, Resampled (--unit examples)."
        )


def _uncorrected(asked: Asked, policy: Policy, metric: str, options: Options) -> Compared:
    direction, source = metric_rules.direction(policy, metric, options.direction)
    rules, samples = policy.statistics, asked.samples
    answer = comparison.compare(
        metric,
        samples[0],
        samples[1:],
        direction=direction,
        direction_source=source,
        method=options.method or rules.method,
        level=options.level or rules.level,
        resamples=options.resamples or rules.resamples,
        seed=options.seed,
        correction="none",
        pair=False if options.pair_by == UNPAIRED else None,
        minimum_runs=rules.minimum_runs,
    )
    return Compared(
        comparison=answer,
        unit=metric_rules.unit(policy, metric, [s.value for sample in samples for s in sample.scores]),
        smallest_effect=policy.metric(metric).smallest_effect,
        params=asked.params,
        equal_params=asked.equal_params,
        commits=asked.commits,
        minimum_runs=rules.minimum_runs,
    )


def _warned(answer: Comparison, asked: Asked) -> Comparison:
    said = (*doubts(asked.found, asked.names), *(warning for one in asked.found for warning in one.warnings))
    return replace(answer, warnings=(*dict.fromkeys(said), *answer.warnings))
