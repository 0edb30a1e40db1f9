"""What is there to choose from?"""

from collections.abc import Sequence

from assay.cache import reads
from assay.model.runs import Experiment, LifecycleStage
from assay.model.sync import Snapshot
from assay.queries.runs.selection import selection

Carried = reads.Keys


def experiments(snapshot: Snapshot, *, deleted: bool = False) -> tuple[Experiment, ...]:
    """The experiments that hold runs, by name; deleted ones only when asked for."""
    known = reads.experiments(snapshot)
    return tuple(
        e for e in known if (e.runs and e.lifecycle_stage is LifecycleStage.ACTIVE) or (deleted and e.runs + e.deleted)
    )


def keys(snapshot: Snapshot, experiments: Sequence[str] = ()) -> Carried:
    """The params, metrics and tags that runs of these experiments (names or ids; empty: all) carry, most first.

    Raises SelectionError for an unknown experiment.
    """
    return reads.keys(snapshot, selection(snapshot, experiments=experiments))
