"""Example scores of two sides: the difference by the rule for examples, and by the rule for seeds × examples."""

from dataclasses import replace

import numpy as np

from assay.analysis.bootstrap.intervals import BOOTSTRAPS, bootstrap, percentile
from assay.analysis.comparison.claims import stated
from assay.analysis.comparison.differences import blank, by_method, effect_size, rearranged
from assay.analysis.comparison.shape import steep
from assay.analysis.examples.two_way import two_way
from assay.analysis.proportions import Agreement, ScoreTest, mcnemar, paired_shares, unpaired_shares, wilson
from assay.analysis.sample import Array, Groups, moments, varies
from assay.analysis.student import one_mean
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import FEWEST_FOR_A_CLAIM, Aim, Method, Rules
from assay.model.note import Note, note

FEWEST = 5
_MOST_DRAWN = {Method.BOOTSTRAP_T: 20_000_000, Method.PERMUTATION: 200_000_000}

Noted = tuple[Difference, tuple[Note, ...]]
"""A difference before correction, and what to know beside it."""


def paired(baseline: Array, candidate: Array, rules: Rules, *, shares: bool = False) -> Noted:
    """The difference over examples that both sides scored.

    Arrays of equal length whose rows belong together. `shares`: every score is 0 or 1, so that McNemar and
    Newcombe apply; not for means over several runs.
    """
    differences = candidate - baseline
    found = blank((differences,) if differences.size else (), paired=True, pairs=differences.size)
    if not differences.size:
        return replace(found, reason=note(Says.NO_SHARED_EXAMPLE)), ()
    found = replace(found, value=float(differences.mean()))
    if differences.size < FEWEST:
        return replace(found, reason=few(differences.size)), ()
    if shares and rules.method in {Method.AUTO, Method.PERMUTATION}:
        return _shares(baseline, candidate, found, rules)
    scale = max(float(np.abs(baseline).max()), float(np.abs(candidate).max()))
    if not varies(differences, scale):
        still = replace(found, std=0.0, verdict=Verdict.NOT_SHOWN, reason=_same(differences.size))
        return rearranged((differences,), still, rules), ()
    return _tested((differences,), found, rules)


def unpaired(baseline: Array, candidate: Array, rules: Rules, *, shares: bool = False) -> Noted:
    """The difference of two sides that share no example; less sure than the same number of shared ones."""
    groups: Groups = (candidate, baseline)
    fewest = min(candidate.size, baseline.size)
    found = blank(groups if fewest else (), paired=False, pairs=0)
    if not fewest:
        return replace(found, reason=note(Says.NO_EXAMPLE)), ()
    found = replace(found, value=float(candidate.mean()) - float(baseline.mean()))
    if fewest < FEWEST:
        return replace(found, reason=few(fewest)), ()
    if shares and rules.method is Method.AUTO:
        return _unpaired_shares(groups, found, rules), ()
    if not any(varies(group) for group in groups):
        return rearranged(groups, replace(found, verdict=Verdict.NOT_SHOWN, reason=_same(fewest)), rules), ()
    return _tested(groups, found, rules)


def both(differences: Array, rules: Rules) -> Difference:
    """Of an R × n matrix of paired differences, one row per seed: speaks of new seeds and new examples."""
    rows, columns = differences.shape
    found = Difference(paired=True, pairs=rows, value=float(differences.mean()) if differences.size else None)
    if rows < FEWEST_FOR_A_CLAIM:
        return replace(found, reason=note(Says.FEW_SEEDS, n=rows, needed=FEWEST_FOR_A_CLAIM))
    if columns < FEWEST:
        return replace(found, reason=few(columns))
    student = two_way(differences)
    if student is None:
        return replace(found, verdict=Verdict.NOT_SHOWN, reason=_same(columns))
    return stated(replace(found, verdict=Verdict.NOT_SHOWN), student, rules)


