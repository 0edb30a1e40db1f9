"""What does one row say: of a run, or of a configuration with its replicates averaged?"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.model.metric import LARGEST
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.store import LifecycleStage, RunStatus
from assay.queries.runs.counting import trained

Codes = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The frames of a listing, all with the index of `rows`, newest first; `of`: each run's row, by position."""

    rows: pd.DataFrame
    mean: pd.DataFrame
    std: pd.DataFrame
    count: pd.DataFrame
    scores: pd.Series
    of: Codes


def single(runs: pd.DataFrame, values: pd.DataFrame) -> Grouped:
    """One row a run; `runs` as `reads.runs` gives them with `excluded`, `values` in their order."""
    counted = runs["excluded"].isin(["", Exclusion.REPEAT])
    rows = runs[["name", "experiment", "experiment_id", "run_id", "excluded"]].assign(
        n=counted.astype(int),
        replicates=runs["excluded"].eq("").astype(int),
        found=1,
        last_run=runs["start_time"],
        seed=runs["seed"].fillna(""),
        states=_states(runs, np.arange(len(runs)), len(runs)).set_axis(runs.index),
        deleted=runs["lifecycle_stage"].eq(LifecycleStage.DELETED),
    )
    rows = rows.set_axis(runs["run_id"])
    values = values.set_axis(rows.index)
    return Grouped(
        rows,
        values,
        pd.DataFrame(np.nan, rows.index, values.columns),
        pd.DataFrame(np.abs(values.to_numpy()) < LARGEST, rows.index, values.columns).astype(int),
        _lists(values.to_numpy(), np.arange(len(rows)), rows.index),
        np.arange(len(rows)),
    )


def configurations(runs: pd.DataFrame, values: pd.DataFrame) -> Grouped:
    """One row a configuration, averaged over the values below LARGEST of the runs that nothing excludes.

    Runs that share setup and seed are averaged first and count once.
    """
    own = trained(runs, values.where(values.abs() < LARGEST))
    finite, index, numbers = own.values, own.index, range(len(own.index))
    grouped = finite.groupby(level=0)
    return Grouped(
        _described(runs, own.of, own.first).set_axis(index),
        grouped.mean().reindex(numbers).set_axis(index),
        grouped.std(ddof=1).reindex(numbers).set_axis(index),
        grouped.count().reindex(numbers, fill_value=0).set_axis(index),
        _lists(finite.to_numpy(), finite.index.to_numpy(), index),
        own.of,
    )


def _described(runs: pd.DataFrame, of: Codes, used: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Everything of a row but its scores; index 0, 1, … `used`: one run of each training that counts."""
    rows = (
        runs[["name", "experiment", "experiment_id", "run_id", "excluded"]]
        .assign(
            n=runs["excluded"].isin(["", Exclusion.REPEAT]),
            replicates=used,
            found=1,
            last_run=runs["start_time"],
            row=of,
        )
        .sort_values("replicates", ascending=False, kind="stable")
        .groupby("row")
        .agg(
            {
                **dict.fromkeys(["name", "experiment", "experiment_id", "run_id", "excluded"], "first"),
                **dict.fromkeys(["n", "replicates", "found"], "sum"),
                "last_run": "max",
            }
        )
    )
    rows["states"] = _states(runs, of, len(rows))
    return rows


def _states(runs: pd.DataFrame, of: Codes, rows: int) -> pd.Series:
    """Of each row the states of its runs that did not finish, with how many there are, by name."""
    counts = Counter(zip(of.tolist(), runs["status"].tolist(), strict=True))
    found: list[tuple[tuple[RunStatus, int], ...]] = [()] * rows
    for (row, state), count in sorted(counts.items()):
        if state != RunStatus.FINISHED:
            found[row] = (*found[row], (RunStatus(state), count))
    return pd.Series(found, dtype=object)


def _lists(values: npt.NDArray[np.float64], of: Codes, index: pd.Index) -> pd.Series:
    """The sorted values below LARGEST of the first column, a tuple a row."""
    first = values[:, 0] if values.shape[1] else np.array([])
    of = of[: len(first)]
    kept = np.abs(first) < LARGEST
    first, of = first[kept], of[kept]
    order = np.lexsort((first, of))
    sorted_values = first[order].tolist()
    ends = np.searchsorted(of[order], np.arange(len(index) + 1))
    cells = [tuple(sorted_values[a:b]) for a, b in pairwise(ends)]
    return pd.Series(cells, index=index, dtype=object)
