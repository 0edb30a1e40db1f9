"""What is in the evidence files of runs? Each is fetched once, and what is wrong with one run stops no other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import monotonic

from assay import artifacts
from assay.cache import reads, split_facts, training_files
from assay.errors import AssayError, SourceError
from assay.model.evidence.files import (
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
from assay.model.evidence.notes import TrainingNote as Says
from assay.model.evidence.splits import SplitFacts
from assay.model.evidence.training import FeatureShare, FittedStep
from assay.model.note import Note, note
from assay.model.problems import Artifacts
from assay.model.runs.notes import ArtifactNote
from assay.model.sync import Snapshot
from assay.queries import freshness
from assay.queries.comparison.patience import in_time
from assay.settings import Settings
from assay.workspace import Workspace

Progress = Callable[[int, int], None]

_LARGEST = 500_000_000
_MOST_STEPS = 100
_MOST_FEATURES = 50
_AT_ONCE, _AT_A_TIME = 6, 24
_SILENCE, _SECONDS = 20.0, 120.0
"""How long the first runs may take before nothing more is asked of the store, and all of them; what was begun goes on,
and is kept."""
_TAGS = frozenset(tag_of(path) for path in (SCORES, SPLITS, ENVIRONMENT, FEATURE_IMPORTANCE, RECIPE))
_STEPS_TAG = f"{TAG}.preprocessing."
"""Other tags that begin so say nothing of files."""


@dataclass(frozen=True, slots=True)
class RunEvidence:
    """What one run logged; what is None, or empty, has its `reasons` by path where it is not just missing.

    `features`: the most important ones. `notes`: what is odd about its files. `waiting`: whether a store that is away,
    or slow, kept some of it back.
    """

    splits: SplitFacts | None = None
    steps: tuple[FittedStep, ...] = ()
    features: tuple[FeatureShare, ...] = ()
    reasons: Mapping[str, Note] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    waiting: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing is there, nor will be by asking again."""
        nothing = self.splits is None and not (self.steps or self.features or self.notes or self.waiting)
        return nothing and all(map(_lasts, self.reasons.values()))


def evidence(work: Workspace, run_ids: Sequence[str], said: Progress | None = None) -> dict[str, RunEvidence]:
    """Of every run; `said` is told how many of them are done, now and then.

    Runs that have nothing which can be read are not asked again as long as nothing in the store changes.
    """
    bare = _bare(work.snapshot, work.settings)
    wanted = [run_id for run_id in run_ids if run_id not in bare]
    tagged = _tagged(work, wanted)
    reader = _EvidenceReader(work, freshness.current(work.settings).status.problem)
    found: dict[str, RunEvidence] = {}

    began = monotonic()

    def one(run_id: str) -> RunEvidence:
        return reader.read(run_id, tagged[run_id])

    for group in _groups(wanted, tagged):
        left = _SECONDS - (monotonic() - began) if found or reader.away else _SILENCE
        part, _ = in_time(group, one, left, at_once=_AT_ONCE)
        if not found and all(run.waiting for run in part.values()):
            reader.away = next((why for run in part.values() for why in run.reasons.values()), _late(_SILENCE))
        found |= part
        if said:
            said(len(run_ids) - len(wanted) + len(found), len(run_ids))
    bare |= {run_id: own for run_id, own in found.items() if own.is_bare}
    late = RunEvidence(
        reasons=dict.fromkeys((SPLITS, PREPROCESSING, FEATURE_IMPORTANCE), reader.away or _late(_SECONDS)), waiting=True
    )
    return {run_id: bare.get(run_id) or found.get(run_id, late) for run_id in run_ids}


@lru_cache(maxsize=4)
def _bare(snapshot: Snapshot, settings: Settings) -> dict[str, RunEvidence]:  # noqa: ARG001 - where they are looked for
    """The runs that were looked into and have no evidence, or none that can be read."""
    return {}


def _late(seconds: float) -> Note:
    return note(Says.NOT_FETCHED, seconds=int(seconds))


def file_of(work: Workspace, run_id: str, path: str) -> Path:
    """One evidence file of a run as the store has it now, or as it was tagged; raises AssayError."""
    away = freshness.current(work.settings).status.problem
    return _Folder(work.settings, run_id, _tagged(work, (run_id,))[run_id], away).file(path)


def _groups(run_ids: Sequence[str], tagged: Mapping[str, Mapping[str, str]]) -> Iterator[Sequence[str]]:
    """Runs to be read together: a few first, which tell whether the store answers at all.

    One of all that share a file comes before the others, which then find it counted.
    """
    for place, runs in enumerate(_rounds(run_ids, tagged)):
        few = 0 if place else _AT_ONCE
        yield from filter(None, (runs[:few], *(runs[at : at + _AT_A_TIME] for at in range(few, len(runs), _AT_A_TIME))))


