"""What the differences of one family support, once p is corrected over all of them."""

from collections.abc import Sequence
from dataclasses import replace

from assay.analysis.multiplicity import holm
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.question import Aim, Method, Rules
from assay.model.metric import Metric

_SHOWN = {Aim.NO_WORSE: Verdict.NO_WORSE, Aim.SAME: Verdict.SAME}


def decided(raw: Sequence[Difference], metrics: Sequence[Metric], rules: Rules) -> tuple[Difference, ...]:
    """`raw` with p_adjusted, p_beyond, min_attainable_p and verdict, each by the direction of its own metric."""
    adjusted = corrected([d.p_value for d in raw], rules)
    beyond = corrected([d.p_beyond for d in raw], rules)
    smallest = corrected([d.min_attainable_p for d in raw], rules)
    found = (
        replace(d, p_adjusted=p, p_beyond=b, min_attainable_p=s)
        for d, p, b, s in zip(raw, adjusted, beyond, smallest, strict=True)
    )
    return tuple(replace(d, verdict=_of(d, metric, rules)) for d, metric in zip(found, metrics, strict=True))


def corrected(p_values: Sequence[float | None], rules: Rules) -> Sequence[float | None]:
    """p values of one family as the rules correct them."""
    if rules.correction == "bonferroni":
        return [None if p is None else min(1.0, p * len(p_values)) for p in p_values]
    return holm(p_values) if rules.corrected else list(p_values)


def verdict(value: float | None, p_adjusted: float | None, metric: Metric, rules: Rules, otherwise: Verdict) -> Verdict:
    """What an adjusted p supports; `otherwise` where there is none."""
    if p_adjusted is None or value is None:
        return otherwise
    if p_adjusted >= rules.threshold:
        return Verdict.NOT_SHOWN
    return _SHOWN[rules.aim] if rules.aim in _SHOWN else _way(value, metric)


def out_of_reach(found: Difference, rules: Rules) -> bool:
    """Whether no permutation test of these scores could have shown anything."""
    return found.min_attainable_p is not None and found.min_attainable_p >= rules.alpha


def _of(found: Difference, metric: Metric, rules: Rules) -> Verdict:
    answer = verdict(found.value, found.p_adjusted, metric, rules, found.verdict)
    if answer is not Verdict.NOT_SHOWN or found.value is None:
        return answer
    if found.p_beyond is not None and found.p_beyond < rules.threshold:
        return _way(found.value, metric)
    permuted = rules.method is Method.PERMUTATION and found.p_adjusted is not None
    return Verdict.CANNOT_BE_SIGNIFICANT if permuted and out_of_reach(found, rules) else answer


def _way(value: float, metric: Metric) -> Verdict:
    if metric.assumed:
        return Verdict.DIFFERS
    return Verdict.BETTER if metric.direction.gain(value) > 0 else Verdict.WORSE
