"""Checks on the splits of 1.2 million rows beside pandas, and all checks on the metrics of many runs."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from benchmarks.bench_bootstrap import fastest
from benchmarks.results import Row
from benchmarks.stores import sqlite_store

from assay import policy, settings, sync
from assay.analysis.evidence.splits import checks
from assay.cache import splits
from assay.model.evidence.leakage import LeakageQuestion
from assay.model.evidence.policy import LeakagePolicy
from assay.queries import freshness
from assay.queries.evidence.leakage import leakage
from assay.workspace import Workspace

TRAINED, TESTED, GROUPS = 1_000_000, 200_000, 100_000
RUNS, METRICS = 10_000, 20
TIMES = 3


def measure() -> list[Row]:
    """From the file to the findings, and from the snapshot to the first rows."""
    with tempfile.TemporaryDirectory() as name:
        return [_of_splits(Path(name) / "splits.parquet"), *_of_runs(Path(name))]


def _of_splits(path: Path) -> Row:
    """Both sides count the same."""
    _split().to_parquet(path, index=False)
    assert _ours(path) == _by_pandas(path)
    own, peer = fastest(lambda: _ours(path), TIMES), fastest(lambda: _by_pandas(path), TIMES)
    return Row(f"Leakage: checks of {TRAINED:,} + {TESTED:,} rows with hash, group, time", own, "pandas", peer, "< 1 s")


def _split() -> pd.DataFrame:
    """A bad one: split at random though there are groups and times, and a tenth of the test rows are copies."""
    rng, n = np.random.default_rng(71), TRAINED + TESTED
    hashes = rng.integers(0, 2**63, n, dtype=np.uint64)
    hashes[-TESTED // 10 :] = rng.choice(hashes[:TRAINED], TESTED // 10)
    return pd.DataFrame({
        "example_id": [f"row-{place}" for place in range(n)],
        "split": np.where(np.arange(n) < TRAINED, "train", "test"),
        "content_hash": hashes,
        "group": [f"patient-{place}" for place in rng.integers(0, GROUPS, n)],
        "time": pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 10**8, n), unit="s"),
    })  # fmt: skip


def _ours(path: Path) -> tuple[int, ...]:
    """Shared ids, shared groups and how many, copies, repeats, rows on the wrong side in time."""
    facts = splits.facts(path)
    assert checks(facts, LeakagePolicy())
    [pair] = facts.pairs
    assert pair.copies
    assert pair.groups
    assert pair.order
    groups, order = pair.groups, pair.order
    return pair.ids.n, groups.n, groups.values, pair.copies.held.n, pair.copies.repeats, order.before.n, order.after


def _by_pandas(path: Path) -> tuple[int, ...]:
    """The same counts; no names of rows, no tests."""
    frame = pd.read_parquet(path)
    train, test = (frame[frame["split"] == split] for split in ("train", "test"))
    ids, groups, copies = (test[name][test[name].isin(train[name])] for name in ("example_id", "group", "content_hash"))
    repeats = train["content_hash"].duplicated(keep=False)
    before, after = test["time"] < train["time"].max(), train["time"] > test["time"].min()
    counts = len(ids), len(groups), groups.nunique(), len(copies), repeats.sum(), before.sum(), after.sum()
    return tuple(map(int, counts))


def _of_runs(folder: Path) -> list[Row]:
    """None of them logged evidence; the runs of 100 rows are asked whether they did."""
    uri = sqlite_store(folder / "runs.db", RUNS, metrics=METRICS)
    chosen = settings.read({}, tracking_uri=uri, data=str(folder / "data"))
    sync.sync(chosen)
    snapshot = freshness.current(chosen).snapshot
    assert snapshot is not None
    work = Workspace(chosen, policy.load(), snapshot)
    alone, listed = (fastest(lambda most=most: leakage(work, LeakageQuestion(most=most)), TIMES) for most in (0, 100))  # type: ignore[misc]
    what = f"Leakage: checks of {RUNS:,} runs with {METRICS} metrics each"
    return [Row(f"{what}, no file asked for", alone, goal="< 0.3 s"), Row(f"{what}, 100 rows in view", listed)]
