"""Logs which features a model relies on."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from assay.errors import EvidenceError
from assay.evidence.writing import log_frame
from assay.model.evidence.files import FEATURE_IMPORTANCE

if TYPE_CHECKING:
    from mlflow import MlflowClient


def log_feature_importance(
    series: "pd.Series[Any]", *, run_id: str | None = None, client: "MlflowClient | None" = None
) -> None:
    """Logs `series` (index: feature, value: importance) as `evidence/feature_importance.parquet`, largest first.

    Raises EvidenceError when it is empty, holds something other than numbers, or repeats a feature.
    """
    if not isinstance(series, pd.Series) or series.empty:
        raise EvidenceError("The feature importance is empty or no pandas Series; index it by feature name.")
    if not pd.api.types.is_numeric_dtype(series):
        raise EvidenceError(f"The feature importance holds {series.dtype} values; it must hold numbers.")
    if not series.index.is_unique:
        repeated = series.index[series.index.duplicated()][0]
        raise EvidenceError(f"The feature importance names {repeated!r} more than once; give each feature one value.")
    ordered = series.sort_values(ascending=False, kind="stable")
    table = pd.DataFrame({"feature": ordered.index.astype(str), "importance": ordered.to_numpy(dtype=float)})
    log_frame(table, FEATURE_IMPORTANCE, run_id, client)
