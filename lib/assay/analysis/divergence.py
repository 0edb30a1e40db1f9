"""How far one distribution over the same categories is from another."""

from collections.abc import Sequence

import numpy as np

from assay.analysis.sample import Array

_ROUNDING = 1e-9


def kl(p: Sequence[float] | Array, q: Sequence[float] | Array) -> float:
    """Kullback–Leibler divergence of `p` from the reference `q`, in nats: Σ p · ln(p / q); ≥ 0, not symmetric.

    Both are shares of the same categories in the same order, each summing to 1 (counts are refused: divide first).
    A category that `p` lacks adds nothing, whatever `q` says; one that only `p` has makes the answer infinite.
    With shares of small samples it is biased upwards and often infinite: not to be trusted there.
    ValueError for unequal lengths, and for what is no distribution. Source: Kullback and Leibler, 1951.
    """
    ours, theirs = _shares(p), _shares(q)
    if ours.size != theirs.size:
        raise ValueError(f"{ours.size} shares cannot be compared with {theirs.size}: both need the same categories")
    there = ours > 0.0
    ours, theirs = ours[there], theirs[there]
    if not theirs.all():
        return float("inf")
    # Logarithms are subtracted, since the ratio of a share to a tiny one overflows.
    return max(0.0, float(ours @ (np.log(ours) - np.log(theirs))))


def _shares(values: Sequence[float] | Array) -> Array:
    shares = np.asarray(values, dtype=np.float64)
    if shares.ndim != 1 or not np.isfinite(shares).all() or (shares < 0.0).any():
        raise ValueError("shares must be one list of numbers that are finite and not negative")
    if abs(float(shares.sum()) - 1.0) > _ROUNDING:
        raise ValueError(f"the shares sum to {float(shares.sum()):.6g}; they must sum to 1")
    return shares
