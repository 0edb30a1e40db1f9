"""Bootstrap laws of a mean as n-fold convolutions on a grid: exact for lattices, within .01 SE for any sample."""

from math import ceil, sqrt

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from assay.analysis.bootstrap.law import Atoms, atoms
from assay.analysis.sample import Array, Moments, moments

_WIDEST = 20_000
_DIVISORS = 12
_LONGEST = 1 << 20
_LENGTH = 1 << 14
_FINEST = 128
_COARSEST = 32
_NEGLIGIBLE = 1e-15
_PROBES = 64
_FINE = 0.004


def lattice(values: Array) -> Atoms | None:
    """The law where few values repeat: exact where all are whole steps apart, as shares of some examples are.

    None where values hardly repeat, or on a lattice too fine to matter.
    """
    if _distinct(values[:: max(1, values.size // _PROBES)]):
        return None
    distinct, counts = np.unique(values, return_counts=True)
    if 2 * distinct.size > values.size:
        return None
    step = _step(distinct)
    if step is None:
        return quantised(values)
    if step < _FINE * float(values.std()) * sqrt(values.size):
        return None
    places = np.rint((distinct - distinct[0]) / step).astype(np.int64)
    masses = np.zeros(int(places[-1]) + 1)
    masses[places] = counts / values.size
    found = _summed(masses, values.size)
    if found is None:
        return None
    totals, weights = found
    return atoms(float(distinct[0]) + totals * (step / values.size), weights, "exact")


def quantised(values: Array) -> Atoms:
    """The law with every value split between two grid points so that its mean is kept; any data that vary.

    The grid is 1/128 of the sd, coarser for large samples; the spread that splitting adds is taken out again.
    """
    known = moments(values)
    step = _grid_step(values, known)
    anchor = _anchor(values, known)
    position = (values - anchor) / step
    floor = np.floor(position)
    share = position - floor
    first = int(floor.min())
    places = (floor - first).astype(np.int64)
    length = int(places.max()) + 2
    masses = np.bincount(places, 1.0 - share, length) + np.bincount(places + 1, share, length)
    added = step * step * float((share * (1.0 - share)).mean())
    found = _summed(masses / values.size, values.size)
    if found is None:
        raise AssertionError  # the grid is chosen to fit
    totals, weights = found
    law = atoms(anchor + step * (first + totals / values.size), weights, "convolution", step / values.size)
    return law.stretched(known.mean, sqrt(known.variance / (known.variance + added)))


def difference(first: Atoms, second: Atoms, fineness: int = 1000) -> Atoms:
    """The law of X − Y, independent, on a grid of 1/fineness of its sd."""
    spread = sqrt(_variance(first) + _variance(second))
    step = spread / fineness
    a, b = _gridded(first, step), _gridded(second, step)
    length = next_fast_len(a[1].size + b[1].size - 1, real=True)
    masses = irfft(rfft(a[1], length) * rfft(b[1][::-1], length), length)[: a[1].size + b[1].size - 1]
    places = a[0] - (b[0] + b[1].size - 1) + np.arange(masses.size)
    kept = masses > _NEGLIGIBLE
    return atoms(step * places[kept], masses[kept], "convolution", 1.5 * step)


def _gridded(law: Atoms, step: float) -> tuple[int, Array]:
    """First grid index and masses, every atom split so that its mean is kept."""
    masses = law.masses()
    kept = masses > _NEGLIGIBLE
    position = law.values[kept] / step
    nearest = np.rint(position)
    position = np.where(np.abs(position - nearest) < 1e-6, nearest, position)
    floor = np.floor(position)
    share = position - floor
    first = int(floor.min())
    places = (floor - first).astype(np.int64)
    length = int(places.max()) + 2
    weights = masses[kept]
    split = np.bincount(places, weights * (1.0 - share), length) + np.bincount(places + 1, weights * share, length)
    return first, np.asarray(split, dtype=np.float64)


def _summed(masses: Array, n: int) -> tuple[Array, Array] | None:
    """Atoms of the sum of n draws from `masses` on 0, 1, 2 …; None when the grid would be too long."""
    places = np.arange(masses.size)
    mean = float(masses @ places)
    deviations = places - mean
    spread = sqrt(float(masses @ (deviations * deviations)) * n)
    jump = max(mean, masses.size - 1 - mean)
    half = min(ceil(9.5 * spread + 12.0 * jump), n * (masses.size - 1)) + 1
    if 2 * half + 1 > _LONGEST:
        return None
    length = next_fast_len(2 * half + 1, real=True)
    centre = round(mean)
    wrapped = np.bincount((places - centre) % length, masses, length)
    summed = irfft(rfft(wrapped) ** n, length)
    start = round(n * (mean - centre)) - length // 2
    totals = start + np.arange(length)
    weights = summed[totals % length]
    kept = (weights > _NEGLIGIBLE) & (totals >= -n * centre) & (totals <= n * (masses.size - 1 - centre))
    return n * centre + totals[kept].astype(np.float64), weights[kept]


def _step(distinct: Array) -> float | None:
    """The lattice's step, None when the values are on none that is coarse enough."""
    gaps = np.diff(distinct)
    if not gaps.size:
        return None
    span, smallest = float(distinct[-1] - distinct[0]), float(gaps.min())
    for divisor in range(1, _DIVISORS + 1):
        step = smallest / divisor
        if span / step > _WIDEST:
            return None
        positions = (distinct - distinct[0]) / step
        if float(np.abs(positions - np.rint(positions)).max()) < 1e-6:
            # The span in whole steps gives the step with more digits than one gap does.
            return span / round(span / step)
    return None


def _distinct(probe: Array) -> bool:
    """Whether a few probed values already show that hardly any repeat."""
    return probe.size >= _PROBES and np.unique(probe).size > 0.9 * probe.size


def _grid_step(values: Array, known: Moments) -> float:
    std = sqrt(known.variance)
    reach = 19.0 * sqrt(known.n) + 24.0 * float(np.abs(values - known.mean).max()) / std
    return std / min(_FINEST, max(_COARSEST, _LENGTH / reach), 0.9 * _LONGEST / reach)


def _anchor(values: Array, known: Moments) -> float:
    """The mean without the farthest value: where one value dominates, the others then need no splitting."""
    if known.n < 3:
        return known.mean
    farthest = float(values[int(np.abs(values - known.mean).argmax())])
    return known.mean + (known.mean - farthest) / (known.n - 1)


def _variance(law: Atoms) -> float:
    masses = law.masses()
    mean = float(masses @ law.values)
    return float(masses @ (law.values - mean) ** 2)
