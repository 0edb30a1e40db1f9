"""What is there to choose from?"""

from assay.cache import reads
from assay.cache.connection import reading
from assay.model.runs.store import Experiment, Keys, LifecycleStage
from assay.queries.runs.selection import selection
from assay.workspace import Workspace


def experiments(work: Workspace, deleted: bool = False) -> tuple[Experiment, ...]:
    """The experiments that hold runs, by name; deleted ones only when asked for."""
    known = reads.experiments(work.snapshot)
    return tuple(
        e for e in known if (e.runs and e.lifecycle_stage is LifecycleStage.ACTIVE) or (deleted and e.runs + e.deleted)
    )


def place(work: Workspace, experiment_id: str) -> str:
    """What an address calls an experiment: its name, or its id where another has the same name."""
    known = reads.experiments(work.snapshot)
    name = next((e.name for e in known if e.experiment_id == experiment_id), experiment_id)
    return name if sum(e.name == name for e in known) == 1 else experiment_id


def keys(work: Workspace, experiments: tuple[str, ...] = ()) -> Keys:
    """The params, metrics and tags that runs of these experiments (names or ids; empty: all) carry, most first.

    Raises SelectionError for an unknown experiment.
    """
    with reading(work.snapshot):
        return reads.keys(work.snapshot, selection(work.snapshot, experiments=experiments))


def all_keys(work: Workspace, experiments: tuple[str, ...] = ()) -> Keys:
    """The same of deleted runs and deleted experiments too."""
    with reading(work.snapshot):
        return reads.keys(work.snapshot, selection(work.snapshot, experiments=experiments, deleted=True))


def deleted_runs(work: Workspace, experiments: tuple[str, ...] = ()) -> int:
    """How many deleted runs these experiments (names or ids; empty: all) hold."""
    known = reads.experiments(work.snapshot)
    return sum(e.deleted for e in known if not experiments or e.name in experiments or e.experiment_id in experiments)
