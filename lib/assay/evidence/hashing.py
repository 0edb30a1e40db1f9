"""Hashes rows of features, so that equal rows can be found without keeping them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from assay.errors import EvidenceError
from assay.evidence.values import MISSING, Hashes, mixed, of_kind, of_numbers, of_texts, of_times

_CHUNK = 1 << 15
"""Values at a time, so that what lies between two steps stays in the processor's cache."""
_PLAIN: Mapping[str, str] = {"f": "float64", "i": "int64", "u": "uint64", "b": "bool"}


def hash_rows(frame: pd.DataFrame, decimals: int | None = None) -> "pd.Series[str]":
    """16 hex digits a row, on the index of `frame`: equal where the rows are, however their columns are ordered.

    Equal are 1, 1.0 and True, 0.0 and −0.0, every missing value, a category and its value, and a time in any unit or
    zone. Different are 1 and "1", and whole numbers that a float could not tell apart. Names of columns count.
    `decimals`: floats are rounded to so many first. Two different rows have one hash once in 2**64. Another process
    gives the same.

    Raises EvidenceError for what is no DataFrame, for no column, two of one name, and lists or other objects as values.
    """
    if not isinstance(frame, pd.DataFrame):
        raise EvidenceError(f"The features are a {type(frame).__name__}; pass a pandas DataFrame.")
    names = [str(name) for name in frame.columns]
    if not names or len(set(names)) < len(names):
        raise EvidenceError("The features have no column, or two of one name; name each column once.")
    salts = mixed(of_texts(names))
    plain = [kind.str if isinstance(kind, np.dtype) and kind.kind in _PLAIN else "" for kind in frame.dtypes]
    total = np.zeros(len(frame), dtype=np.uint64)
    for kind in {*plain} - {""}:
        columns = [at for at, own in enumerate(plain) if own == kind]
        _add(total, frame.iloc[:, columns].to_numpy(), salts[columns], decimals)
    for at in [at for at, own in enumerate(plain) if not own]:
        total += mixed(_of_column(frame.iloc[:, at], decimals) ^ salts[at])
    return pd.Series(_hex(mixed(total)), index=frame.index, dtype=object, name="content_hash")


def _add(total: Hashes, values: "np.ndarray[Any, Any]", salts: Hashes, decimals: int | None) -> None:
    """Adds the hashes of rows × columns of numbers; a sum does not know the order of its columns."""
    rows = max(1, _CHUNK // len(salts))
    for first in range(0, len(values), rows):
        part = of_numbers(values[first : first + rows], decimals)
        part ^= salts
        total[first : first + rows] += mixed(part).sum(axis=1, dtype=np.uint64)


def _of_column(column: "pd.Series[Any]", decimals: int | None) -> Hashes:
    """Of a column that is no plain array of numbers."""
    kind, missing = column.dtype, column.isna().to_numpy()
    if isinstance(kind, pd.CategoricalDtype):
        known = _of_column(kind.categories.to_series(), decimals)
        return np.append(known, MISSING)[column.cat.codes.to_numpy()]
    if isinstance(kind, pd.SparseDtype):
        return _of_column(pd.Series(np.asarray(column), dtype=object), decimals)
    if getattr(kind, "kind", "O") in _PLAIN and pd.api.types.is_numeric_dtype(kind):
        plain = np.dtype(_PLAIN[kind.kind])
        found = of_numbers(column.fillna(plain.type(0)).to_numpy(dtype=plain), decimals)
    elif pd.api.types.is_datetime64_any_dtype(kind):
        found = of_times(pd.DatetimeIndex(column))
    elif pd.api.types.is_timedelta64_dtype(kind):
        found = of_times(pd.TimedeltaIndex(column))
    elif pd.api.types.infer_dtype(column, skipna=True) == "string":
        found = of_texts(column.to_numpy(dtype=object, na_value=""))
    else:
        return _of_objects(column, decimals)
    return np.where(missing, MISSING, found)


def _of_objects(column: "pd.Series[Any]", decimals: int | None) -> Hashes:
    """Of a column of mixed values, each different one looked at once."""
    try:
        codes, values = pd.factorize(column.to_numpy(dtype=object))
        return np.append(of_kind(list(values), decimals), MISSING)[codes]
    except (TypeError, ValueError, OverflowError) as error:
        raise EvidenceError(
            f"The column {column.name} of the features cannot be hashed: {error}; make it numbers, text or times."
        ) from None


def _hex(hashes: Hashes) -> "np.ndarray[Any, Any]":
    text = hashes.astype(">u8").tobytes().hex().encode()
    return np.frombuffer(text, dtype="S16").astype("U16").astype(object)
