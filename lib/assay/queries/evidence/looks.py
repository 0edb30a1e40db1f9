"""How often was each test set looked at, in the whole store?"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.evidence.looks import Looks
from assay.analysis.planning import optimism
from assay.analysis.search import noise
from assay.cache import datasets, reads
from assay.model.evidence.files import TEST_ROWS_TAG
from assay.model.metric import LARGEST, MetricUnit
from assay.model.policy import Policy
from assay.model.runs.selection import Selection
from assay.model.runs.store import RunStatus
from assay.model.sync import Snapshot
from assay.queries.metrics import judged
from assay.queries.runs.counting import counted_runs, trained

_EVERYTHING = Selection()
_MOST_METRICS = 4


def looks(
    snapshot: Snapshot, policy: Policy, run_ids: "pd.Series[str]"
) -> tuple[Sequence[Looks], npt.NDArray[np.int64]]:
    """Each test set, and of each run its place among these, −1 where its test data are not logged."""
    found, whose = _looks(snapshot, policy)
    return found, run_ids.map(whose).fillna(-1).to_numpy().astype(np.int64)


@lru_cache(maxsize=4)
def _looks(snapshot: Snapshot, policy: Policy) -> tuple[tuple[Looks, ...], "pd.Series[int]"]:
    """Over every run that finished with a score: nobody's filter hides a look."""
    keys = reads.keys(snapshot, _EVERYTHING)
    metrics = [name for name in judged(policy, keys.metrics) if policy.metric(name).smallest_effect][:_MOST_METRICS]
    counted = counted_runs(snapshot, policy, _EVERYTHING, keys, metrics, None)
    runs = counted.runs.assign(data=_tested(snapshot, counted.runs["run_id"]))
    scored = runs["status"].eq(RunStatus.FINISHED) & runs["metric_count"].gt(0) & runs["data"].notna()
    known = runs[scored]
    places, names = pd.factorize(known["data"])
    whose = pd.Series(places, known["run_id"].to_numpy())
    scores = trained(counted.runs, counted.values.where(counted.values.abs() < LARGEST))
    rows = pd.Series(scores.of, counted.runs.index)[scored]
    made = []
    for place, name in enumerate(names):
        own = known[places == place]
        metric, luck = _luck(scores.values, np.unique(rows[places == place]))
        share = policy.metric(metric).unit is MetricUnit.SHARE
        made.append(
            Looks(str(name), own["configuration"].nunique(), own["experiment_id"].nunique(), metric, luck, share)
        )
    return tuple(made), whose


def _luck(values: pd.DataFrame, rows: npt.NDArray[np.intp]) -> tuple[str, float | None]:
    """In the first metric with replicates how far the best of these configurations stands above equals by chance."""
    own = values[values.index.isin(rows)]
    for metric in values:
        each = own[metric].dropna().groupby(level=0).agg(["std", "count"])
        spread = noise(each["std"], each["count"])
        if spread is not None and len(each) > 1:
            return str(metric), optimism(len(each), int(each["count"].median())) * spread.std
    return "", None


def _tested(snapshot: Snapshot, run_ids: "pd.Series[str]") -> "pd.Series[str]":
    """What each run was tested on: MLflow's inputs where it logged any, else the rows that it logged as test split.

    Ids alone, which many data sets number from 0, tell rows apart within an experiment and no further.
    """
    said = datasets.evaluated(snapshot, _EVERYTHING).reindex(run_ids)
    tags = reads.tags(snapshot, _EVERYTHING, [TEST_ROWS_TAG])[TEST_ROWS_TAG].reindex(run_ids)
    return said["test"].where(said["logged"].eq(True), tags).set_axis(run_ids.index)
