"""One check over many runs: every status at once, and a single finding when somebody looks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.model.evidence.check import SEVERITIES, Check, CheckStatus

Mask = npt.NDArray[np.bool_]
Statuses = npt.NDArray[np.int8]
"""Places in SEVERITIES."""
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`status`, `values` (NaN where there is none): of every run; `say`: the whole finding of the run at a place."""

    status: Statuses
    values: Values
    say: Callable[[int], Check]

    def of(self, places: npt.NDArray[np.intp]) -> "Verdicts":
        """Of the runs at these places alone."""
        return Verdicts(self.status[places], self.values[places], lambda at: self.say(int(places[at])))


def statuses(n: int, **where: Mask) -> Statuses:
    """Passes but where a mask named as a status says otherwise; the last one that holds counts."""
    found = np.zeros(n, dtype=np.int8)
    for name, mask in where.items():
        found[mask] = CheckStatus(name).severity
    return found


def status_of(place: int) -> CheckStatus:
    """The status that stands at this place."""
    return SEVERITIES[place]
