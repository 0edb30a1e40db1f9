"""Lists and copies artifacts of local stores, never outside the folder of the run they belong to."""

import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from urllib.request import url2pathname

from assay.errors import SourceError
from assay.model.problems import Artifacts
from assay.model.runs.store import Artifact

BESIDE = ("mlruns", "mlartifacts", "artifacts")
"""Folders beside a database in which MLflow and its server keep artifacts unless told otherwise."""


def root(artifact_uri: str, home: Path, run: tuple[str, str], roots: Sequence[Path] = ()) -> Path:
    """The local folder with a run's artifacts; it need not exist.

    `artifact_uri` comes from the store and is not trusted: the folder ends in `<run id>/artifacts`, links
    resolved, and lies below the database's folder (`home`), one that MLflow uses there, or one of `roots`. When the
    store was moved, the folder of `run` (experiment id, run id) in these is taken.

    Raises SourceError when the artifacts lie elsewhere.
    """
    tops = [*(home / name for name in BESIDE), *roots]
    stated = _local(artifact_uri, home)
    found = stated.resolve() if stated else None
    if found and found.parts[-2:] == (run[1], "artifacts") and _there(found):
        # A database in / owns what MLflow keeps beside it, not the whole machine.
        own = [home] if home != home.parent else []
        if any(found.is_relative_to(top.resolve()) for top in (*own, *tops)):
            return found
    moved = [_run_folder(top, run) for top in tops]
    for folder in moved:
        if _there(folder):
            return folder
    if found is None:
        raise SourceError(Artifacts.ELSEWHERE, run=run[1], scheme=_scheme(artifact_uri))
    if _there(found) is not False:
        raise SourceError(Artifacts.OUTSIDE, run=run[1], uri=artifact_uri)
    return moved[0]


def listing(root: Path, folder: str = "") -> tuple[Artifact, ...]:
    """What lies directly in `folder` below `root`, by name; empty when there is no such folder.

    Links that lead out of `root` are left out. Raises SourceError when `folder` itself leads out.
    """
    target = _inside(root, folder)
    try:
        entries = sorted(target.iterdir()) if target.is_dir() else []
        top = root.resolve()
        kept = [e for e in entries if e.resolve().is_relative_to(top) and e.exists()]
        return tuple(_artifact(PurePosixPath(folder, entry.name), entry) for entry in kept)
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


def _inside(root: Path, path: str) -> Path:
    """The real path of `path` below `root`."""
    parts = PurePosixPath(path).parts
    if "\0" in path or "\\" in path or PurePosixPath(path).is_absolute() or ".." in parts:
        raise SourceError(Artifacts.NO_PATH, path=path)
    target = root.joinpath(*parts).resolve()
    if root.is_symlink() or not target.is_relative_to(root.resolve()):
        raise SourceError(Artifacts.LEADING_OUT, path=path)
    return target


def _run_folder(top: Path, run: tuple[str, str]) -> Path:
    if any(re.fullmatch(r"[\w-]+", part) is None for part in run):
        raise SourceError(Artifacts.ID_NO_FOLDER, run=run[1], experiment=run[0])
    return top.joinpath(*run, "artifacts")


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
