"""Immutable snapshots behind a pointer that is replaced atomically: a kill at any instant leaves a whole cache."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from assay.cache import files, writer
from assay.cache.schema import FORMAT
from assay.errors import CacheError
from assay.model.note import Note, Value
from assay.model.problems import Caches
from assay.model.sync import Snapshot, SyncStatus
from assay.uri import shown, store_name

KEEP_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did; `snapshot` keeps its name when nothing in it differs. Counts are runs."""

    snapshot: Snapshot
    new: int
    changed: int
    removed: int


class Cache:
    """The snapshots of one tracking URI; `publish` and `confirm` are called under `lock`, reading needs none."""

    def __init__(self, folder: Path, tracking_uri: str) -> None:
        self.folder = folder
        self.tracking_uri = shown(tracking_uri)
        self.stem = f"cache-{store_name(tracking_uri)}"
        self._pointer = folder / f"{self.stem}.json"
        self._lock = folder / f"{self.stem}.lock"
        self._status = folder / f"{self.stem}.status.json"

    def latest(self) -> Snapshot | None:
        """The newest snapshot; None when there is none, or only one that another version of Assay wrote.

        Raises CacheError when the pointer or the file it names is damaged.
        """
        pointer = self._read_pointer()
        return None if pointer is None else self._snapshot(pointer)

    def cursor(self) -> Mapping[str, Any] | None:
        """What the source wants back at the next reading; None when it has to read everything."""
        pointer = self._read_pointer()
        if pointer is None:
            return None
        cursor = files.read_json(self.folder / pointer["cursor"])
        if not isinstance(cursor, dict):
            raise self._damaged(Caches.FILE_DAMAGED, file=str(pointer["cursor"]))
        return cursor

    def status(self) -> SyncStatus:
        """How syncing goes; the default when nothing, or nothing readable, was noted."""
        noted = files.read_json(self._status)
        try:
            status = files.status_from(noted) if isinstance(noted, dict) else SyncStatus()
        except files.UNREADABLE:
            return SyncStatus()
        if status.progress and not self.is_syncing():
            return replace(status, progress=None)  # whoever was reading has been killed
        return status

    def obstacle(self) -> Note | None:
        """Why nothing can be noted in the folder, as far as can be told without trying."""
        return files.obstacle(self.folder, self._lock)

    def is_syncing(self) -> bool:
        """Whether a sync is under way, in whichever process."""
        return files.is_locked(self._lock)

    def note(self, status: SyncStatus) -> None:
        """Replaces what `status` returns, in every process."""
        self._make_folder()
        files.write_json(self._status, files.status_to(status))

    def lock(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Held by one sync at a time across processes; raises CacheError when still busy after `wait` seconds."""
        self._make_folder()
        return files.lock(self._lock, wait)

    def publish(
        self,
        tables: Mapping[str, pa.Table | pa.RecordBatchReader],
        *,
        full: bool,
        gone: Sequence[str] = (),
        cursor: Mapping[str, Any],
        complete_as_of: datetime,
        rebuild: bool = False,
    ) -> Published:
        """Makes what a source gave (see `Extract`) the newest; without differences only its time advances.

        `rebuild`: a full reading makes a new file even if the last one says the same.

        Raises CacheError when it cannot be written, or when a part arrives and there is nothing to add it to.
        """
        self._make_folder()
        files.sweep(self.folder, self.stem, self._in_use(), KEEP_SECONDS)
        last = self._usable()
        if last is None and not full:
            raise self._damaged(Caches.NOTHING_TO_ADD_TO)
        numbers = [number for number, _ in files.versions(self.folder, self.stem)]
        version = max([last.version if last else 0, *numbers]) + 1
        now = files.now()
        # A folder that was emptied counts from 1 again: the version alone would not identify the content.
        name = f"{self.stem}-{version:06d}-{int(now.timestamp() * 1000):x}"
        path = self.folder / f"{name}.duckdb"
        old = None if last is None else last.path
        written = writer.write(tables, path, old, full=full, gone=gone, rebuild=rebuild)
        if written.kept and last is not None:
            snapshot = replace(last, complete_as_of=complete_as_of)
        else:
            snapshot = Snapshot(
                name=name,
                path=path,
                tracking_uri=self.tracking_uri,
                version=version,
                created_at=now,
                complete_as_of=complete_as_of,
                experiments=written.experiments,
                runs=written.runs,
            )
        self._point(snapshot, files.store_cursor(self.folder, self.stem, cursor))
        found = written.differences
        return Published(snapshot, found.new, found.changed, found.removed)

    def confirm(self, complete_as_of: datetime) -> Snapshot:
        """Says that the newest snapshot still holds everything, as of `complete_as_of`."""
        pointer = self._read_pointer()
        if pointer is None:
            raise self._damaged(Caches.NOTHING_TO_CONFIRM)
        snapshot = replace(self._snapshot(pointer), complete_as_of=complete_as_of)
        self._point(snapshot, pointer["cursor"], durable=False)
        return snapshot

    def _point(self, snapshot: Snapshot, cursor: str, *, durable: bool = True) -> None:
        files.write_json(self._pointer, files.pointer_to(snapshot, FORMAT, cursor), durable=durable)

    def _read_pointer(self) -> dict[str, Any] | None:
        pointer = files.read_json(self._pointer)
        if pointer is files.MISSING:
            return None
        if not isinstance(pointer, dict) or "format" not in pointer:
            raise self._damaged(Caches.FILE_DAMAGED, file=self._pointer.name)
        return pointer if pointer["format"] == FORMAT else None

    def _snapshot(self, pointer: Mapping[str, Any]) -> Snapshot:
        try:
            snapshot = files.snapshot_from(pointer, self.folder, self.tracking_uri)
            whole = files.is_whole(snapshot.path, pointer["bytes"])
        except files.UNREADABLE:
            raise self._damaged(Caches.POINTER_INCOMPLETE, file=self._pointer.name) from None
        if not whole:
            raise self._damaged(Caches.SNAPSHOT_CUT, file=snapshot.path.name)
        return snapshot

    def _usable(self) -> Snapshot | None:
        try:
            return self.latest()
        except CacheError:
            return None

    def _in_use(self) -> frozenset[str]:
        try:
            pointer = self._read_pointer()
        except CacheError:
            return frozenset()
        return frozenset() if pointer is None else frozenset(str(pointer.get(k)) for k in ("file", "cursor"))

    def _damaged(self, code: Caches, **values: Value) -> CacheError:
        return CacheError(code, uri=self.tracking_uri, **values)

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.unusable(Caches.FOLDER_UNMADE, self.folder, error) from None
