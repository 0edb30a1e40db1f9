"""What frames of examples have to hold before they are logged."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pandas as pd

from assay.errors import EvidenceError


def examples(frame: pd.DataFrame, what: str, required: tuple[str, ...]) -> pd.DataFrame:
    """`frame` with its ids as text, so that runs that count from 0 and runs that name files can be joined."""
    if not isinstance(frame, pd.DataFrame):
        raise EvidenceError(f"The {what} are a {type(frame).__name__}; pass a pandas DataFrame.")
    table = frame.reset_index() if frame.index.name in required else frame
    refuse_missing_columns(table, what, required)
    if not table.columns.is_unique:
        raise EvidenceError(f"The {what} have two columns of the same name; rename one of {listed(table.columns)}.")
    if table.empty:
        raise EvidenceError(f"The {what} have no rows; log them after the test examples were scored.")
    if table["example_id"].isna().any():
        raise EvidenceError(f"The {what} have rows without an example_id; give every example one.")
    with whole_characters(what):
        return table.assign(example_id=table["example_id"].astype(str))


@contextmanager
def whole_characters(what: str) -> Iterator[None]:
    """Raises EvidenceError where pandas meets half a character, which is no text and can't be written."""
    try:
        yield
    except UnicodeError:
        raise EvidenceError(f"The {what} hold half a character (a lone surrogate); mend the text it is in.") from None


def refuse_missing_columns(table: pd.DataFrame, what: str, required: Iterable[str]) -> None:
    """Raises EvidenceError with the columns that there are."""
    missing = [name for name in required if name not in table.columns]
    if missing:
        raise EvidenceError(f"The {what} lack the column {listed(missing)}; found: {listed(table.columns) or 'none'}.")


def refuse_repeated(table: pd.DataFrame, what: str, key: list[str]) -> None:
    """Raises EvidenceError with the first of the rows that have the same `key` as one before."""
    try:
        repeated = table.duplicated(key)
    except TypeError:
        raise EvidenceError(
            f"The {what} hold lists or other objects in {_joined(key)}; name each by a text or a number."
        ) from None
    if repeated.any():
        first = table.loc[repeated, key].iloc[0].tolist()
        raise EvidenceError(
            f"The {what} hold {int(repeated.sum())} repeated rows for {_joined(key)}, the first for "
            f"{listed(first)}; keep one row for each."
        )


def _joined(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def listed(names: Iterable[object]) -> str:
    """As they stand in a sentence."""
    return ", ".join(str(name) for name in names)
