"""Arrays of scores: ordering, moments, spread, and the generator that every random step uses."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Groups = tuple[Array, ...]
"""One array (a sample, or paired differences) or two (the statistic is mean of the first − mean of the second)."""

_SMALLEST = 1e-60
_ROUNDING = 1e-12
_PROBES = 1024
_BLOCK = 8192
_FAR = 1e2


@dataclass(frozen=True, slots=True)
class Moments:
    """Of one array: `variance` has ddof 0, `skew` is m₃/m₂^1.5, `excess` the excess kurtosis; 0 without spread."""

    n: int
    mean: float
    variance: float
    skew: float
    excess: float

    @property
    def std(self) -> float:
        """Standard deviation with ddof 1; needs n ≥ 2."""
        return float(np.sqrt(self.variance * self.n / (self.n - 1)))


def generator(seed: int) -> np.random.Generator:
    """A generator that depends on `seed` alone."""
    return np.random.Generator(np.random.SFC64(seed))


def ascending(values: Iterable[float]) -> Array:
    """The values sorted, so that no result depends on the order of runs."""
    return np.sort(np.fromiter(values, dtype=np.float64))


def rounding(size: Array | float) -> Array | float:
    """What numbers of this size may differ by where they are equal."""
    return np.maximum(_ROUNDING * size, _SMALLEST)


def varies(values: Array, scale: float | None = None) -> bool:
    """Whether the values differ by more than rounding; `scale`: the size of the numbers they came from."""
    if values.size < 2:
        return False
    low, high = float(values.min()), float(values.max())
    size = max(abs(low), abs(high)) if scale is None else scale
    return bool(high - low > rounding(size))


def standard_error(groups: Groups) -> float:
    """Of the mean, or of mean(first) − mean(second), as resampling has it: from variances with ddof 0."""
    return float(np.sqrt(sum(float(group.var()) / group.size for group in groups)))


def moments(values: Array) -> Moments:
    """Central moments in one pass over cache-sized blocks; needs n ≥ 1.

    Powers are summed about a point near the mean, so that a large mean costs no digits.
    """
    near = float(values[:: max(1, values.size // _PROBES)].mean())
    found = _about(values, near)
    far = (found.mean - near) ** 2 > _FAR * found.variance
    return _about(values, found.mean) if far else found


def _about(values: Array, near: float) -> Moments:
    n = values.size
    ones, deviations, squares = np.ones(min(n, _BLOCK)), np.empty(min(n, _BLOCK)), np.empty(min(n, _BLOCK))
    sums = np.zeros(4)
    for start in range(0, n, _BLOCK):
        block = values[start : start + _BLOCK]
        d, q = deviations[: block.size], squares[: block.size]
        np.subtract(block, near, out=d)
        np.multiply(d, d, out=q)
        sums += (d @ ones[: block.size], d @ d, q @ d, q @ q)
    shift, second, third, fourth = (sums / n).tolist()
    variance = second - shift * shift
    if not variance > 0.0:
        return Moments(n, near + shift, 0.0, 0.0, 0.0)
    central_third = third - 3.0 * shift * second + 2.0 * shift**3
    central_fourth = fourth - 4.0 * shift * third + 6.0 * shift**2 * second - 3.0 * shift**4
    scale = variance**0.5
    return Moments(
        n, near + shift, variance, central_third / variance / scale, central_fourth / variance / variance - 3.0
    )
