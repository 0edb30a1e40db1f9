"""Where did runs run, by the files that they logged?"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from assay.cache import environment_files, reads
from assay.errors import AssayError
from assay.model.evidence.environment import Environment, LoggedEnvironment, Requirements
from assay.model.evidence.files import CHANGES, ENVIRONMENT, RECIPE, tag_of
from assay.model.note import Note
from assay.model.runs.notes import ArtifactNote
from assay.queries.evidence.asking import Progress, asked
from assay.queries.evidence.folder import EvidenceFolder
from assay.workspace import Workspace

MODELS_TAG = "mlflow.log-model.history"
_LISTS = ("requirements.txt", "conda.yaml")
_MOST_MODELS = 3
"""Of those that a run logged in MLflow 3, each of which is asked for: a training may log one an epoch."""


def environments(work: Workspace, run_ids: Sequence[str], said: Progress | None = None) -> dict[str, LoggedEnvironment]:
    """Of every run; `said` is told how many of them are done, now and then."""

    def late(why: Note) -> LoggedEnvironment:
        return LoggedEnvironment(reasons={ENVIRONMENT: why}, waiting=True)

    models = reads.tags(work.snapshot, run_ids, (MODELS_TAG,))[MODELS_TAG].dropna()
    reader = _EnvironmentReader({str(run_id): _folders(text) for run_id, text in models.to_dict().items()})
    return asked(work, run_ids, reader.read, late, shared=ENVIRONMENT, said=said)


class _EnvironmentReader:
    """`models`: run → the artifact folders of the models that it logged."""

    def __init__(self, models: Mapping[str, Sequence[str]]) -> None:
        self._models = models

    def read(self, folder: EvidenceFolder) -> LoggedEnvironment:
        reasons: dict[str, Note] = {}
        found = _environment(folder, reasons)
        needed = None if found and found.packages else self._requirements(folder, reasons)
        return LoggedEnvironment(found, needed, folder.seen((RECIPE, CHANGES)), reasons, folder.waiting)

    def _requirements(self, folder: EvidenceFolder, reasons: dict[str, Note]) -> Requirements | None:
        """Of the first model that has a list of them; MLflow 3 says nothing of models in the tags of their run."""
        models = self._models.get(folder.run_id) or folder.models()
        for path in (f"{model}/{name}" for model in models[:_MOST_MODELS] for name in _LISTS):
            try:
                return environment_files.requirements(folder.artifact(path), path)
            except AssayError as error:
                if error.note.code != ArtifactNote.NO_ARTIFACT:
                    reasons[path] = error.note
        return None


def _environment(folder: EvidenceFolder, reasons: dict[str, Note]) -> Environment | None:
    try:
        path = folder.file(ENVIRONMENT)
        status = path.stat()
        return _parsed(path, status.st_size, status.st_mtime_ns)
    except AssayError as error:
        if error.note.code != ArtifactNote.NO_ARTIFACT or tag_of(ENVIRONMENT) in folder.tags:
            reasons[ENVIRONMENT] = error.note
        return None


@lru_cache(maxsize=4_096)
def _parsed(path: Path, size: int, modified: int) -> Environment:  # noqa: ARG001 - what a file is known by
    return environment_files.environment(path)


def _folders(history: str) -> tuple[str, ...]:
    """Where the models that a run logged lie, the last first, by the tag that MLflow sets."""
    try:
        found = [one["artifact_path"] for one in json.loads(history)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()
    paths = (path.encode(errors="replace").decode() for path in reversed(found) if isinstance(path, str) and path)
    return tuple(dict.fromkeys(path.strip("/") for path in paths))
