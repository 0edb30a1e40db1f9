"""Which filter finds exactly these runs?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
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
    columns = tuple(_column(str(key), table[key]) for key in table)

    def written(run_ids: Sequence[str]) -> str:
        clauses = _clauses(columns, table.index.get_indexer(pd.Index(run_ids).unique()))
        return (clauses and filters.write(clauses)) or filters.run_ids(run_ids)

    return tuple(written(run_ids) for run_ids in groups.run_ids)


@dataclass(frozen=True, slots=True)
class _Column:
    """A param of every run as the place of its value among `values`, -1 where it was not logged."""

    key: str
    codes: npt.NDArray[np.intp]
    values: tuple[str, ...]
    logged: int


def _column(key: str, own: "pd.Series[str]") -> _Column:
    codes, values = pd.factorize(own)
    return _Column(key, codes, tuple(map(str, values)), int(np.count_nonzero(codes >= 0)))


def _clauses(columns: Sequence[_Column], rows: npt.NDArray[np.intp]) -> tuple[Condition, ...]:
    """Params with one value on all `rows` that together exclude every other row; empty when none do."""
    if not len(columns) or not len(rows) or (rows < 0).any():
        return ()
    shared = {
        own.key: own for own in columns if own.codes[rows[0]] >= 0 and (own.codes[rows] == own.codes[rows[0]]).all()
    }
    matching = {key: own.codes == own.codes[rows[0]] for key, own in shared.items()}
    # Of clauses that do the same: the param that more runs log, that takes more values, that is shorter to write.
    value = {key: own.values[own.codes[rows[0]]] for key, own in shared.items()}
    appeal = {key: (-own.logged, -len(own.values), len(key) + len(value[key])) for key, own in shared.items()}
    rest = np.ones(len(columns[0].codes), dtype=bool)
    rest[rows] = False
    chosen: list[str] = []
    while rest.any() and matching and len(chosen) < MOST_CLAUSES:
        best = min(matching, key=lambda key: (int(np.count_nonzero(rest & matching[key])), appeal[key]))
        rest = rest & matching.pop(best)
        chosen.append(best)
    if rest.any():
        return ()
    return tuple(Condition("param", own.key, "=", value[own.key]) for own in columns if own.key in chosen)