def _rounds(run_ids: Sequence[str], tagged: Mapping[str, Mapping[str, str]]) -> tuple[list[str], list[str]]:
    """Runs whose splits no run before them has, and the others."""
    seen: set[str] = set()
    first: list[str] = []
    rest: list[str] = []
    for run_id in run_ids:
        content = tagged[run_id].get(tag_of(SPLITS), "")
        (rest if content in seen else first).append(run_id)
        seen |= {content} if content else set()
    return first, rest


def _tagged(work: Workspace, run_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Run → the tags that say which evidence it has."""
    found = reads.tags_below(work.snapshot, run_ids, f"{TAG}.")
    return {
        run_id: {name: text for name, text in own.items() if name in _TAGS or name.startswith(_STEPS_TAG)}
        for run_id, own in found.items()
    }


class _EvidenceReader:
    """Reads runs one after another; `away`: why the store is not to be asked, now or any more."""

    def __init__(self, work: Workspace, away: Note | None) -> None:
        self._settings, self.away = work.settings, away
        self._facts = work.settings.data / "facts"
        self._broken: dict[str, AssayError] = {}

    def read(self, run_id: str, tags: Mapping[str, str]) -> RunEvidence:
        folder = _Folder(self._settings, run_id, tags, self.away)
        reasons: dict[str, Note] = {}
        notes: list[Note] = []

        def tried(path: str, read: Callable[[], object]) -> object:
            try:
                return read()
            except AssayError as error:
                if error.note.code != ArtifactNote.NO_ARTIFACT or tag_of(path) in tags:
                    reasons[path] = error.note
                return None

        splits = tried(SPLITS, lambda: self._splits(folder, notes))
        steps = tried(PREPROCESSING, lambda: self._steps(folder, reasons))
        features = tried(FEATURE_IMPORTANCE, lambda: _features(folder))
        return RunEvidence(
            splits if isinstance(splits, SplitFacts) else None,
            steps if isinstance(steps, tuple) else (),
            features if isinstance(features, tuple) else (),
            reasons,
            tuple(notes),
            folder.waiting,
        )

    def _splits(self, folder: "_Folder", notes: list[Note]) -> SplitFacts:
        content = folder.tags.get(tag_of(SPLITS), "")
        known = split_facts.kept(self._facts, content) if content else None
        if known is not None:
            return known
        path = folder.file(SPLITS)
        found = split_facts.digest(path)
        if content and found != content:
            notes.append(note(Says.OTHER_THAN_TAGGED, path=SPLITS))
        if found in self._broken:
            raise self._broken[found]
        try:
            return split_facts.counted(self._facts, path, found)
        except AssayError as error:
            self._broken[found] = error
            raise

    def _steps(self, folder: "_Folder", reasons: dict[str, Note]) -> tuple[FittedStep, ...]:
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


def _is_there(path: Path) -> bool:
    """A name that is too long for the disk is no file's."""
    try:
        return path.is_file()
    except OSError:
        return False


def _features(folder: "_Folder") -> tuple[FeatureShare, ...]:
    return training_files.feature_shares(folder.file(FEATURE_IMPORTANCE), _MOST_FEATURES)


class _Folder:
    """The evidence of one run; where its tags name what it has, nothing is asked that they do not name."""

    def __init__(self, settings: Settings, run_id: str, tags: Mapping[str, str], away: Note | None) -> None:
        self._settings, self._run_id, self._away = settings, run_id, away
        self.tags = tags
        self._listed: dict[str, artifacts.Beside] = {}

    @property
    def waiting(self) -> bool:
        """Whether something could not be asked for now that may be there later."""
        return any(one.reason and not _lasts(one.reason) for one in self._listed.values())

    def file(self, path: str) -> Path:
        """A file as the store has it now, or as it was tagged; raises AssayError."""
        content = self.tags.get(tag_of(path))
        if self.tags and content is None:
            raise SourceError(ArtifactNote.NO_ARTIFACT, path=path)
        if not artifacts.is_safe(path):
            raise SourceError(Artifacts.NO_PATH, path=path)
        kept = artifacts.place(self._settings, self._run_id, path)
        if content and _is_there(kept) and split_facts.digest(kept) == content:
            return kept
        listed = self._beside(path).file(path)
        if reason := artifacts.refusal(listed, _LARGEST, ArtifactNote.TOO_LARGE_TO_SHOW):
            raise SourceError(reason.code, **dict(reason.values))
        source = artifacts.store(self._settings)
        return artifacts.fetch(self._settings, source, self._run_id, path, listed)

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
            self._listed[folder] = artifacts.beside(self._settings, self._run_id, path, away=self._away)
        return self._listed[folder]


def _lasts(why: Note) -> bool:
    return isinstance(why.code, Artifacts) and why.code.lasts
