"""Reads what a training logged of its preprocessing and of its features."""

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from assay.cache.files import UNREADABLE
from assay.cache.score_files import UnreadableError
from assay.model.evidence.notes import TrainingNote
from assay.model.evidence.training import FeatureShare, FittedOn, FittedStep

_LARGEST = 1_000_000
_LONGEST = 200


def fitted_step(path: Path) -> FittedStep:
    """One file of `evidence/preprocessing`; raises UnreadableError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableError(TrainingNote.PREPROCESSING_DAMAGED, path)
        found: Any = json.loads(path.read_bytes())
        fitted_on = found["fitted_on"]
        if fitted_on not in get_args(FittedOn):
            raise UnreadableError(TrainingNote.PREPROCESSING_DAMAGED, path)
        return FittedStep(str(found["step"])[:_LONGEST], fitted_on)
    except (OSError, *UNREADABLE):
        raise UnreadableError(TrainingNote.PREPROCESSING_DAMAGED, path) from None


def feature_shares(path: Path, most: int) -> tuple[FeatureShare, ...]:
    """The `most` features with the largest shares, largest first.

    Raises UnreadableError, where no importance is above 0 too.
    """
    try:
        table = pq.read_table(path, columns=["feature", "importance"], use_threads=False)
        values = np.asarray(table.column("importance").cast(pa.float64()).to_numpy(zero_copy_only=False))
        names = table.column("feature").cast(pa.string())
    except (pa.ArrowException, OSError, *UNREADABLE):
        raise UnreadableError(TrainingNote.IMPORTANCE_DAMAGED, path) from None
    values = np.where(np.isfinite(values) & (values > 0), values, 0.0)
    total = float(values.sum())
    if not total:
        raise UnreadableError(TrainingNote.IMPORTANCE_DAMAGED, path)
    first = [int(at) for at in np.argsort(-values, kind="stable")[:most] if values[at] > 0]
    return tuple(FeatureShare((names[at].as_py() or "")[:_LONGEST], float(values[at]) / total) for at in first)
