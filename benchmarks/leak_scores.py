"""What the checks on metrics say of honest trainings, and of trainings that were scored on the same rows."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from benchmarks.tables import Cell, Table

from assay.analysis.evidence import scores as of_scores
from assay.analysis.evidence.logged import LoggedScores, ScorePair
from assay.analysis.evidence.looks import luck
from assay.analysis.evidence.verdicts import Statuses
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.splits import SplitRole
from assay.model.metric import Direction

TRIALS = 20_000
FEW_TRIALS = 3000
_LEVEL = 0.95
_RIGHT, _POSITIVE = 0.85, 0.4
_SEEDS = 5
_FAIL, _WARN = CheckStatus.FAIL, CheckStatus.WARN

Array = npt.NDArray[np.float64]
Scores = Mapping[str, Array]
"""Metric → trainings of a configuration, a row each configuration."""


def equal() -> Table:
    """Accuracy, F1, error rate of a model as good on test as on training rows, and of one scored on the same rows."""
    rng, rows = np.random.default_rng(65), list[list[Cell]]()
    for test in (20, 50, 200, 1000):
        rows += [[f"{test:,} and {train:,}", *_agreement(rng, test, train, 17)] for train in (test, 4 * test)]
    for digits in (3, 2):
        rows.append([f"1,000 and 4,000, logged with {digits} digits", *_agreement(rng, 1000, 4000, digits)])
    columns = [
        *("test and training rows", "1 training: fails", "warns", "5 trainings: fails", "warns"),
        *("fails by any two equal scores: 1 training", "5 trainings"),
        *("scored on the same rows: 1 training fails", "5 trainings fail"),
    ]
    return Table(columns, rows, TRIALS)


def _agreement(rng: np.random.Generator, test: int, train: int, digits: int) -> list[Cell]:
    held, own = (_rounded(_classified(rng, n), digits) for n in (test, train))
    coarse = _by_any_digits(own, held)
    one, five = (_said(own, held, seeds) for seeds in (1, _SEEDS))
    return [
        *(_share(found, status) for found in (one, five) for status in (_FAIL, _WARN)),
        *(float(coarse[:, :seeds].any(axis=1).mean()) for seeds in (1, _SEEDS)),
        *(_share(_said(held, held, seeds), _FAIL) for seeds in (1, _SEEDS)),
    ]


def _said(train: Scores, held: Scores, seeds: int) -> Statuses:
    """The worst of so many trainings."""
    first, second = ({name: own[:, :seeds] for name, own in side.items()} for side in (train, held))
    found: Statuses = of_scores.train_equals_test(_logged(first, second)).status.reshape(TRIALS, seeds).max(axis=1)
    return found


def _by_any_digits(train: Scores, held: Scores) -> npt.NDArray[np.bool_]:
    """Trainings whose accuracy and F1 both agree, of however few digits or rows."""
    both = [(train[name] == held[name]) & (held[name] > 0) & (held[name] < 1) for name in ("accuracy", "f1")]
    return np.asarray(both[0] & both[1] & (held["accuracy"] != held["f1"]))


def _classified(rng: np.random.Generator, n: int) -> Scores:
    shape = TRIALS, _SEEDS
    positive = rng.binomial(n, _POSITIVE, shape)
    true, false = rng.binomial(positive, _RIGHT), rng.binomial(n - positive, 1 - _RIGHT)
    wrong = positive - true + false
    return {"accuracy": (n - wrong) / n, "f1": 2 * true / np.maximum(1, 2 * true + wrong), "error_rate": wrong / n}


def _rounded(scores: Scores, digits: int) -> Scores:
    return {name: own.round(digits) for name, own in scores.items()}


def _logged(train: Scores, held: Scores, folds: int = 0) -> LoggedScores:
    """A configuration a row, whose columns are its trainings."""
    shape = next(iter(held.values())).shape
    values = {f"train_{name}": own.ravel() for name, own in train.items()}
    frame = pd.DataFrame(values | {f"test_{name}": own.ravel() for name, own in held.items()})
    n, ways = len(frame), {"error_rate": Direction.MINIMIZE}
    pairs = tuple(
        ScorePair(f"train_{name}", f"test_{name}", SplitRole.TEST, ways.get(name, Direction.MAXIMIZE)) for name in train
    )
    return LoggedScores(
        values=frame,
        scales=pd.DataFrame(1.0, frame.index, frame.columns),
        setup=np.repeat(np.arange(shape[0]), shape[1]),
        training=np.arange(n),
        counts=np.ones(n, dtype=bool),
        pairs=pairs,
        held=tuple(f"test_{name}" for name in held),
        spreads=(),
        folds=np.tile(np.arange(shape[1]), shape[0]) if folds else np.full(n, -1),
    )


def _share(found: Statuses, status: CheckStatus) -> float:
    return float((found == status.severity).mean())


def better() -> Table:
    """Warnings of test_better_than_train where no model is truly better, or worse, on test rows."""
    rng, rows = np.random.default_rng(66), list[list[Cell]]()
    for n in (3, 5, 10):
        row: list[Cell] = [n]
        for lucky, metrics in ((0.0, 1), (0.0, 4), (0.025, 1), (0.025, 4)):
            row.append(_warned(_gains(rng, n, metrics, lucky)))
        rows.append([*row, _warned(_gains(rng, n, 1, 0.025) - 0.03)])
    columns = ["trainings", "new split each, 1 metric", "4 metrics", "one split for all, 1 metric", "4 metrics"]
    return Table([*columns, "one split, 1 metric, 3 points overfitted"], rows, TRIALS)


def _gains(rng: np.random.Generator, n: int, metrics: int, lucky: float) -> Array:
    """Trainings differ by a point, metrics correlate by .8; the test rows of a split are easier or harder by luck."""

    def drawn(sd: float, trainings: int) -> Array:
        common, own = (rng.normal(size=(of, TRIALS, trainings)) for of in (1, metrics))
        return np.asarray(sd * (0.8**0.5 * common + 0.2**0.5 * own))

    return drawn(0.01, n) + drawn(lucky, 1)


def _warned(gains: Array) -> float:
    train = {f"score{k}": np.zeros_like(own) for k, own in enumerate(gains)}
    logged = _logged(train, {f"score{k}": own for k, own in enumerate(gains)})
    found = of_scores.test_better_than_train(logged, _LEVEL).status.reshape(TRIALS, -1)
    return _share(found[:, 0], _WARN)


def folds() -> Table:
    """Warnings of fold_spread where folds differ by their rows alone."""
    rng, rows = np.random.default_rng(67), list[list[Cell]]()
    for n in (20, 50, 100, 200, 500):
        row: list[Cell] = [n]
        for right in (_RIGHT, 0.95):
            for several in (5, 10):
                held = {"accuracy": rng.binomial(n, right, (TRIALS, several)) / n}
                found = of_scores.fold_spread(_logged({}, held, several), LeakagePolicy()).status
                row.append(_share(found.reshape(TRIALS, several)[:, 0], _WARN))
        rows.append(row)
    columns = [f"accuracy {100 * right:.0f} %, {several} folds" for right in (_RIGHT, 0.95) for several in (5, 10)]
    return Table(["rows of a fold", *columns], rows, TRIALS)


def looks() -> Table:
    """How far the best of equal configurations stands above the truth, and what is shown of that."""
    rng, rows = np.random.default_rng(68), list[list[Cell]]()
    for n in (1, _SEEDS):
        for k in (5, 15, 50):
            alike, unlike = (np.mean([_looked(rng, k, n, sd) for _ in range(FEW_TRIALS)], axis=0) for sd in (0.0, 0.01))
            rows.append([n, k, *(f"{100 * own:.2f} points" for own in (alike[0], alike[1], unlike[1]))])
    columns = ["trainings each", "configurations", "shown", "true, all alike on these rows", "true, unlike by 1 point"]
    return Table(columns, rows, FEW_TRIALS)


def _looked(rng: np.random.Generator, k: int, n: int, sd: float) -> tuple[float, float]:
    """What is shown, and by how much the best mean is too good; one of single trainings has five seeds.

    Trainings differ by half a point, configurations by `sd` on these rows and by nothing on all: by a point where they
    are equally accurate and any two of them disagree on a tenth of 500 rows.
    """
    counts = np.full(k, n)
    counts[0] = max(n, _SEEDS)
    own = [at + 0.005 * rng.normal(size=count) for at, count in zip(sd * rng.normal(size=k), counts, strict=True)]
    shown = luck([one.std(ddof=1) if one.size > 1 else np.nan for one in own], counts)
    assert shown is not None
    return shown, max(float(one.mean()) for one in own)
