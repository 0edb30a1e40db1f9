"""Which of these runs may stand as replicates?"""

import pandas as pd

from assay.analysis.replicates import Replicates, replicates, unseeded
from assay.cache import reads
from assay.model.sync import Snapshot


def marked(snapshot: Snapshot, runs: pd.DataFrame, aside: tuple[str, ...], *, any_status: bool = False) -> Replicates:
    """`runs` as `reads.runs` gives them; `aside`: metrics that say nothing, those that no signature depends on."""
    asked = unseeded(runs, any_status=any_status)
    logged = None
    if asked.any():
        logged = reads.logged(snapshot, runs.loc[asked, "run_id"].tolist(), aside=aside)
    return replicates(runs, logged, any_status=any_status)
