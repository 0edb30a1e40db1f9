"""What the differences of one family support, once p is corrected over all of them."""

from collections.abc import Sequence
from dataclasses import replace

from assay.analysis.comparison.rules import Rules
from assay.analysis.multiplicity import holm
from assay.model.comparison import Difference, Direction, Method, Verdict


def decided(raw: Sequence[Difference], rules: Sequence[Rules], correction: str) -> tuple[Difference, ...]:
    """`raw` with p_adjusted, min_attainable_p and verdict, each by its own rules; correction: holm or none."""
    if correction not in {"holm", "none"}:
        raise ValueError(f"correction is {correction!r}; it must be 'holm' or 'none'")
    correct = holm if correction == "holm" else list[float | None]
    adjusted = correct([d.p_value for d in raw])
    smallest = correct([d.min_attainable_p for d in raw])
    corrected = (replace(d, p_adjusted=p, min_attainable_p=s) for d, p, s in zip(raw, adjusted, smallest, strict=True))
    return tuple(replace(d, verdict=_of(d, own)) for d, own in zip(corrected, rules, strict=True))


def verdict(mean: float | None, p_adjusted: float | None, rules: Rules, otherwise: Verdict) -> Verdict:
    """What an adjusted p supports; `otherwise` where there is none."""
    if p_adjusted is None or mean is None:
        return otherwise
    if p_adjusted >= rules.alpha:
        return Verdict.NOT_SHOWN
    gain = mean if rules.direction is Direction.MAXIMIZE else -mean
    return Verdict.BETTER if gain > 0 else Verdict.WORSE


def out_of_reach(found: Difference, rules: Rules) -> bool:
    """Whether no permutation test of these scores could have shown anything."""
    return found.min_attainable_p is not None and found.min_attainable_p >= rules.alpha


def _of(found: Difference, rules: Rules) -> Verdict:
    answer = verdict(found.mean, found.p_adjusted, rules, found.verdict)
    permuted = rules.method is Method.PERMUTATION and found.p_adjusted is not None
    if answer is Verdict.NOT_SHOWN and permuted and out_of_reach(found, rules):
        return Verdict.CANNOT_BE_SIGNIFICANT
    return answer
