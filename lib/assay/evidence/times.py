"""Brings the times of examples onto one clock."""

from typing import Any

import pandas as pd

from assay.errors import EvidenceError

_ZONE = r"(?:[Zz]|[T ]\d.*[+-]\d\d(?::?\d\d)?)$"
"""What an ISO text with a zone ends in."""
_MIXED = (
    "The time of some rows has a zone and that of others has none, so nobody can say which is first; give all of them "
    "one, or none."
)


def as_times(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Numbers as they are; dates, times and ISO texts as timestamps without a zone, those that have one in UTC.

    Raises EvidenceError for a mix of times with and without a zone, of times and numbers, and for other values.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    if pd.api.types.is_bool_dtype(column.dtype):
        raise _refused("bool")
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    kind = pd.api.types.infer_dtype(column, skipna=True)
    if kind in ("integer", "floating", "mixed-integer-float"):
        whole = kind == "integer" and column.notna().all() and column.abs().max() < 2**63
        return column.astype("int64" if whole else float)
    if kind in ("datetime64", "datetime", "date", "string", "empty"):
        return _timestamps(column, texts=kind == "string")
    raise _refused(kind)


def _timestamps(column: "pd.Series[Any]", texts: bool) -> "pd.Series[Any]":
    there = column[column.notna()]
    zoned = there.astype(str).str.contains(_ZONE) if texts else _zoned(there)
    if zoned.any() and not zoned.all():
        raise EvidenceError(_MIXED)
    try:
        found: pd.Series[Any] = pd.to_datetime(column, utc=True, format="ISO8601" if texts else None)
    except (ValueError, TypeError, OverflowError) as error:
        said = str(error).partition("\n")[0].rstrip(".")
        raise EvidenceError(f"The time of a row cannot be read: {said}; give ISO times or numbers.") from None
    return pd.Series(found.dt.tz_localize(None))


def _zoned(column: "pd.Series[Any]") -> "pd.Series[bool]":
    if column.dtype != object:
        aware = getattr(column.dt, "tz", None) is not None
        return pd.Series(aware, index=column.index, dtype=bool)
    return column.map(lambda value: getattr(value, "tzinfo", None) is not None).astype(bool)


def _refused(kind: str) -> EvidenceError:
    return EvidenceError(f"The time of the splits holds {kind} values; give timestamps, ISO texts or numbers.")
