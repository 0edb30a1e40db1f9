"""Which runs somebody may mean by an id, its beginning, or a name."""

from collections.abc import Sequence

from assay.cache.connection import opened
from assay.model.runs.store import LifecycleStage
from assay.model.sync import Snapshot


def called(snapshot: Snapshot, text: str, experiments: Sequence[str] = ()) -> tuple[str, ...]:
    """Ids of the runs with this id; else of those whose id begins so, or with this name.

    Within these experiments (ids, empty: all); deleted runs only where no other is meant.
    """
    with opened(snapshot) as connection:
        rows = connection.execute(
            """SELECT run_id, run_id = $1, lifecycle_stage FROM runs
            WHERE (starts_with(run_id, $1) OR name = $1) AND (len($2) = 0 OR list_contains($2, experiment_id))
            ORDER BY start_time DESC NULLS LAST, run_id""",
            [text, list(experiments)],
        ).fetchall()
    exact = tuple(run_id for run_id, same, _ in rows if same)
    active = tuple(run_id for run_id, _, stage in rows if stage == LifecycleStage.ACTIVE)
    return exact or active or tuple(run_id for run_id, _, _ in rows)
