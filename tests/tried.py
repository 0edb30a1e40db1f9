"""Searches made from plain numbers, by the analysis itself."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from assay.analysis.search import best_so_far, close, gains, laid_out, noise, weighed
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.runs.exclusion import Exclusion
from assay.model.search import Search, SearchQuestion

UP = Direction.MAXIMIZE


def made(
    scores: Sequence[float],
    *,
    spread: float | None = None,
    n: Sequence[int] | None = None,
    direction: Direction = UP,
    assumed: bool = False,
    params: Mapping[str, Sequence[str | None]] | None = None,
    **more: Sequence[str | None],
) -> Search:
    """A search of these scores, oldest first; `spread`: the sd of five seeds of something else."""
    values, params = np.array(scores, dtype=float), {**(params or {}), **more}
    known = noise([spread], [5]) if spread else None
    trials = pd.DataFrame(
        {
            "number": np.arange(1, len(values) + 1),
            "run_id": [f"{i:032x}" for i in range(len(values))],
            "name": [f"t{i}" for i in range(len(values))],
            "score": values,
            "n": n or [1] * len(values),
        },
        index=[f"c{i}" for i in range(len(values))],
    )
    better = gains(values, direction)
    trials["close"] = close(better, trials["n"], known) if known else False
    order = np.argsort(-better, kind="stable")
    axes = weighed([laid_out(name, own, values, direction) for name, own in params.items()], values)
    frame = pd.DataFrame(params, index=trials.index, dtype=object)[[axis.name for axis in axes]]
    decides = [axis for axis in axes if axis.decides]
    return Search(
        question=SearchQuestion("accuracy", "try"),
        experiment="try",
        within=("1",),
        metric=Metric("accuracy", direction, "assumed" if assumed else "policy", MetricUnit.SHARE),
        noise=known,
        luck=2.0 * known.std if known else None,
        trials=trials,
        total=len(trials),
        rivals=0,
        members=pd.Series(trials.index, index=trials["run_id"]),
        best=best_so_far(values, direction),
        order=order,
        varying=tuple(axis.name for axis in axes),
        deciding=decides[0] if decides else None,
        following=max((axis.explained for axis in axes[1:] if axis.explained is not None), default=None),
        axes=axes,
        params=frame,
        foremost=frame.iloc[order[:10]],
        unscored=2,
        above=0,
        hidden=3,
        excluded={Exclusion.FAILED: 4},
        notes=(),
    )
