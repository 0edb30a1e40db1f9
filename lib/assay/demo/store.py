"""Where the demo lives: made under a lock, seen only when whole, begun anew when interrupted or out of date."""

import hashlib
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from filelock import lock_descriptor

from assay.errors import SourceError
from assay.model.problems import Demos

SOURCE = "assay demo"
"""What runs of a demo are tagged with as their source."""
_OURS = ".assay-demo"
_CODE = ("demo", "evidence")
"""Folders of the package that decide what is logged."""
_PATIENCE = 30.0
"""Seconds that somebody who is writing to the old store is waited for."""
_RUNS = "SELECT run_uuid FROM runs"
_FOREIGN = f"""
SELECT (SELECT count(*) FROM runs WHERE run_uuid NOT IN (
            SELECT run_uuid FROM tags WHERE key = 'mlflow.source.name' AND value = '{SOURCE}'))
     + (SELECT count(*) FROM experiments WHERE experiment_id <> 0
            AND experiment_id NOT IN (SELECT experiment_id FROM runs))
     + (SELECT count(*) FROM registered_models)
"""


def version(recipes: Path) -> int:
    """Of what is made of a folder of recipes: another one when recipes or code that trains and logs are; never 0."""
    files = [*sorted(recipes.glob("*.yaml"))]
    for part in _CODE:
        files += sorted((Path(__file__).parents[1] / part).glob("*.py"))
    files.remove(Path(__file__).with_name("reviews.py"))  # which logs nothing
    content = hashlib.sha256()
    for file in files:
        content.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return int.from_bytes(content.digest()[:4], "big") >> 1 | 1


def counts(store: Path) -> tuple[int, int]:
    """Experiments that hold runs, and runs, of a finished store; SourceError when the file is no store."""
    [(experiments, runs)] = _asked(store, "SELECT count(DISTINCT experiment_id), count(*) FROM runs")
    return int(experiments), int(runs)


def is_of(store: Path, wanted: int) -> bool:
    """Whether the store was made in this version; SourceError when the file is no store."""
    [(found,)] = _asked(store, "PRAGMA user_version")
    return bool(found == wanted)


def foreign(store: Path) -> int:
    """Runs, experiments and models that no demo made; SourceError when the file is no store."""
    [(found,)] = _asked(store, _FOREIGN)
    return int(found)


def _asked(store: Path, query: str) -> list[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.Error as error:
        raise SourceError(Demos.NOT_WHOLE, store=str(store), error=str(error)) from None


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
    """The folder beside `store` for artifacts, rid of what an interrupted making left, and of all runs but its own.

    Raises SourceError when the folder holds files that are not a demo's or cannot be written.
    """
    known = {str(run) for (run,) in _asked(store, _RUNS)} if store.exists() else set()
    with _writing(store.parent):
        return _cleared(store, known)


def _cleared(store: Path, known: set[str]) -> Path:
    for part in store.parent.glob(f"{store.name}.*.part*"):
        part.unlink()
    artifacts = store.parent / "artifacts"
    artifacts.mkdir(exist_ok=True)
    mark = artifacts / _OURS
    if any(artifacts.iterdir()) and not mark.exists():
        raise SourceError(Demos.OTHERS_FILES, folder=str(artifacts))
    mark.touch()
    for experiment in [child for child in artifacts.iterdir() if child.is_dir()]:
        for run in [child for child in experiment.iterdir() if child.name not in known]:
            shutil.rmtree(run) if run.is_dir() else run.unlink()
        if not any(experiment.iterdir()):
            experiment.rmdir()
    return artifacts


def unfinished(store: Path) -> Path:
    """A new name beside `store` for the file being filled.

    New every time: MLflow remembers per process which files it has set up.
    """
    return store.with_name(f"{store.name}.{uuid.uuid4().hex}.part")


def finish(part: Path, store: Path, made: int) -> None:
    """Puts the filled file of version `made` in its place in one step.

    Who reads an earlier demo there goes on reading it, and who is writing to it is waited for. When others have logged
    to it meanwhile, it is left as it is, and the filled file goes.
    """
    with _writing(store.parent):
        with _alone(part) as connection:
            connection.execute(f"PRAGMA user_version = {made}")
        if not store.exists():
            part.replace(store)
            return
        with _alone(store) as connection:  # which settles what a killed writer left beside it
            if connection.execute(_FOREIGN).fetchone() == (0,):
                part.replace(store)
            else:
                part.unlink()


@contextmanager
def _alone(store: Path) -> Iterator[sqlite3.Connection]:
    """A transaction that nobody else has one beside."""
    try:
        with closing(sqlite3.connect(store, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise SourceError(Demos.NOT_MADE, folder=str(store.parent), error=str(error)) from None
