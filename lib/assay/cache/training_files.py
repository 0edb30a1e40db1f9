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
_MOST_FEATURES = 5_000_000


def fitted_step(path: Path) -> FittedStep:
    """One file of `evidence/preprocessing`; raises UnreadableError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableError(TrainingNote.PREPROCESSING_DAMAGED, path)
        found: Any = json.loads(path.read_bytes())
        fitted_on = found["fitted_on"]
        if fitted_on not in get_args(FittedOn) or not isinstance(found["step"], str):
            raise UnreadableError(TrainingNote.PREPROCESSING_DAMAGED, path)
        # Half a character, which JSON can hold, is no text that anybody can be shown.
        return FittedStep(found["step"][:_LONGEST].encode("utf-8", "replace").decode(), fitted_on)
    except (OSError, *UNREADABLE):
        raise UnreadableError(TrainingNote.PREPROCESSING_DAMAGED, path) from None


def feature_shares(path: Path, most: int) -> tuple[FeatureShare, ...]:
    """The `most` features with the largest shares, largest first.

    Raises UnreadableError, where no importance is above 0 too.
    """
    try:
        with pq.ParquetFile(path) as file:
            if file.metadata.num_rows > _MOST_FEATURES:
                n = file.metadata.num_rows
                raise UnreadableError(TrainingNote.IMPORTANCE_TOO_MANY, path, n=n, most=_MOST_FEATURES)
            table = file.read(columns=["feature", "importance"], use_threads=False)
        values = np.asarray(table.column("importance").cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False))
        names = table.column("feature").cast(pa.string())
        names.validate(full=True)
    except (pa.ArrowException, OSError, MemoryError, *UNREADABLE):
        raise UnreadableError(TrainingNote.IMPORTANCE_DAMAGED, path) from None
    values = np.where(np.isfinite(values) & (values > 0), values, 0.0)
    largest = float(values.max(initial=0.0))
    if not largest:
        raise UnreadableError(TrainingNote.IMPORTANCE_DAMAGED, path)
    values = values / largest  # the sum of numbers near the largest float would be infinite
    total = float(values.sum())
    first = [int(at) for at in np.argsort(-values, kind="stable")[:most] if values[at] > 0]
    return tuple(FeatureShare((names[at].as_py() or "")[:_LONGEST], float(values[at]) / total) for at in first)
