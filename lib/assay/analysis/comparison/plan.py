"""What the next runs could show of one candidate."""

from dataclasses import replace

from assay.analysis import planning
from assay.analysis.comparison.claims import refused
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.planning import Need, Plan
from assay.model.comparison.question import Aim, Rules
from assay.model.comparison.side import Side
from assay.model.metric import Metric
from assay.model.note import Note, note

_LUCK_FROM = 3


def plan(one: MetricComparison, candidate: Candidate, rules: Rules, family: int, effect: float | None = None) -> Plan:
    """Plans with the upper 80 % limit of the spread, never with observed power.

    `family`: over how many comparisons p is corrected; counted on is that none of the others shows anything, which is
    when Holm is strictest. `effect`: a difference that the reader wants to see.
    """
    found = candidate.difference
    spread, n = _spread(one.baseline, candidate)
    made = Plan(n, found.paired)
    level = 1.0 - (1.0 - rules.level) / (family if rules.corrected else 1)
    if spread is None or n < 2:
        return Plan(n, found.paired, reason=note(Says.PLAN_NEEDS_SPREAD))
    if spread == 0:
        return Plan(n, found.paired, reason=note(Says.PLAN_WITHOUT_SPREAD))
    upper = planning.upper_std(spread, n)
    if rules.aim is not Aim.BETTER:
        return _kept(one.metric, found, replace(made, upper_std=upper), rules, spread, level)
    detectable = planning.detectable(n, power_wanted=made.power, level=level, paired=found.paired)
    wanted = [size for size in dict.fromkeys((effect, one.metric.smallest_effect)) if size]
    seen = [abs(found.value)] if found.value else []
    return Plan(
        n=n,
        paired=found.paired,
        upper_std=upper,
        detectable=None if detectable is None else detectable * upper,
        needs=tuple(
            Need(size, planning.needed_for(size, spread, n, level=level, paired=found.paired))
            for size in wanted or seen
        ),
        permutation_n=planning.fewest_for_permutation(
            level=rules.level, comparisons=family if rules.corrected else 1, paired=found.paired
        ),
    )


def _kept(metric: Metric, found: Difference, made: Plan, rules: Rules, spread: float, level: float) -> Plan:
    """What it takes to show that the margin is kept, if the true difference is the one that was seen."""
    if why := refused(rules, metric):
        return replace(made, reason=why)
    assert metric.margin is not None
    gain = metric.direction.gain(found.value or 0.0)
    both = rules.aim is Aim.SAME
    needed = planning.needed_to_keep(metric.margin, gain, spread, made.n, level=level, paired=found.paired, both=both)
    enough = None if needed is None else max(needed, rules.fewest)
    supported = max(0.0, found.interval.loss(metric.direction, both=both)) if found.interval else None
    return replace(made, needs=(Need(metric.margin, enough),), supported=supported)


def luck(one: MetricComparison) -> Note | None:
    """What choosing the best of several candidates adds to its score; None for fewer than three, or if none gains."""
    if not any(c.difference.verdict is Verdict.BETTER for c in one.candidates):
        return None
    sizes = [c.side.replicates for c in one.candidates if c.side.replicates]
    if len(sizes) < _LUCK_FROM:
        return None
    excess = planning.optimism(len(sizes), min(sizes))
    return note(Says.BEST_OF_SEVERAL, candidates=len(sizes), n=min(sizes), excess=excess)


def _spread(base: Side, candidate: Candidate) -> tuple[float | None, int]:
    """The sd that decides, and how many replicates (or pairs) it was seen in."""
    found, sides = candidate.difference, (base, candidate.side)
    if found.paired:
        return found.std, found.pairs
    stds = [side.std for side in sides if side.std is not None]
    n = min(side.replicates for side in sides)
    return (float((sum(s * s for s in stds) / 2) ** 0.5), n) if len(stds) == 2 else (None, n)
