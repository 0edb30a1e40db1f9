"""Fronts beside moocore's, and how long their probabilities take: `python -m benchmarks front`."""

import moocore
import numpy as np
from benchmarks.bench_bootstrap import fastest
from benchmarks.results import Row

from assay.analysis.tradeoffs.draws import Replicated
from assay.analysis.tradeoffs.front import front
from assay.analysis.tradeoffs.probability import probabilities
from assay.model.metric import Direction

SIZES = ((1_000_000, 3), (100_000, 5))
CONFIGURATIONS, SEEDS, OBJECTIVES, DRAWS = 100, 5, 3, 4_000


def measure() -> list[Row]:
    """The same front, equal rows kept; and 4,000 draws of paired and of unpaired configurations."""
    rng, rows = np.random.default_rng(1), list[Row]()
    for n, d in SIZES:
        values = rng.normal(size=(n, d))
        ways = [Direction.MINIMIZE] * d
        assert np.array_equal(front(values, ways), moocore.is_nondominated(values, keep_weakly=True))
        ours = fastest(lambda values=values, ways=ways: front(values, ways), 3)  # type: ignore[misc]
        peer = fastest(lambda values=values: moocore.is_nondominated(values, keep_weakly=True), 3)  # type: ignore[misc]
        rows.append(Row(f"front of {n:,} × {d}", ours, "moocore", peer, "1 ×"))
    scores = rng.normal(size=(CONFIGURATIONS, 1, OBJECTIVES)) + 0.5 * rng.normal(
        size=(CONFIGURATIONS, SEEDS, OBJECTIVES)
    )
    for what, seeds in (("paired", tuple(map(str, range(SEEDS)))), ("unpaired", ())):
        asked = [Replicated(str(at), own, seeds) for at, own in enumerate(scores)]
        ways = [Direction.MAXIMIZE] * OBJECTIVES
        took = fastest(lambda asked=asked, ways=ways: probabilities(asked, ways, fewest=3, draws=DRAWS), 3)  # type: ignore[misc]
        rows.append(Row(f"{DRAWS:,} draws of {CONFIGURATIONS} × {OBJECTIVES}, {what}", took, goal="< 1 s"))
    return rows
