"""Logs what every test example scored."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from assay.errors import EvidenceError
from assay.evidence.examples import examples, listed, refuse_missing_columns
from assay.evidence.writing import log_frame
from assay.model.evidence.files import LABEL, PREDICTION, SCORES

if TYPE_CHECKING:
    from mlflow import MlflowClient


def log_scores(
    frame: pd.DataFrame,
    *,
    slices: Iterable[str] = (),
    run_id: str | None = None,
    client: "MlflowClient | None" = None,
) -> None:
    """Logs every test example's scores as `evidence/scores.parquet`.

    `frame`: a row per example with `example_id`, or several where it was generated or rated several times; one numeric
    or boolean column per metric (NaN: undefined for this example), and text or categorical columns to slice or cluster
    by. Numbers that are categories, such as a digit's class, go into `slices` and are stored as text. With `label` and
    `prediction` (text or numbers), or `label` (0 or 1) and `probability`, F1 and AUC can be compared over examples;
    these three are neither metric nor slice.

    Single examples that changed are shown with their input (`input`, `inputs`, `text`, `question`, `query`, `prompt`:
    text; `image`, `image_path`: the path of an image among the run's artifacts), what would have been right
    (`label`, `target`, `targets`, `expected`, `ground_truth`) and what the run said (`prediction`, `output`, `outputs`,
    `answer`).

    Raises EvidenceError for an empty frame, a missing column, or ids that are missing.
    """
    table = examples(frame, "scores", ("example_id",))
    names = tuple(slices)
    refuse_missing_columns(table, "scores", names)
    table = table.astype(dict.fromkeys(names, "string"))
    predicted = {LABEL, PREDICTION} <= {*table.columns}
    if not predicted and not any(pd.api.types.is_numeric_dtype(table[c]) for c in table.columns if c != "example_id"):
        raise EvidenceError(
            f"The scores have no numeric column beside example_id ({listed(table.columns)}); add one a metric, or "
            f"{LABEL} and {PREDICTION}."
        )
    log_frame(table, SCORES, run_id, client)
