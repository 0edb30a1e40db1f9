"""Which scores of two samples belong together because they share a seed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.side import Replicate, Sample
from assay.model.note import Note, note

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Pairing:
    """Seeds that pair, ascending; empty when the sides stay unpaired.

    `notes`: what had to be left out, or why seeds that are there make no pairs. `refusal`: why pairs that were asked
    for are not to be had.
    """

    seeds: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    refusal: Note | None = None

    @property
    def paired(self) -> bool:
        """Whether the difference rests on pairs."""
        return bool(self.seeds)


def by_seed(baseline: Sample, candidate: Sample, place: int, *, wanted: bool = False) -> Pairing:
    """Pairs of equal seeds; `place`: that of the candidate among the sides.

    The sides pair when a seed is one configuration's within each and every seed of the smaller side is found on the
    other, at least twice; where pairs are `wanted`, by whatever seeds both sides have.
    """
    sides = (baseline, candidate)
    if not all(sample.replicates for sample in sides):
        return Pairing()
    unlogged = [k for k, s in zip((0, place), sides, strict=True) if any(one.seed is None for one in s.replicates)]
    if unlogged:
        return Pairing(refusal=note(Says.SEEDS_NOT_LOGGED, *unlogged))
    if any(_repeated(sample) for sample in sides):
        return Pairing(refusal=note(Says.SEED_NOT_UNIQUE))
    ours, theirs = _seeds(candidate), _seeds(baseline)
    common = sorted(ours & theirs, key=_seed_order)
    alone = tuple(sorted(ours ^ theirs, key=_seed_order))
    if len(common) < _FEWEST:
        return Pairing(refusal=note(Says.FEW_SHARED_SEEDS, place, 0, shared=bool(common)))
    if len(common) < min(len(ours), len(theirs)) and not wanted:
        return Pairing(notes=(note(Says.PARTLY_SHARED_SEEDS, place, 0, common=len(common), alone=alone),))
    return Pairing(tuple(common), (note(Says.SEEDS_LEFT_OUT, place, 0, alone=alone),) if alone else ())


def matched(sample: Sample, seeds: tuple[str, ...]) -> Sample:
    """The sample's replicates of these seeds, in their order."""
    by = {one.seed: one for one in sample.replicates}
    return replace(sample, replicates=tuple(by[seed] for seed in seeds))


def about_seeds(sample: Sample, place: int) -> tuple[Note, ...]:
    """Notes where a seed stands for several configurations, and where it was run several times, with their sd."""
    shared, several = _repeated(sample), [one for one in sample.replicates if len(one.run_ids) > 1]
    said = [note(Says.SEED_REPEATED, place, seeds=tuple(shared))] if shared else []
    if several:
        runs = sum(len(one.run_ids) for one in several)
        said.append(note(Says.SEED_AVERAGED, place, seeds=len(several), runs=runs, sd=_within(several)))
    return tuple(said)


def _within(several: Sequence[Replicate]) -> float | None:
    """The pooled sd of runs that share a seed; None where they have no scores."""
    scored = [one for one in several if len(one.scores) > 1]
    if not scored:
        return None
    freedom = sum(len(one.scores) - 1 for one in scored)
    return float(np.sqrt(sum(float(np.var(one.scores)) * len(one.scores) for one in scored) / freedom))


def _seeds(sample: Sample) -> set[str]:
    return {str(one.seed) for one in sample.replicates}


def _repeated(sample: Sample) -> list[str]:
    counts = Counter(one.seed for one in sample.replicates if one.seed is not None)
    return sorted((seed for seed, n in counts.items() if n > 1), key=_seed_order)


def _seed_order(seed: str) -> tuple[int, int, str]:
    """Numbers by size and before words; `isdecimal` also takes digits of other scripts, as `int` does."""
    return (0, int(seed), seed) if seed.isdecimal() and len(seed) < 20 else (1, 0, seed)
