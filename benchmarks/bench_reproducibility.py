"""Differences of many runs beside pandas, from what they have on record."""

import numpy as np
import pandas as pd
from benchmarks.bench_bootstrap import fastest
from benchmarks.results import Row

from assay.analysis.evidence.differences import differences, fields_of
from assay.model.evidence.environment import CodeState, Environment, LoggedEnvironment
from assay.model.evidence.record import RunRecord

RUNS, PACKAGES, SEEDS = 1_000, 200, 5
TIMES = 3


def measure() -> list[Row]:
    """From the records to every field that differs, and who has what."""
    records = _records()
    assert _ours(records) == _by_pandas(records)
    own, peer = fastest(lambda: _ours(records), TIMES), fastest(lambda: _by_pandas(records), TIMES)
    return [Row(f"Reproducibility: differences of {RUNS:,} runs × {PACKAGES} packages", own, "pandas", peer, "< 1 s")]


def _records() -> list[RunRecord]:
    """Every tenth run has another version of some package, and every fifth another commit."""
    rng = np.random.default_rng(12)
    made = []
    for place in range(RUNS):
        packages = {f"package-{k}": "1.0" for k in range(PACKAGES)}
        if place % 10 == 0:
            packages[f"package-{rng.integers(PACKAGES)}"] = "1.1"
        code = CodeState(f"{place % 5:040x}", dirty=False)
        logged = LoggedEnvironment(Environment(2, python="3.11.7", packages=packages, code=code))
        made.append(RunRecord(f"run-{place}", logged=logged))
    return made


def _ours(records: list[RunRecord]) -> set[str]:
    groups = [[f"run-{place + k}" for k in range(SEEDS)] for place in range(0, RUNS, SEEDS)]
    labels = {run_id: group[0] for group in groups for run_id in group}
    seeds = {run_id: str(k) for group in groups for k, run_id in enumerate(group)}
    found, _ = differences([fields_of(one) for one in records], labels, groups, seeds)
    return {one.field.name for one in found}


def _by_pandas(records: list[RunRecord]) -> set[str]:
    known = [one.logged.environment for one in records]
    frame = pd.DataFrame([{**own.packages, "commit": own.code.commit} for own in known if own and own.code])
    return {str(name) for name in frame if frame[name].nunique() > 1}
