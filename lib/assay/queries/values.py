"""What did runs score, as the policy reads it? A value that means that nobody knows is no score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.cache import reads
from assay.cache.connection import Chosen
from assay.model.metric import LARGEST
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.notes import RunNote
from assay.model.sync import Snapshot

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Values:
    """Latest values of metrics: frames of one shape, index run_id, one column per key asked for.

    `values`: NaN where not logged, where NaN was logged and where nobody knows. `logged` and `unknown` tell these
    apart.
    """

    values: pd.DataFrame
    logged: pd.DataFrame
    unknown: pd.DataFrame

    def doubts(self, policy: Policy, used: Mask) -> tuple[Note, ...]:
        """A note on each metric of which some of the rows `used` logged what can't be averaged."""
        found = self.values[used]
        odd = (self.logged & ~self.unknown)[used] & ~np.isfinite(found)
        large = np.isfinite(found) & (found.abs() >= LARGEST)
        counts = ((RunNote.NOT_FINITE, odd.sum()), (RunNote.TOO_LARGE, large.sum()))
        said = [note(code, metric=str(key), n=int(n)) for code, column in counts for key, n in column.items() if n]
        unknown = ((str(key), int(n)) for key, n in self.unknown[used].sum().items() if n)
        return (*said, *(note(RunNote.NOT_KNOWN, metric=key, n=n, values=_texts(policy, key)) for key, n in unknown))


def latest_values(snapshot: Snapshot, policy: Policy, chosen: Chosen, names: Sequence[str]) -> Values:
    """As `reads.metrics` gives them."""
    found = reads.metrics(snapshot, chosen, names)
    said = {name: list(policy.metric(name).unknown) for name in dict.fromkeys(names)}
    if not any(said.values()):
        return Values(found.values, found.logged, pd.DataFrame(False, found.values.index, found.values.columns))
    unknown = found.values.isin(said)
    return Values(found.values.mask(unknown), found.logged, unknown)


def _texts(policy: Policy, metric: str) -> tuple[str, ...]:
    return tuple(f"{value:g}" for value in policy.metric(metric).unknown)
