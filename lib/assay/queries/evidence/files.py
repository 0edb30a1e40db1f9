"""What is in the evidence files of runs? Each is fetched once, and what is wrong with one run stops no other."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from assay.cache import split_facts, training_files
from assay.errors import AssayError
from assay.model.evidence.files import FEATURE_IMPORTANCE, PREPROCESSING, SPLITS, tag_of
from assay.model.evidence.notes import EvidenceNote as Says
from assay.model.evidence.run import RunEvidence
from assay.model.evidence.splits import SplitFacts
from assay.model.evidence.training import FeatureShare, FittedStep
from assay.model.note import Note, note
from assay.model.runs.notes import ArtifactNote
from assay.queries.evidence.asking import Progress, asked
from assay.queries.evidence.folder import EvidenceFolder
from assay.settings import Settings
from assay.workspace import Workspace

Found = TypeVar("Found")

_MOST_STEPS = 100
_MOST_FEATURES = 50


def evidence(work: Workspace, run_ids: Sequence[str], said: Progress | None = None) -> dict[str, RunEvidence]:
    """Of every run; `said` is told how many of them are done, now and then."""

    def late(why: Note) -> RunEvidence:
        return RunEvidence(reasons=dict.fromkeys((SPLITS, PREPROCESSING, FEATURE_IMPORTANCE), why), waiting=True)

    reader = _EvidenceReader(work.settings)
    return asked(work, run_ids, reader.read, late, shared=SPLITS, said=said)


class _EvidenceReader:
    """Reads runs one after another, and what several share once."""

    def __init__(self, settings: Settings) -> None:
        self._facts = settings.data / "facts"
        self._known: dict[str, SplitFacts | AssayError] = {}

    def read(self, folder: EvidenceFolder) -> RunEvidence:
        reasons: dict[str, Note] = {}
        notes: list[Note] = []

        def tried(path: str, read: Callable[[], Found]) -> Found | None:
            try:
                return read()
            except AssayError as error:
                if error.note.code != ArtifactNote.NO_ARTIFACT or tag_of(path) in folder.tags:
                    reasons[path] = error.note
                return None

        return RunEvidence(
            tried(SPLITS, lambda: self._splits(folder, notes)),
            tried(PREPROCESSING, lambda: _steps(folder, reasons)) or (),
            tried(FEATURE_IMPORTANCE, lambda: _features(folder)) or (),
            reasons,
            tuple(notes),
            folder.waiting,
        )

    def _splits(self, folder: EvidenceFolder, notes: list[Note]) -> SplitFacts:
        content = folder.tags.get(tag_of(SPLITS), "")
        if content and (kept := self._kept(content)):
            return kept
        path = folder.file(SPLITS)
        found = split_facts.digest(path)
        if content and found != content:
            notes.append(note(Says.OTHER_THAN_TAGGED, path=SPLITS))
        if found not in self._known:
            try:
                self._known[found] = split_facts.counted(self._facts, path, found)
            except AssayError as error:
                self._known[found] = error
        known = self._known[found]
        if isinstance(known, AssayError):
            raise known
        return known

    def _kept(self, content: str) -> SplitFacts | None:
        """What was counted of a file with this SHA-256, by whomever; runs that share it share the facts."""
        known = self._known.get(content) or split_facts.kept(self._facts, content)
        if not isinstance(known, SplitFacts):
            return None
        self._known[content] = known
        return known


def _steps(folder: EvidenceFolder, reasons: dict[str, Note]) -> tuple[FittedStep, ...]:
    found = []
    paths = folder.steps()
    if len(paths) > _MOST_STEPS:
        reasons[PREPROCESSING] = note(Says.STEPS_CUT, n=len(paths) - _MOST_STEPS, most=_MOST_STEPS)
    for path in paths[:_MOST_STEPS]:
        try:
            found.append(training_files.fitted_step(folder.file(path)))
        except AssayError as error:
            reasons[PREPROCESSING] = error.note
    return tuple(found)


def _features(folder: EvidenceFolder) -> tuple[FeatureShare, ...]:
    return training_files.feature_shares(folder.file(FEATURE_IMPORTANCE), _MOST_FEATURES)
