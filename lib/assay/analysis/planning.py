"""How many replicates an effect needs, and what a given number of replicates can show at all."""

from collections.abc import Callable
from functools import lru_cache
from math import ceil, comb, sqrt

import numpy as np
from scipy.special import chdtri, nctdtr, ndtr, stdtrit

_MOST = 1_000_000
_POWER = 0.8


def power(n: float, effect: float, *, level: float = 0.95, paired: bool = True) -> float:
    """Chance that a two-sided t test shows a true difference of `effect` sd.

    Paired: n pairs, and the sd is that of the paired differences. Unpaired: n replicates per side, equal
    spread. `n` may be fractional. Assumes normal scores.
    """
    freedom = n - 1.0 if paired else 2.0 * (n - 1.0)
    if freedom <= 0.0:
        return 0.0
    offset = abs(effect) * sqrt(n if paired else n / 2.0)
    critical = float(stdtrit(freedom, 0.5 + level / 2))
    return min(1.0, max(0.0, 1.0 - noncentral_t(critical, freedom, offset) + noncentral_t(-critical, freedom, offset)))


def sufficient(effect: float, *, power_wanted: float = 0.8, level: float = 0.95, paired: bool = True) -> float:
    """The n, fractional, at which `power` reaches what is wanted; infinite when a million would not do."""
    if effect == 0.0 or power(_MOST, effect, level=level, paired=paired) < power_wanted:
        return float("inf")
    return _rising_root(lambda n: power(n, effect, level=level, paired=paired), power_wanted, 1.0 + 1e-9, _MOST)


def needed(effect: float, *, power_wanted: float = 0.8, level: float = 0.95, paired: bool = True) -> int | None:
    """Whole replicates per side (or pairs) to show `effect` sd; at least 2, None when a million would not do."""
    n = sufficient(effect, power_wanted=power_wanted, level=level, paired=paired)
    return None if n == float("inf") else max(2, ceil(n - 1e-9))


def detectable(n: int, *, power_wanted: float = 0.8, level: float = 0.95, paired: bool = True) -> float | None:
    """The smallest difference, in sd, that n replicates per side (or pairs) show with this power; None below 2."""
    if n < 2:
        return None
    return _rising_root(lambda d: power(n, d, level=level, paired=paired), power_wanted, 0.0, 1e4)


def upper_std(std: float, n: int, confidence: float = 0.8) -> float:
    """An upper limit of the true sd, seen `std` (ddof 1) in n replicates: plan with it, not with the sd itself."""
    return std * sqrt((n - 1) / float(chdtri(n - 1, confidence)))


def needed_for(
    smallest_effect: float,
    std: float,
    n: int,
    *,
    power_wanted: float = 0.8,
    level: float = 0.95,
    paired: bool = True,
) -> int | None:
    """Replicates to see `smallest_effect` (metric's unit), the spread `std` having been seen in n replicates.

    Plans with the upper 80 % limit of the sd, never with observed power. None when a million would not do, or
    when nothing varied and there is no spread to plan with.
    """
    if n < 2 or not std > 0.0:
        return None
    return needed(smallest_effect / upper_std(std, n), power_wanted=power_wanted, level=level, paired=paired)


def kept(
    margin: float, gain: float, n: float, std: float, *, level: float = 0.95, paired: bool = True, both: bool = False
) -> float:
    """Chance to show that a true `gain` lies above −margin, and below it too where it is to be the same (`both`).

    Margin, gain and std in one unit. Shown is what the two-sided interval at `level` says; assumes normal scores.
    """
    lower = _one_sided(n, (margin + gain) / std, level, paired=paired)
    return max(0.0, lower + _one_sided(n, (margin - gain) / std, level, paired=paired) - 1.0) if both else lower


def needed_to_keep(
    margin: float, gain: float, std: float, n: int, *, level: float = 0.95, paired: bool = True, both: bool = False
) -> int | None:
    """Replicates to show it with 80 % power, `std` having been seen in n; None when a million would not do.

    Plans with the upper 80 % limit of the sd.
    """
    if n < 2 or not std > 0.0 or margin + gain <= 0.0 or (both and margin - gain <= 0.0):
        return None
    upper = upper_std(std, n)

    def chance(size: float) -> float:
        return kept(margin, gain, size, upper, level=level, paired=paired, both=both)

    if chance(_MOST) < _POWER:
        return None
    return max(2, ceil(_rising_root(chance, _POWER, 1.0 + 1e-9, _MOST) - 1e-9))


def _one_sided(n: float, effect: float, level: float, *, paired: bool) -> float:
    freedom = n - 1.0 if paired else 2.0 * (n - 1.0)
    if freedom <= 0.0 or effect <= 0.0:
        return 0.0
    offset = effect * sqrt(n if paired else n / 2.0)
    return min(1.0, max(0.0, 1.0 - noncentral_t(float(stdtrit(freedom, 0.5 + level / 2)), freedom, offset)))


def fewest_for_permutation(*, level: float = 0.95, comparisons: int = 1, paired: bool = True) -> int:
    """Fewest pairs (or replicates per side) at which a permutation test can reach 1 − level after correction."""
    alpha = round(1.0 - level, 12)
    n = 2
    while comparisons * (2.0 / 2.0**n if paired else 2.0 / comb(2 * n, n)) >= alpha:
        n += 1
    return n


def optimism(variants: int, n: int) -> float:
    """How much too good, in sd of one run, the best of `variants` equal means of n replicates looks on average."""
    if variants < 2:
        return 0.0
    z, step = np.linspace(-9.0, 9.0, 1801, retstep=True)
    density = variants * np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi) * ndtr(z) ** (variants - 1)
    expected = float(np.sum(z * density) * step)
    return expected / sqrt(n)


def noncentral_t(t: float, freedom: float, offset: float) -> float:
    """P(T ≤ t) of the noncentral t; scipy answers NaN in some tails, then by integration."""
    found = float(nctdtr(freedom, offset, t))
    return found if np.isfinite(found) else noncentral_t_by_integration(t, freedom, offset)


def noncentral_t_by_integration(t: float, freedom: float, offset: float) -> float:
    """The same, by Gauss–Legendre over the scale of the denominator: right to about 5e-5."""
    nodes, weights = _nodes()
    scale = np.sqrt(chdtri(freedom, 1.0 - nodes) / freedom)
    return float(np.sum(weights * ndtr(t * scale - offset)))


@lru_cache(maxsize=1)
def _nodes() -> tuple[np.ndarray, np.ndarray]:
    """Gauss–Legendre on (0, 1)."""
    nodes, weights = np.polynomial.legendre.leggauss(200)
    return (nodes + 1.0) / 2.0, weights / 2.0


def _rising_root(rising: Callable[[float], float], target: float, low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return high
