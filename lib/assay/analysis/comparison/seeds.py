"""Baseline against candidates on one metric: the one entry that decides verdicts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from assay.analysis.comparison.differences import difference
from assay.analysis.comparison.pairing import Pairing, by_seed, repeated_seed_warnings
from assay.analysis.comparison.rules import FEWEST_FOR_A_CLAIM, Rules
from assay.analysis.comparison.sides import finite, side, side_warnings
from assay.analysis.comparison.verdicts import decided, out_of_reach
from assay.analysis.planning import fewest_for_permutation
from assay.model.comparison import (
    Candidate,
    Comparison,
    Difference,
    Direction,
    DirectionSource,
    Method,
    Sample,
    Side,
    Verdict,
)


def compare(
    metric: str,
    baseline: Sample,
    candidates: Sequence[Sample],
    *,
    direction: Direction,
    direction_source: DirectionSource = "option",
    method: Method = Method.AUTO,
    level: float = 0.95,
    resamples: int = 10_000,
    seed: int = 0,
    correction: Literal["holm", "none"] = "holm",
    pair: bool | None = None,
    minimum_runs: int = 3,
) -> Comparison:
    """Every candidate against the baseline by the rule of docs/methods.

    The family that p values are corrected over is all candidates given, those without a p value too. `pair`:
    None pairs by seed where seeds allow it, False never, True also where they overlap only in part. A method
    asked by name is served; under a bootstrap, p inverts that bootstrap and is corrected like any other.
    """
    rules = Rules(direction, method, level, resamples, seed, minimum_runs)
    base, others = finite(baseline), [finite(candidate) for candidate in candidates]
    pairings = [by_seed(base, other, pair) for other in others]
    raw = [difference(base, o, pairing, rules) for o, pairing in zip(others, pairings, strict=True)]
    judged = decided(raw, [rules] * len(raw), correction)
    base_side = side(base, rules)
    answered = tuple(Candidate(side(o, rules), d) for o, d in zip(others, judged, strict=True))
    return Comparison(
        metric=metric,
        direction=direction,
        direction_source=direction_source,
        method=method,
        level=level,
        correction=correction,
        comparisons=len(others),
        resamples=resamples,
        seed=seed,
        baseline=base_side,
        candidates=answered,
        warnings=_warnings(base_side, answered, pairings, rules, correction == "holm"),
    )


def jointly(found: Sequence[Comparison], correction: Literal["holm", "none"] = "holm") -> tuple[Comparison, ...]:
    """Several metrics' comparisons as one family: p is corrected over all candidates of all of them.

    Every comparison must have been made with correction "none". Only p_adjusted, min_attainable_p, the verdicts
    and the warnings that speak of these change. One comparison alone is what `compare` answers.
    """
    if any(one.correction != "none" for one in found):
        raise ValueError("comparisons to be corrected jointly must have been made with correction 'none'")
    raw = [candidate.difference for one in found for candidate in one.candidates]
    rules = [_rules(one) for one in found for _ in one.candidates]
    judged = iter(decided(raw, rules, correction))
    return tuple(_rejudged(one, judged, len(raw), correction) for one in found)


def _rejudged(one: Comparison, judged: Iterator[Difference], family: int, correction: str) -> Comparison:
    rules = _rules(one)
    before = {text for c in one.candidates for text in _caveats(one.baseline, c, rules, 1)}
    candidates = tuple(replace(c, difference=next(judged)) for c in one.candidates)
    size = family if correction == "holm" else 1
    caveats = [text for c in candidates for text in _caveats(one.baseline, c, rules, size)]
    kept = [text for text in one.warnings if text not in before]
    return replace(
        one,
        candidates=candidates,
        correction=correction,
        comparisons=family,
        warnings=tuple(dict.fromkeys((*kept, *caveats))),
    )


def _rules(one: Comparison) -> Rules:
    return Rules(one.direction, one.method, one.level, one.resamples, one.seed, FEWEST_FOR_A_CLAIM)


def _warnings(
    base: Side, answered: Sequence[Candidate], pairings: Sequence[Pairing], rules: Rules, corrected: bool
) -> tuple[str, ...]:
    sides = [base, *(candidate.side for candidate in answered)]
    family = len(answered) if corrected else 1
    found = [text for s in sides for text in repeated_seed_warnings(s.sample)]
    found += [text for pairing in pairings for text in pairing.warnings]
    found += [text for s in sides for text in side_warnings(s)]
    found += [text for candidate in answered for text in _caveats(base, candidate, rules, family)]
    return tuple(dict.fromkeys(found))


def _caveats(base: Side, candidate: Candidate, rules: Rules, family: int) -> tuple[str, ...]:
    """What a reader must know beside this verdict."""
    found, label = candidate.difference, candidate.side.sample.label
    sizes = {base.replicates, candidate.side.replicates}
    if sizes == {1}:
        return (f"{label}: 1 training per side, so this compares two checkpoints, not two methods.",)
    if found.mean is not None and 1 in sizes:
        return (f"{label}: one side is a single training, whose luck cannot be told from its merit.",)
    claimed = found.verdict in {Verdict.BETTER, Verdict.WORSE}
    if claimed and rules.method is not Method.PERMUTATION and out_of_reach(found, rules):
        return (_on_normality(label, found, rules, family),)
    return ()


def _on_normality(label: str, found: Difference, rules: Rules, family: int) -> str:
    enough = fewest_for_permutation(level=rules.level, comparisons=family, paired=found.paired)
    return (
        f"{label}: the verdict rests on scores being near normal, for no permutation test could reach "
        f"{rules.alpha:g} here (its smallest p is {found.min_attainable_p:.3g}); with {enough} "
        f"{'paired seeds' if found.paired else 'runs per side'} one could."
    )
