"""What is claimed of searches where the truth is known: clear winners among equals, and params that decide nothing."""

import numpy as np
from benchmarks.tables import Cell, Table

from assay.analysis.search import close, laid_out, noise, weighed
from assay.model.metric import Direction

TRIALS = 3000
_FEW_TRIALS = 500
_PARAMS = 6


def winners() -> Table:
    """How often one of equally good trials stands clear, and how often the truly best is within the noise."""
    rng, rows = np.random.default_rng(41), list[list[Cell]]()
    for trials in (2, 10, 100, 1000):
        row: list[Cell] = [trials]
        for freedom in (4, 20):
            clear, kept = zip(*(_searched(rng, trials, freedom) for _ in range(TRIALS)), strict=True)
            row += [float(np.mean(clear)), float(np.mean(kept))]
        rows.append(row)
    columns = [f"{what}, {n} seeds" for n in (5, 21) for what in ("a clear winner among equals", "the best is within")]
    return Table(["trials", *columns], rows, TRIALS)


def _searched(rng: np.random.Generator, trials: int, freedom: int) -> tuple[bool, bool]:
    """Of equal trials whether one stands clear; of trials as different as they are noisy whether the best is within."""
    known = noise([rng.normal(size=freedom + 1).std(ddof=1)], [freedom + 1])
    assert known is not None
    seen, true = rng.normal(size=trials), rng.normal(size=trials)
    ones = np.ones(trials)
    return int(close(seen, ones, known).sum()) == 1, bool(
        close(true + rng.normal(size=trials), ones, known)[true.argmax()]
    )


def deciding() -> Table:
    """How often a param is said to decide: where none does, and where one moves the score by its noise."""
    rng, rows = np.random.default_rng(42), list[list[Cell]]()
    for trials in (10, 20, 50, 200):
        none, one = np.mean(
            [[_decided(rng, trials, effect) for effect in (0.0, 1.0)] for _ in range(_FEW_TRIALS)], axis=0
        )
        rows.append([trials, float(none), float(one)])
    return Table(
        ["trials", f"none of {_PARAMS} matters: one decides", "one does by the noise: it decides"], rows, _FEW_TRIALS
    )


def _decided(rng: np.random.Generator, trials: int, effect: float) -> bool:
    numbers = rng.normal(size=(trials, _PARAMS))
    scores = effect * numbers[:, 0] + rng.normal(size=trials)
    axes = [laid_out(str(i), [str(v) for v in numbers[:, i]], scores, Direction.MAXIMIZE) for i in range(_PARAMS)]
    first = weighed(axes, scores)[0]
    return first.decides and (not effect or first.name == "0")
