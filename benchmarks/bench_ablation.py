"""What twelve components contribute, of all their combinations, from the snapshot to the answer."""

import tempfile
from pathlib import Path

from benchmarks.bench_bootstrap import fastest
from benchmarks.results import Row
from benchmarks.stores import factorial_store

from assay import policy, settings, sync
from assay.model.ablation.question import AblationQuestion
from assay.queries import freshness
from assay.queries.ablation.answer import ablation
from assay.workspace import Workspace

COMPONENTS, SEEDS = 12, 3
TIMES = 3


def measure() -> list[Row]:
    """Every arm, every effect, every pair."""
    with tempfile.TemporaryDirectory() as name:
        uri = factorial_store(Path(name) / "cells.db", COMPONENTS, SEEDS)
        chosen = settings.read({}, tracking_uri=uri, data=str(Path(name) / "data"))
        sync.sync(chosen)
        snapshot = freshness.current(chosen).snapshot
        assert snapshot is not None
        work = Workspace(chosen, policy.load(), snapshot)
        asked = AblationQuestion("accuracy", tuple(f"component_{number:02d}" for number in range(COMPONENTS)))
        found = ablation(work, asked)
        assert (len(found.arms), len(found.interactions)) == (2**COMPONENTS, 2**COMPONENTS - COMPONENTS - 1)
        seconds = fastest(lambda: ablation(work, asked), TIMES)
    what = f"Ablation: {COMPONENTS} components, {2**COMPONENTS:,} cells × {SEEDS} seeds"
    return [Row(what, seconds, goal="< 1 s")]
