"""Which runs lie below others that say the same already?"""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]


def below(
    run_ids: Sequence[str], parents: Mapping[str, str], usable: Flags, groups: Sequence[Hashable] | None = None
) -> Flags:
    """Whether a run that is `usable` lies above each run, at any height and in the same of `groups`.

    `parents`: run id → id of the run above it; either need not be among `run_ids`. `usable`: shape (runs,), or (runs,
    metrics) for an answer per metric. Runs whose parents lead back to themselves lie below nothing.
    """
    found = np.zeros_like(usable)
    place = {run_id: at for at, run_id in enumerate(run_ids)}
    for at, run_id in enumerate(run_ids):
        for above in _above(run_id, parents):
            high = place.get(above)
            if high is not None and (groups is None or groups[high] == groups[at]):
                found[at] |= usable[high]
    return found


def _above(run_id: str, parents: Mapping[str, str]) -> list[str]:
    """The runs above one, nearest first; none where they lead back to it."""
    found: dict[str, None] = {}
    above = parents.get(run_id)
    while above is not None and above not in found:
        if above == run_id:
            return []
        found[above] = None
        above = parents.get(above)
    return list(found)
