"""Histories out of the store, for as long as a reader would wait, and kept for the next look at them."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from assay import artifacts
from assay.cache.histories import Histories
from assay.model.note import Note
from assay.model.runs.store import MOST_VALUES
from assay.queries.comparison.patience import in_time
from assay.settings import Settings

_SECONDS = 40.0
_AT_ONCE = 3

KEPT = Histories()

Latest = tuple[float, int]
"""Value and step, as the cache has them; a history that goes on is another one."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Run id → key of its history in KEPT, and why no more were read."""

    keys: Mapping[str, Hashable]
    reason: Note | None = None


def read(
    settings: Settings,
    metric: str,
    latest: Mapping[str, Latest],
    unknown: tuple[float, ...] = (),
    *,
    seconds: float = _SECONDS,
) -> Readings:
    """The histories of these runs: those known already, and as many of the others as come in time.

    `unknown`: values that are read as NaN.

    Raises SourceError for a store of no kind that Assay reads.
    """
    keys = {run_id: (settings.tracking_uri, run_id, metric, unknown, repr(known)) for run_id, known in latest.items()}
    store = artifacts.store(settings)

    def take(run_id: str) -> None:
        KEPT.add(keys[run_id], store.series(run_id, metric, MOST_VALUES), unknown)

    missing = [run_id for run_id, key in keys.items() if not KEPT.size(key)]
    _, error = in_time(missing, take, seconds, at_once=_AT_ONCE)
    return Readings({run: key for run, key in keys.items() if KEPT.size(key)}, error.note if error else None)
