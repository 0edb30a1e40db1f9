"""Which filter finds exactly these runs?"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assay.cache import reads
from assay.cache.connection import reading
from assay.model.policy import Policy
from assay.model.runs.selection import Condition, RunGroups, Selection
from assay.model.sync import Snapshot
from assay.sources import filters
from assay.workspace import Workspace

MOST_CLAUSES = 4


def filters_for(work: Workspace, groups: RunGroups) -> tuple[str, ...]:
    """For each group the shortest filter over params that finds no other run of its experiments.

    Falls back to `run_id IN (…)` when params cannot tell these runs from the others, or their values cannot be written
    in MLflow's language.
    """
    with reading(work.snapshot):
        return _filters(work.snapshot, work.policy, groups)


def _filters(snapshot: Snapshot, policy: Policy, groups: RunGroups) -> tuple[str, ...]:
    scope = Selection(experiments=groups.experiments)
    keys = policy.params.configuring_among(reads.keys(snapshot, scope).params)
    table = reads.params(snapshot, scope, keys)

    def written(run_ids: Sequence[str]) -> str:
        clauses = _clauses(table, run_ids)
        return (clauses and filters.write(clauses)) or filters.run_ids(run_ids)

    return tuple(written(run_ids) for run_ids in groups.run_ids)


def _clauses(table: pd.DataFrame, run_ids: Sequence[str]) -> tuple[Condition, ...]:
    """Params with one value on all `run_ids` that together exclude every other row; empty when none do."""
    inside = table.index.isin(run_ids)
    if inside.sum() != len(set(run_ids)):
        return ()
    own = table[inside]
    shared = [key for key in table if own[key].notna().all() and own[key].nunique() == 1]
    matching = {key: table[key].eq(own[key].iloc[0]).to_numpy(dtype=bool) for key in shared}
    # Of clauses that do the same: the param that more runs log, that takes more values, that is shorter to write.
    appeal = {
        key: (-table[key].count(), -table[key].nunique(), len(str(key)) + len(str(own[key].iloc[0]))) for key in shared
    }
    rest = ~inside
    chosen: list[str] = []
    while rest.any() and matching and len(chosen) < MOST_CLAUSES:
        best = min(matching, key=lambda key: (int(np.count_nonzero(rest & matching[key])), appeal[key]))
        rest = rest & matching.pop(best)
        chosen.append(str(best))
    if rest.any():
        return ()
    return tuple(Condition("param", str(key), "=", str(own[key].iloc[0])) for key in table if key in chosen)
