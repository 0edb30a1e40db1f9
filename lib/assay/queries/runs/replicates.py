"""Which of these runs may stand as replicates?"""

from collections.abc import Sequence

import pandas as pd

from assay.analysis.replicates import Replicates, replicates, rivals, unseeded
from assay.cache import reads
from assay.model.policy import Policy
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot
from assay.queries.metrics import measured_among, of_counts


def read(snapshot: Snapshot, policy: Policy, selection: Selection) -> tuple[pd.DataFrame, Replicates]:
    """The runs of a selection by the policy's configurations, and which of them may stand."""
    keys = reads.keys(snapshot, selection)
    seeds, ignored = policy.params.seeds_among(keys.params), policy.params.ignored_among(keys.params)
    runs = reads.runs(snapshot, selection, seeds=seeds, ignored=ignored)
    return runs, marked(snapshot, runs, measured_among(policy, keys.metrics))


def marked(snapshot: Snapshot, runs: pd.DataFrame, aside: Sequence[str], *, any_status: bool = False) -> Replicates:
    """`runs` as `reads.runs` gives them; `aside`: metrics that vary where nothing else does.

    Metrics are read of those runs only that may be, or show, a repeat.
    """
    close = runs[rivals(runs)]
    known = reads.signatures(snapshot, close["run_id"].tolist(), aside=aside) if aside and len(close) else close[:0]
    if len(known):
        runs = runs.copy()
        known = known.loc[close["run_id"]]
        for column in ("metric_signature", "metric_count"):
            runs.loc[close.index, column] = known[column].to_numpy()
    asked = unseeded(runs, any_status=any_status)
    logged = reads.logged(snapshot, runs.loc[asked, "run_id"].tolist(), aside=aside) if asked.any() else None
    if logged is not None:
        counted = {name: "counts" if of_counts(name) else name for name in logged["metric"].unique()}
        logged = logged.assign(witness=logged["metric"].map(counted))
    return replicates(runs, logged, any_status=any_status)
