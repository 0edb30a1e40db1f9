"""What is claimed of fronts where the truth is known: equal configurations, and some that are truly on it."""

import numpy as np
from benchmarks.tables import Cell, Table

from assay.analysis.tradeoffs.draws import Replicated
from assay.analysis.tradeoffs.front import front
from assay.analysis.tradeoffs.probability import HARDLY, SURE, probabilities
from assay.model.metric import Direction

TRIALS = 2000
_FEW_TRIALS = 300
_FEWEST_TRIALS = 100
_SPREADS = {0.0: "equal", 0.2: "0.2 sd of a training apart"}
_DRAWS = 1000
_CONFIGURATIONS, _OBJECTIVES = 10, 2
_WAYS = [Direction.MAXIMIZE] * _OBJECTIVES


def equal() -> Table:
    """How often one of two equal configurations is called sure: paired, unpaired, and by a plain bootstrap of pairs."""
    rng, rows = np.random.default_rng(51), list[list[Cell]]()
    for n in (3, 5, 10, 20):
        scores = rng.normal(size=(TRIALS, 2, n))
        rows.append([n, *(_sure(scores, seeded=seeded) for seeded in (True, False)), _resampled(scores, rng)])
    return Table(["n", "paired", "unpaired", "paired, replicates resampled"], rows, TRIALS)


def _sure(scores: np.ndarray, *, seeded: bool) -> float:
    seeds = tuple(map(str, range(scores.shape[2]))) if seeded else ()
    found = [
        probabilities(
            [Replicated(f"{trial} {at}", own[:, None], seeds) for at, own in enumerate(pair)],
            _WAYS[:1], fewest=3, seed=trial, draws=_DRAWS,
        ).max()
        for trial, pair in enumerate(scores)
    ]  # fmt: skip
    return float(np.mean(np.array(found) >= SURE))


def _resampled(scores: np.ndarray, rng: np.random.Generator) -> float:
    n = scores.shape[2]
    differences = scores[:, 0] - scores[:, 1]
    ahead = np.array([(own[rng.integers(n, size=(_DRAWS, n))].mean(axis=1) > 0).mean() for own in differences])
    return float(np.mean(np.maximum(ahead, 1 - ahead) >= SURE))


def known() -> Table:
    """Ten configurations whose true values differ as much as the noise of one training, on two objectives."""
    rng, rows = np.random.default_rng(52), list[list[Cell]]()
    for n in (3, 5, 10, 20):
        chances, truly, seen = (
            np.concatenate(parts) for parts in zip(*(_drawn(rng, n) for _ in range(_FEW_TRIALS)), strict=True)
        )
        sure, gone = chances >= SURE, chances < HARDLY
        rows.append(
            [n, float(truly[sure].mean()), float(truly[gone].mean()), float(truly[~sure & ~gone].mean()),
             float((~sure & ~gone).mean()), float(truly[seen].mean())]
        )  # fmt: skip
    columns = [
        "n", "truly on it: of those called on the front", "of those called beaten", "of those between",
        "how many are between", "truly on it: of those whose means are",
    ]  # fmt: skip
    return Table(columns, rows, _FEW_TRIALS)


def alike() -> Table:
    """How many of those that are truly on the front are called beaten where all are equal, or nearly so."""
    rng, rows = np.random.default_rng(53), list[list[Cell]]()
    for spread in (0.0, 0.2):
        for size in (10, 50, 200):
            chances, truly, seen = (
                np.concatenate(parts)
                for parts in zip(*(_drawn(rng, 5, size, spread) for _ in range(_FEWEST_TRIALS)), strict=True)
            )
            gone = (chances < HARDLY) & ~seen
            unsure = chances.reshape(_FEWEST_TRIALS, size).max(axis=1) < 0.5
            rows.append([_SPREADS[spread], size, float(truly.mean()), float(gone[truly].mean()), float(unsure.mean())])
    columns = [
        "true values", "configurations", "truly on the front", "of these called beaten",
        "samples in which none has 50 %",
    ]  # fmt: skip
    return Table(columns, rows, _FEWEST_TRIALS)


def _drawn(
    rng: np.random.Generator, n: int, size: int = _CONFIGURATIONS, spread: float = 1.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each configuration its probability, whether it truly is on the front, and whether its means are."""
    true = spread * rng.normal(size=(size, 1, _OBJECTIVES))
    scores = true + rng.normal(size=(size, n, _OBJECTIVES))
    seeds = tuple(map(str, range(n)))
    found = probabilities(
        [Replicated(str(at), own, seeds) for at, own in enumerate(scores)],
        _WAYS, fewest=3, seed=int(rng.integers(1_000_000)), draws=_DRAWS,
    )  # fmt: skip
    return found, front(true[:, 0], _WAYS), front(scores.mean(axis=1), _WAYS)
