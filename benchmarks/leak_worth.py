"""What the interval of a finding's worth covers, by what is meant to be drawn anew: examples, trainings, or both."""

import numpy as np
import numpy.typing as npt
from benchmarks.tables import Cell, Table
from scipy.special import expit

from assay.analysis.evidence.worth import weighed
from assay.cache.parted_scores import PartedScores

TRIALS = 2000
_LEVEL = 0.95
_SEEDS = 5
_NAMED = 0.2
_MEAN, _LEAK, _BETWEEN = 1.4, 1.5, 1.0
"""Of clean examples, what the leak adds, and the sd between examples; of right or wrong answers as logits."""

Array = npt.NDArray[np.float64]
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(21)


def coverage() -> Table:
    """A fifth of the test rows is named; what the leak adds differs between trainings."""
    rng, rows = np.random.default_rng(69), list[list[Cell]]()
    for binary, what in ((True, "right or wrong"), (False, "numbers")):
        for n in (100, 400):
            for seeds in (0.2, 0.6):
                found = np.mean([_covered(rng, n, seeds, binary=binary) for _ in range(TRIALS)], axis=0)
                rows.append([what, n, f"{seeds / _LEAK:.0%}".replace("%", " %"), *map(float, found)])
    columns = ["scores", "test rows", "sd of the leak between trainings"]
    both = "new trainings and rows"
    return Table(
        [*columns, "1 training: itself on new rows", both, "5 trainings: new ones on these rows", both], rows, TRIALS
    )


def _covered(rng: np.random.Generator, n: int, seeds: float, *, binary: bool) -> tuple[bool, ...]:
    """Whether the interval of one training, and that of five, holds what is true of each."""
    named = np.arange(n) < round(_NAMED * n)
    example, leak = _BETWEEN * rng.normal(size=n), seeds * rng.normal(size=_SEEDS) + _LEAK
    level = _MEAN + example + named * leak[:, None]
    noise = rng.random(size=level.shape) if binary else rng.normal(size=level.shape)
    scores = 1.0 * (noise < expit(level)) if binary else level + noise
    trainings = [PartedScores(own[~named], own[named]) for own in scores]

    def score(level: Array) -> Array:
        return expit(level) if binary else level

    new, spread = _BETWEEN * _NODES, _LEAK + seeds * _NODES
    clean = _over(score(_MEAN + new))
    this = _over(score(_MEAN + leak[0] + new)) - clean
    every = _over(np.array([_over(score(_MEAN + one + new)) for one in spread])) - clean
    here = _over(score(_MEAN + example[named] + spread[:, None]).mean(axis=1)) - score(_MEAN + example[~named]).mean()
    truths = (trainings[:1], this), (trainings[:1], every), (trainings, here), (trainings, every)
    return tuple(_holds(own, _NAMED * float(truth)) for own, truth in truths)


def _over(values: Array) -> float:
    """The mean over a standard normal, of values at its nodes."""
    return float(_WEIGHTS @ values / _WEIGHTS.sum())


def _holds(trainings: list[PartedScores], truth: float) -> bool:
    ends = weighed(trainings, _LEVEL).interval
    return ends is not None and ends[0] <= truth <= ends[1]
