"""MLflow's file store, an `mlruns` folder, read without MLflow's help and without changing a byte."""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pyarrow as pa

from assay.errors import SourceError
from assay.model.note import Code, Note, Value, as_record, from_record, note
from assay.model.problems import PassedOver, Stores, Unusable
from assay.model.runs.store import Artifact, LifecycleStage
from assay.sources import artifacts, folders, inputs, models
from assay.sources.folders import META, UnusableError
from assay.sources.rows import Rows, series
from assay.sources.source import Extract, Progress

TRASH = ".trash"
# Folders beside experiments, and beside an experiment's runs, that hold neither.
_NO_EXPERIMENTS = frozenset({TRASH, "models"})
_NO_RUNS = frozenset({"tags", "datasets", "traces", "models"})
_FORMAT = 2

ExperimentRow = tuple[str, str, str, str]
Problems = Mapping[str, Sequence[Mapping[str, Any]]]
"""Key of a run folder → what was passed over in it, notes as records; a cursor carries them from reading to reading."""


@dataclass(slots=True)
class _Scan:
    """What lies in a store now; the keys of paths and fingerprints are `experiment/run`."""

    experiments: list[ExperimentRow] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    problems: list[Note] = field(default_factory=list)


class FileSource:
    """The runs of one `mlruns` folder, or of the folder that holds one."""

    def __init__(self, root: Path, tracking_uri: str) -> None:
        self._given = root
        self._uri = tracking_uri

    def extract(self, cursor: Mapping[str, Any] | None, progress: Progress) -> Extract | None:
        """All runs at first, then those whose files differ from what `cursor` remembers.

        A run whose files were written in the last instant before the look is read again at the next one.
        """
        started = datetime.now(UTC)
        root = self._root()
        scan = _scan(root)
        known = cursor if cursor and (cursor.get("format"), cursor.get("root")) == (_FORMAT, str(root)) else None
        before: Mapping[str, str] = known["runs"] if known else {}
        changed = [key for key, mark in scan.fingerprints.items() if before.get(key) != mark]
        state = _digest([scan.experiments, [as_record(problem) for problem in scan.problems]])
        if known and not changed and before.keys() == scan.paths.keys() and known["state"] == state:
            return None
        rows, problems = _read(scan, changed, progress)
        if known:
            unchanged = scan.paths.keys() - set(changed)
            problems = {**problems, **{key: value for key, value in known["problems"].items() if key in unchanged}}
        return Extract(
            tables=rows.tables(),
            full=known is None,
            cursor={
                "format": _FORMAT,
                "root": str(root),
                "state": state,
                "runs": scan.fingerprints,
                "problems": problems,
            },
            complete_as_of=started,
            gone=sorted(_usable(before, {}) - _usable(scan.paths, problems)),
            warnings=tuple(_summed([*scan.problems, *_remembered(problems)])),
        )

    def series(self, run_id: str, key: str, most: int) -> pa.Table:
        """The first `most` lines of one metric; empty when the run has no such metric."""
        found = folders.contents(self._run(run_id), "metrics", only=key)
        return series(next((folders.points(content)[0] for _, content in found), []), most)

    def artifacts(self, run_id: str, folder: str = "") -> tuple[Artifact, ...]:
        """What lies directly in `folder` of a run's artifacts, wherever its `artifact_uri` points."""
        return models.listing(
            folder,
            lambda: models.in_run_folder(self._run(run_id)),
            lambda model, below: artifacts.listing(self._artifact_root(run_id, model), below),
        )

    def artifact(self, run_id: str, path: str, into: Path, most: int | None = None) -> Path:  # noqa: ARG002
        """Copies one artifact file below `into` and returns where it is."""
        model, below = models.split(path)
        return artifacts.copy(self._artifact_root(run_id, model), below, into)

    def _artifact_root(self, run_id: str, model: str) -> Path:
        run = self._run(run_id)
        return models.folder_of(run, model) if model else Path(run, "artifacts")

    def _root(self) -> Path:
        """The store's folder: the one given, or `mlruns` in it.

        Raises SourceError when neither holds an experiment.
        """
        given = self._given
        try:
            if not given.exists():
                raise SourceError(Stores.FOLDER_MISSING, path=str(given))
            if not given.is_dir():
                raise SourceError(Stores.FILE_FOR_FOLDER, path=str(given))
            for root in (given, given / "mlruns"):
                if any(_holds_experiment(folder) for folder, _ in _candidates(root)):
                    return root
        except OSError as error:
            raise SourceError(Stores.FOLDER_CLOSED, path=str(given), error=error.strerror) from error
        raise _no_store(given)

    def _run(self, run_id: str) -> str:
        """The folder of one run.

        Raises SourceError when the store has no such run.
        """
        if run_id and Path(run_id).name == run_id and not run_id.startswith("."):
            for folder, _ in _candidates(self._root()):
                if Path(folder, run_id, META).is_file():
                    return f"{folder}/{run_id}"
        raise SourceError(Stores.RUN_FOLDER_MISSING, path=str(self._given), run=run_id)


