"""Which training and test data did runs log?"""

import numpy as np
import pandas as pd

from assay.analysis.evidence.datasets import LoggedData
from assay.cache import datasets
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot


def logged_data(snapshot: Snapshot, chosen: Selection, run_ids: "pd.Series[str]") -> LoggedData:
    """Of these runs, which are among those `chosen`."""
    used, known = datasets.sides(snapshot, chosen)
    run = pd.Index(run_ids).get_indexer(pd.Index(used["run_id"]))
    asked = run >= 0
    dataset = known.index.get_indexer(pd.Index(used["dataset"]))[asked].astype(np.int64)
    tested = used["tested"].to_numpy(dtype=bool)[asked]
    names, digests = known["name"].tolist(), known["digest"].tolist()
    return LoggedData(len(run_ids), run[asked].astype(np.int64), dataset, tested, names, digests)
