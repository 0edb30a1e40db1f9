"""Logs which example went to which split, and what ties examples together."""

import hashlib
import json
from math import isfinite
from numbers import Number
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assay.errors import EvidenceError
from assay.evidence.examples import examples, refuse_repeated, whole_characters
from assay.evidence.hashing import hash_rows
from assay.evidence.times import as_times
from assay.evidence.writing import log_frame
from assay.model.evidence.files import SPLITS, TEST_ROWS_TAG
from assay.model.evidence.splits import SplitRole, role

if TYPE_CHECKING:
    from mlflow import MlflowClient

_HASH = "content_hash"


def log_splits(
    frame: pd.DataFrame,
    *,
    features: pd.DataFrame | None = None,
    run_id: str | None = None,
    client: "MlflowClient | None" = None,
) -> None:
    """Logs which example went to which split as `evidence/splits.parquet`, and tags which rows are test rows.

    `frame`: `example_id` and `split` (train, validation, test, …), and optionally `label`, `group` (what must not stand
    on two sides: a patient, a session), `time` (training rows come before test rows), `fold` (of a cross-validation)
    and `content_hash`. `features`: what the model sees, a row for each of `frame` in the same order; `hash_rows` makes
    content_hash of it, so that copies are found and the features themselves are not kept. An example may stand in two
    splits, for that is what a review looks for, but only once in each split of a fold.

    Raises EvidenceError for an empty frame, a missing column, ids that are missing or repeated in a split, features of
    another length, times with and without a zone, and values that cannot be used.
    """
    table = examples(frame, "splits", ("example_id", "split"))
    if table["split"].isna().any():
        raise EvidenceError("The splits have rows without a split; name one for every row or leave the row out.")
    refuse_repeated(table, "splits", ["example_id", *(["fold"] if "fold" in table else []), "split"])
    if features is not None:
        table = table.assign(**{_HASH: _hashes(table, features)})
    if "time" in table:
        table = table.assign(time=as_times(table["time"]))
    for name in [name for name in table if _is_mixed(table[name])]:
        table = table.assign(**{str(name): _as_text(table[name])})
    log_frame(table, SPLITS, run_id, client, {TEST_ROWS_TAG: _test_rows(table)})


def _hashes(table: pd.DataFrame, features: pd.DataFrame) -> Any:
    if _HASH in table:
        raise EvidenceError(f"The splits have a column {_HASH} and features as well; hand over one of the two.")
    hashes = hash_rows(features).to_numpy()
    if len(hashes) != len(table):
        raise EvidenceError(
            f"The splits have {len(table)} rows and the features {len(hashes)}; pass a row of features for each row of "
            "the splits, in the same order."
        )
    return hashes


def _is_mixed(column: "pd.Series[Any]") -> bool:
    """Whether it may hold values of several kinds, for which Parquet has no type."""
    kind = column.cat.categories.dtype if isinstance(column.dtype, pd.CategoricalDtype) else column.dtype
    return bool(pd.api.types.is_object_dtype(kind))


def _as_text(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Values as text, 3 and 3.0 alike; missing ones stay so."""
    with whole_characters("splits"):
        return column.astype(object).map(_text, na_action="ignore").astype("string")


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple, dict, set, np.ndarray)):
        raise EvidenceError(f"The splits hold {type(value).__name__} values; name each by a text or a number.")
    if isinstance(value, Number) and not isinstance(value, (bool, complex)):
        whole = int(value) if isfinite(value) and value == value // 1 else None  # type: ignore[arg-type, operator, call-overload]
        return str(value if whole is None else whole)
    return str(value)


def _test_rows(table: pd.DataFrame) -> str | None:
    """Equal where the test rows are: by what they hold where that was logged, else by their ids; None without any."""
    roles = {name: role(str(name)) for name in table["split"].unique()}
    test = table[table["split"].map(roles) == SplitRole.TEST]
    if test.empty:
        return None
    known = _HASH in test and test[_HASH].notna().all()
    names = test[_HASH if known else "example_id"].astype(str).unique()
    content = json.dumps(sorted(names)).encode()
    return f"{'rows' if known else 'ids'}:{hashlib.sha256(content).hexdigest()}"
