"""Lists and copies artifacts of local stores, never outside the folder of the run they belong to."""

import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from assay.errors import SourceError
from assay.model.problems import Artifacts
from assay.model.runs.store import Artifact

BESIDE = ("mlruns", "mlartifacts", "artifacts")
"""Folders beside a database in which MLflow and its server keep artifacts unless told otherwise."""


def root(artifact_uri: str, home: Path, run: Sequence[str], roots: Sequence[Path] = ()) -> Path:
    """The local folder with a run's artifacts; it need not exist.

    `artifact_uri` comes from the store and is not trusted: the folder ends in `<run id>/artifacts`, links
    resolved, and lies below the database's folder (`home`), one that MLflow uses there, or one of `roots`. When the
    store was moved, the folder of `run` (experiment id, run id; of a model "models" between both) in these is taken, or
    the one in the place that it had beside the database.

    Raises SourceError when the artifacts lie elsewhere; what it says is the same for all runs of an experiment.
    """
    tops = [*(home / name for name in BESIDE), *roots]
    # A database in / owns what MLflow keeps beside it, not the whole machine.
    own = [*([home] if home != home.parent else []), *tops]
    stated = _local(artifact_uri, home)
    found = stated.resolve() if stated else None
    if found and _is_own(found, own, run) and _there(found):
        return found
    moved = [*(_run_folder(top, run) for top in tops), *_moved(artifact_uri, own, run)]
    for folder in moved:
        if _there(folder):
            return folder
    if found is None:
        raise SourceError(Artifacts.ELSEWHERE, scheme=_scheme(artifact_uri))
    if _there(found) is not False:
        raise SourceError(Artifacts.OUTSIDE, folder=_above_run(artifact_uri, run))
    if not _is_own(found, own, run) and not any(map(_there, _beside(found, moved, own, run))):
        raise SourceError(Artifacts.OLD_PATH, folder=_above_run(artifact_uri, run))
    return moved[0]


def listing(root: Path, folder: str = "") -> tuple[Artifact, ...]:
    """What lies directly in `folder` below `root`, by name; empty when there is no such folder.

    Links that lead out of `root` are left out, and those to folders, which lie there as well.
    Raises SourceError when `folder` itself leads out.
    """
    target = _inside(root, folder)
    try:
        entries = sorted(target.iterdir()) if target.is_dir() else []
        top = root.resolve()
        kept = [e for e in entries if not e.is_symlink() or (e.is_file() and e.resolve().is_relative_to(top))]
        return tuple(_artifact(PurePosixPath(folder, _text(entry.name)), entry) for entry in kept)
    except OSError as error:
        raise SourceError(Artifacts.NOT_LISTED, folder=str(target), error=error.strerror) from error


def copy(root: Path, path: str, into: Path) -> Path:
    """Copies the file `path` below `root` to the same path below `into`, whole or not at all.

    Raises SourceError when there is no such file or `path` leads out of `root`.
    """
    source = _inside(root, path)
    if not source.is_file():
        raise SourceError(Artifacts.ABSENT, path=path, folder=str(root))
    target = into.joinpath(*PurePosixPath(path).parts)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, partial)
        partial.replace(target)
    except OSError as error:
        raise SourceError(Artifacts.NOT_COPIED_TO, path=path, target=str(target), error=error.strerror) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return target


def _artifact(path: PurePosixPath, entry: Path) -> Artifact:
    if entry.is_dir():
        return Artifact(str(path), True)
    status = entry.stat()
    return Artifact(str(path), False, status.st_size, status.st_mtime_ns)


def _text(name: str) -> str:
    """A file's name, which may be any bytes, as Unicode; what is none in it stands as U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")


def _inside(root: Path, path: str) -> Path:
    """The real path of `path` below `root`."""
    parts = PurePosixPath(path).parts
    if "\0" in path or "\\" in path or PurePosixPath(path).is_absolute() or ".." in parts:
        raise SourceError(Artifacts.NO_PATH, path=path)
    target = root.joinpath(*parts).resolve()
    if root.is_symlink() or not target.is_relative_to(root.resolve()):
        raise SourceError(Artifacts.LEADING_OUT, path=path)
    return target


def _run_folder(top: Path, run: Sequence[str]) -> Path:
    if any(re.fullmatch(r"[\w-]+", part) is None for part in run):
        raise SourceError(Artifacts.ID_NO_FOLDER, run=run[-1], experiment=run[0])
    return top.joinpath(*run, "artifacts")


def _is_own(folder: Path, tops: Sequence[Path], run: Sequence[str]) -> bool:
    """Whether `folder` (links resolved) is one of the run's artifacts, below one of `tops`."""
    ends = folder.parts[-2:] == (run[-1], "artifacts")
    return ends and any(folder.is_relative_to(top.resolve()) for top in tops)


def _moved(uri: str, tops: Sequence[Path], run: Sequence[str]) -> list[Path]:
    """Where the run's folder is now if all of `uri` but its beginning is as it was, the longest rest first."""
    parts = PureWindowsPath(unquote(urlsplit(uri).path) if _scheme(uri) else uri).parts  # takes / and \\ alike
    if _scheme(uri).lower() not in ("", "file:") or "\0" in uri or ".." in parts:
        return []
    rests = [parts[start:] for start in range(1, len(parts) - 1)]
    folders = (top.joinpath(*rest) for rest in rests for top in tops)
    return [folder for folder in folders if _is_own(folder.resolve(), tops, run)]


def _beside(stated: Path, moved: Sequence[Path], tops: Sequence[Path], run: Sequence[str]) -> list[Path]:
    """Folders that are there when a run just logged no artifact: of its experiment, or where training code ran."""
    levels = stated.parents[1 : 4 if stated.parent.parent.name == run[0] else 3]
    ran = [folder for folder in levels if folder != folder.parent]
    return [*ran, *(folder.parents[1] for folder in moved if folder.parents[1] not in tops)]


def _above_run(uri: str, run: Sequence[str]) -> str:
    """What all runs that were logged beside this one share of their `uri`."""
    return uri.partition(run[-1])[0].rstrip("/\\") or uri


def _there(folder: Path) -> bool | None:
    """Whether there is such a folder; None when this user may not know."""
    try:
        return folder.is_dir()
    except OSError:
        return None


def _scheme(uri: str) -> str:
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", uri)
    return found[1] + ":" if found else ""


def _local(uri: str, home: Path) -> Path | None:
    """The local path that `uri` means (relative ones start at `home`), None when it is none."""
    if not uri or "\0" in uri or (_scheme(uri) and _scheme(uri).lower() != "file:"):
        return None
    if not _scheme(uri):
        return home / uri
    parts = urlsplit(uri)
    return home / url2pathname(parts.path) if parts.netloc in ("", "localhost") else None
