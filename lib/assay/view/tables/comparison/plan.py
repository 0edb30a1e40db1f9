"""What the next runs could show: detectable differences and the seeds that a smaller one needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.analysis import planning
from assay.model.comparison import Candidate, Comparison
from assay.view.text.numbers import MISSING, Scale, count, exact_p, percent


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows`: what is asked → the answer, Markdown; `caption`: what it rests on; empty rows with the reason there."""

    rows: Mapping[str, str]
    caption: str


_POWER = 0.8


def plan(
    comparison: Comparison,
    candidate: Candidate,
    scale: Scale,
    *,
    smallest: float | None,
    effect: float | None = None,
) -> Plan:
    """Plans with the upper 80 % limit of the spread, never with observed power.

    `smallest`: the smallest difference that matters, `effect`: one that the reader wants to see; metric's unit.
    """
    spread, n, paired = _spread(comparison, candidate)
    if spread is None or n < 2:
        return Plan({}, "Planning needs a spread: run at least 2 seeds per side.")
    if spread == 0:
        return Plan({}, "No spread was seen, so there is nothing to plan with.")
    upper = planning.upper_std(spread, n)
    side = "" if paired else " per side"
    rows: dict[str, str] = {}
    detectable = planning.detectable(n, level=comparison.level, paired=paired)
    if detectable is not None:
        rows[f"{count(n, _kind(paired))}{side} can detect"] = f"**{scale.distance(detectable * upper)}** or more"
    for size in _effects(candidate, smallest, effect):
        shown = scale.limit(size) if smallest or effect else scale.distance(size)
        rows[f"To detect {shown}, run"] = _needed(comparison, candidate, size)
    if candidate.difference.min_attainable_p is not None:
        rows["Smallest permutation p"] = _floor(comparison, candidate)
    what = "the differences' sd" if paired else "the pooled sd"
    caption = f"{percent(_POWER)} power at the upper 80 % limit of {what}, {scale.distance(upper)}."
    wanted = effect or smallest
    if wanted and (more := missing(comparison, candidate, wanted)):
        caption = f"To see {scale.limit(wanted)} you need {count(more, f'more {_kind(paired)}')}{side}. {caption}"
    return Plan(rows, caption)


def plans(comparison: Comparison, scale: Scale, *, smallest: float | None, effect: float | None = None) -> Plan:
    """What each of several candidates needs for one difference; the first named of what is typed, ruled, and seen."""
    rows = {}
    for candidate in comparison.candidates:
        wanted = next(iter(_effects(candidate, smallest, effect)), None)
        rows[candidate.side.sample.label] = MISSING if wanted is None else _needed(comparison, candidate, wanted)
    asked = effect or smallest
    size = scale.limit(asked) if asked else "the difference that was seen"
    if all(answer == MISSING for answer in rows.values()):
        return Plan({}, "Planning needs a spread: run at least 2 seeds per side.")
    return Plan(rows, f"To detect {size}: {percent(_POWER)} power at the upper 80 % limit of each spread.")


def missing(comparison: Comparison, candidate: Candidate, effect: float) -> int | None:
    """How many more seeds (per side) a difference of `effect` needs; None where that is unknown, 0 for none."""
    _, n, _ = _spread(comparison, candidate)
    needed = settling(comparison, candidate, smallest=effect)
    return None if needed is None else max(needed - n, 0)


def _needed(comparison: Comparison, candidate: Candidate, effect: float) -> str:
    _, n, paired = _spread(comparison, candidate)
    needed = settling(comparison, candidate, smallest=effect)
    if needed is None:
        return MISSING
    more = f", {needed - n:,} more" if needed > n else ", as there are"
    return f"**{count(needed, _kind(paired))}**{'' if paired else ' per side'}{more}"


def _floor(comparison: Comparison, candidate: Candidate) -> str:
    """The smallest p now, and how many seeds a permutation test needs where that is too large."""
    floor = candidate.difference.min_attainable_p
    assert floor is not None
    corrected = comparison.comparisons if comparison.correction != "none" else 1
    text = f"**{exact_p(floor)}**"
    if floor < 1 - comparison.level:
        return text
    paired = candidate.difference.paired
    enough = planning.fewest_for_permutation(level=comparison.level, comparisons=corrected, paired=paired)
    return f"{text}; below {exact_p(1 - comparison.level)} from {enough}"


def _kind(paired: bool) -> str:
    return "paired seed" if paired else "seed"


def settling(comparison: Comparison, candidate: Candidate, *, smallest: float | None) -> int | None:
    """Seeds that would settle a difference of `smallest`; None without such a figure or a spread."""
    spread, n, paired = _spread(comparison, candidate)
    if not smallest or not spread or n < 2:
        return None
    return planning.needed_for(smallest, spread, n, level=comparison.level, paired=paired)


def _effects(candidate: Candidate, smallest: float | None, effect: float | None) -> list[float]:
    """What the reader wants to see and the smallest effect that matters; without either, what was seen."""
    wanted = [size for size in dict.fromkeys((effect, smallest)) if size]
    mean = candidate.difference.mean
    return wanted or ([abs(mean)] if mean else [])


def _spread(comparison: Comparison, candidate: Candidate) -> tuple[float | None, int, bool]:
    """The sd that decides, how many replicates it was seen in, and whether these are pairs."""
    difference = candidate.difference
    if difference.paired:
        return difference.std, difference.pairs, True
    sides = (comparison.baseline, candidate.side)
    stds = [side.std for side in sides if side.std is not None]
    n = min(side.replicates for side in sides)
    if len(stds) < 2:
        return None, n, False
    return float((sum(s * s for s in stds) / 2) ** 0.5), n, False
