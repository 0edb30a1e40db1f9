"""Of which metrics are there curves?"""

from assay.cache import reads
from assay.queries.runs.selection import selection
from assay.workspace import Workspace


def curved(work: Workspace, experiments: tuple[str, ...]) -> tuple[str, ...]:
    """Metrics that were logged at a step above 0, losses first; then all others, which may have a curve over time.

    Raises SelectionError for an unknown experiment.
    """
    chosen = selection(work.snapshot, experiments=experiments)
    stepped = set(reads.stepped(work.snapshot, chosen))
    known = reads.keys(work.snapshot, chosen).metrics

    def rank(name: str) -> tuple[bool, bool, bool]:
        return name not in stepped, "loss" not in name.lower(), "val" not in name.lower()

    return tuple(sorted(known, key=rank))


def curve_of(work: Workspace, asked: tuple[tuple[str, ...], str]) -> str:
    """The metric of `asked` (experiments, metric) where it was logged step by step, else one that was; or empty."""
    experiments, metric = asked
    stepped = reads.stepped(work.snapshot, selection(work.snapshot, experiments=experiments))
    if metric in stepped:
        return metric
    return next((name for name in curved(work, experiments) if name in stepped), "")
