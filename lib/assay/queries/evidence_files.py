"""Where are the files that runs logged as evidence?"""

import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from assay import sources
from assay.cache import reads
from assay.errors import AssayError, SourceError
from assay.model.evidence import LOGGED_BY, SCORES
from assay.model.runs import Artifact
from assay.model.sync import Snapshot
from assay.queries import freshness
from assay.settings import Settings
from assay.sources.source import Source
from assay.uri import store_name

NOT_LOGGED = f"no example scores are logged; `{LOGGED_BY[SCORES]}` logs them"
_TABLES = "mlflow.loggedArtifacts"
_CONVERTED = ".json.parquet"
_PATIENCE = 1.0
_AT_ONCE = 6
_MOST_TABLES = 8

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files with one run's example scores, best first; none with the reason why."""

    run_id: str
    paths: tuple[Path, ...]
    reason: str = ""


def scores(snapshot: Snapshot, settings: Settings, run_ids: Sequence[str]) -> dict[str, Fetched]:
    """`evidence/scores.parquet` of every run, else the tables that MLflow's evaluation logged.

    Each file is kept in the data folder, so that it is there while the store is away, and fetched again when the
    store lists it with another size or, where the store says so, another time of change.
    """
    store = _Store(settings)
    return _each(lambda run_id: _scores(snapshot, settings, store, run_id), dict.fromkeys(run_ids))


def folder(settings: Settings, run_id: str) -> Path:
    """Where a run's fetched artifacts are kept; raises SourceError for an id that cannot be a folder's name."""
    if not re.fullmatch(r"[\w-]+", run_id):
        raise SourceError(f"The run id {run_id!r} cannot be a folder's name, so its artifacts are not fetched.")
    return settings.data / "artifacts" / store_name(settings.tracking_uri) / run_id


def fetch(settings: Settings, source: Source, run_id: str, path: str, listed: Artifact | None = None) -> Path:
    """One artifact file as kept in the data folder, fetched whole or not at all; raises SourceError.

    `listed`: what the store says of it now; one that is kept and differs from that is fetched again.
    """
    home = folder(settings, run_id)
    target = home.joinpath(*PurePosixPath(path).parts)
    if _is_current(target, listed):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # A folder of its own keeps two people who ask at once out of each other's way.
        with tempfile.TemporaryDirectory(dir=home, prefix=".fetching-") as partial:
            fetched = source.artifact(run_id, path, Path(partial))
            if listed and listed.modified is not None:
                os.utime(fetched, ns=(listed.modified, listed.modified))
            fetched.replace(target)
            _converted(target).unlink(missing_ok=True)
    except OSError as error:
        raise SourceError(f"{target} cannot be written: {error.strerror}.") from error
    return target


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

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.away = freshness.current(settings).status.problem is not None

    def fetched(self, run_id: str, tables: Callable[[], Sequence[str]]) -> tuple[Path, ...]:
        """The run's files as they are in the store now; raises SourceError."""
        began = time.monotonic()
        try:
            source = sources.open(self._settings.tracking_uri, self._settings.artifact_roots)
            listed = _listed(source, run_id, [SCORES])
            if SCORES in listed or _kept(self._settings, run_id, [SCORES]):
                return (fetch(self._settings, source, run_id, SCORES, listed.get(SCORES)),)
            names = tables()
            listed = _listed(source, run_id, names)
            return tuple(fetch(self._settings, source, run_id, name, listed.get(name)) for name in names)
        except SourceError:
            self.away = self.away or time.monotonic() - began > _PATIENCE
            raise


def _scores(snapshot: Snapshot, settings: Settings, store: _Store, run_id: str) -> Fetched:
    def tables() -> tuple[str, ...]:
        return _tables(snapshot, run_id)

    try:
        kept = _kept(settings, run_id, [SCORES]) or _kept(settings, run_id, tables())
        try:
            found = kept if kept and store.away else store.fetched(run_id, tables)
        except SourceError:
            if not kept:
                raise
            found = kept
    except AssayError as error:
        return Fetched(run_id, (), str(error).removesuffix("."))
    return Fetched(run_id, found, "" if found else NOT_LOGGED)


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


def _tables(snapshot: Snapshot, run_id: str) -> tuple[str, ...]:
    """Names of the tables that the run says it logged; the store's text is not trusted to be paths."""
    run = reads.run(snapshot, run_id)
    try:
        listed = json.loads(run.tags.get(_TABLES, "[]")) if run else []
    except ValueError:
        return ()
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    names = [str(entry.get("path", "")) for entry in entries if entry.get("type") == "table"]
    safe = [n for n in names if n.endswith(".json") and not n.startswith("/") and ".." not in PurePosixPath(n).parts]
    return tuple(dict.fromkeys(name for name in safe if "\\" not in name and "\0" not in name))[:_MOST_TABLES]


def _each(work: Callable[[str], R], run_ids: Iterable[str]) -> dict[str, R]:
    ids = list(run_ids)
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, max(len(ids), 1))) as pool:
        return dict(zip(ids, pool.map(work, ids), strict=True))
