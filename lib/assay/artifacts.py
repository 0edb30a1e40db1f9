"""Evidence files, fetched once into the data folder, so that they are there while the store is away."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assay import sources
from assay.errors import AssayError, SourceError
from assay.model.comparison.notes import ExampleNote
from assay.model.evidence.files import LOGGED_BY, SCORES
from assay.model.note import Note, Quote, note
from assay.model.problems import Artifacts
from assay.model.runs.notes import ArtifactNote
from assay.model.runs.store import Artifact
from assay.settings import Settings
from assay.sources.source import Source
from assay.uri import store_name

NOT_LOGGED = note(ExampleNote.SCORES_NOT_LOGGED, line=Quote(LOGGED_BY[SCORES]))
_CONVERTED = ".json.parquet"
_PARTIAL = ".fetching-"
_PATIENCE = 1.0
_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files with one run's example scores, best first; none with the reason why."""

    paths: tuple[Path, ...] = ()
    reason: Note | None = None


def scores(settings: Settings, tables: Mapping[str, Sequence[str]], *, away: bool) -> dict[str, Fetched]:
    """`evidence/scores.parquet` of every run, else the tables (run id → paths) that MLflow's evaluation logged.

    Each file is kept, and fetched again when the store lists it with another size or, where the store says so,
    another time of change. `away`: what is kept does, for asking would only make people wait.
    """
    store = _Store(settings, away)
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, max(len(tables), 1))) as pool:
        found = pool.map(lambda run_id: _scores(settings, store, run_id, tables[run_id]), tables)
        return dict(zip(tables, found, strict=True))


def store(settings: Settings) -> Source:
    """The store itself, for what is read there and then; raises SourceError when it is of no kind that Assay reads."""
    return sources.open(settings.tracking_uri, settings.artifact_roots)


def folder(settings: Settings, run_id: str) -> Path:
    """Where a run's fetched artifacts are kept; raises SourceError for an id that cannot be a folder's name."""
    if not re.fullmatch(r"[\w-]+", run_id):
        raise SourceError(Artifacts.RUN_ID_NO_FOLDER, run=run_id)
    return settings.data / "artifacts" / store_name(settings.tracking_uri) / run_id


def place(settings: Settings, run_id: str, path: str) -> Path:
    """Where an artifact file is kept once it is fetched; raises SourceError for a path that is none below the run's."""
    _refuse_unsafe(path)
    return folder(settings, run_id).joinpath(*PurePosixPath(path).parts)


def kept_as(settings: Settings, run_id: str, path: str, content: str) -> Path | None:
    """The file as it was once fetched, where this is its SHA-256; raises SourceError as `place` does."""
    target = place(settings, run_id, path)
    try:
        with target.open("rb") as file:
            return target if hashlib.file_digest(file, "sha256").hexdigest() == content else None
    except OSError:  # nobody fetched it, or no disk takes a name of that length
        return None


def fetch(settings: Settings, source: Source, run_id: str, path: str, listed: Artifact | None = None) -> Path:
    """One artifact file as kept in the data folder, fetched whole or not at all; raises SourceError.

    `listed`: what the store says of it now; one that is kept and differs from that is fetched again.
    """
    target = place(settings, run_id, path)
    home = folder(settings, run_id)
    try:
        if _is_current(target, listed):
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        # A folder of its own keeps two people who ask at once out of each other's way.
        with tempfile.TemporaryDirectory(dir=home, prefix=_PARTIAL) as partial:
            fetched = source.artifact(run_id, path, Path(partial), listed.size if listed else None)
            if listed and listed.modified is not None:
                os.utime(fetched, ns=(listed.modified, listed.modified))
            fetched.replace(target)
            _converted(target).unlink(missing_ok=True)
    except OSError as error:
        raise SourceError(Artifacts.NOT_KEPT, target=str(target), error=error.strerror) from error
    return target


def kept(settings: Settings, run_id: str) -> tuple[Artifact, ...]:
    """The files of a run that were fetched before, by path; none where no folder can hold them."""
    try:
        home = folder(settings, run_id)
        found = ((path, path.relative_to(home)) for path in home.rglob("*") if path.is_file())
        known = [
            Artifact(name.as_posix(), False, path.stat().st_size)
            for path, name in found
            if not name.parts[0].startswith(_PARTIAL) and not name.name.endswith(_CONVERTED)
        ]
    except (SourceError, OSError):
        return ()
    return tuple(sorted(known, key=lambda artifact: artifact.path))


@dataclass(frozen=True, slots=True)
class Beside:
    """Files by path, as the store has them now; with the `reason` why it wasn't asked, all that are kept of the run.

    `folders`: those beside the path; of what is kept, those with a file in them.
    """

    files: Mapping[str, Artifact]
    reason: Note | None = None
    folders: tuple[str, ...] = ()

    def file(self, path: str) -> Artifact:
        """Raises SourceError for one that is not listed."""
        if path not in self.files:
            why = self.reason or note(ArtifactNote.NO_ARTIFACT, path=path)
            raise SourceError(why.code, **dict(why.values))
        return self.files[path]


def beside(settings: Settings, run_id: str, path: str, *, away: Note | None = None) -> Beside:
    """The files in the folder of `path`; `away`: why the store is not to be asked, for that would only take time."""
    reason = away
    if reason is None:
        try:
            found = _listed(store(settings), run_id, [path])
            folders = tuple(name for name, artifact in found.items() if artifact.is_folder)
            return Beside({name: found[name] for name in found if name not in folders}, None, folders)
        except SourceError as error:
            reason = error.note
    files = {artifact.path: artifact for artifact in kept(settings, run_id)}
    return Beside(files, reason, tuple(_folders(files, PurePosixPath(path).parent)))


