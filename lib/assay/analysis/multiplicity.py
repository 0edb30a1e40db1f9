"""Corrections of p values for several comparisons made at once."""

from collections.abc import Sequence

import numpy as np

from assay.analysis.sample import Array


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Holm's adjusted p values in the given order; holds the chance of any false claim at the level.

    A None stays None and still counts as a comparison that was made.
    """
    p, known = _filled(p_values)
    order = np.argsort(p, kind="stable")
    factors = np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1.0)
    return _restored(adjusted, known)


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """Benjamini–Hochberg adjusted p values; holds the expected share of false claims among the claims.

    Assumes independent or positively dependent comparisons. A None stays None and still counts.
    """
    p, known = _filled(p_values)
    order = np.argsort(p, kind="stable")[::-1]
    factors = p.size / np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.minimum.accumulate(p[order] * factors), 1.0)
    return _restored(adjusted, known)


def _filled(p_values: Sequence[float | None]) -> tuple[Array, list[bool]]:
    known = [p is not None for p in p_values]
    return np.array([1.0 if p is None else p for p in p_values], dtype=np.float64), known


def _restored(adjusted: Array, known: list[bool]) -> list[float | None]:
    return [float(p) if there else None for p, there in zip(adjusted, known, strict=True)]
