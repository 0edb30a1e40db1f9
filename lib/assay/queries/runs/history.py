"""What did a run log of one metric, all the time?"""

import numpy as np
import numpy.typing as npt

from assay import artifacts
from assay.errors import AssayError
from assay.model.runs.detail import History
from assay.model.runs.store import MOST_VALUES, MetricPoint
from assay.workspace import Workspace

MOST_POINTS = 4_000


def history(work: Workspace, logged: tuple[str, str]) -> History:
    """The values of a metric (run id, key), read from the store now; a store that is away is a reason, no error."""
    try:
        series = artifacts.store(work.settings).series(*logged, MOST_VALUES)
    except AssayError as error:
        return History(reason=error.note)
    steps, times, values = (series[name].to_numpy() for name in ("step", "timestamp", "value"))
    finite = np.isfinite(values)
    odd, firsts = np.unique(values[~finite], return_index=True)
    kept = _telling(values)
    points = (own[kept].tolist() for own in (values, steps, times))
    return History(
        points=tuple(MetricPoint(*point) for point in zip(*points, strict=True)),
        logged=len(values),
        whole=len(values) < MOST_VALUES,
        odd=tuple(odd[np.argsort(firsts)].tolist()),
        gaps=int((~finite).sum()),
        by_time=len(values) > 1 and bool((steps == steps[0]).all()),
    )


def _telling(values: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Places of at most some thousand values: the lowest and the highest of each stretch, so that no peak is lost.

    The ends are among them. In a stretch with a gap, the gap counts as highest, so that it is seen.
    """
    n = len(values)
    if n <= MOST_POINTS:
        return np.arange(n)
    size = -(-n // (MOST_POINTS // 2 - 1))
    # The last value stands for those that its stretch lacks.
    heights = np.append(np.nan_to_num(values, nan=np.inf, posinf=np.inf, neginf=-np.inf), np.zeros(-n % size))
    heights[n:] = heights[n - 1]
    rows = heights.reshape(-1, size)
    starts = np.arange(len(rows)) * size
    ends = np.concatenate([starts + rows.argmin(axis=1), starts + rows.argmax(axis=1), [0, n - 1]])
    return np.unique(np.minimum(ends, n - 1))
