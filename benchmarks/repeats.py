"""What counting trainings costs: runs that were logged twice, and runs that only look as if they were."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from benchmarks.tables import ALPHA, Cell, Table

from assay.analysis.inference import two_sided
from assay.analysis.replicates import replicates, unseeded
from assay.analysis.sample import Array, generator
from assay.analysis.student import welch

TRIALS = 1000
_KINDS = ("accuracy, constant train accuracy", "accuracy, macro F1, MCC", "accuracy, loss")

Metrics = npt.NDArray[np.float64]
"""Shape (metrics, trials, trainings); the first is the accuracy."""


def rule() -> Table:
    """What leaving out repeats does to unseeded trainings of 95 % accuracy, no two of which are the same.

    Beside it, what leaving out every run whose digits are those of an earlier one would do.
    """
    rng, rows = generator(12), list[list[Cell]]()
    for kind in _KINDS:
        for examples, n in ((30, 5), (30, 10), (30, 20), (100, 10)):
            found = _logged(rng, kind, examples, n, 0.95)
            sides = [_logged(rng, kind, examples, n, share) for share in (0.92, 0.97)]
            row: list[Cell] = [kind, examples, n]
            for kept in (_by_rule, _by_digits):
                mask = kept(found)
                bias = round(100 * (_mean(found[0], mask) - 0.95), 1) + 0.0
                row += [f"{bias:+.1f} points", float(np.mean(mask.sum(axis=1) < 3))]
                row.append(_power(sides, kept) if examples == 100 else None)
            rows.append(row)
    columns = ["logged", "examples", "trainings", "bias", "fewer than 3 left", "power, .92 against .97"]
    return Table([*columns, *(f"{name}, every tie left out" for name in columns[3:])], rows, TRIALS)


def found() -> Table:
    """What share of the second runs of 5 unseeded trainings is found, by how their digits are kept."""
    rng, rows = generator(13), list[list[Cell]]()
    kept: dict[str, Callable[[Array], Array]] = {
        "64 bits": lambda values: values,
        "32 bits": lambda values: values.astype(np.float32).astype(np.float64),
        "8 digits": lambda values: values.round(8),
        "6 digits": lambda values: values.round(6),
        "5 digits": lambda values: values.round(5),
    }
    for name, written in kept.items():
        row: list[Cell] = [name]
        for metrics in (2, 3, 5):
            once = written(0.3 + 0.05 * rng.normal(size=(metrics, TRIALS, 5)))
            mask = _by_rule(np.concatenate((once, once), axis=2))
            row.append(float(1.0 - mask[:, 5:].mean()))
        rows.append(row)
    return Table(["values kept with", *(f"{n} metrics like losses" for n in (2, 3, 5))], rows, TRIALS)


def _logged(rng: np.random.Generator, kind: str, examples: int, n: int, share: float) -> Metrics:
    """Every training is right on each of the examples, half of them positive, with the probability `share`."""
    half = examples // 2
    yes, no = rng.binomial(half, share, size=(2, TRIALS, n)).astype(np.float64)
    accuracy = (yes + no) / examples
    if kind == _KINDS[0]:
        return np.stack([accuracy, np.full_like(accuracy, 0.987654321)])
    if kind == _KINDS[2]:
        return np.stack([accuracy, -np.log(share) + 0.02 * rng.normal(size=accuracy.shape)])
    said = yes + half - no
    f1 = (2 * yes / (said + half) + 2 * no / (examples - said + half)) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        mcc = (yes * no - (half - yes) * (half - no)) / np.sqrt(said * (examples - said) * half * half)
    return np.stack([accuracy, f1, np.nan_to_num(mcc)])


def _by_rule(found: Metrics) -> npt.NDArray[np.bool_]:
    """Which trainings the rule keeps, shape (trials, trainings); every trial is a setup of its own."""
    metrics, trials, n = found.shape
    ids = np.array([f"{k:09d}" for k in range(trials * n)])
    digits = found.reshape(metrics, -1)
    runs = pd.DataFrame(
        {
            "run_id": ids, "setup": np.repeat(np.arange(trials), n).astype(str), "seed": None, "status": "FINISHED",
            "start_time": pd.to_datetime(np.arange(trials * n), unit="s", utc=True),
            "metric_signature": pd.util.hash_pandas_object(pd.DataFrame(digits.T), index=False),
            "metric_count": metrics,
        }
    )  # fmt: skip
    logged = pd.DataFrame(
        {"run_id": np.tile(ids, metrics), "metric": np.repeat(np.arange(metrics), ids.size), "value": digits.ravel()}
    )
    asked = set(runs.loc[unseeded(runs), "run_id"])
    logged["witness"] = logged["metric"]
    kept = replicates(runs, logged[logged["run_id"].isin(asked)]).excluded.eq("")
    return kept.to_numpy(dtype=bool).reshape(trials, n)


def _by_digits(found: Metrics) -> npt.NDArray[np.bool_]:
    """Keeps the first of those whose metrics all agree."""
    equal = (found[:, :, :, None] == found[:, :, None, :]).all(axis=0)
    return np.asarray(~np.tril(equal, -1).any(axis=2))


def _mean(accuracy: Array, kept: npt.NDArray[np.bool_]) -> float:
    return float(np.mean([own[mask].mean() for own, mask in zip(accuracy, kept, strict=True)]))


def _power(sides: list[Metrics], kept: Callable[[Metrics], npt.NDArray[np.bool_]]) -> float:
    """How often Welch's t finds that one side is better."""
    masks = [kept(side) for side in sides]
    hits = 0
    for trial in range(TRIALS):
        one, other = (np.sort(side[0, trial][mask[trial]]) for side, mask in zip(sides, masks, strict=True))
        if min(one.size, other.size) > 2 and (np.ptp(one) or np.ptp(other)):
            hits += two_sided(welch(one, other)) < ALPHA
    return hits / TRIALS
