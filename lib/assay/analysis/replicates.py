"""Which runs may stand as replicates: the finished ones, and of runs that were logged twice only the first."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.digits import telling
from assay.model.note import Note, note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.notes import RunNote
from assay.model.runs.store import RunStatus

_ALIKE = ["setup", "seed", "metric_signature"]
_FEWEST_TELLING = 2


@dataclass(frozen=True, slots=True)
class Replicates:
    """`excluded`: per run, in the frame's order and index, the Exclusion that leaves it out, "" when it stays.

    `unclear`: runs without a logged seed that equal another one in metrics which several trainings may share by
    chance, so that a repeat cannot be told from a coincidence; they stay.
    """

    excluded: "pd.Series[str]"
    unclear: int

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left in but deserves a look."""
        return (note(RunNote.MAY_REPEAT, n=self.unclear),) if self.unclear else ()


def trainings(runs: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for each run, the same for those of one setup that share a logged seed, and for no others."""
    return np.where(runs["seed"].isna(), -1 - np.arange(len(runs)), _codes(runs))


def rivals(runs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """The runs of every setup in which two share the seed, or have none."""
    _, inverse, sizes = np.unique(_codes(runs), return_inverse=True, return_counts=True)
    several = sizes[inverse] > 1
    if not several.any():
        return several
    return runs["setup"].isin(runs.loc[several, "setup"].unique()).to_numpy(dtype=bool)


def unseeded(runs: pd.DataFrame, *, any_status: bool = False) -> npt.NDArray[np.bool_]:
    """The runs whose metrics decide whether some of them are repeats; columns as in `replicates`.

    They are the usable runs of every setup in which two without a seed agree in all metrics.
    """
    found = rivals(runs) & _usable(runs, any_status) & (runs["metric_count"] > 0).to_numpy(dtype=bool)
    candidates = runs[found & runs["seed"].isna().to_numpy()]
    setups = candidates.loc[candidates.duplicated(_ALIKE), "setup"].unique()
    return found & runs["setup"].isin(setups).to_numpy(dtype=bool) if len(setups) else found & False


def replicates(runs: pd.DataFrame, logged: pd.DataFrame | None = None, *, any_status: bool = False) -> Replicates:
    """Marks every run of `runs`; `any_status` keeps unfinished runs, for filters that name a status.

    Columns: run_id, setup (equal where all params but seeds and ignored ones are, however runs are grouped), seed
    (null: not logged), status, start_time, metric_signature (equal where every metric but measured times is equal),
    metric_count. `logged`: run_id, metric, value of the runs that are `unseeded`, measured times aside, and witness,
    which is the same for metrics that follow from each other.

    A run repeats another one when setup, seed and every metric are the same; without a seed only when two of these
    metrics, no two of one witness, are `telling` and not constant in the setup. The earliest start, then the smallest
    run_id, stays.
    """
    table = runs.reset_index(drop=True)
    usable = _usable(table, any_status)
    excluded = np.full(len(table), "", dtype=object)
    excluded[~usable] = table["status"][~usable].str.lower()

    rows = table[rivals(table) & usable & (table["metric_count"] > 0).to_numpy(dtype=bool)]
    alike = rows[rows.duplicated(_ALIKE, keep=False)]
    alike = alike.sort_values(["start_time", "run_id"], na_position="last")
    later = alike[alike.duplicated(_ALIKE)]
    certain = later["seed"].notna() | later["run_id"].isin(_told(rows, later, logged))
    excluded[later.index[certain]] = Exclusion.REPEAT.value
    return Replicates(pd.Series(excluded, index=runs.index, dtype="str"), int((~certain).sum()))


def _codes(runs: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for each run, the same for those of one setup and seed, or of one setup and none."""
    setup, seed = (pd.factorize(runs[column])[0] for column in ("setup", "seed"))
    return np.asarray(setup * (seed.max(initial=0) + 2) + seed + 1, dtype=np.int64)


def _usable(runs: pd.DataFrame, any_status: bool) -> npt.NDArray[np.bool_]:
    return (runs["status"] == RunStatus.FINISHED).to_numpy(dtype=bool) | any_status


def _told(rows: pd.DataFrame, later: pd.DataFrame, logged: pd.DataFrame | None) -> "pd.Series[str]":
    """Those of `later` (run ids) that enough metrics tell from a coincidence.

    A metric that is the same in every run of a setup tells nothing, unless all of the setup's runs are the same: then
    nothing shows that other digits could have come out.
    """
    if logged is None or not later["seed"].isna().any():
        return pd.Series([], dtype=object)
    setups = rows[["run_id", "setup"]].join(
        rows.groupby("setup")["metric_signature"].nunique().rename("kinds"), "setup"
    )
    found = logged.merge(setups, on="run_id")
    cells = found.groupby(["setup", "metric"])["value"]
    sizes = found["setup"].map(setups["setup"].value_counts())
    varied = (cells.transform("nunique") > 1) | (cells.transform("count") < sizes) | (found["kinds"] == 1)
    own = found[varied & found["run_id"].isin(later["run_id"])]
    telltale = own[telling(own["value"].to_numpy(dtype=np.float64))]
    counts = telltale.groupby("run_id")["witness"].nunique()
    return pd.Series(counts.index[counts >= _FEWEST_TELLING], dtype=object)
