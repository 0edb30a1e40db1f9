"""How often was each test set looked at, in the whole store?"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.evidence.looks import Looks, luck
from assay.cache import datasets, reads
from assay.model.evidence.files import TEST_ROWS_TAG
from assay.model.metric import MetricUnit
from assay.model.policy import Policy
from assay.model.runs.selection import Selection
from assay.model.runs.store import RunStatus
from assay.model.sync import Snapshot
from assay.queries.metrics import judged
from assay.queries.runs.counting import counted_runs, trained

_EVERYTHING = Selection()
_MOST_METRICS = 4
_BY_CONTENT = "rows:"
_KINDS = ("rows", "ids")
_WITHIN = "\0"
_DIGITS = 8


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
    runs = counted.runs.assign(**_tested(snapshot, counted.runs))
    scored = runs["status"].eq(RunStatus.FINISHED) & runs["metric_count"].gt(0) & runs["data"].notna()
    known = runs[scored]
    scores = trained(counted.runs, counted.values)
    spreads = {metric: scores.values[metric].groupby(level=0).agg(["std", "count"]) for metric in metrics}
    rows = pd.Series(scores.of, runs.index)[scored]
    counts = known.groupby("data", sort=False).agg(
        n=("configuration", "nunique"), of=("experiment_id", "nunique"), by_digest=("by_digest", "any")
    )
    members = rows.groupby(known["data"], sort=False).indices
    made = []
    for data, n, experiments, by_digest in counts.itertuples():
        often = n > policy.leakage.test_looks
        metric, extra = _luck(spreads, np.unique(rows.to_numpy()[members[data]])) if often else ("", None)
        share = policy.metric(metric).unit is MetricUnit.SHARE
        made.append(Looks(_called(str(data)), int(n), int(experiments), metric, extra, share, bool(by_digest)))
    whose = runs["data"].map({data: place for place, data in enumerate(counts.index)})
    return tuple(made), whose.set_axis(runs["run_id"]).dropna().astype(int)


def _luck(spreads: Mapping[str, pd.DataFrame], rows: npt.NDArray[np.intp]) -> tuple[str, float | None]:
    """In the first metric with replicates how far the best of these configurations stands above equals by chance."""
    for metric, every in spreads.items():
        each = every[every.index.isin(rows) & every["count"].gt(0)]
        if (found := luck(each["std"], each["count"])) is not None:
            return metric, found
    return "", None


def _tested(snapshot: Snapshot, runs: pd.DataFrame) -> dict[str, "pd.Series[Any]"]:
    """What `data` each run was tested on: MLflow's inputs where it logged any (`by_digest`), else its own test rows.

    Ids alone, which many data sets number from 0, tell rows apart within an experiment and no further.
    """
    said = datasets.evaluated(snapshot, _EVERYTHING).reindex(runs["run_id"])
    tags = reads.tags(snapshot, _EVERYTHING, [TEST_ROWS_TAG])[TEST_ROWS_TAG].reindex(runs["run_id"])
    own = zip(tags, runs["experiment_id"], strict=True)
    told = [None if pd.isna(tag) else tag if tag.startswith(_BY_CONTENT) else f"{tag}{_WITHIN}{e}" for tag, e in own]
    logged = said["logged"].eq(True)
    data = said["test"].where(logged, pd.Series(told, tags.index, dtype=object))
    return {"data": data.set_axis(runs.index), "by_digest": logged.set_axis(runs.index)}


def _called(data: str) -> str:
    """Test rows as people may tell them apart: a hash by its first digits, without the experiment."""
    name = data.partition(_WITHIN)[0]
    kind, _, content = name.partition(":")
    return f"{kind} {content[:_DIGITS]}" if kind in _KINDS and content else name
