"""Which of the runs that are found count, with what they logged, and what does each of their trainings score?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.nesting import below
from assay.analysis.replicates import trainings
from assay.cache import reads
from assay.model.metric import LARGEST
from assay.model.note import Note
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.selection import Selection
from assay.model.runs.store import Keys
from assay.model.sync import Snapshot
from assay.queries.metrics import measured_among
from assay.queries.runs.replicates import marked
from assay.queries.values import Values, latest_values

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CountedRuns:
    """Runs as `reads.runs` gives them with `excluded` (an Exclusion, "" for those that count).

    `found`: what they logged, in the same order. `nested`: which of these values are those of a run nested below one of
    its configuration which has its own. `seeds`, `ignored`: params that make no configuration.
    """

    runs: pd.DataFrame
    found: Values
    nested: Mask
    seeds: tuple[str, ...]
    ignored: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def counts(self) -> Mask:
        """Whether nothing excludes a run."""
        return self.runs["excluded"].eq("").to_numpy(dtype=bool)

    @property
    def values(self) -> pd.DataFrame:
        """What a mean may rest on: of runs that count the values below LARGEST, else NaN; in the order of `runs`."""
        usable = (self.found.values.abs() < LARGEST).to_numpy(dtype=bool) & ~self.nested
        return self.found.values.where(usable & self.counts[:, None])


@dataclass(frozen=True, slots=True)
class Trained:
    """What trainings score: runs that share setup and seed averaged, so that each counts once.

    `of`: each run's row, by position; `index`: the rows' configurations in the order of their first runs. `first`: of
    each training that counts one run. `training`: each run's, as a number. `values`: a training a row, index: its row;
    `whose`: their numbers.
    """

    of: npt.NDArray[np.intp]
    index: pd.Index
    first: Mask
    training: npt.NDArray[np.int64]
    values: pd.DataFrame
    whose: npt.NDArray[np.int64]


def counted_runs(
    snapshot: Snapshot,
    policy: Policy,
    selection: Selection,
    keys: Keys,
    metrics: Sequence[str],
    group_by: tuple[str, ...] | None,
) -> CountedRuns:
    """The runs of a selection; `keys`: what they carry; `group_by` as in `reads.runs`."""
    seeds, ignored = policy.params.seeds_among(keys.params), policy.params.ignored_among(keys.params)
    runs = reads.runs(snapshot, selection, seeds=seeds, ignored=ignored, group_by=group_by)
    replicates = marked(snapshot, runs, measured_among(policy, keys.metrics), any_status=selection.names_status)
    runs = runs.assign(excluded=replicates.excluded)
    found = latest_values(snapshot, policy, selection, metrics)
    nested = _nested(snapshot, selection, runs, found.values)
    lost = (nested | ~found.logged.to_numpy(dtype=bool)).all(axis=1) & nested.any(axis=1)
    runs["excluded"] = runs["excluded"].mask(lost, Exclusion.NESTED.value)
    return CountedRuns(runs, found, nested, seeds, ignored, replicates.notes)


def trained(runs: pd.DataFrame, values: pd.DataFrame) -> Trained:
    """`runs` as in CountedRuns, `values` in their order, NaN where there is none."""
    of, names = pd.factorize(runs["configuration"])
    used = runs["excluded"].eq("").to_numpy(dtype=bool)
    training = trainings(runs)
    known = pd.DataFrame({"row": of, "training": training})[used]
    first = used.copy()
    first[known.index[known.duplicated()]] = False
    finite, whose = values.set_axis(of)[used], training[used]
    if first.sum() < used.sum():
        finite = finite.groupby([known["row"].to_numpy(), known["training"].to_numpy()]).mean()
        whose, finite = finite.index.get_level_values(1).to_numpy(), finite.droplevel(1)
    return Trained(of, pd.Index(names, name="row"), first, training, finite, whose)


def _nested(snapshot: Snapshot, selection: Selection, runs: pd.DataFrame, values: pd.DataFrame) -> Mask:
    if selection.names_parent or runs["parent_run_id"].eq("").all():
        return np.zeros(values.shape, dtype=bool)
    scored = (values.abs() < LARGEST).to_numpy(dtype=bool) & runs["excluded"].eq("").to_numpy(dtype=bool)[:, None]
    parents = reads.parents(snapshot)
    return scored & below(runs["run_id"].tolist(), parents, scored, runs["configuration"].tolist())
