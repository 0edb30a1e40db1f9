"""Hashes of rows beside those of pandas: `python -m benchmarks hashing`."""

import numpy as np
import pandas as pd
from benchmarks.bench_bootstrap import fastest
from benchmarks.results import Row

from assay.evidence import hash_rows

ROWS, COLUMNS = 1_200_000, 20


def measure() -> list[Row]:
    """Rows of floats alone, and of what tables hold. pandas takes the order of columns for part of the content, and
    1 and 1.0 for two things."""
    rng = np.random.default_rng(1)
    floats = pd.DataFrame(rng.normal(size=(ROWS, COLUMNS)), columns=[f"x{at}" for at in range(COLUMNS)])
    mixed = floats.iloc[:, :12].assign(
        **{f"n{at}": rng.integers(0, 1000, ROWS) for at in range(4)},
        on=rng.random(ROWS) < 0.5,
        kind=pd.Categorical(rng.choice([*"abcdef"], ROWS)),
        colour=rng.choice(["red", "green", "blue"], ROWS),
        at=pd.date_range("2026-01-01", periods=ROWS, freq="s"),
    )
    rows = []
    for what, frame in (("floats", floats), ("numbers, texts and times", mixed)):
        ours = fastest(lambda frame=frame: hash_rows(frame), 3)  # type: ignore[misc]
        peer = fastest(lambda frame=frame: pd.util.hash_pandas_object(frame, index=False), 3)  # type: ignore[misc]
        rows.append(Row(f"hash_rows of {ROWS:,} × {COLUMNS} {what}", ours, "pandas", peer, "< 2 s"))
    return rows
