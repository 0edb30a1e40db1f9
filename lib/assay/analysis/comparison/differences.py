"""Candidate − baseline: estimate, intervals, p value and effect size, before any correction."""

from dataclasses import replace

import numpy as np
from scipy.special import gammaln

from assay.analysis.bootstrap.intervals import bootstrap, percentile
from assay.analysis.comparison.pairing import Pairing
from assay.analysis.comparison.rules import BOOTSTRAPS, Rules
from assay.analysis.comparison.sides import scores
from assay.analysis.permutation import relabelled, sign_flips, smallest_p
from assay.analysis.sample import Array, Groups, ascending, moments, varies
from assay.analysis.student import one_mean, welch
from assay.model.comparison import Difference, Method, Sample, Verdict


def difference(baseline: Sample, candidate: Sample, pairing: Pairing, rules: Rules) -> Difference:
    """The difference before correction: `p_adjusted` is None, the verdict `too_few` or open (`not_shown`)."""
    groups = _groups(baseline, candidate, pairing)
    empty = blank(groups, paired=pairing.paired, pairs=len(pairing.values))
    if any(group.size == 0 for group in groups):
        return replace(empty, reason="one side has no score to compare")
    mean = _mean(groups)
    counted = replace(empty, mean=mean, values=pairing.values)
    if any(group.size < 2 for group in groups):
        return replace(counted, reason="one replicate on a side has no spread, so there is no interval and no p value")
    scale = pairing.scale if pairing.paired else None
    if not any(varies(group, scale) for group in groups):
        count = f"{groups[0].size} pairs" if pairing.paired else "either side"
        open_verdict = _few(groups, rules) or Verdict.NOT_SHOWN
        return replace(
            counted, verdict=open_verdict, std=0.0 if pairing.paired else None,
            reason=f"no variation seen in {count}, so there is no interval and no p value",
        )  # fmt: skip
    return _tested(groups, counted, rules)


def _tested(groups: Groups, counted: Difference, rules: Rules) -> Difference:
    """Intervals always; a p value only from as many replicates as a verdict needs."""
    made = by_method(groups, counted, rules)
    made = replace(made, effect_size=effect_size(groups), std=moments(groups[0]).std if made.paired else None)
    few = _few(groups, rules)
    if few is None:
        return made
    size = f"{min(g.size for g in groups)} {'pairs' if made.paired else 'replicates on a side'}"
    why = f"{size} are fewer than the {rules.fewest} that a verdict may rest on, so there is no p value"
    return replace(made, p_value=None, p_method=None, verdict=few, reason=why)


def by_method(groups: Groups, counted: Difference, rules: Rules) -> Difference:
    """`counted` with intervals and p by the method of `rules`; needs n ≥ 2 per group and values that vary."""
    level, resamples, seed = rules.level, rules.resamples, rules.seed
    if rules.method in BOOTSTRAPS:
        made = bootstrap(groups, rules.method, level, resamples, seed)
        name = f"{made.interval.method}, inverted"
        return replace(
            counted, interval=made.interval, bootstrap_interval=made.interval, p_value=made.p_value, p_method=name
        )
    beside = percentile(groups, level)
    if rules.method is Method.PERMUTATION:
        test = (
            sign_flips(groups[0], resamples, seed)
            if counted.paired
            else relabelled(groups[0], groups[1], resamples, seed)
        )
        interval = test.interval(level)
        reason = None if interval else "too few rearrangements for a permutation interval at this level"
        p_value, name = test.p_value(), test.name
        return replace(
            counted, interval=interval, bootstrap_interval=beside, p_value=p_value, p_method=name, reason=reason
        )
    student = one_mean(groups[0], "paired t") if counted.paired else welch(groups[0], groups[1])
    return replace(
        counted, interval=student.interval(level), bootstrap_interval=beside,
        p_value=student.p_value(), p_method=student.name,
    )  # fmt: skip


def effect_size(groups: Groups) -> float:
    """d_z of paired differences, Hedges g (exact small-sample factor) of two groups; sign as the difference's."""
    if len(groups) == 1:
        found = moments(groups[0])
        return found.mean / found.std
    a, b = moments(groups[0]), moments(groups[1])
    freedom = a.n + b.n - 2
    pooled = np.sqrt((a.variance * a.n + b.variance * b.n) / freedom)
    factor = np.exp(gammaln(freedom / 2) - gammaln((freedom - 1) / 2)) / np.sqrt(freedom / 2)
    return float((a.mean - b.mean) / pooled * factor)


def _groups(baseline: Sample, candidate: Sample, pairing: Pairing) -> tuple[Array, ...]:
    if pairing.paired:
        return (ascending(value for _, value in pairing.values),)
    return scores(candidate), scores(baseline)


def _mean(groups: Groups) -> float:
    return float(groups[0].mean()) - (float(groups[1].mean()) if len(groups) == 2 else 0.0)


def _few(groups: Groups, rules: Rules) -> Verdict | None:
    return Verdict.TOO_FEW if min(group.size for group in groups) < rules.fewest else None


def blank(groups: Groups, *, paired: bool, pairs: int) -> Difference:
    """Nothing known but what could be; `groups` may be empty where not even that is."""
    smallest = smallest_p(groups) if groups and min(group.size for group in groups) > 0 else None
    return Difference(
        mean=None, std=None, interval=None, bootstrap_interval=None, p_value=None, p_adjusted=None, p_method=None,
        paired=paired, pairs=pairs, min_attainable_p=smallest, effect_size=None, verdict=Verdict.TOO_FEW,
    )  # fmt: skip
