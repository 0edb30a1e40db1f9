"""A real resampler, for every statistic that is not a mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assay.analysis.inference import Ranked, ranked
from assay.analysis.sample import Array, generator
from assay.analysis.statistics import Counted, Counts
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Statistic

_CHUNK = 1_000_000
_MOSTLY = 0.9
_TECHNIQUES = {
    ("percentile", False): Technique.PERCENTILE,
    ("basic", False): Technique.BASIC,
    ("percentile", True): Technique.STRATIFIED_PERCENTILE,
    ("basic", True): Technique.STRATIFIED_BASIC,
}
_CLUSTERED = {"percentile": Technique.CLUSTERED_PERCENTILE, "basic": Technique.CLUSTERED_BASIC}


@dataclass(frozen=True, slots=True)
class Resampled:
    """A statistic of the data and of its resamples; `draws` holds the defined ones, `undefined` counts the rest.

    `of`: which statistic it is, for the interval's name; `stratified`: drawn within strata; `clustered`: whole
    clusters were drawn.
    """

    estimate: float
    draws: Array
    undefined: int
    of: Statistic | None = None
    stratified: bool = False
    clustered: bool = False

    def inference(self, kind: str = "percentile") -> Ranked | None:
        """Percentile or basic; None where a tenth of the resamples or more leave the statistic undefined."""
        if kind not in {"percentile", "basic"}:
            raise ValueError(f"the interval asked for is {kind!r}; it must be 'percentile' or 'basic'")
        if self.draws.size <= _MOSTLY * (self.draws.size + self.undefined) or not np.isfinite(self.estimate):
            return None
        technique = _CLUSTERED[kind] if self.clustered else _TECHNIQUES[kind, self.stratified]
        made = Procedure(technique, f"{self.draws.size:,} resamples", of=self.of)
        return ranked(self.estimate, 2.0 * self.estimate - self.draws if kind == "basic" else self.draws, made)

    def interval(self, level: float, kind: str = "percentile") -> Interval | None:
        """That of its inference; None too where resamples are too few for the level."""
        found = self.inference(kind)
        return found.interval(level) if found else None


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides and their difference, first − second, from the same draws."""

    first: Resampled
    second: Resampled
    difference: Resampled


def paired_difference(first: Counted, second: Counted, *, resamples: int = 10_000, seed: int = 0) -> Sides:
    """Two statistics of the same n rows, the same rows drawn for both."""
    if first.n != second.n:
        raise ValueError(f"{first.n} and {second.n} rows cannot be drawn together")
    rng, draws = generator(seed), []
    for rows in _chunks(resamples, first.n):
        counts = _counts(rows, first.n, rng)
        draws.append((first.of(counts), second.of(counts)))
    ours, theirs = (np.concatenate(parts) for parts in zip(*draws, strict=True))
    return _sides(first, second, ours, theirs)


def independent_difference(first: Counted, second: Counted, *, resamples: int = 10_000, seed: int = 0) -> Sides:
    """Two statistics, each side's rows drawn on their own."""
    rng = generator(seed)
    return _sides(first, second, *(_drawn([side.n], side, resamples, rng) for side in (first, second)))


def stratified(strata: Sequence[int], statistic: Counted, *, resamples: int = 10_000, seed: int = 0) -> Resampled:
    """A statistic of rows that stand stratum after stratum, so many each, drawn within each: it speaks of *these* only.

    One stratum is the plain bootstrap of one sample.
    """
    if sum(strata) != statistic.n:
        raise ValueError(f"strata of {sum(strata)} rows do not fit a statistic of {statistic.n}")
    draws = _drawn(strata, statistic, resamples, generator(seed))
    return _gathered(statistic.observed, draws, stratified=True)


def _drawn(strata: Sequence[int], statistic: Counted, resamples: int, rng: np.random.Generator) -> Array:
    return np.concatenate([
        statistic.of(np.concatenate([_counts(rows, n, rng) for n in strata], axis=1))
        for rows in _chunks(resamples, statistic.n)
    ])  # fmt: skip


def _counts(rows: int, n: int, rng: np.random.Generator) -> Counts:
    """How often each of n rows is drawn in `rows` resamples of n."""
    picked = rng.integers(0, n, (rows, n), dtype=np.int32) + n * np.arange(rows)[:, None]
    return np.bincount(picked.ravel(), minlength=rows * n).reshape(rows, n)


def _sides(first: Counted, second: Counted, ours: Array, theirs: Array) -> Sides:
    seen = first.observed, second.observed
    return Sides(_gathered(seen[0], ours), _gathered(seen[1], theirs), _gathered(seen[0] - seen[1], ours - theirs))


def _gathered(estimate: float, draws: Array, *, stratified: bool = False) -> Resampled:
    defined = draws[np.isfinite(draws)]
    return Resampled(estimate, defined, int(draws.size - defined.size), stratified=stratified)


def _chunks(resamples: int, n: int) -> Iterator[int]:
    step = max(1, _CHUNK // max(n, 1))
    for start in range(0, resamples, step):
        yield min(step, resamples - start)
