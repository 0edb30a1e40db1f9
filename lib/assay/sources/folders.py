"""One experiment's or run's folder in a file store: its rows, its fingerprint, what in it cannot be used."""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assay.errors import AssayError
from assay.model.problems import Unusable
from assay.model.runs.store import LifecycleStage, MetricPoint, RunStatus
from assay.sources.datasets import DatasetRow
from assay.sources.rows import number

META = "meta.yaml"
# MLflow's numbers for a run's status in meta.yaml, from 1.
STATUSES = (RunStatus.RUNNING, RunStatus.SCHEDULED, RunStatus.FINISHED, RunStatus.FAILED, RunStatus.KILLED)
_LARGEST_META = 1_000_000
_KINDS = ("metrics", "params", "tags", "inputs")
_INT64 = range(-(2**63), 2**63)


class UnusableError(AssayError):
    """A folder is no experiment or run that can be used."""


@dataclass(slots=True)
class RunFolder:
    """One run as its folder holds it; `lines`, `links` and `lost` inputs are the places of what was passed over.

    `strange`: its status is none of MLflow's.
    """

    run: tuple[object, ...]
    metrics: list[tuple[str, float, int, int]] = field(default_factory=list)
    params: list[tuple[str, str]] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    inputs: list[tuple[DatasetRow, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    strange: bool = False


def entries(folder: str) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing when there is no such folder."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def subfolders(folder: str) -> list[os.DirEntry[str]]:
    """The folders directly in `folder`; symbolic links are not followed, so nothing outside the store is read."""
    return [entry for entry in entries(folder) if entry.is_dir(follow_symlinks=False)]


def files(folder: str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """(key, file) for every file below a folder: MLflow keeps a key `a/b` as file `b` in folder `a`.

    Symbolic links are given as well, for the caller to count; sockets and pipes are not.
    """
    for entry in entries(folder):
        key = prefix + os.fsencode(entry.name).decode("utf-8", "replace")
        if entry.is_dir(follow_symlinks=False):
            yield from files(entry.path, key + "/")
        elif entry.is_file(follow_symlinks=False) or entry.is_symlink():
            yield key, entry


def fingerprint(folder: str, now: float) -> str | None:
    """A hash of the names, sizes and times of all that `read_run` would read; None when the folder is no run.

    A file written so shortly before `now` (seconds since the epoch) that another write could leave the same
    time stamp makes the fingerprint end in `?`, for such a run to be read once more.
    """
    parts: list[str] = []
    newest = 0
    is_run = False
    for entry in entries(folder):
        if entry.name == META:
            is_run = True
            found = [(META, entry)]
        elif entry.name in _KINDS and entry.is_dir(follow_symlinks=False):
            found = list(files(entry.path, entry.name + "/"))
        else:
            continue
        for key, file in found:
            try:
                stat = file.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            newest = max(newest, stat.st_mtime_ns)
            parts.append(f"{key}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}")
    if not is_run:
        return None
    digest = hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
    coarse = newest % 1_000_000_000 == 0
    return digest + ("?" if newest > (now - (2.0 if coarse else 0.02)) * 1e9 else "")


def read_experiment(folder: str) -> tuple[str, str, str, str]:
    """An experiment's row (id, name, stage, artifact location) from its folder.

    Raises UnusableError.
    """
    meta = read_meta(folder)
    experiment_id = _text(meta.get("experiment_id"))
    _same("experiment_id", experiment_id, Path(folder).name)
    return experiment_id, _text(meta.get("name")), _stage(meta), _text(meta.get("artifact_location"))


def read_run(folder: str) -> RunFolder:
    """A run's rows from its folder, whatever MLflow's version wrote it.

    Raises UnusableError.
    """
    meta = read_meta(folder)
    _same("experiment_id", _text(meta.get("experiment_id")), Path(folder).parent.name)
    run_id = _text(meta.get("run_id") or meta.get("run_uuid"))
    _same("run_id", run_id, Path(folder).name)
    found = RunFolder(run=())
    found.tags = list(_texts(folder, "tags", found))
    found.params = list(_texts(folder, "params", found))
    found.metrics = list(_latest(folder, found))
    name = _text(meta.get("run_name")) or dict(found.tags).get("mlflow.runName") or _text(meta.get("name"))
    status = _status(meta)
    found.strange = status is None
    found.run = (
        run_id,
        name,
        _text(meta.get("experiment_id")),
        status or RunStatus.RUNNING,
        _stage(meta),
        _millis(meta.get("start_time")),
        # MLflow's own protocol takes 0 for "has not ended".
        _millis(meta.get("end_time")) or None,
        _text(meta.get("artifact_uri")),
        _text(meta.get("user_id")),
    )
    return found


def points(lines: bytes) -> tuple[list[MetricPoint], int]:
    """A metric file's values in the order of its lines, and the number of lines that hold none."""
    found: list[MetricPoint] = []
    malformed = 0
    for line in lines.splitlines():
        point = _point(line)
        if point is not None:
            found.append(point)
        elif line.strip():
            malformed += 1
    return found, malformed


def _point(line: bytes) -> MetricPoint | None:
    """`timestamp value [step [dataset digest]]`; with a dataset the step counts as 0, as in MLflow."""
    parts = line.strip().split(b" ")
    try:
        timestamp = int(parts[0])
        value = float(parts[1])
        step = int(parts[2]) if len(parts) > 2 else 0
    except (ValueError, IndexError):
        return None
    if timestamp not in _INT64 or step not in _INT64:
        return None
    return MetricPoint(number(value), step if len(parts) <= 3 else 0, timestamp)


def _latest(folder: str, found: RunFolder) -> Iterator[tuple[str, float, int, int]]:
    for key, content in contents(folder, "metrics", found):
        values, malformed = points(content)
        found.lines.extend([f"{folder}/metrics/{key}"] * malformed)
        if values:
            # Of equal ones the first, and NaN never beats nor yields at the same step and time: as in MLflow.
            latest = max(values, key=lambda point: (point.step, point.timestamp, point.value))
            yield key, latest.value, latest.step, latest.timestamp


def _texts(folder: str, kind: str, found: RunFolder) -> Iterator[tuple[str, str]]:
    for key, content in contents(folder, kind, found):
        yield key, content.decode("utf-8", "replace")


def contents(
    folder: str, kind: str, found: RunFolder | None = None, *, only: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """(key, content) of a run's metrics, params or tags, or of one; links passed over are noted in `found`."""
    links = [] if found is None else found.links
    if os.path.islink(f"{folder}/{kind}"):  # noqa: PTH114
        links.append(f"{folder}/{kind}")
        return
    seen: set[str] = set()
    for key, entry in files(f"{folder}/{kind}"):
        if only not in (None, key):
            continue
        if entry.is_symlink():
            links.append(entry.path)
            continue
        if key in seen:
            continue
        seen.add(key)
        try:
            with Path(entry.path).open("rb", buffering=0) as file:
                yield key, file.readall()
        except FileNotFoundError:
            continue


def read_meta(folder: str) -> Mapping[str, Any]:
    """meta.yaml as a mapping; one that may just be being written gets a second look.

    Raises UnusableError.
    """
    path = Path(folder, META)
    try:
        return _parsed(path)
    except UnusableError:
        if path.is_symlink() or not path.exists() or time.time() - path.stat().st_mtime > 2:
            raise
        time.sleep(0.05)
        return _parsed(path)


def _parsed(path: Path) -> Mapping[str, Any]:
    import yaml

    from assay.yaml_files.plain import plain

    if path.is_symlink():
        raise UnusableError(Unusable.META_LINK)
    try:
        if path.exists() and not path.is_file():
            raise UnusableError(Unusable.META_IRREGULAR)
        with path.open("rb") as file:
            content = file.read(_LARGEST_META)
        found = plain(content)
    except OSError as error:
        raise UnusableError(Unusable.META_CLOSED, error=error.strerror) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnusableError(Unusable.META_NO_YAML) from error
    if not isinstance(found, dict):
        raise UnusableError(Unusable.META_EMPTY if found is None else Unusable.META_NO_FIELDS)
    return found


def _same(name: str, value: str, expected: str) -> None:
    if not value:
        raise UnusableError(Unusable.FIELD_MISSING, field=name)
    if value != expected:
        raise UnusableError(Unusable.FIELD_OTHER, field=name, found=value)


def _text(value: object) -> str:
    if value is None or isinstance(value, list | tuple | dict | set):
        return ""
    return str(value).encode("utf-8", "replace").decode()


def _millis(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if number in _INT64 else None


def _stage(meta: Mapping[str, Any]) -> str:
    return LifecycleStage.DELETED if meta.get("lifecycle_stage") == "deleted" else LifecycleStage.ACTIVE


def _status(meta: Mapping[str, Any]) -> RunStatus | None:
    """MLflow's number or name of a status, RUNNING when there is none; None for any other."""
    status = meta.get("status", 1)
    if isinstance(status, int) and 1 <= status <= len(STATUSES):
        return STATUSES[status - 1]
    return RunStatus(status) if isinstance(status, str) and status in STATUSES else None
