"""What runs logged that tells of leakage, as arrays and frames."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.evidence.verdicts import Mask
from assay.model.evidence.splits import SplitRole
from assay.model.metric import Direction

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ScorePair:
    """A metric of the training rows and the same of held-out ones (`role`), by name."""

    train: str
    held: str
    role: SplitRole
    direction: Direction


@dataclass(frozen=True, slots=True)
class LoggedScores:
    """What `n` runs logged: `values` and `scales` are frames of a column a metric, NaN where there is none.

    `scales`: 1 where a value is a share, 100 where it is one in per cent, NaN where it is neither. `setup`,
    `training`: numbers of each run's configuration and of its training; `counts`: whether it may stand as a replicate.
    `held`: the held-out scores that hardly ever come near 1; `spreads`: metrics that are an sd over folds; `folds`:
    of each run the fold it names, -1 for none.
    """

    values: pd.DataFrame
    scales: pd.DataFrame
    setup: Codes
    training: Codes
    counts: Mask
    pairs: tuple[ScorePair, ...]
    held: tuple[str, ...]
    spreads: tuple[str, ...]
    folds: Codes

    @property
    def n(self) -> int:
        """How many runs."""
        return len(self.values)

    def column(self, metric: str) -> Array:
        """Values, NaN where there is none."""
        found: Array = self.values[metric].to_numpy(dtype=np.float64)
        return found

    def scale(self, metric: str) -> Array:
        """Of each value 1 or 100 or NaN."""
        found: Array = self.scales[metric].to_numpy(dtype=np.float64)
        return found
