"""Where the demo lives: made under a lock, seen only when whole, begun anew after an interruption."""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import lock_descriptor

from assay.errors import SourceError
from assay.model.problems import Demos

_OURS = ".assay-demo"


def counts(store: Path) -> tuple[int, int]:
    """Experiments that hold runs, and runs, of a finished store; SourceError when the file is no store."""
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            query = "SELECT count(DISTINCT experiment_id), count(*) FROM runs"
            experiments, runs = connection.execute(query).fetchone()
    except sqlite3.Error as error:
        raise SourceError(Demos.NOT_WHOLE, store=str(store), error=str(error)) from None
    return int(experiments), int(runs)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Waits until no other process is making a demo in `folder`; a killed one lets go by itself.

    Raises SourceError when the folder cannot be made or written.
    """
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    with lock:
        with _writing(folder):
            lock_descriptor(lock.fileno())
        yield


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turns what the system refuses into a SourceError."""
    try:
        yield
    except OSError as error:
        raise SourceError(Demos.NOT_MADE, folder=str(folder), error=error.strerror) from None


def cleared_artifacts(store: Path) -> Path:
    """The empty folder beside `store` for artifacts, rid of what an interrupted making left.

    Raises SourceError when the folder holds files that are not a demo's or cannot be written.
    """
    with _writing(store.parent):
        return _cleared(store)


def _cleared(store: Path) -> Path:
    for part in store.parent.glob(f"{store.name}.*.part*"):
        part.unlink()
    artifacts = store.parent / "artifacts"
    artifacts.mkdir(exist_ok=True)
    mark = artifacts / _OURS
    if any(artifacts.iterdir()) and not mark.exists():
        raise SourceError(Demos.OTHERS_FILES, folder=str(artifacts))
    mark.touch()
    for child in artifacts.iterdir():
        if child.is_dir():
            shutil.rmtree(child)
    return artifacts


def unfinished(store: Path) -> Path:
    """A new name beside `store` for the file being filled.

    New every time: MLflow remembers per process which files it has set up.
    """
    return store.with_name(f"{store.name}.{uuid.uuid4().hex}.part")


def finish(part: Path, store: Path) -> None:
    """Puts the filled file in its place in one step."""
    with _writing(store.parent):
        part.replace(store)
