"""Which scores of two samples belong together because they share a seed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assay.model.comparison import Sample, Score

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Pairing:
    """(seed, candidate − baseline) per pair, ascending by seed; empty when the sides stay unpaired.

    `scale`: the largest absolute score among the pairs. `warnings`: sentences on what could not be paired.
    """

    values: tuple[tuple[str, float], ...] = ()
    scale: float = 0.0
    warnings: tuple[str, ...] = ()

    @property
    def paired(self) -> bool:
        """Whether the difference rests on pairs."""
        return bool(self.values)


def by_seed(baseline: Sample, candidate: Sample, pair: bool | None) -> Pairing:
    """Pairs of equal seeds.

    With `pair` None the sides pair when seeds are unique within each and every seed of the smaller side is
    found on the other, at least twice. False never pairs; True pairs whatever seeds both sides have.
    """
    if pair is False or not baseline.scores or not candidate.scores:
        return Pairing()
    asked = "Pairing was asked for but is not possible" if pair else ""
    unlogged = [s.label for s in (baseline, candidate) if any(score.seed is None for score in s.scores)]
    if unlogged:
        return Pairing(warnings=_refusal(asked, f"not every run of {' and '.join(unlogged)} has a logged seed"))
    repeated = [_repeated(s) for s in (baseline, candidate)]
    if any(repeated):
        return Pairing(warnings=_refusal(asked, "a seed stands for more than one score"))
    return _matched(baseline, candidate, pair, asked)


def repeated_seed_warnings(sample: Sample) -> tuple[str, ...]:
    """A sentence when the same seed was logged several times with different scores."""
    seeds = _repeated(sample)
    if not seeds:
        return ()
    return (
        f"{sample.label}: {_seeds(seeds)} logged more than once with different scores, "
        "so its runs differ by something besides the seed and cannot be paired.",
    )


def _matched(baseline: Sample, candidate: Sample, pair: bool | None, asked: str) -> Pairing:
    ours, theirs = _by_seed(candidate.scores), _by_seed(baseline.scores)
    common = sorted(ours.keys() & theirs.keys(), key=_seed_order)
    alone = sorted(ours.keys() ^ theirs.keys(), key=_seed_order)
    nested = len(common) == min(len(ours), len(theirs))
    if len(common) < _FEWEST:
        shared = "one seed" if common else "no seed"
        return Pairing(warnings=_refusal(asked, f"{candidate.label} and {baseline.label} share {shared}"))
    if not nested and pair is None:
        return Pairing(
            warnings=(
                f"{candidate.label} and {baseline.label} share only {len(common)} seeds; {_seeds(alone)} without "
                "a partner, so they are compared unpaired.",
            )
        )
    scale = max(max(abs(ours[s]), abs(theirs[s])) for s in common)
    return Pairing(tuple((s, ours[s] - theirs[s]) for s in common), scale, _left_out(baseline, candidate, alone))


def _left_out(baseline: Sample, candidate: Sample, alone: list[str]) -> tuple[str, ...]:
    if not alone:
        return ()
    return (
        f"The difference of {candidate.label} to {baseline.label} rests on the seeds both have; "
        f"{_seeds(alone)} without a partner.",
    )


def _refusal(asked: str, why: str) -> tuple[str, ...]:
    return (f"{asked}: {why}.",) if asked else ()


def _by_seed(scores: Sequence[Score]) -> dict[str, float]:
    return {str(score.seed): score.value for score in scores}


def _repeated(sample: Sample) -> list[str]:
    counts = Counter(score.seed for score in sample.scores if score.seed is not None)
    return sorted((seed for seed, n in counts.items() if n > 1), key=_seed_order)


def _seeds(seeds: Sequence[str], shown: int = 8) -> str:
    rest = len(seeds) - shown
    text = ", ".join(seeds[:shown]) + (f" and {rest} more" if rest > 0 else "")
    return f"seed {text} is" if len(seeds) == 1 else f"seeds {text} are"


def _seed_order(seed: str) -> tuple[int, int, str]:
    """Numbers by size and before words; `isdecimal` also takes digits of other scripts, as `int` does."""
    return (0, int(seed), seed) if seed.isdecimal() and len(seed) < 20 else (1, 0, seed)
