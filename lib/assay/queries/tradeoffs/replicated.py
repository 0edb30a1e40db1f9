"""What does every configuration score, replicate by replicate, so that a front can be drawn from it?"""

import numpy as np

from assay.analysis.tradeoffs.draws import Replicated
from assay.queries.runs.scored import ScoredConfigurations


def replicated(found: ScoredConfigurations) -> tuple[Replicated, ...]:
    """Of each of its `rows` what its replicates score; a seed ties only runs of one experiment."""
    own = found.replicates
    values = found.trained.values.to_numpy()[own["place"]]
    scoped = [f"{of}\n{seed}" for of, seed in zip(own["experiment_id"], own["seed"], strict=True)]
    logged = own["seed"].notna().to_numpy()
    ends = np.searchsorted(own["row"].to_numpy(), [*found.rows, len(found.trained.index)]).tolist()
    return tuple(
        Replicated(str(found.trained.index[row]), values[a:b], tuple(scoped[a:b]) if logged[a:b].all() else ())
        for row, a, b in zip(found.rows, ends, ends[1:], strict=False)
    )
