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
from assay.model.runs import Artifact

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
        raise SourceError(
            f"The artifacts of run {run[1]} lie at {_scheme(artifact_uri)}…, where the database alone does "
            "not lead; give the http address of the MLflow server that serves them as the tracking URI."
        )
    if _there(found) is not False:
        raise SourceError(
            f"The artifacts of run {run[1]} lie at {artifact_uri!r}, outside the folders of this store, and are "
            "not opened; name a folder above them in ASSAY_ARTIFACT_ROOTS, or move them beside the database."
        )
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
        raise SourceError(f"The artifacts in {target} cannot be listed: {error.strerror}.") from error


def copy(root: Path, path: str, into: Path) -> Path:
    """Copies the file `path` below `root` to the same path below `into`, whole or not at all.

    Raises SourceError when there is no such file or `path` leads out of `root`.
    """
    source = _inside(root, path)
    if not source.is_file():
        raise SourceError(f"There is no artifact file {path!r} in {root}.")
    target = into.joinpath(*PurePosixPath(path).parts)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, partial)
        partial.replace(target)
    except OSError as error:
        raise SourceError(f"The artifact {path!r} cannot be copied to {target}: {error.strerror}.") from error
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
        raise SourceError(f"{path!r} is no path of an artifact; it must be relative, with / and without .. in it.")
    target = root.joinpath(*parts).resolve()
    if root.is_symlink() or not target.is_relative_to(root.resolve()):
        raise SourceError(f"The artifact {path!r} is a link that leads out of its run's folder; it is not opened.")
    return target


def _run_folder(top: Path, run: tuple[str, str]) -> Path:
    if any(re.fullmatch(r"[\w-]+", part) is None for part in run):
        raise SourceError(f"The run {run[1]!r} of experiment {run[0]!r} has an id that cannot be a folder's name.")
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
