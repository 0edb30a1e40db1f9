"""Bootstrap laws of means as convolutions on a grid: exact for lattices, within .01 SE of any other data's law."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, comb, floor, pi, prod, sqrt

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from assay.analysis.bootstrap.law import Atoms, Smooth, atoms, smooth
from assay.analysis.bootstrap.outliers import Parted, parted
from assay.analysis.sample import Array, Groups, Moments, moments, varies

_WIDEST = 20_000
_DIVISORS = 12
_LONGEST = 1 << 20
_BLOCK = 1 << 20
_NEGLIGIBLE = 1e-15
_PROBES = 64
_FINEST_STEP = 0.004
_COARSE, _FINE = 48, 3200
_BLUR = 0.5
_DIED_OUT = 12.0
_AMPLITUDE = 1e-5
_SNAP = 1e-9
_MOST_RATIO = 1000
_NARROW = 1 / 64
_MOST_CLUMPS = 28
_LAGRANGE = (
    np.array([[0.0, -2.0, 3.0, -1.0], [6.0, -3.0, -6.0, 3.0], [0.0, 6.0, 3.0, -3.0], [0.0, -1.0, 0.0, 1.0]]) / 6.0
)
"""The weights of four points about a value, by the powers of how far beyond the second it stands."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A group on the grid: masses (negative ones too, where a value stands between points) from `first` on; n draws."""

    first: int
    masses: Array
    n: int

    @property
    def moments(self) -> tuple[float, float]:
        """Mean place and variance of one draw."""
        places = np.arange(self.masses.size)
        mean = float(self.masses @ places)
        return self.first + mean, max(float(self.masses @ (places - mean) ** 2), 0.0)

    def spectrum(self, centre: int, length: int) -> Array:
        """The Fourier transform of one draw about `centre`."""
        wrapped = np.bincount((np.arange(self.masses.size) + (self.first - centre)) % length, self.masses, length)
        return np.asarray(rfft(wrapped))