def _candidates(root: Path) -> Iterator[tuple[str, bool]]:
    """(path, trashed) of each folder that may be an experiment, live ones first."""
    for parent, trashed in ((root, False), (root / TRASH, True)):
        if trashed and parent.is_symlink():
            continue
        for entry in folders.subfolders(str(parent)):
            if entry.name not in _NO_EXPERIMENTS:
                yield entry.path, trashed


def _experiment(folder: str) -> ExperimentRow | Note | None:
    """An experiment's row, or what is wrong with it; None for a folder that is none and holds no runs."""
    name = Path(folder).name
    try:
        if Path(folder, META).exists():
            return folders.read_experiment(folder)
        runs = sum(Path(entry.path, META).exists() for entry in folders.subfolders(folder))
    except UnusableError as error:
        return _folder(PassedOver.EXPERIMENT_FOLDERS, name, error.note.code, **dict(error.note.values))
    except OSError as error:
        return _folder(PassedOver.EXPERIMENT_FOLDERS, name, Unusable.CLOSED, error=error.strerror)
    return _folder(PassedOver.EXPERIMENT_FOLDERS, name, Unusable.META_MISSING) if runs else None


def _holds_experiment(folder: str) -> bool:
    return not isinstance(_experiment(folder), Note | None)


def _folder(left_out: PassedOver, where: str, reason: Code, **values: Value) -> Note:
    return note(left_out, n=1, where=where, reason=reason, **values)


def _no_store(folder: Path) -> SourceError:
    if (folder / META).exists():
        return SourceError(Stores.SINGLE_EXPERIMENT, path=str(folder))
    names = [entry.name for entry in folders.entries(str(folder))]
    if not names:
        return SourceError(Stores.FOLDER_EMPTY, path=str(folder))
    return SourceError(Stores.NO_EXPERIMENT, path=str(folder), names=(*names[:3], *(["…"] if len(names) > 3 else [])))


def _scan(root: Path) -> _Scan:
    """Every experiment, and a fingerprint of every run, in one pass over the folders."""
    scan = _Scan()
    now = time.time()
    for folder, trashed in _candidates(root):
        experiment = _experiment(folder)
        if experiment is None:
            continue
        if isinstance(experiment, Note):
            scan.problems.append(experiment)
        elif any(row[0] == experiment[0] for row in scan.experiments):
            where = f"{TRASH}/{experiment[0]}"
            scan.problems.append(_folder(PassedOver.EXPERIMENT_FOLDERS, where, Unusable.ID_OF_LIVE))
        else:
            stage = LifecycleStage.DELETED if trashed else experiment[2]
            scan.experiments.append((*experiment[:2], stage, experiment[3]))
            _scan_runs(folder, now, scan)
    _drop_copies(scan)
    return scan


