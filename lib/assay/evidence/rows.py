"""Rows of features as training code has them: frames, arrays, sparse matrices, lists of text."""

from typing import Any

import numpy as np
import pandas as pd

from assay.errors import EvidenceError


def count(rows: Any) -> int:
    """Of whatever holds rows."""
    shape = getattr(rows, "shape", None)
    return int(shape[0]) if shape else len(rows)


def as_rows(rows: Any, what: str) -> Any:
    """`rows` in one of the forms above; EvidenceError when it is none, or empty."""
    if isinstance(rows, (list, tuple)):
        rows = list(rows)
    elif not (isinstance(rows, (pd.DataFrame, pd.Series, np.ndarray)) or hasattr(rows, "tocsr")):
        raise EvidenceError(
            f"The {what} rows are a {type(rows).__name__}; pass a DataFrame, an array, a sparse matrix or a list."
        )
    if not getattr(rows, "shape", True) or not count(rows):
        raise EvidenceError(f"The {what} rows are none; pass the rows that the step and the model have seen.")
    return rows


def joined(parts: list[Any]) -> Any:
    """Copies of the parts one below the other: fitting may write into what it is given.

    Raises EvidenceError when they are of different kinds or widths.
    """
    first = parts[0]
    try:
        if isinstance(first, (pd.DataFrame, pd.Series)):
            return _frame(parts)
        if hasattr(first, "tocsr"):
            from scipy.sparse import vstack

            return vstack([part.tocsr() for part in parts], format="csr").copy()
        if isinstance(first, np.ndarray):
            return np.concatenate([_plain(part) for part in parts])
        return [row for part in parts for row in part]
    except (TypeError, ValueError, AttributeError) as error:
        raise _unlike(str(error)) from None


def _frame(parts: list[Any]) -> Any:
    first = parts[0]
    if any(type(part) is not type(first) for part in parts):
        raise TypeError("frames and other kinds")
    if isinstance(first, pd.DataFrame) and any([*part.columns] != [*first.columns] for part in parts):
        raise ValueError("their columns differ")
    return pd.concat(parts, ignore_index=True)


def _plain(part: Any) -> Any:
    if not isinstance(part, np.ndarray):
        raise TypeError(f"an array and a {type(part).__name__}")
    return part


def _unlike(error: str) -> EvidenceError:
    return EvidenceError(f"The rows cannot be put together: {error}; pass all of them as the step takes them.")
