"""What is in the evidence files of runs? Each is fetched once, and what is wrong with one run stops no other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from time import monotonic
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
from assay.model.sync import Snapshot
from assay.queries import freshness
from assay.queries.comparison.patience import in_time
from assay.queries.evidence.folder import EvidenceFolder, tagged
from assay.settings import Settings
from assay.workspace import Workspace

Progress = Callable[[int, int], None]
Found = TypeVar("Found")

_MOST_STEPS = 100
_MOST_FEATURES = 50
_AT_ONCE, _AT_A_TIME = 6, 24
_SILENCE, _SECONDS = 20.0, 120.0
"""How long the first runs may take before nothing more is asked of the store, and all of them; what was begun goes on,
and is kept."""


def evidence(work: Workspace, run_ids: Sequence[str], said: Progress | None = None) -> dict[str, RunEvidence]:
    """Of every run; `said` is told how many of them are done, now and then.

    Runs that have nothing which can be read are not asked again as long as nothing in the store changes.
    """
    bare = _asked_in_vain(work.snapshot, work.settings)
    wanted = [run_id for run_id in run_ids if run_id not in bare]
    tags = tagged(work, wanted)
    reader = _EvidenceReader(work, freshness.current(work.settings).status.problem)
    found: dict[str, RunEvidence] = {}
    began = monotonic()

    def one(run_id: str) -> RunEvidence:
        return reader.read(run_id, tags[run_id])

    for group in _groups(wanted, tags):
        left = _SECONDS - (monotonic() - began)
        part, _ = in_time(group, one, left if found or reader.away else min(left, _SILENCE), at_once=_AT_ONCE)
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
def _asked_in_vain(snapshot: Snapshot, settings: Settings) -> dict[str, RunEvidence]:  # noqa: ARG001
    """A list that `evidence` writes on: the runs that have no evidence, or none that can be read.

    Whoever comes at the same time may get a list of its own, and asks once more; nothing else hangs on it.
    """
    return {}


def _late(seconds: float) -> Note:
    return note(Says.NOT_FETCHED, seconds=int(seconds))


def _groups(run_ids: Sequence[str], tags: Mapping[str, Mapping[str, str]]) -> Iterator[Sequence[str]]:
    """Runs to be read together: a few first, which tell whether the store answers at all.

    One of all that share a file comes before the others, which then find it counted.
    """
    for place, runs in enumerate(_rounds(run_ids, tags)):
        few = 0 if place else _AT_ONCE
        yield from filter(None, (runs[:few], *(runs[at : at + _AT_A_TIME] for at in range(few, len(runs), _AT_A_TIME))))


def _rounds(run_ids: Sequence[str], tags: Mapping[str, Mapping[str, str]]) -> tuple[list[str], list[str]]:
    """Runs whose splits no run before them has, and the others."""
    seen: set[str] = set()
    first: list[str] = []
    rest: list[str] = []
    for run_id in run_ids:
        content = tags[run_id].get(tag_of(SPLITS), "")
        (rest if content in seen else first).append(run_id)
        seen |= {content} if content else set()
    return first, rest


class _EvidenceReader:
    """Reads runs one after another; `away`: why the store is not to be asked, now or any more."""

    def __init__(self, work: Workspace, away: Note | None) -> None:
        self._settings, self.away = work.settings, away
        self._facts = work.settings.data / "facts"
        self._known: dict[str, SplitFacts | AssayError] = {}

    def read(self, run_id: str, tags: Mapping[str, str]) -> RunEvidence:
        folder = EvidenceFolder(self._settings, run_id, tags, self.away)
        reasons: dict[str, Note] = {}
        notes: list[Note] = []

        def tried(path: str, read: Callable[[], Found]) -> Found | None:
            try:
                return read()
            except AssayError as error:
                if error.note.code != ArtifactNote.NO_ARTIFACT or tag_of(path) in tags:
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