def _scan_runs(folder: str, now: float, scan: _Scan) -> None:
    name = Path(folder).name
    try:
        for entry in folders.subfolders(folder):
            mark = None if entry.name in _NO_RUNS else folders.fingerprint(entry.path, now)
            if mark is not None:
                scan.paths[f"{name}/{entry.name}"] = entry.path
                scan.fingerprints[f"{name}/{entry.name}"] = mark
    except OSError as error:
        scan.problems.append(_folder(PassedOver.EXPERIMENT_FOLDERS, name, Unusable.PARTLY_CLOSED, error=error.strerror))


def _drop_copies(scan: _Scan) -> None:
    """Of folders with one run's id in several experiments, the first that can be read is the run."""
    places: dict[str, list[str]] = {}
    for key in scan.paths:
        places.setdefault(key.rpartition("/")[2], []).append(key)
    for keys in places.values():
        if len(keys) == 1:
            continue
        kept = next((key for key in keys if not isinstance(_read_run(key, scan.paths[key]), Note)), keys[0])
        for key in keys:
            if key != kept:
                scan.problems.append(_folder(PassedOver.RUN_FOLDERS, key, Unusable.ID_TWICE, kept=kept))
                del scan.paths[key], scan.fingerprints[key]


def _read(scan: _Scan, changed: Sequence[str], progress: Progress) -> tuple[Rows, Problems]:
    """The rows of all experiments and of the changed runs, and what was passed over in which run folder."""
    rows = Rows()
    known: inputs.Known = {}
    for experiment in scan.experiments:
        rows.add("experiments", experiment)
    problems: dict[str, Sequence[Mapping[str, Any]]] = {}
    for done, key in enumerate(changed):
        if done % 100 == 0:
            progress(done, len(changed))
        found = _read_run(key, scan.paths[key])
        if isinstance(found, folders.RunFolder):
            inputs.add(scan.paths[key], found, known)
            rows.add_run(found.run, found.metrics, found.params, found.tags, found.inputs)
        problems[key] = [as_record(problem) for problem in _problems(key, scan.paths[key], found)]
    progress(len(changed), len(changed))
    return rows, {key: found for key, found in problems.items() if found}


def _read_run(key: str, path: str) -> folders.RunFolder | Note:
    try:
        return folders.read_run(path)
    except UnusableError as error:
        return _folder(PassedOver.RUN_FOLDERS, key, error.note.code, **dict(error.note.values))
    except OSError as error:
        return _folder(PassedOver.RUN_FOLDERS, key, Unusable.CLOSED, error=error.strerror)


def _problems(key: str, path: str, found: folders.RunFolder | Note) -> list[Note]:
    if isinstance(found, Note):
        return [found]
    passed = (
        (PassedOver.FOLDERS_STATUS, [path] * found.strange),
        (PassedOver.METRIC_LINES, found.lines),
        (PassedOver.LINKS, found.links),
        (PassedOver.INPUTS, found.lost),
    )
    return [note(code, n=len(at), where=key + at[0].removeprefix(path)) for code, at in passed if at]


def _remembered(problems: Problems) -> Iterator[Note]:
    for key in sorted(problems):
        yield from map(from_record, problems[key])


def _usable(keys: Iterable[str], problems: Problems) -> set[str]:
    """Ids of the runs among the folders `experiment/run` that are not left out."""
    left_out = {key for key, own in problems.items() if PassedOver.RUN_FOLDERS in {from_record(p).code for p in own}}
    return {key.rpartition("/")[2] for key in keys if key not in left_out}


def _digest(state: object) -> str:
    return hashlib.blake2b(json.dumps(state).encode(), digest_size=8).hexdigest()


def _summed(problems: Sequence[Note]) -> Iterator[Note]:
    """One note per kind of thing passed over: how many, and the first."""
    for code in PassedOver:
        found = [problem for problem in problems if problem.code is code]
        if found:
            yield note(code, **dict(found[0].values) | {"n": sum(cast(int, problem["n"]) for problem in found)})
