"""Effects of a full two-level design: what each factor does alone and together with others."""

from collections.abc import Sequence

import numpy as np

from assay.analysis.sample import Array

Factors = tuple[int, ...]
"""Numbers of the factors that act together, from 1, ascending: (1,) is a main effect, (1, 2) an interaction."""


def effects(responses: Sequence[float]) -> dict[Factors, float]:
    """Main effects and interactions of k factors from 2ᵏ responses, by Yates, in standard order and in their unit.

    Standard order: the first factor changes fastest, low before high; for k = 2: none, 1, 2, both. An effect is
    the mean response where the product of the factors' signs is +1 minus the mean where it is −1, so that of an
    interaction is *half* of what one factor's effect changes by when the other is switched on.
    With one response per setting there is no error to judge an effect by; give means of replicates.
    ValueError where the length is no power of two of at least 2, or a response is not finite.
    Source: Yates, The Design and Analysis of Factorial Experiments, 1937.
    """
    column = np.asarray(responses, dtype=np.float64)
    size = column.size
    if column.ndim != 1 or size < 2 or size & (size - 1):
        raise ValueError(
            f"a full two-level design has 2, 4, 8 … responses in one list; these are of shape {column.shape}"
        )
    if not np.isfinite(column).all():
        raise ValueError("a response is missing or infinite: without every setting no effect can be told from another")
    count = size.bit_length() - 1
    # Of a block, as below, the first axis changes slowest.
    found = contrasts(column.reshape((2,) * count).transpose(), count).transpose().ravel()
    return {_factors(place, count): float(found[place]) for place in range(1, size)}


def contrasts(cells: Array, count: int) -> Array:
    """Yates effects of every order; of 0 for the mean, which is doubled.

    `cells`: (2, …, 2, …), of whose first `count` axes each is a factor, off before on; the others are columns of their
    own, such as seeds. In the answer, of the same shape, 1 stands on the axes of the factors that act together.
    """
    found = cells
    for axis in range(count):
        off, on = np.take(found, 0, axis), np.take(found, 1, axis)
        found = np.stack([on + off, on - off], axis)
    return np.asarray(found / 2 ** (count - 1))


def shares(cells: Array) -> Array:
    """What each of k factors has of last cell − first cell, averaged over the orders in which they are switched on.

    `cells`: (2, …, 2), off before on. What several factors gain beyond what fewer of them do is shared equally among
    them, which sums to the whole. Source: Shapley, A Value for n-Person Games, 1953; Harsanyi's dividends, 1963.
    """
    count = cells.ndim
    dividends = cells
    for axis in range(count):
        off, on = np.take(dividends, 0, axis), np.take(dividends, 1, axis)
        dividends = np.stack([off, on - off], axis)
    sizes = np.indices(dividends.shape).sum(axis=0)
    parts = dividends / np.maximum(sizes, 1)
    return np.array([np.take(parts, 1, axis).sum() for axis in range(count)])


def _factors(place: int, count: int) -> Factors:
    return tuple(factor + 1 for factor in range(count) if place >> factor & 1)
