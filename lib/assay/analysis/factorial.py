"""Effects of a full two-level design: what each factor does alone and together with others."""

from collections.abc import Sequence

import numpy as np

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
    for _ in range(count):
        low, high = column[0::2], column[1::2]
        column = np.concatenate([low + high, high - low])
    return {_factors(place, count): float(column[place]) / (size / 2) for place in range(1, size)}


def _factors(place: int, count: int) -> Factors:
    return tuple(factor + 1 for factor in range(count) if place >> factor & 1)
