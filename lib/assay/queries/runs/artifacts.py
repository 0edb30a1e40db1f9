"""Which files did a run leave, and what is in them?"""

import time
from collections import deque
from pathlib import Path

from assay import artifacts
from assay.errors import SourceError
from assay.model.note import Note, note
from assay.model.runs.artifacts import (
    MOST_LOADED_BYTES,
    MOST_SHOWN_BYTES,
    ArtifactAsked,
    ArtifactList,
    Preview,
    kind_of,
)
from assay.model.runs.notes import ArtifactNote
from assay.model.runs.store import Artifact
from assay.queries.runs.previews import preview
from assay.workspace import Workspace

MOST_FILES = 3_000
MOST_FOLDERS = 300
PATIENCE_SECONDS = 5.0
"""How long folder after folder is asked for; a server takes a request for each."""


def listed(work: Workspace, run_id: str) -> ArtifactList:
    """The files of a run, looked up now; at most MOST_FILES of MOST_FOLDERS folders."""
    try:
        source, began = artifacts.store(work.settings), time.monotonic()
        found = source.artifacts(run_id)
    except SourceError as error:
        return ArtifactList(artifacts.kept(work.settings, run_id), error.note)
    files: list[Artifact] = []
    waiting: deque[str] = deque()
    asked, left_out = 1, 0
    while True:
        safe = [artifact for artifact in found if artifacts.is_safe(artifact.path)]
        left_out += len(found) - len(safe)
        files += [artifact for artifact in safe if not artifact.is_folder]
        waiting += [artifact.path for artifact in safe if artifact.is_folder]
        late = time.monotonic() - began > PATIENCE_SECONDS
        if not waiting or late or asked >= MOST_FOLDERS or len(files) > MOST_FILES:
            cut = bool(waiting) or len(files) > MOST_FILES
            return ArtifactList(tuple(files[:MOST_FILES]), cut=cut, left_out=left_out)
        asked += 1
        try:
            found = source.artifacts(run_id, waiting.popleft())
        except SourceError:
            found, left_out = (), left_out + 1


def opened(work: Workspace, asked: ArtifactAsked) -> Preview:
    """What one file holds; one that is too large, gone or of no form that can be shown is a reason."""
    try:
        artifact = artifacts.beside(work.settings, asked.run_id, asked.path).file(asked.path)
        reason = unloadable(artifact) or artifacts.refusal(artifact, MOST_SHOWN_BYTES, ArtifactNote.TOO_LARGE_TO_SHOW)
        if reason:
            return Preview(asked.path, artifact.size, reason)
        return preview(_fetched(work, asked, artifact), asked.path, kind_of(asked.path))
    except SourceError as error:
        return Preview(asked.path, None, error.note)
    except OSError:  # the copy went away meanwhile
        return Preview(asked.path, None, note(ArtifactNote.NO_ARTIFACT, path=asked.path))


def unloadable(artifact: Artifact) -> Note | None:
    """Why a file is not handed out, None when it is."""
    return artifacts.refusal(artifact, MOST_LOADED_BYTES, ArtifactNote.TOO_LARGE_TO_LOAD)


def loaded(work: Workspace, asked: ArtifactAsked) -> bytes:
    """A whole file; raises SourceError when it is gone, too large or cannot be fetched."""
    artifact = artifacts.beside(work.settings, asked.run_id, asked.path).file(asked.path)
    if reason := unloadable(artifact):
        raise SourceError(reason.code, **dict(reason.values))
    with _fetched(work, asked, artifact).open("rb") as file:
        return file.read(MOST_LOADED_BYTES)


def _fetched(work: Workspace, asked: ArtifactAsked, artifact: Artifact) -> Path:
    return artifacts.fetch(work.settings, artifacts.store(work.settings), asked.run_id, asked.path, artifact)
