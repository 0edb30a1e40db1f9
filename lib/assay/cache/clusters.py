"""SQL for the cluster of an example: what all of its rows, runs and sides that name one agree on, else its own.

Tables carry it as `low` and `high`, the lowest and highest hash of what rows name, NULL where none does.
"""

from collections.abc import Mapping, Sequence

from assay.cache.loader import Loader, quoted
from assay.cache.score_files import ScoreFile

CLUSTER = "if(low = high, low, hash(h, 'alone'))"

AVERAGED: Mapping[str, str] = {"low": "min(low)", "high": "max(high)"}
"""Of several rows of one example."""


def named(file: ScoreFile, cluster: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns to read of a run's file, and what to select of them; nothing without a cluster."""
    if cluster is None:
        return (), ()
    if cluster not in file.columns:
        return (), ("NULL::UBIGINT AS low", "NULL::UBIGINT AS high")
    text = f"NULLIF(CAST({quoted(cluster)} AS VARCHAR), '')"
    code = f"CASE WHEN {text} IS NOT NULL THEN hash({text}) END"
    return (cluster,), (f"{code} AS low", f"{code} AS high")


def ends(tables: Sequence[str], cluster: str | None) -> str:
    """Of the joined rows of several tables, to be selected after others; empty without a cluster."""
    if cluster is None:
        return ""
    lows, highs = (", ".join(f"{table}.{end}" for table in tables) for end in ("low", "high"))
    return f", least({lows}) AS low, greatest({highs}) AS high"


def unclear(loader: Loader, tables: Sequence[str], cluster: str | None) -> tuple[int, int]:
    """How many examples name no cluster, and how many name several."""
    if cluster is None:
        return 0, 0
    every = " UNION ALL ".join(f"SELECT low, high FROM {table}" for table in tables)
    unknown, differing = loader.row(
        f"SELECT count(*) FILTER (low IS NULL), count(*) FILTER (low <> high) FROM ({every})"
    )
    return int(unknown), int(differing)
