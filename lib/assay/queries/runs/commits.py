"""Which commit was the code of each run?"""

from collections.abc import Sequence

import pandas as pd

from assay.cache import reads
from assay.model.evidence.files import COMMIT_TAG
from assay.model.sync import Snapshot

_MLFLOW = "mlflow.source.git.commit"


def commits(snapshot: Snapshot, run_ids: Sequence[str]) -> "pd.Series[str]":
    """As evidence has it, else as MLflow found it, in small letters, None where nobody did; index run_id."""
    tags = reads.tags(snapshot, list(run_ids), [COMMIT_TAG, _MLFLOW])
    own, other = (tags[key].str.strip().str.lower() for key in (COMMIT_TAG, _MLFLOW))
    found = own.where(own.notna() & own.ne(""), other)
    every: pd.Series[str] = found.where(found.ne(""), None)
    return every
