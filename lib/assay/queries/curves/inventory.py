"""Of which metrics are there curves?"""

from assay.cache import reads
from assay.errors import SelectionError
from assay.queries.runs.selection import selection
from assay.workspace import Workspace


def curved(work: Workspace, asked: tuple[tuple[str, ...], bool]) -> tuple[str, ...]:
    """Metrics that were logged at a step above 0, losses first; then all others, which may have a curve over time.

    `asked`: experiments, and whether deleted runs too. Raises SelectionError for an unknown experiment.
    """
    experiments, deleted = asked
    chosen = selection(work.snapshot, experiments=experiments, deleted=deleted)
    stepped = set(reads.stepped(work.snapshot, chosen))
    known = reads.keys(work.snapshot, chosen).metrics

    def rank(name: str) -> tuple[bool, bool, bool]:
        return name not in stepped, "loss" not in name.lower(), "val" not in name.lower()

    return tuple(sorted(known, key=rank))


def curve_of(work: Workspace, asked: tuple[tuple[str, ...], bool, str]) -> str:
    """The metric of `asked` (experiments, deleted runs too, metric) where it has steps, else one that has.

    Empty where none has, or there is no such experiment.
    """
    experiments, deleted, metric = asked
    try:
        stepped = reads.stepped(work.snapshot, selection(work.snapshot, experiments=experiments, deleted=deleted))
    except SelectionError:
        return ""
    if metric in stepped:
        return metric
    return next((name for name in curved(work, (experiments, deleted)) if name in stepped), "")
