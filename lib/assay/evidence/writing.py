"""Writes evidence below `evidence/` of a run, and tags the run with what it then holds."""

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from assay.errors import EvidenceError
from assay.model.evidence.files import tag_of

if TYPE_CHECKING:
    from mlflow import MlflowClient

Tags = Mapping[str, str | None]
"""Tags to set beside a file's own; None: to be gone."""


def log_frame(
    table: pd.DataFrame, path: str, run_id: str | None, client: "MlflowClient | None", tags: Tags | None = None
) -> None:
    """Raises EvidenceError when a column holds what Parquet has no type for, or there is no run to log to."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(path).name
        try:
            table.to_parquet(file, engine="pyarrow", index=False)
        except (ValueError, TypeError, NotImplementedError, OverflowError) as error:
            said = " ".join(str(part) for part in error.args)
            raise EvidenceError(f"{path} cannot be written: {said}; give each column values of one kind.") from None
        _log_file(file, path, run_id, client, tags or {})


def log_text(text: str, path: str, run_id: str | None, client: "MlflowClient | None", tags: Tags | None = None) -> None:
    """What is no whole character becomes a question mark. Raises EvidenceError when there is no run to log to."""
    log_bytes(text.encode(errors="replace"), path, run_id, client, tags)


def log_bytes(
    content: bytes, path: str, run_id: str | None, client: "MlflowClient | None", tags: Tags | None = None
) -> None:
    """Raises EvidenceError when there is no run to log to."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(path).name
        file.write_bytes(content)
        _log_file(file, path, run_id, client, tags or {})


def empty(path: str, run_id: str | None, client: "MlflowClient | None") -> None:
    """What an earlier call logged to `path`, if one did, is gone; MLflow's client can replace a file, not remove it.

    Raises EvidenceError when there is no run.
    """
    run_id, store = _target(run_id, client)
    if tag_of(path) in store.get_run(run_id).data.tags:
        store.delete_tag(run_id, tag_of(path))
        store.log_text(run_id, "", path)


def _log_file(file: Path, path: str, run_id: str | None, client: "MlflowClient | None", tags: Tags) -> None:
    """Copies `file` to `path` of `run_id`, else of the active run; starts no run of its own.

    Tags come last, so that none speaks of a file that is not there.
    """
    target, store = _target(run_id, client)
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    store.log_artifact(target, str(file), Path(path).parent.as_posix())
    _tag(store, target, {**tags, tag_of(path): content})


def _target(run_id: str | None, client: "MlflowClient | None") -> tuple[str, "MlflowClient"]:
    import mlflow

    active = mlflow.active_run()
    target = run_id or (active.info.run_id if active else None)
    if target is None:
        raise EvidenceError("There is no active MLflow run; call this inside mlflow.start_run() or pass run_id.")
    return target, client or mlflow.MlflowClient()


def _tag(store: "MlflowClient", run_id: str, tags: Tags) -> None:
    from mlflow.entities import RunTag

    store.log_batch(run_id, tags=[RunTag(key, value) for key, value in tags.items() if value is not None])
    gone = [key for key, value in tags.items() if value is None]
    there = store.get_run(run_id).data.tags if gone else {}
    for key in gone:
        if key in there:
            store.delete_tag(run_id, key)
