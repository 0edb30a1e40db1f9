"""How near the bootstrap without resampling comes to the true endpoints: `python -m benchmarks.exactness [TIMES]`.

True is a list of all resamples, or a convolution on a grid of 1/50,000 standard errors that splits values otherwise
than the package does; `long_resampling` is for who trusts neither.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from benchmarks.hostile import samples
from benchmarks.tables import Cell, Table
from scipy.fft import irfft, next_fast_len, rfft
from scipy.special import ndtr, ndtri

from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.intervals import acceleration, by_law
from assay.analysis.sample import Array, Groups, generator, varies
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Method

SIZES = (9, 12, 20, 60, 200, 1000, 10_000, 100_000)
LEVELS = (0.9, 0.95, 0.99)
METHODS = (Method.PERCENTILE, Method.BASIC, Method.BCA)
FINENESS = 50_000
RESAMPLES = 500_000
_NEGLIGIBLE = 1e-15
# Well within what 500,000 resamples leave open: probabilities, besides .2 % of each, and the bias that BCa reads.
_OPEN, _OPEN_BIAS = 2e-6, 0.004


@dataclass(frozen=True, slots=True)
class Found:
    """Worst distance of an end from the true one, in standard errors, over the levels."""

    shape: str
    sizes: tuple[int, ...]
    name: str
    method: Method
    computed: float


@dataclass(frozen=True, slots=True)
class Reference:
    """A bootstrap law by linear splitting on a fine grid."""

    values: Array
    below: Array
    above: Array
    centre: float
    error: float

    def low(self, probability: float) -> float:
        """The quantile."""
        return float(self.values[min(int(np.searchsorted(self.below, probability)), self.values.size - 1)])

    def high(self, probability: float) -> float:
        """The quantile from the right."""
        return float(self.values[max(int(np.searchsorted(-self.above, -probability, "right")) - 1, 0)])

    def bias(self) -> float:
        """BCa's z₀; what lies within .001 standard errors of the estimate counts half."""
        ends = self.centre + 1e-3 * self.error * np.array([-1.0, 1.0])
        return float(ndtri(self.below[np.searchsorted(self.values, ends) - 1].mean()))


def reference(groups: Groups, fineness: int = FINENESS) -> Reference:
    """The law of the mean, or of mean(first) − mean(second)."""
    signed = (groups[0], *(-group for group in groups[1:]))
    error = float(np.sqrt(sum(group.var() / group.size for group in signed)))
    step = error / fineness
    jump = max(float(np.abs(group - group.mean()).max()) / group.size for group in signed) / error
    length = next_fast_len(int((16.0 + 24.0 * jump) * fineness) + 4, real=True)
    spectrum = np.ones(length // 2 + 1, dtype=np.complex128)
    anchors = [float(np.median(group)) for group in signed]
    for group, anchor in zip(signed, anchors, strict=True):
        place = (group - anchor) / (group.size * step)
        floor = np.floor(place + 1e-9)
        share, at = place - floor, floor.astype(np.int64)
        masses = np.bincount(at % length, 1.0 - share, length) + np.bincount((at + 1) % length, share, length)
        one = rfft(masses / group.size)
        kept = np.abs(one) > _NEGLIGIBLE ** (1.0 / group.size)
        spectrum *= np.where(kept, one, 0.0) ** group.size
    drift = sum(float(g.mean()) - a for g, a in zip(signed, anchors, strict=True)) / step
    places = np.arange(length) + (round(drift) - length // 2)
    masses = irfft(spectrum, length)[places % length]
    masses[np.abs(masses) < _NEGLIGIBLE] = 0.0
    below = np.maximum.accumulate(np.cumsum(masses))
    above = np.maximum.accumulate(np.cumsum(masses[::-1]))[::-1]
    centre = sum(float(group.mean()) for group in signed)
    return Reference(sum(anchors) + step * places, below, above, centre, error)


def errors(seed: int, sizes: tuple[int, ...], times: int = 1, fineness: int = FINENESS) -> Iterator[Found]:
    """Every method on every sample of the hostile family whose law is not listed: lists need no reference."""
    for shape, groups in samples(seed, sizes, times):
        known = law(groups) if any(varies(group) for group in groups) else None
        if known is None or known.name == "exact":
            continue
        true, own = reference(groups, fineness), tuple(group.size for group in groups)
        for method in METHODS:
            made = by_law(groups, known, method)
            far = max(_distance(true, groups, method, made.interval(level)) for level in LEVELS)
            yield Found(shape, own, known.name, method, far)


def _distance(true: Reference, groups: Groups, method: Method, found: Interval) -> float:
    """In standard errors, from the nearest value that is the quantile at a probability within what is left open."""
    share = (1.0 - found.level) / 2
    low, high = found.low, found.high
    open_low = open_high = (share, share)
    if method is Method.BASIC:
        low, high = 2.0 * true.centre - high, 2.0 * true.centre - low
    if method is Method.BCA:
        bias, curve = true.bias(), acceleration(groups)
        off = (-_OPEN_BIAS, _OPEN_BIAS)
        open_low, open_high = (
            (_moved(share, sign * bias + off[0], sign * curve), _moved(share, sign * bias + off[1], sign * curve))
            for sign in (1.0, -1.0)
        )
    first, last = (true.low(p) for p in _widened(open_low))
    least, most = (true.high(p) for p in reversed(_widened(open_high)))
    return max(first - low, low - last, least - high, high - most, 0.0) / true.error


def _moved(share: float, bias: float, curve: float) -> float:
    moved = bias + float(ndtri(share))
    return float(moved > 0.0) if curve * moved >= 1.0 else float(ndtr(bias + moved / (1.0 - curve * moved)))


def _widened(between: tuple[float, float]) -> tuple[float, float]:
    return max(0.998 * between[0] - _OPEN, 1e-12), min(1.002 * between[1] + _OPEN, 1.0)


def long_resampling(groups: Groups, resamples: int = RESAMPLES) -> Array:
    """Means, or differences of means, of so many real resamples."""
    rng, total = generator(0), np.zeros(resamples)
    for sign, values in zip((1.0, -1.0), groups, strict=False):
        step = max(1, 4_000_000 // values.size)
        for start in range(0, resamples, step):
            rows = min(step, resamples - start)
            picked = rng.integers(0, values.size, (rows, values.size), dtype=np.int32)
            total[start : start + rows] += sign * values[picked].mean(axis=1)
    return total


def endpoints(times: int = 2) -> Table:
    """Worst distance of an end from the true one, in standard errors, by method and law."""
    found = list(errors(1, SIZES, times))
    rows = list[list[Cell]]()
    for method in METHODS:
        for name in sorted({one.name for one in found}):
            these = [one for one in found if (one.method, one.name) == (method, name)]
            worst = max(these, key=lambda one: one.computed)
            sizes = " and ".join(f"{n:,}" for n in worst.sizes)
            rows.append([str(method), name, len(these), f"{worst.computed:.4f} SE", f"{worst.shape}, {sizes}"])
    return Table(["method", "computed as", "samples", "worst endpoint error", "there"], rows, 0)


if __name__ == "__main__":
    sys.stdout.write(endpoints(int(sys.argv[1]) if sys.argv[1:] else 2).markdown() + "\n")
