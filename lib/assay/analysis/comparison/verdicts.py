"""What the differences of one family support, once p is corrected over all of them."""

from collections.abc import Sequence
from dataclasses import replace

from assay.analysis.multiplicity import holm
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.question import Method, Rules
from assay.model.metric import Direction


def decided(raw: Sequence[Difference], directions: Sequence[Direction], rules: Rules) -> tuple[Difference, ...]:
    """`raw` with p_adjusted, min_attainable_p and verdict, each by its own direction."""
    adjusted = corrected([d.p_value for d in raw], rules)
    smallest = corrected([d.min_attainable_p for d in raw], rules)
    found = (replace(d, p_adjusted=p, min_attainable_p=s) for d, p, s in zip(raw, adjusted, smallest, strict=True))
    return tuple(replace(d, verdict=_of(d, way, rules)) for d, way in zip(found, directions, strict=True))


def corrected(p_values: Sequence[float | None], rules: Rules) -> Sequence[float | None]:
    """p values of one family as the rules correct them."""
    return holm(p_values) if rules.corrected else list(p_values)


def verdict(
    value: float | None, p_adjusted: float | None, direction: Direction, rules: Rules, otherwise: Verdict
) -> Verdict:
    """What an adjusted p supports; `otherwise` where there is none."""
    if p_adjusted is None or value is None:
        return otherwise
    if p_adjusted >= rules.alpha:
        return Verdict.NOT_SHOWN
    return Verdict.BETTER if direction.gain(value) > 0 else Verdict.WORSE


def out_of_reach(found: Difference, rules: Rules) -> bool:
    """Whether no permutation test of these scores could have shown anything."""
    return found.min_attainable_p is not None and found.min_attainable_p >= rules.alpha


def _of(found: Difference, direction: Direction, rules: Rules) -> Verdict:
    answer = verdict(found.value, found.p_adjusted, direction, rules, found.verdict)
    permuted = rules.method is Method.PERMUTATION and found.p_adjusted is not None
    if answer is Verdict.NOT_SHOWN and permuted and out_of_reach(found, rules):
        return Verdict.CANNOT_BE_SIGNIFICANT
    return answer
