"""Candidate − baseline: estimate, intervals, p value and effect size, before any correction."""

from dataclasses import replace

import numpy as np
from scipy.special import gammaln

from assay.analysis.bootstrap.intervals import BOOTSTRAPS, percentile
from assay.analysis.comparison.claims import stated
from assay.analysis.comparison.pairing import Pairing, matched
from assay.analysis.comparison.sides import scores
from assay.analysis.methods import inference
from assay.analysis.permutation import smallest_p
from assay.analysis.sample import Array, Groups, ascending, moments, varies
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Method, Rules
from assay.model.comparison.side import Sample
from assay.model.note import note


def difference(
    baseline: Sample, candidate: Sample, pairing: Pairing, rules: Rules, *, beside: bool = True
) -> Difference:
    """The difference before correction: `p_adjusted` is None, the verdict `too_few` or open (`not_shown`).

    `beside`: whether to make the bootstrap interval that stands beside one of another kind.
    """
    if pairing.paired:
        return _paired(matched(baseline, pairing.seeds), matched(candidate, pairing.seeds), rules, beside=beside)
    groups = scores(candidate), scores(baseline)
    return _judged(groups, blank(groups, paired=False, pairs=0), None, rules, beside=beside)


def _paired(baseline: Sample, candidate: Sample, rules: Rules, *, beside: bool) -> Difference:
    before, after = np.array(baseline.scores), np.array(candidate.scores)
    seeds = [str(one.seed) for one in candidate.replicates]
    groups = (ascending(after - before),)
    found = blank(groups, paired=True, pairs=len(seeds))
    scale = float(np.abs(np.concatenate((before, after))).max())
    return _judged(
        groups, replace(found, values=tuple(zip(seeds, (after - before).tolist(), strict=True))), scale, rules,
        beside=beside,
    )  # fmt: skip


def _judged(groups: Groups, empty: Difference, scale: float | None, rules: Rules, *, beside: bool) -> Difference:
    """`empty` with all that these groups allow; `scale`: how large the scores behind differences are."""
    sizes = [group.size for group in groups]
    if not all(sizes):
        return replace(empty, reason=note(Says.NO_SCORE))
    counted = replace(empty, value=_mean(groups))
    if min(sizes) < 2:
        return replace(counted, reason=note(Says.ONE_REPLICATE))
    few = min(sizes) < rules.fewest
    if not any(varies(group, scale) for group in groups):
        still = replace(
            counted, verdict=Verdict.TOO_FEW if few else Verdict.NOT_SHOWN, std=0.0 if empty.paired else None,
            reason=note(Says.NO_VARIATION, pairs=sizes[0] if empty.paired else None),
        )  # fmt: skip
        return still if few else rearranged(groups, still, rules)
    made = by_method(groups, counted, rules, beside=beside)
    made = replace(made, effect_size=effect_size(groups), std=moments(groups[0]).std if made.paired else None)
    if not few:
        return replace(made, verdict=Verdict.NOT_SHOWN)
    # Intervals always; a p value only from as many replicates as a verdict needs.
    why = note(Says.FEW_REPLICATES, n=min(sizes), paired=made.paired, needed=rules.fewest)
    return replace(made, p_value=None, p_beyond=None, test=None, reason=why)


def by_method(groups: Groups, counted: Difference, rules: Rules, *, beside: bool = True) -> Difference:
    """`counted` with intervals and p by the method of `rules`; needs n ≥ 2 per group and values that vary."""
    found = inference(groups, rules.method, rules.resamples, rules.seed, Technique.PAIRED_T)
    made, drawn = stated(counted, found, rules), rules.method in BOOTSTRAPS
    few = Says.FEW_RESAMPLES if drawn else Says.FEW_REARRANGEMENTS
    thin = percentile(groups, rules.level) if beside and not drawn else None
    return replace(
        made, bootstrap_interval=made.interval if drawn else thin, reason=counted.reason if made.interval else note(few)
    )


def rearranged(groups: Groups, still: Difference, rules: Rules) -> Difference:
    """`still`, of groups without variation, with the p of their rearrangements where those are asked for."""
    if rules.method is not Method.PERMUTATION:
        return still
    found = inference(groups, rules.method, rules.resamples, rules.seed)
    return replace(stated(still, found, rules), interval=None, reason=note(Says.REARRANGED_ALONE))


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


def _mean(groups: Groups) -> float:
    return float(groups[0].mean()) - (float(groups[1].mean()) if len(groups) == 2 else 0.0)


def blank(groups: tuple[Array, ...], *, paired: bool, pairs: int) -> Difference:
    """Nothing known but what could be; `groups` may be empty where not even that is."""
    smallest = smallest_p(groups) if groups and min(group.size for group in groups) > 0 else None
    return Difference(paired=paired, pairs=pairs, min_attainable_p=smallest)
