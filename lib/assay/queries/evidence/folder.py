"""The evidence folder of one run: which files its tags name, and each of them, fetched once."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assay import artifacts
from assay.cache import reads
from assay.errors import SourceError
from assay.model.evidence.files import (
    CHANGES,
    ENVIRONMENT,
    FEATURE_IMPORTANCE,
    FOLDER,
    PREPROCESSING,
    RECIPE,
    SCORES,
    SPLITS,
    TAG,
    tag_of,
)
from assay.model.evidence.run import lasts
from assay.model.note import Note
from assay.model.problems import Artifacts
from assay.model.runs.notes import ArtifactNote
from assay.model.runs.store import MODELS
from assay.queries import freshness
from assay.settings import Settings
from assay.workspace import Workspace

_LARGEST = 500_000_000
_TAGS = frozenset(tag_of(path) for path in (SCORES, SPLITS, ENVIRONMENT, FEATURE_IMPORTANCE, RECIPE, CHANGES))
_STEPS_TAG = f"{TAG}.preprocessing."
"""Other tags that begin with TAG say nothing of files."""


def tagged(work: Workspace, run_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Run → the tags that say which evidence it has."""
    found = reads.tags_below(work.snapshot, run_ids, f"{TAG}.")
    return {
        run_id: {name: text for name, text in own.items() if name in _TAGS or name.startswith(_STEPS_TAG)}
        for run_id, own in found.items()
    }


def file_of(work: Workspace, run_id: str, path: str) -> Path:
    """One evidence file of a run as the store has it now, or as it was tagged; raises AssayError."""
    away = freshness.current(work.settings).status.problem
    return EvidenceFolder(work.settings, run_id, tagged(work, (run_id,))[run_id], away).file(path)


class EvidenceFolder:
    """The evidence of one run; where its tags name what it has, nothing is asked that they do not name."""

    def __init__(self, settings: Settings, run_id: str, tags: Mapping[str, str], away: Note | None) -> None:
        self._settings, self._away = settings, away
        self.run_id, self.tags = run_id, tags
        self._listed: dict[str, artifacts.Beside] = {}

    @property
    def waiting(self) -> bool:
        """Whether something could not be asked for now that may be there later."""
        return any(one.reason and not lasts(one.reason) for one in self._listed.values())

    def file(self, path: str) -> Path:
        """A file as the store has it now, or as it was tagged; raises AssayError."""
        content = self.tags.get(tag_of(path))
        if self.tags and content is None:
            raise SourceError(ArtifactNote.NO_ARTIFACT, path=path)
        return self.artifact(path, content)

    def artifact(self, path: str, content: str | None = None) -> Path:
        """Any of the run's files, its SHA-256 being `content` where that is known; raises AssayError."""
        if not artifacts.is_safe(path):
            raise SourceError(Artifacts.NO_PATH, path=path)
        if content and (kept := artifacts.kept_as(self._settings, self.run_id, path, content)):
            return kept
        listed = self._beside(path).file(path)
        if reason := artifacts.refusal(listed, _LARGEST, ArtifactNote.TOO_LARGE_TO_SHOW):
            raise SourceError(reason.code, **dict(reason.values))
        source = artifacts.store(self._settings)
        return artifacts.fetch(self._settings, source, self.run_id, path, listed)

    def seen(self, paths: Sequence[str]) -> frozenset[str]:
        """Those of these evidence files that are there."""
        if self.tags:
            return frozenset(path for path in paths if tag_of(path) in self.tags)
        return frozenset(path for path in paths if path in self._beside(path).files)

    def models(self) -> tuple[str, ...]:
        """The folders of the models that it logged in MLflow 3, the one of the highest step first."""
        return self._beside(f"{MODELS}/x").folders

    def steps(self) -> list[str]:
        """The files of its preprocessing."""
        if self.tags:
            names = (tag.removeprefix(_STEPS_TAG) for tag in self.tags if tag.startswith(_STEPS_TAG))
            return sorted(f"{PREPROCESSING}/{name}.json" for name in names)
        if not any(path.startswith(f"{FOLDER}/") for path in self._beside(SPLITS).files):
            return []
        return sorted(path for path in self._beside(f"{PREPROCESSING}/x").files if path.endswith(".json"))

    def _beside(self, path: str) -> artifacts.Beside:
        folder = path.rpartition("/")[0]
        if folder not in self._listed:
            self._listed[folder] = artifacts.beside(self._settings, self.run_id, path, away=self._away)
        return self._listed[folder]