def _folders(files: Collection[str], folder: PurePosixPath) -> dict[str, None]:
    """The folders in `folder` that hold some of the files."""
    below = (PurePosixPath(path).relative_to(folder) for path in files if PurePosixPath(path).is_relative_to(folder))
    return dict.fromkeys(str(folder / path.parts[0]) for path in below if len(path.parts) > 1)


def refusal(artifact: Artifact, limit: int, code: ArtifactNote) -> Note | None:
    """Why a file is not fetched, None when it is: one of more than `limit` bytes, or of nobody knows how many."""
    if artifact.size is None:
        return note(ArtifactNote.SIZE_UNKNOWN)
    return note(code, size=artifact.size, limit=limit) if artifact.size > limit else None


def files(
    settings: Settings, wanted: Collection[tuple[str, str]], most: int, *, away: Note | None
) -> dict[tuple[str, str], Fetched]:
    """Artifact files (run id, path) of at most `most` bytes each, with a reason in place of one that can't be had.

    Each folder is looked up once, now, and a file that is kept and differs is fetched again; `away` as in `beside`.
    """

    def one(key: tuple[str, str]) -> Fetched:
        run_id, path = key
        try:
            _refuse_unsafe(path)
            artifact = listings[run_id, PurePosixPath(path).parent].file(path)
            reason = refusal(artifact, most, ArtifactNote.TOO_LARGE_TO_SHOW)
            return Fetched(reason=reason) if reason else Fetched((fetch(settings, store(settings), *key, artifact),))
        except AssayError as error:
            return Fetched(reason=error.note)

    folders = {(run_id, PurePosixPath(path).parent): (run_id, path) for run_id, path in wanted}
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        looked = pool.map(lambda key: beside(settings, *key, away=away), folders.values())
        listings = dict(zip(folders, looked, strict=True))
        return dict(zip(wanted, pool.map(one, wanted), strict=True))


def is_safe(path: str) -> bool:
    """Whether `path` can be fetched, and kept below a run's folder."""
    parts = PurePosixPath(path).parts
    odd = any(letter in path for letter in "\0\\\ufffd")  # U+FFFD stands for bytes of a name that nobody can ask for
    return bool(parts) and not (PurePosixPath(path).is_absolute() or ".." in parts or odd)


def _refuse_unsafe(path: str) -> None:
    if not is_safe(path):
        raise SourceError(Artifacts.NO_PATH, path=path)


def discard(path: Path) -> None:
    """Forgets a kept file that turned out to be damaged, so that it is fetched again."""
    path.unlink(missing_ok=True)
    if path.name.endswith(_CONVERTED):
        path.with_name(path.name.removesuffix(".parquet")).unlink(missing_ok=True)


def _converted(path: Path) -> Path:
    """Where the Parquet form of a kept JSON table lies."""
    return path.with_name(path.name.removesuffix(".json") + _CONVERTED)


def _is_current(kept: Path, listed: Artifact | None) -> bool:
    if not kept.is_file():
        return False
    status = kept.stat()
    return listed is None or (listed.size in (None, status.st_size) and listed.modified in (None, status.st_mtime_ns))


class _Store:
    """The store during one question; `away` when asking it again for what is kept would only make people wait."""

    def __init__(self, settings: Settings, away: bool) -> None:
        self._settings = settings
        self.away = away

    def fetched(self, run_id: str, tables: Sequence[str]) -> tuple[Path, ...]:
        """The run's files as they are in the store now; raises SourceError."""
        began = time.monotonic()
        try:
            source = store(self._settings)
            listed = _listed(source, run_id, [SCORES])
            names = [SCORES] if SCORES in listed or _kept(self._settings, run_id, [SCORES]) else tables
            if names is tables:
                listed = _listed(source, run_id, names)
            return tuple(fetch(self._settings, source, run_id, name, listed.get(name)) for name in names)
        except SourceError:
            self.away = self.away or time.monotonic() - began > _PATIENCE
            raise


def _scores(settings: Settings, store: _Store, run_id: str, tables: Sequence[str]) -> Fetched:
    try:
        kept = _kept(settings, run_id, [SCORES]) or (_kept(settings, run_id, tables) if tables else ())
        try:
            found = kept if kept and store.away else store.fetched(run_id, tables)
        except SourceError:
            if not kept:
                raise
            found = kept
    except AssayError as error:
        return Fetched(reason=error.note)
    return Fetched(found) if found else Fetched(reason=NOT_LOGGED)


def _listed(source: Source, run_id: str, paths: Sequence[str]) -> dict[str, Artifact]:
    """What the store says of the files `paths`, and of those beside them."""
    folders = dict.fromkeys(str(PurePosixPath(path).parent) for path in paths)
    return {
        artifact.path: artifact
        for name in folders
        for artifact in source.artifacts(run_id, "" if name == "." else name)
    }


def _kept(settings: Settings, run_id: str, names: Sequence[str]) -> tuple[Path, ...]:
    """All of the files, where every one of them was fetched before."""
    paths = tuple(folder(settings, run_id).joinpath(*PurePosixPath(name).parts) for name in names)
    return paths if all(path.is_file() for path in paths) else ()
