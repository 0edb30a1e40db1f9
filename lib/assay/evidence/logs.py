"""Checks what training code hands over and logs it below `evidence/` of a run."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assay.errors import EvidenceError
from assay.evidence.environment import environment
from assay.evidence.seeds import last_seeds
from assay.model.evidence.files import (
    ENVIRONMENT,
    FEATURE_IMPORTANCE,
    FOLDER,
    LABEL,
    PREDICTION,
    RECIPE,
    SCORES,
    SPLITS,
)

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
    table = _examples(frame, "scores", ("example_id",))
    names = tuple(slices)
    _refuse_missing_columns(table, "scores", names)
    table = table.astype(dict.fromkeys(names, "string"))
    predicted = {LABEL, PREDICTION} <= {*table.columns}
    if not predicted and not any(pd.api.types.is_numeric_dtype(table[c]) for c in table.columns if c != "example_id"):
        raise EvidenceError(
            f"The scores have no numeric column beside example_id ({_listed(table.columns)}); add one a metric, or "
            f"{LABEL} and {PREDICTION}."
        )
    _log_frame(table, SCORES, run_id, client)


def log_splits(frame: pd.DataFrame, *, run_id: str | None = None, client: "MlflowClient | None" = None) -> None:
    """Logs which example went to which split as `evidence/splits.parquet`.

    `frame`: `example_id` and `split` (train, validation, test, …), and optionally `content_hash`
    (`pandas.util.hash_pandas_object(features, index=False)` makes one), `group` and `time`. An example may stand
    in two splits, for that is what a review looks for, but only once in each.

    Raises EvidenceError for an empty frame, a missing column, or ids that are missing or repeated in a split.
    """
    table = _examples(frame, "splits", ("example_id", "split"))
    if table["split"].isna().any():
        raise EvidenceError("The splits have rows without a split; name one for every row or leave the row out.")
    _refuse_repeated(table, "splits", ["example_id", "split"])
    _log_frame(table, SPLITS, run_id, client)


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
    _log_frame(table, FEATURE_IMPORTANCE, run_id, client)


def log_recipe(mapping: Mapping[str, Any], *, run_id: str | None = None, client: "MlflowClient | None" = None) -> None:
    """Logs what defines the model wholly as `evidence/recipe.yaml`; leave credentials out of it.

    Raises EvidenceError when it is empty or holds something that is no plain value.
    """
    import yaml

    if not mapping:
        raise EvidenceError("The recipe is empty; pass the mapping that the training was started with.")
    try:
        plain = json.loads(json.dumps(mapping, default=_plain))
    except (TypeError, ValueError) as error:
        raise EvidenceError(f"The recipe cannot be written as YAML: {error}; use plain values.") from None
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(plain, Dumper=dumper, sort_keys=False, allow_unicode=True)
    _log_text(text, RECIPE, run_id, client)


def log_environment(
    *,
    seeds: Mapping[str, Any] | None = None,
    code: Path | None = None,
    image: str | None = None,
    run_id: str | None = None,
    client: "MlflowClient | None" = None,
) -> None:
    """Logs what the run ran on as `evidence/environment.json`: fields as in `environment`.

    `seeds`: defaults to what `seed_everything` last set in this process. `code`: a folder of the repository whose
    commit counts (default: the started script's, else the working directory's). `image`: the container image
    with its digest, which a process cannot always find out itself.
    """
    record = environment(seeds=last_seeds() if seeds is None else seeds, code=code, image=image)
    _log_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", ENVIRONMENT, run_id, client)


def _examples(frame: pd.DataFrame, what: str, required: tuple[str, ...]) -> pd.DataFrame:
    """`frame` with its ids as text, so that runs that count from 0 and runs that name files can be joined."""
    if not isinstance(frame, pd.DataFrame):
        raise EvidenceError(f"The {what} are a {type(frame).__name__}; pass a pandas DataFrame.")
    table = frame.reset_index() if frame.index.name in required else frame
    _refuse_missing_columns(table, what, required)
    if not table.columns.is_unique:
        raise EvidenceError(f"The {what} have two columns of the same name; rename one of {_listed(table.columns)}.")
    if table.empty:
        raise EvidenceError(f"The {what} have no rows; log them after the test examples were scored.")
    if table["example_id"].isna().any():
        raise EvidenceError(f"The {what} have rows without an example_id; give every example one.")
    return table.assign(example_id=table["example_id"].astype(str))


def _refuse_missing_columns(table: pd.DataFrame, what: str, required: Iterable[str]) -> None:
    missing = [name for name in required if name not in table.columns]
    if missing:
        raise EvidenceError(
            f"The {what} lack the column {_listed(missing)}; found: {_listed(table.columns) or 'none'}."
        )


def _refuse_repeated(table: pd.DataFrame, what: str, key: list[str]) -> None:
    repeated = table.duplicated(key)
    if repeated.any():
        first = table.loc[repeated, key].iloc[0].tolist()
        raise EvidenceError(
            f"The {what} hold {int(repeated.sum())} repeated rows for {' and '.join(key)}, the first for "
            f"{_listed(first)}; keep one row for each."
        )


def _listed(names: Iterable[object]) -> str:
    return ", ".join(str(name) for name in names)


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no plain value")


def _log_frame(table: pd.DataFrame, path: str, run_id: str | None, client: "MlflowClient | None") -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(path).name
        table.to_parquet(file, engine="pyarrow", index=False)
        _log_file(file, run_id, client)


def _log_text(text: str, path: str, run_id: str | None, client: "MlflowClient | None") -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(path).name
        file.write_text(text, encoding="utf-8")
        _log_file(file, run_id, client)


def _log_file(file: Path, run_id: str | None, client: "MlflowClient | None") -> None:
    """Copies `file` into the evidence folder of `run_id`, else of the active run; starts no run of its own."""
    import mlflow

    active = mlflow.active_run()
    target = run_id or (active.info.run_id if active else None)
    if target is None:
        raise EvidenceError("There is no active MLflow run; call this inside mlflow.start_run() or pass run_id.")
    (client or mlflow.MlflowClient()).log_artifact(target, str(file), FOLDER)
