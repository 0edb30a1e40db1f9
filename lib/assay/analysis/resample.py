"""A real resampler, for every statistic that is not a mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assay.analysis.bootstrap.law import Atoms, atoms
from assay.analysis.sample import Array, generator
from assay.analysis.statistics import Statistic
from assay.model.comparison import Interval

_CHUNK = 2_000_000
_MOSTLY = 0.9

Columns = Sequence[Array]
"""Arrays of equal length whose rows belong together, such as truth and prediction of each example."""


@dataclass(frozen=True, slots=True)
class Resampled:
    """A statistic of the data and of its resamples; `draws` holds the defined ones, `undefined` counts the rest."""

    estimate: float
    draws: Array
    undefined: int
    unit: str = "bootstrap"

    def interval(self, level: float, kind: str = "percentile") -> Interval | None:
        """Percentile or basic; None where a tenth of the resamples or more leave the statistic undefined."""
        if kind not in {"percentile", "basic"}:
            raise ValueError(f"the interval asked for is {kind!r}; it must be 'percentile' or 'basic'")
        law, tail = self._law(), (1.0 - level) / 2
        if law is None:
            return None
        low, high = law.lower(tail), law.upper(tail)
        if kind == "basic":
            low, high = 2.0 * self.estimate - high, 2.0 * self.estimate - low
        return Interval(low, high, level, f"{kind} {self.unit}, {self.draws.size:,} resamples")

    def p_value(self, value: float = 0.0) -> float | None:
        """Two-sided p by inverting the percentile interval, (b + 1) / (m + 1) in each tail, so never 0."""
        if self._law() is None:
            return None
        below, above = int((self.draws <= value).sum()), int((self.draws >= value).sum())
        return min(1.0, 2.0 * (min(below, above) + 1) / (self.draws.size + 1))

    def _law(self) -> Atoms | None:
        defined = self.draws.size > _MOSTLY * (self.draws.size + self.undefined)
        return atoms(self.draws, None, "") if defined and np.isfinite(self.estimate) else None


def resampled(columns: Columns, statistic: Statistic, *, resamples: int = 10_000, seed: int = 0) -> Resampled:
    """The statistic of one sample; rows are drawn whole. Needs n ≥ 1 and columns of equal length."""
    estimate = _observed(columns, statistic)
    return _gathered(estimate, _drawn(columns, statistic, resamples, generator(seed)))


def paired_difference(
    first: Columns, second: Columns, statistic: Statistic, *, resamples: int = 10_000, seed: int = 0
) -> Resampled:
    """statistic(first) − statistic(second), the same rows drawn for both."""
    width = len(first)

    def gap(*columns: Array) -> Array:
        return np.asarray(statistic(*columns[:width]) - statistic(*columns[width:]))

    return resampled([*first, *second], gap, resamples=resamples, seed=seed)


def independent_difference(
    first: Columns, second: Columns, statistic: Statistic, *, resamples: int = 10_000, seed: int = 0
) -> Resampled:
    """statistic(first) − statistic(second), each side drawn on its own."""
    rng = generator(seed)
    estimate = _observed(first, statistic) - _observed(second, statistic)
    draws = [_drawn(columns, statistic, resamples, rng) for columns in (first, second)]
    return _gathered(estimate, draws[0] - draws[1])


def stratified(strata: Sequence[Array], statistic: Statistic, *, resamples: int = 10_000, seed: int = 0) -> Resampled:
    """A statistic of all strata's values together, drawn within each: it speaks of *these* strata only."""
    rng = generator(seed)
    sizes = [values.size for values in strata]
    estimate = float(statistic(np.concatenate(strata)[None, :])[0])
    draws = []
    for rows in _chunks(resamples, sum(sizes)):
        picked = [values[rng.integers(0, values.size, (rows, values.size), dtype=np.int32)] for values in strata]
        draws.append(statistic(np.concatenate(picked, axis=1)))
    return _gathered(estimate, np.concatenate(draws), "stratified bootstrap")


def _drawn(columns: Columns, statistic: Statistic, resamples: int, rng: np.random.Generator) -> Array:
    n, draws = columns[0].size, []
    for rows in _chunks(resamples, n):
        picked = rng.integers(0, n, (rows, n), dtype=np.int32)
        draws.append(statistic(*(column[picked] for column in columns)))
    return np.concatenate(draws)


def _observed(columns: Columns, statistic: Statistic) -> float:
    sizes = [column.size for column in columns]
    if not min(sizes) or min(sizes) < max(sizes):
        raise ValueError(f"columns of {', '.join(map(str, sizes))} rows cannot be drawn together")
    return float(statistic(*(column[None, :] for column in columns))[0])


def _gathered(estimate: float, draws: Array, unit: str = "bootstrap") -> Resampled:
    defined = draws[np.isfinite(draws)]
    return Resampled(estimate, defined, int(draws.size - defined.size), unit)


def _chunks(resamples: int, n: int) -> Iterator[int]:
    step = max(1, _CHUNK // max(n, 1))
    for start in range(0, resamples, step):
        yield min(step, resamples - start)
