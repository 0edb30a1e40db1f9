"""Which numbers can only be equal because they were made together, and which several runs share by chance?"""

from decimal import Decimal

import numpy as np
import numpy.typing as npt

from assay.analysis.sample import Array

_FEWEST_DIGITS = 6
_MOST_ITEMS = 10_000
_WITNESS_DIGITS = 3
_WITNESS_ITEMS = 100
# Of numbers in no relation to a share, so many may look like one within the digits they are written with.
_CHANCE = 0.1
# No denominator up to _MOST_ITEMS needs more steps: the slowest growing ones are Fibonacci's numbers.
_STEPS = 20


def telling(values: Array) -> npt.NDArray[np.bool_]:
    """Whether each value is written with six significant digits or more and is no share of at most 10,000 items.

    Whole numbers are shares of one item, and so are 0 and 1; what is not finite tells nothing. Of numbers that went
    through 32 bits, or were rounded to few more than six digits, shares of more than about 1,000 items look like any
    other number.
    """
    return _told(values, _FEWEST_DIGITS, _MOST_ITEMS)


def witnessing(values: Array) -> npt.NDArray[np.bool_]:
    """Whether each value is written with three significant digits or more and is no share of at most 100 items.

    A coarser sieve than `telling`: for scores that two sets of rows share, where it takes two of them, or three
    trainings, to say that the rows are the same.
    """
    return _told(values, _WITNESS_DIGITS, _WITNESS_ITEMS)


def _told(values: Array, fewest: int, items: int) -> npt.NDArray[np.bool_]:
    known = np.isfinite(values)
    distinct, places = np.unique(values[known], return_inverse=True)
    digits, reach = _written(distinct)
    found = np.zeros(values.shape, dtype=bool)
    found[known] = ((digits >= fewest) & ~_shares(distinct, reach, items))[places]
    return np.asarray(found)


def _written(values: Array) -> tuple[npt.NDArray[np.int64], Array]:
    """How many significant digits each value has, and how far it may lie from what it was rounded from."""
    with np.errstate(over="ignore"):
        single = values.astype(np.float32)
    short = single == values
    texts = [str(one) if is_short else repr(v) for one, is_short, v in zip(single, short, values.tolist(), strict=True)]
    parts = [Decimal(text).normalize().as_tuple() for text in texts]
    digits = np.array([len(part.digits) for part in parts], dtype=np.int64)
    unit = 10.0 ** np.array([float(part.exponent) for part in parts])
    # Computing a share costs a digit or two.
    computed = np.where(short, 2.0**-23, 2.0**-50) * np.maximum(np.abs(values), 1.0)
    return digits, np.where(short, computed, np.maximum(0.5 * unit, computed))


def _shares(values: Array, reach: Array, items: int) -> npt.NDArray[np.bool_]:
    """Whether a fraction with a small denominator lies within `reach` of each value.

    Small: at most `items`, and so small that it is no coincidence, for about .61 m² reach of the fractions with
    denominators up to m lie within reach of any number. Such a fraction is a convergent of the continued fraction.
    """
    most = np.minimum(items, np.sqrt(_CHANCE / (0.61 * reach)))
    halves = 2.0 ** np.floor(np.log2(items))
    found = values * halves == np.rint(values * halves)
    before, own, rest = np.zeros_like(values), np.ones_like(values), values - np.floor(values)
    for _ in range(_STEPS):
        small = own <= most
        near = values * np.where(small, own, 0.0)
        found |= small & (np.abs(near - np.rint(near)) <= own * reach)
        turned = np.divide(1.0, rest, out=np.zeros_like(rest), where=rest > 1.0 / (2.0 * _MOST_ITEMS))
        whole = np.floor(turned)
        # What has no further convergent keeps its last.
        before, own = own, np.where(turned > 0, whole * own + before, own)
        rest = turned - whole
    return np.asarray(found)
