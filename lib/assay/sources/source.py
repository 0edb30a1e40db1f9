"""What every source offers, and the rows that all of them give in the same form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from assay.model.note import Note
from assay.model.runs.store import Artifact

Progress = Callable[[int, int | None], None]

SCHEMAS: Mapping[str, pa.Schema] = {
    "experiments": pa.schema(
        [
            ("experiment_id", pa.string()),
            ("name", pa.string()),
            ("lifecycle_stage", pa.string()),
            ("artifact_location", pa.string()),
        ]
    ),
    # Times are milliseconds since the epoch, UTC; `name` is never null ("" when a run has none).
    "runs": pa.schema(
        [
            ("run_id", pa.string()),
            ("name", pa.string()),
            ("experiment_id", pa.string()),
            ("status", pa.string()),
            ("lifecycle_stage", pa.string()),
            ("start_time", pa.int64()),
            ("end_time", pa.int64()),
            ("artifact_uri", pa.string()),
            ("user_id", pa.string()),
        ]
    ),
    # Latest values: the maximum of (step, timestamp, value). NaN is NaN; ±1.797e308 is ±Inf.
    "metrics": pa.schema(
        [
            ("run_id", pa.string()),
            ("key", pa.string()),
            ("value", pa.float64()),
            ("step", pa.int64()),
            ("timestamp", pa.int64()),
        ]
    ),
    "params": pa.schema([("run_id", pa.string()), ("key", pa.string()), ("value", pa.string())]),
    "tags": pa.schema([("run_id", pa.string()), ("key", pa.string()), ("value", pa.string())]),
    # `dataset` means something within one extract only; "" where nothing was logged, `rows` null.
    "datasets": pa.schema(
        [
            ("dataset", pa.string()),
            ("name", pa.string()),
            ("digest", pa.string()),
            ("source_type", pa.string()),
            ("source", pa.string()),
            ("rows", pa.int64()),
        ]
    ),
    # Which run used which dataset, and what for.
    "inputs": pa.schema([("run_id", pa.string()), ("dataset", pa.string()), ("context", pa.string())]),
}


SERIES = pa.schema([("step", pa.int64()), ("timestamp", pa.int64()), ("value", pa.float64())])
"""One metric of one run by timestamp, then in the order of logging; values as in `metrics`."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What one reading of a store gave.

    `tables`: one table (or reader of record batches) per name in SCHEMAS; experiments are always all of them.
    `full`: the tables replace everything known; otherwise the runs in them replace their earlier rows and
    the runs in `gone` vanish. `cursor`: JSON-able, hand it back at the next reading. `complete_as_of`: every
    change made in the store before this time has been seen. `warnings`: what was left out.
    """

    tables: Mapping[str, pa.Table | pa.RecordBatchReader]
    full: bool
    cursor: Mapping[str, Any]
    complete_as_of: datetime
    gone: Sequence[str] = ()
    warnings: Sequence[Note] = ()


class Source(Protocol):
    """A store that is only ever read. Every method raises SourceError when the store fails."""

    def extract(self, cursor: Mapping[str, Any] | None, progress: Progress) -> Extract | None:
        """What changed since `cursor` (None: everything); None when nothing did.

        `progress` is called with (runs read, runs expected or None) now and then on long readings.
        """
        ...

    def series(self, run_id: str, key: str, most: int) -> pa.Table:
        """The `most` values of one metric that were logged first, as SERIES."""
        ...

    def artifacts(self, run_id: str, folder: str = "") -> tuple[Artifact, ...]:
        """What lies directly in `folder` of a run's artifacts; empty when there is none.

        In MODELS lies a folder for each model that the run logged beside them, the one of the highest step first.
        """
        ...

    def artifact(self, run_id: str, path: str, into: Path, most: int | None = None) -> Path:
        """Copies one artifact file below `into` and returns where it is; never reads outside the store's roots.

        `most`: bytes after which a server that sends on is not listened to.
        """
        ...