def intervals(
    scores: Array, rules: Rules, *, shares: bool = False
) -> tuple[float | None, Interval | None, Interval | None]:
    """Of one side's examples: sd, interval of the mean, and the percentile bootstrap beside it; None without spread."""
    std = moments(scores).std if scores.size > 1 else None
    beside = percentile((scores,), rules.level) if varies(scores) else None
    if shares and scores.size and rules.method is Method.AUTO:
        return std, wilson(int(scores.sum()), scores.size, rules.level), beside
    method, _ = _served((scores,), rules)
    if beside is None or method is Method.PERCENTILE:
        return std, beside, beside
    if method in BOOTSTRAPS:
        made = bootstrap((scores,), method, rules.resamples, rules.seed).interval(rules.level)
        return std, made, made
    return std, one_mean(scores).interval(rules.level), beside


def _tested(groups: Groups, found: Difference, rules: Rules) -> Noted:
    method, notes = _served(groups, rules)
    known = moments(groups[0]) if found.paired else None
    spread = known.std if known else None
    made = replace(found, std=spread, effect_size=effect_size(groups), verdict=Verdict.NOT_SHOWN)
    if known and method in {Method.AUTO, Method.T} and abs(known.skew) > steep(known.n):
        notes = (*notes, note(Says.DIFFERENCES_SKEWED, n=known.n, skew=known.skew))
    return by_method(groups, made, replace(rules, method=method)), notes


def _served(groups: Groups, rules: Rules) -> tuple[Method, tuple[Note, ...]]:
    """The method that is used, and why it is not the one asked for."""
    total, most = sum(group.size for group in groups), _MOST_DRAWN.get(rules.method)
    if most is None or total * rules.resamples <= most:
        return rules.method, ()
    instead = Method.PERCENTILE if rules.method is Method.BOOTSTRAP_T else Method.T
    why = note(Says.TOO_MANY_TO_DRAW, method=rules.method, n=total, resamples=rules.resamples, instead=instead)
    return instead, (why,)


def _shares(baseline: Array, candidate: Array, found: Difference, rules: Rules) -> Noted:
    """Against no difference McNemar decides, which is exact, beside Newcombe's interval; against a margin the score."""
    counts, differences = agreement(baseline, candidate), candidate - baseline
    beside = percentile((differences,), rules.level) if varies(differences, 1.0) else None
    size = effect_size((differences,)) if beside else None
    law = paired_shares(counts) if rules.aim is Aim.BETTER else ScoreTest(counts)
    made = replace(
        stated(found, law, rules), std=moments(differences).std, bootstrap_interval=beside, effect_size=size,
        verdict=Verdict.NOT_SHOWN,
    )  # fmt: skip
    if rules.aim is not Aim.BETTER:
        return made, ()
    exact = mcnemar(counts.gained, counts.lost)
    made = replace(made, p_value=exact, test=Procedure(Technique.MCNEMAR, prefix="exact"))
    return made, _two_laws(made, exact, rules)


def _two_laws(made: Difference, exact: float, rules: Rules) -> tuple[Note, ...]:
    """Where the exact test and the interval beside it don't say the same of 0."""
    assert made.interval is not None
    excluded, shown = not made.interval.low <= 0.0 <= made.interval.high, exact < 1.0 - rules.interval_level
    return (note(ComparisonNote.TWO_LAWS, p=exact, excluded=excluded),) if excluded != shown else ()


def _unpaired_shares(groups: Groups, found: Difference, rules: Rules) -> Difference:
    candidate, baseline = groups
    made = unpaired_shares(int(candidate.sum()), candidate.size, int(baseline.sum()), baseline.size)
    varying = any(varies(group) for group in groups)
    return replace(
        stated(found, made, rules), bootstrap_interval=percentile(groups, rules.level) if varying else None,
        effect_size=effect_size(groups) if varying else None, verdict=Verdict.NOT_SHOWN,
    )  # fmt: skip


def agreement(baseline: Array, candidate: Array) -> Agreement:
    """The four counts of two arrays of 0 and 1 whose rows belong together."""
    ours, theirs, shared = int(candidate.sum()), int(baseline.sum()), int(baseline @ candidate)
    return Agreement(shared, ours - shared, theirs - shared, baseline.size - ours - theirs + shared)


def few(n: int) -> Note:
    """Why so few examples carry no verdict."""
    return note(Says.FEW_EXAMPLES, n=n, needed=FEWEST)


def _same(n: int) -> Note:
    return note(Says.EXAMPLES_ALIKE, n=n)
