"""What is there to choose from?"""

from collections import Counter

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


def places(work: Workspace, experiment_ids: tuple[str, ...]) -> tuple[str, ...]:
    """What an address calls these experiments: by name, or by id where another has the same name."""
    names = {e.experiment_id: e.name for e in reads.experiments(work.snapshot)}
    often = Counter(names.values())
    called = {number: name for number, name in names.items() if often[name] == 1}
    return tuple(called.get(number, number) for number in experiment_ids)


def place(work: Workspace, experiment_id: str) -> str:
    """What an address calls an experiment."""
    return places(work, (experiment_id,))[0]


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
