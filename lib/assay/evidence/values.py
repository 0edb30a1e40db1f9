"""Hashes single values: those that mean the same alike, whatever they are kept as."""

import datetime
import decimal
import numbers
import uuid
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
MISSING, _BROKEN, _LARGE, _HUGE, _BYTES, _TIME, _SPAN, _OTHER = (np.uint64(0xA55A << 40 | n) for n in range(1, 9))
"""Of a missing value, and what tells kinds of values apart that may look alike as 64 bits."""
_UNITS: Mapping[str, int] = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


class _Kind(Enum):
    """What a value of a mixed column is."""

    TEXT = auto()
    BYTES = auto()
    WHOLE = auto()
    HUGE = auto()
    FLOAT = auto()
    TIME = auto()
    SPAN = auto()
    OTHER = auto()


def mixed(values: Hashes) -> Hashes:
    """Every bit of the input moves half of the output's (splitmix64, one to one). Writes into `values`."""
    values += _GOLDEN
    values ^= values >> np.uint64(30)
    values *= _FIRST
    values ^= values >> np.uint64(27)
    values *= _SECOND
    values ^= values >> np.uint64(31)
    return values


def of_numbers(values: NDArray[Any], decimals: int | None = None) -> Hashes:
    """Of each number, in an array of its own: a whole one is itself, so that integers and floats meet."""
    kind = values.dtype.kind
    if kind in "ib":
        return values.astype(np.int64).view(np.uint64)
    if kind == "u":
        whole = values.astype(np.uint64)
        return np.where(whole >> np.uint64(63), mixed(whole ^ _LARGE), whole)
    floats = values.astype(np.float64)
    if decimals is not None:
        np.round(floats, decimals, out=floats)
    with np.errstate(invalid="ignore"):  # NaN and infinities have no integer: those are the others
        signed = floats.astype(np.int64)
        other = (signed != floats) | (np.abs(floats) >= 2.0**63)
    found = signed.view(np.uint64)
    if other.any():
        found[other] = _of_others(floats[other])
    return found


def _of_others(floats: NDArray[np.float64]) -> Hashes:
    """Of floats that are no whole number of 64 bits with a sign."""
    found = mixed(floats.view(np.uint64) ^ _BROKEN)
    large = (floats >= 2.0**63) & (floats < 2.0**64)
    if large.any():
        found[large] = of_numbers(floats[large].astype(np.uint64))
    found[np.isnan(floats)] = MISSING
    return found


def of_texts(values: Sequence[str] | NDArray[Any]) -> Hashes:
    """Of each text, and of each half character."""
    texts = np.array(values, dtype=object)
    try:
        return np.asarray(pd.util.hash_array(texts), dtype=np.uint64)
    except UnicodeEncodeError:
        coded = [text.encode("utf-8", "surrogatepass") for text in texts]
        return np.asarray(pd.util.hash_array(np.array(coded, dtype=object)), dtype=np.uint64)


def of_times(values: pd.DatetimeIndex | pd.TimedeltaIndex) -> Hashes:
    """Of each time or span, whatever its unit; aware times are those of UTC."""
    salt, unit = _SPAN if isinstance(values, pd.TimedeltaIndex) else _TIME, _UNITS[values.unit]
    seconds, rest = np.divmod(values.asi8, unit)
    return mixed(seconds.view(np.uint64) ^ salt) + (rest * (10**9 // unit)).view(np.uint64)


def of_kind(values: Sequence[Any], decimals: int | None) -> Hashes:
    """Of values of any kind that means the same in another process; TypeError for one that does not."""
    kinds = np.array([_kind(value) for value in values], dtype=object)
    found = np.zeros(len(values), dtype=np.uint64)
    for kind in set(kinds):
        own = kinds == kind
        found[own] = _HASHED[kind]([value for value, is_one in zip(values, own, strict=True) if is_one], decimals)
    return found


def _kind(value: object) -> _Kind:
    if isinstance(value, (bool, np.bool_, numbers.Integral)):
        return _Kind.WHOLE if -(2**63) <= int(value) < 2**63 else _Kind.HUGE
    for kinds, kind in _KINDS.items():
        if isinstance(value, kinds):
            return kind
    raise TypeError(f"it holds {type(value).__name__} values")


_KINDS: Mapping[tuple[type, ...], _Kind] = {
    (str,): _Kind.TEXT,
    (bytes,): _Kind.BYTES,
    (float, np.floating, decimal.Decimal): _Kind.FLOAT,
    (datetime.date, np.datetime64): _Kind.TIME,
    (datetime.timedelta, np.timedelta64): _Kind.SPAN,
    (pd.Interval, pd.Period, uuid.UUID): _Kind.OTHER,
}


def _of_huge(values: list[Any], _decimals: int | None) -> Hashes:
    """Of whole numbers beyond 64 bits with a sign: as floats are where a float can hold them."""
    return np.array([_of_one(int(value)) for value in values], dtype=np.uint64)


def _of_one(value: int) -> int:
    if 0 <= value < 2**64:
        return int(of_numbers(np.array([value], dtype=np.uint64))[0])
    if abs(value) < 2**1023 and int(float(value)) == value:
        return int(of_numbers(np.array([float(value)]))[0])
    return int(mixed(of_texts([str(value)]) ^ _HUGE)[0])


def _of_floats(values: list[Any], decimals: int | None) -> Hashes:
    return of_numbers(np.array([float(value) for value in values]), decimals)


def _of_moments(values: list[Any], _decimals: int | None) -> Hashes:
    stamps = [pd.Timestamp(value) for value in values]
    return of_times(pd.DatetimeIndex([one.tz_convert(None) if one.tzinfo else one for one in stamps]))


_HASHED: Mapping[_Kind, Callable[[list[Any], int | None], Hashes]] = {
    _Kind.TEXT: lambda values, _: of_texts(values),
    _Kind.BYTES: lambda values, _: mixed(of_texts([value.hex() for value in values]) ^ _BYTES),
    _Kind.WHOLE: lambda values, _: of_numbers(np.array([int(value) for value in values], dtype=np.int64)),
    _Kind.HUGE: _of_huge,
    _Kind.FLOAT: _of_floats,
    _Kind.TIME: _of_moments,
    _Kind.SPAN: lambda values, _: of_times(pd.TimedeltaIndex(values)),
    _Kind.OTHER: lambda values, _: mixed(of_texts([f"{type(v).__name__} {v}" for v in values]) ^ _OTHER),
}
