"""Values far from the rest, by a yardstick that the far values themselves cannot stretch."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assay.analysis.sample import Array

THRESHOLD = 3.5
"""Modified z beyond which a value counts as an outlier (Iglewicz and Hoaglin)."""

_MEDIAN_TO_STD = 1.482602218505602
_MEAN_TO_STD = 1.2533141373155001
_ROUNDING = 1e-12


def modified_z(values: Sequence[float] | Array) -> Array:
    """Distances from the median in robust standard deviations, shape (n,), signed; NaN for a NaN.

    The yardstick is the median absolute deviation × 1.4826 or, where over half of the values are tied and it is 0,
    the mean absolute deviation × 1.2533, which far values do stretch: there a lone one shows from n = 5 on.
    Both come from the finite values; where these do not differ (beyond rounding) each scores 0. ±inf scores ±inf.
    Assumes one hump without much skew: right-skewed values such as durations are better given as logarithms.
    Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.
    """
    given = np.asarray(values, dtype=np.float64)
    if given.ndim != 1:
        raise ValueError(f"outliers are told within one list of values; these are of shape {given.shape}")
    scores = given.copy()
    finite = np.isfinite(given)
    if finite.any():
        scores[finite] = _scores(given[finite])
    return scores


def outliers(values: Sequence[float] | Array, threshold: float = THRESHOLD) -> npt.NDArray[np.bool_]:
    """Which values lie further than `threshold` modified z from the median, shape (n,); a NaN is never one.

    A plain |z| > 3 cannot fire for n ≤ 10, since |z| is at most (n − 1)/√n; this can from n = 3 on.
    """
    return np.asarray(np.abs(modified_z(values)) > threshold)


def _scores(values: Array) -> Array:
    deviations = values - np.median(values)
    sizes = np.abs(deviations)
    nothing = _ROUNDING * float(np.abs(values).max())
    for yardstick in (_MEDIAN_TO_STD * float(np.median(sizes)), _MEAN_TO_STD * float(sizes.mean())):
        if yardstick > nothing:
            return np.asarray(deviations / yardstick)
    return np.zeros_like(values)
