"""How near the bootstrap without resampling comes to the true endpoints, and 10,000 resamples beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import factorial

import numpy as np
from benchmarks.coverage import near_ceiling
from benchmarks.tables import Cell, Table
from scipy.special import gamma

from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.convolution import quantised
from assay.analysis.sample import Array, generator

SIZES = (5, 9, 12, 20, 60, 1000, 100_000)
SAMPLES, FEW_SAMPLES = 20, 3
RESAMPLES = 10_000
LONG = 1_000_000
LISTED_UP_TO = 12
DRAWN_UP_TO = 1000
TAILS = (0.025, 0.975)

SHAPES: dict[str, Callable[[np.random.Generator, int], Array]] = {
    "normal": lambda rng, n: rng.normal(size=n),
    "exponential": lambda rng, n: rng.exponential(size=n),
    "near a ceiling": near_ceiling,
    "heavy tails (t, 3 df)": lambda rng, n: rng.standard_t(3, n),
}


@dataclass(frozen=True, slots=True)
class Errors:
    """Of one sample's endpoints, in standard errors: the computed ones, and those of 10,000 resamples."""

    name: str
    computed: float
    drawn: float


def endpoints() -> Table:
    """Worst distance of a 95 % percentile endpoint from the true one, in standard errors, by n and law."""
    rows = list[list[Cell]]()
    for n in SIZES:
        rng = generator(n)
        times = SAMPLES if n < SIZES[-1] else FEW_SAMPLES
        found = [_errors(draw(rng, n), rng) for draw in SHAPES.values() for _ in range(times)]
        for name in sorted({one.name for one in found}):
            these = [one for one in found if one.name == name]
            apart = f"{max(one.drawn for one in these):.3f} SE" if n <= DRAWN_UP_TO else None
            rows.append([f"{n:,}", name, len(these), f"{max(one.computed for one in these):.4f} SE", apart])
    return Table(["n", "computed as", "samples", "worst endpoint error", "that of 10,000 resamples"], rows, 0)


def _errors(values: Array, rng: np.random.Generator) -> Errors:
    known, unit = law((values,)), float(values.std()) / values.size**0.5
    true = _true(values, known.name)
    ends = np.array([known.lower(TAILS[0]), known.upper(1.0 - TAILS[1])])
    drawn = np.quantile(_means(values, RESAMPLES, rng), TAILS) if values.size <= DRAWN_UP_TO else true
    computed, apart = (float(np.abs(found - true).max() / unit) for found in (ends, drawn))
    return Errors(known.name, computed, apart)


def _true(values: Array, name: str) -> Array:
    """From all resamples up to twelve values; else by convolution, or long resampling where that is the law itself."""
    if values.size <= LISTED_UP_TO:
        return np.array([_quantile(values, tail) for tail in TAILS])
    if name == "convolution":
        return np.asarray(np.quantile(_means(values, LONG, generator(0)), TAILS))
    summed = quantised(values)
    return np.array([summed.lower(TAILS[0]), summed.upper(1.0 - TAILS[1])])


def _quantile(values: Array, probability: float) -> float:
    """By bisection: a resample's sum is the sum of two parts, whose laws are short enough to list."""
    (one, masses), (two, others) = (_sums(values, n) for n in (values.size // 2, values.size - values.size // 2))
    order = np.argsort(two)
    two, below = two[order], np.concatenate(([0.0], np.cumsum(others[order])))
    low, high = values.size * float(values.min()), values.size * float(values.max())
    for _ in range(60):
        middle = (low + high) / 2
        reached = float(masses @ below[np.searchsorted(two, middle - one, "right")])
        low, high = (middle, high) if reached < probability - 1e-12 else (low, middle)
    return high / values.size


def _sums(values: Array, draws: int) -> tuple[Array, Array]:
    """The sum of every multiset of so many of the values, and its probability."""
    counts, masses = _multisets(values.size, draws)
    return counts @ values, masses


@lru_cache
def _multisets(n: int, draws: int) -> tuple[Array, Array]:
    """How often each value is in each multiset, and the multisets' probabilities."""
    counts = np.array([np.bincount(p, minlength=n) for p in combinations_with_replacement(range(n), draws)])
    ways = factorial(draws) / gamma(counts + 1.0).prod(axis=1)
    return counts.astype(np.float64), ways / float(n) ** draws


def _means(values: Array, resamples: int, rng: np.random.Generator) -> Array:
    step = max(1, 2_000_000 // values.size)
    sizes = [min(step, resamples - start) for start in range(0, resamples, step)]
    return np.concatenate(
        [values[rng.integers(0, values.size, (s, values.size), dtype=np.int32)].mean(axis=1) for s in sizes]
    )