@dataclass(frozen=True, slots=True)
class _Summed:
    """The law of the sum of all draws on the grid, which lies about `drift`, counted from `total`."""

    total: int
    centres: tuple[int, ...]
    drift: int
    length: int
    spectrum: Array
    spread: float
    ends: tuple[int, int]

    @property
    def smooth(self) -> bool:
        """Whether nothing is finer than a normal law of this spread would show: no lattice, no lone value."""
        beyond = ceil(_DIED_OUT * self.length / (2.0 * pi * self.spread))
        return float(np.abs(self.spectrum[beyond:]).max(initial=0.0)) < _AMPLITUDE

    def without(self, parts: Parted, placed: Sequence[_Placed], far: Sequence[_Placed]) -> "_Summed":
        """What is left after the draws that `parts` tells: `placed` are the groups, `far` their far values."""
        most, terms = [max(ks) for ks in zip(*parts.drawn, strict=True)], list[list[Array]]()
        for one, out, centre, up_to in zip(placed, far, self.centres, most, strict=True):
            beyond = out.spectrum(centre, self.length)
            core = one.spectrum(centre, self.length) - beyond
            powers = [_power(core, one.n - up_to)]
            for _ in range(up_to):
                powers.append(powers[-1] * core)
            terms.append([float(comb(one.n, k)) * beyond**k * powers[up_to - k] for k in range(up_to + 1)])
        rest = self.spectrum.copy()
        for drawn in parts.drawn:
            rest -= prod(term[k] for term, k in zip(terms, drawn, strict=True))
        return replace(self, spectrum=rest)

    def weights(self, blur: float = 0.0) -> tuple[Array, Array]:
        """Places, in steps of one, and masses; `blur`: the sd, in steps, of a normal law that is added."""
        angles = 2.0 * pi / self.length * np.arange(self.spectrum.size)
        places = np.arange(self.length) + (self.drift - self.length // 2)
        masses = irfft(self.spectrum * np.exp(-0.5 * (blur * angles) ** 2), self.length)[places % self.length]
        kept = (np.abs(masses) > _NEGLIGIBLE) & (places >= self.ends[0]) & (places <= self.ends[1])
        return self.total + places[kept], masses[kept]


def lattice(groups: Groups) -> Atoms | None:
    """The exact law of the mean, or of mean(first) − mean(second), where values are whole steps apart.

    None where they are on no lattice, or on one too fine to matter. Shares of some examples are on one, and scores
    of few digits.
    """
    found = _latticed(_signed(groups), _sizes(groups), _error(tuple(moments(group) for group in groups)))
    return None if found is None else atoms(*found, "exact")


def gridded(groups: Groups, known: tuple[Moments, ...] | None = None) -> Atoms | Smooth:
    """The law of the mean, or of mean(first) − mean(second), of any data that vary.

    Every value is split over four grid points so that three moments are kept. The grid is some 1/100 to 1/500 of
    the standard error where the law is smooth, as its characteristic function tells, else 1/3200; where no value far
    out is drawn, or few, it is that of the others.
    """
    error = _error(known or tuple(moments(group) for group in groups))
    values, masses, even = _convolved(_signed(groups), _sizes(groups), error, _MOST_CLUMPS)
    return (smooth if even else atoms)(values, masses, "convolution")


def _latticed(signed: Groups, draws: tuple[int, ...], error: float) -> tuple[Array, Array] | None:
    """Values and masses of the sum of means of so many draws."""
    steps = []
    for values in signed:
        distinct = _repeating(values)
        step = None if distinct is None else _step(distinct)
        if distinct is None or step is None:
            return None
        steps.append((distinct, step))
    common = _common([step / n for (_, step), n in zip(steps, draws, strict=True) if step])
    if common is None or common < _FINEST_STEP * error:
        return None
    placed, base = [], 0.0
    for (distinct, step), values, n in zip(steps, signed, draws, strict=True):
        counts = np.bincount(np.searchsorted(distinct, values, "right") - 1, minlength=distinct.size)
        whole = round(step / n / common) if step else 1
        places = np.rint((distinct - distinct[0]) / (step or 1.0)).astype(np.int64) * whole
        if int(places[-1]) > _LONGEST:
            return None
        placed.append(_Placed(0, np.bincount(places, counts / values.size).astype(np.float64), n))
        base += float(distinct[0])
    found = _summed(placed)
    if found is None:
        return None
    totals, weights = found.weights()
    return base + totals * common, weights


def _convolved(signed: Groups, draws: tuple[int, ...], error: float, budget: int) -> tuple[Array, Array, bool]:
    """Values, masses, and whether these lie evenly about the values."""
    n = sum(draws)
    # Splitting n values over points that are too far apart would silence the echo of lumps as well.
    coarse = ceil(max(_COARSE * n**0.25, 2.0 * sqrt(n)))
    for fineness in (coarse, max(_FINE, coarse)):
        step = error / fineness
        # Where values are few or in lumps, most then need no splitting.
        anchors = [float(v.mean() if fineness < _FINE else np.median(v)) for v in signed]
        placed = [_split(v, a, step, m) for v, a, m in zip(signed, anchors, draws, strict=True)]
        found = _summed(placed)
        if found and found.smooth:
            totals, weights = found.weights()
            return sum(anchors) + step * totals, weights, True
    if found is None:
        raise AssertionError  # no value lies farther out than one standard error of the sum
    values, masses = list[Array](), list[Array]()
    parts = parted(signed, draws, _NARROW * error, budget)
    if parts:
        # Blur and steps are small beside the law, but not beside what it is where no far value is drawn.
        far = [
            _split(v, a, step, m, whole.size) for v, a, m, whole in zip(parts.far, anchors, draws, signed, strict=True)
        ]
        found = found.without(parts, placed, far)
        for drawn in parts.drawn:
            shifts, shares = parts.shifts(drawn)
            own, weights = _core(parts, drawn)
            values.append(np.add.outer(shifts, own).ravel())
            masses.append(np.multiply.outer(shares, weights).ravel())
    # Splitting rings about a lone value: that is blurred away, over less than .003 standard errors up to n = 50,000.
    totals, weights = found.weights(_BLUR * n**0.25)
    return np.concatenate([*values, sum(anchors) + step * totals]), np.concatenate([*masses, weights]), False


def _core(parts: Parted, drawn: tuple[int, ...]) -> tuple[Array, Array]:
    """Values and masses of what the cores add to the sum of means, on a lattice or grid of their own."""
    draws = tuple(n - k for n, k in zip(parts.draws, drawn, strict=True))
    cores = tuple(v * (m / n) if m < n else v for v, m, n in zip(parts.cores, draws, parts.draws, strict=True))
    if not any(map(varies, cores)):
        return np.array([sum(float(np.median(v)) for v in cores)]), np.ones(1)
    error = sqrt(sum(moments(v).variance / m for v, m in zip(cores, draws, strict=True)))
    values, masses = _latticed(cores, draws, error) or _convolved(cores, draws, error, 1)[:2]
    return values, masses / masses.sum()


def _summed(placed: Sequence[_Placed]) -> _Summed | None:
    """The sum of every group's draws; None when the grid would be too long."""
    known = [one.moments for one in placed]
    centres = [round(mean) for mean, _ in known]
    ends = [(one.first - c, one.first + one.masses.size - 1 - c) for one, c in zip(placed, centres, strict=True)]
    spread = sqrt(sum(one.n * variance for one, (_, variance) in zip(placed, known, strict=True)))
    jump = max(max(-low, high) for low, high in ends)
    # Bernstein's inequality leaves less than 1e-12 outside.
    half = ceil(8.0 * spread + 12.0 * jump)
    half = min(half, sum(one.n * (high - low) for one, (low, high) in zip(placed, ends, strict=True))) + 1
    if 2 * half + 1 > _LONGEST:
        return None
    length = next_fast_len(2 * half + 1, real=True)
    drift = sum(one.n * (mean - c) for one, (mean, _), c in zip(placed, known, centres, strict=True))
    spectrum = np.ones(length // 2 + 1, dtype=np.complex128)
    for one, centre in zip(placed, centres, strict=True):
        spectrum *= _power(one.spectrum(centre, length), one.n)
    limits = [sum(one.n * end for one, end in zip(placed, side, strict=True)) for side in zip(*ends, strict=True)]
    total = sum(one.n * c for one, c in zip(placed, centres, strict=True))
    return _Summed(total, tuple(centres), round(drift), length, spectrum, spread, (limits[0], limits[1]))


def _power(spectrum: Array, n: int) -> Array:
    """To the power of n, only where something is left of it."""
    size = np.abs(spectrum)
    kept = np.flatnonzero(size > _NEGLIGIBLE ** (1.0 / n))
    raised = np.zeros_like(spectrum)
    raised[kept] = spectrum[kept] ** n
    return raised


def _split(values: Array, anchor: float, step: float, n: int, size: int = 0) -> _Placed:
    """Lagrange's cubic weights: they keep mean, variance and third moment of every value, and no frequency grows.

    Each value has a mass of 1 / `size`, by default their number.
    """
    if not values.size:
        return _Placed(0, np.zeros(1), n)
    step *= n
    first = floor((float(values.min()) - anchor) / step) - 2
    length = floor((float(values.max()) - anchor) / step) + 4 - first
    powers = np.zeros((4, length))
    for start in range(0, values.size, _BLOCK):
        places = (values[start : start + _BLOCK] - anchor) / step
        # What stands on a point but for rounding stays whole.
        below = np.floor(places + _SNAP)
        share = places - below
        at = (below - first).astype(np.int64)
        square = share * share
        powers += [np.bincount(at, weights, length) for weights in (None, share, square, square * share)]
    masses = _LAGRANGE @ (powers / (size or values.size))
    spread = masses[1]
    spread[:-1] += masses[0, 1:]
    spread[1:] += masses[2, :-1]
    spread[2:] += masses[3, :-2]
    return _Placed(first, spread, n)


def _signed(groups: Groups) -> Groups:
    return (groups[0], *(-group for group in groups[1:]))


def _sizes(groups: Groups) -> tuple[int, ...]:
    return tuple(group.size for group in groups)


def _error(known: tuple[Moments, ...]) -> float:
    return sqrt(sum(m.variance / m.n for m in known))


def _repeating(values: Array) -> Array | None:
    """The distinct values, None where a few probes already show that hardly any repeat."""
    probe = values[:: max(1, values.size // _PROBES)]
    if values.size > _PROBES and np.unique(probe).size > 0.9 * probe.size:
        return None
    return np.unique(values)


def _step(distinct: Array) -> float | None:
    """The lattice's step, 0 for one value; None when the values are on none that is coarse enough."""
    gaps = np.diff(distinct)
    if not gaps.size:
        return 0.0
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


def _common(steps: Sequence[float]) -> float | None:
    """The largest step that divides all of them; None when none does that is coarse enough."""
    found = steps[0]
    for step in steps[1:]:
        ratio = Fraction(step / found).limit_denominator(_MOST_RATIO)
        if not ratio or abs(step / found / float(ratio) - 1.0) > _SNAP:
            return None
        found = step / ratio.numerator
    return found
