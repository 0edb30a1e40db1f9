"""Which runs may stand as replicates: the finished ones, and of runs with identical digits only the first."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assay.model.note import Note, note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.notes import RunNote
from assay.model.runs.store import RunStatus

_ALIKE = ["setup", "seed", "metric_signature"]


@dataclass(frozen=True, slots=True)
class Replicates:
    """`excluded`: per run, in the frame's order and index, the Exclusion that leaves it out, "" when it stays.

    `unclear`: runs without a logged seed whose only metric equals another's, so that a repeat cannot be told
    from a coincidence; they stay. `clashing`: runs that share setup and seed with another one but not its digits;
    they stay, and their seeds cannot pair.
    """

    excluded: "pd.Series[str]"
    unclear: int
    clashing: int

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left in but deserves a look."""
        found = ((RunNote.MAY_REPEAT, self.unclear), (RunNote.SEED_CLASHES, self.clashing))
        return tuple(note(code, n=n) for code, n in found if n)


def replicates(runs: pd.DataFrame, *, any_status: bool = False) -> Replicates:
    """Marks every run of `runs`; `any_status` keeps unfinished runs, for filters that name a status.

    Columns: run_id, setup (equal where all params but seeds and ignored ones are, however runs are grouped), seed
    (null: not logged), status, start_time, metric_signature (equal where every metric is equal), metric_count. A
    run repeats another one when setup, seed and every metric are the same; without a seed only when at least two
    metrics agree. The earliest start, then the smallest run_id, stays.
    """
    table = runs.reset_index(drop=True)
    waiting = (table["status"] != RunStatus.FINISHED).to_numpy(dtype=bool) & (not any_status)
    excluded = np.full(len(table), "", dtype=object)
    excluded[waiting] = table["status"][waiting].str.lower()

    seedless = table["seed"].isna().to_numpy()
    count = table["metric_count"].to_numpy()
    doubtful = ~waiting & seedless & (count == 1)
    excluded[_later_twins(table[~waiting & (count > 0) & ~doubtful])] = Exclusion.REPEAT.value

    unclear = int(table.loc[doubtful, _ALIKE].duplicated().sum())
    seeded = table.loc[(excluded == "") & (count > 0) & ~seedless, ["setup", "seed"]]
    marks = pd.Series(excluded, index=runs.index, dtype="str")
    return Replicates(marks, unclear, int(seeded.duplicated().sum()))


def _later_twins(runs: pd.DataFrame) -> np.ndarray:
    """Positions of all runs but the first of each set of twins."""
    twins = runs[runs.duplicated(_ALIKE, keep=False)]
    ordered = twins.sort_values(["start_time", "run_id"], na_position="last")
    return ordered.index[ordered.duplicated(_ALIKE)].to_numpy()
