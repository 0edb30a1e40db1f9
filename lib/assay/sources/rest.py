"""A tracking server's runs over HTTP, histories and artifacts included."""

import os
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from assay.errors import SourceError
from assay.model.problems import Artifacts
from assay.model.runs.store import Artifact, MetricPoint
from assay.sources import models
from assay.sources.answers import point
from assay.sources.looks import Look, Memory
from assay.sources.rows import series
from assay.sources.server import Json, MissingError, RefusedError, Server
from assay.sources.source import Extract, Progress

BUDGET = 2_000
"""Runs that are read again in every look, besides those that are new or open."""
_OF_RUN = "artifacts/list", "path"


class RestSource:
    """The runs of the MLflow tracking server at an http(s) address."""

    def __init__(self, uri: str, *, budget: int = BUDGET) -> None:
        self._server = Server(uri)
        self._budget = budget

    def extract(self, cursor: Mapping[str, Any] | None, progress: Progress) -> Extract | None:
        """Everything at first and on small servers; else new and open runs, and the next part of all others.

        Runs carry no time of change, so a server of more than `budget` runs is seen whole over several looks
        only; `complete_as_of` says since when. Never None: what did not change is known once it is read.
        """
        before = Memory.read(cursor)
        full = before is None or before.size <= self._budget
        now = time.time_ns() // 1_000_000
        self._server.greet()
        look = Look(self._server, list(self._experiments()), now, progress)
        if before is None or full:
            look.everything(before.size if before else None)
        else:
            look.news(before, self._budget)
        since = min((known.since for known in look.memory.experiments.values()), default=now)
        return Extract(
            tables=look.rows.tables(),
            full=full,
            cursor=look.memory.cursor(),
            complete_as_of=datetime.fromtimestamp(since / 1000, UTC),
            gone=() if full else sorted(look.gone),
            warnings=look.warnings(),
        )

    def series(self, run_id: str, key: str, most: int) -> pa.Table:
        """The first `most` values of one metric, as the server orders them; later pages are not asked for."""
        found = series(self._points(run_id, key), most)
        if not found.num_rows:
            # A database answers with no points for a run that it does not have.
            self._server.get("runs/get", {"run_id": run_id})
        return found

    def _points(self, run_id: str, key: str) -> Iterator[MetricPoint]:
        query: dict[str, str | int] = {"run_id": run_id, "metric_key": key, "max_results": 25_000}
        for page in self._server.listing("metrics/get-history", query):
            yield from (MetricPoint(*point(metric)) for metric in page.get("metrics", ()))

    def artifacts(self, run_id: str, folder: str = "") -> tuple[Artifact, ...]:
        """What lies directly in `folder` of a run's artifacts, as the server sees them."""
        return models.listing(
            folder, lambda: self._models(run_id), lambda model, below: self._files(run_id, model, below)
        )

    def _files(self, run_id: str, model: str, folder: str) -> tuple[Artifact, ...]:
        where, name = (f"logged-models/{model}/artifacts/directories", "artifact_directory_path") if model else _OF_RUN
        query: dict[str, str | int] = {} if model else {"run_id": run_id}
        if folder:
            query[name] = str(_inside(folder))
        try:
            with self._server.reading():
                found = [_artifact(file) for file in self._server.get(where, query).get("files", ())]
        except MissingError:
            if not model:
                raise
            return ()  # a run still names a model among its outputs that was deleted
        kept = [item for item in found if PurePosixPath(item.path).parent == PurePosixPath(folder)]
        return tuple(sorted(kept, key=lambda item: item.path))

    def _models(self, run_id: str) -> list[str]:
        """Those that the run names as its outputs; a server that is older than them knows of none."""
        with self._server.reading():
            run = self._server.get("runs/get", {"run_id": run_id})["run"]
            outputs = run.get("outputs", {}).get("model_outputs", ())
            return models.newest({str(one["model_id"]): models.step(one.get("step")) for one in outputs})

    def artifact(self, run_id: str, path: str, into: Path, most: int | None = None) -> Path:
        """Downloads one artifact file, through the server and whole or not at all."""
        model, below = models.split(path)
        target = into.joinpath(*_inside(below).parts)
        address = f"/ajax-api/2.0/mlflow/logged-models/{model}/artifacts/files" if model else "/get-artifact"
        query = {"artifact_file_path": below} if model else {"run_id": run_id, "path": below}
        partial = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with self._server.download(address, query) as pieces:
                target.parent.mkdir(parents=True, exist_ok=True)
                with partial.open("wb") as file:
                    file.writelines(pieces if most is None else _up_to(most, pieces, path))
            partial.replace(target)
        except RefusedError as error:
            raise SourceError(Artifacts.NAME_REFUSED, path=path) from error
        except OSError as error:
            raise SourceError(Artifacts.NOT_DOWNLOADED, path=path, target=str(target), error=error.strerror) from error
        finally:
            partial.unlink(missing_ok=True)
        return target

    def _experiments(self) -> Iterator[Json]:
        for page in self._server.pages("experiments/search", {"max_results": 1_000, "view_type": "ALL"}):
            yield from page.get("experiments", ())


def _artifact(file: Json) -> Artifact:
    size = file.get("file_size")
    path = str(PurePosixPath(str(file.get("path", ""))))
    return Artifact(path, bool(file.get("is_dir")), None if size is None else int(size))


def _up_to(most: int, pieces: Iterator[bytes], path: str) -> Iterator[bytes]:
    """The pieces; SourceError where they are more bytes than that."""
    rest = most
    for piece in pieces:
        rest -= len(piece)
        if rest < 0:
            raise SourceError(Artifacts.SENDS_MORE, path=path, size=most)
        yield piece


def _inside(path: str) -> PurePosixPath:
    """`path` as the relative path of an artifact.

    Raises SourceError when it leads out of a run's artifacts.
    """
    found = PurePosixPath(path)
    if "\0" in path or "\\" in path or found.is_absolute() or ".." in found.parts or not found.parts:
        raise SourceError(Artifacts.NO_PATH, path=path)
    return found
