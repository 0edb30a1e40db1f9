"""What scorecards say where the truth is known: misses that are called met, and losses that are overlooked."""

from collections.abc import Sequence

import numpy as np
from benchmarks.coverage import LEVEL, near_ceiling
from benchmarks.tables import Cell, Table

from assay.analysis.comparison.claims import stated
from assay.analysis.comparison.verdicts import decided
from assay.analysis.sample import generator
from assay.analysis.student import one_mean
from assay.analysis.tradeoffs.scorecard import judged, regressions
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Replicate, Sample, Side
from assay.model.criteria import Criterion, Limit
from assay.model.metric import Direction, Metric
from assay.model.tradeoffs.scorecard import Status

TRIALS = 3000
_FEW_TRIALS = 1000
CARD = 11
_RULES = Rules()
_METRIC = Metric("m", Direction.MAXIMIZE, smallest_effect=1.0)


def statuses() -> Table:
    """How often a threshold is called met and missed, by how far the true mean lies from it."""
    rng, rows = generator(31), list[list[Cell]]()
    for n in (3, 5, 10, 20):
        at = [_status(rng.normal(size=n)) for _ in range(TRIALS)]
        skewed = [_status(near_ceiling(rng, n)) for _ in range(TRIALS)]
        worse = [_status(rng.normal(-1.0, size=n)) for _ in range(TRIALS)]
        better = [_status(rng.normal(1.0, size=n)) for _ in range(TRIALS)]
        met, missed = Status.MET, Status.MISSED
        rows.append([
            n, _share(at, met), _share(at, missed), _share(skewed, met), _share(skewed, missed), _share(worse, met),
            _share(worse, missed), _share(better, met), _share(better, missed),
        ])  # fmt: skip
    truths = ("at the threshold", "there, near a ceiling", "1 sd worse", "1 sd better")
    return Table(["n", *(part for truth in truths for part in (f"{truth}: met", "missed"))], rows, TRIALS)


def cards() -> Table:
    """Cards of eleven metrics at five runs, some truly at their threshold, the others three sd better."""
    rng, rows = generator(32), list[list[Cell]]()
    for missing in (1, 3, CARD):
        hits = np.zeros(4)
        for _ in range(TRIALS):
            values = rng.normal(size=(CARD, 5)) + np.where(np.arange(CARD) < missing, 0.0, 3.0)[:, None]
            met = np.array([_status(row) is Status.MET for row in values])
            by_mean = values.mean(axis=1) > 0.0
            hits += (met.all(), met[:missing].any(), by_mean.all(), by_mean[:missing].any())
        rows.append([missing, *(hits / TRIALS).tolist()])
    columns = ["truly at the threshold", "card called met whole", "any of these called met", "whole, by means alone"]
    return Table([*columns, "any, by means alone"], rows, TRIALS)


def many() -> Table:
    """How often one of many configurations, all truly at the threshold of a card of one metric, is said to meet it."""
    rng, rows = generator(34), list[list[Cell]]()
    for size in (10, 40, 60):
        met = np.array([[_status(own) is Status.MET for own in rng.normal(size=(size, 5))] for _ in range(_FEW_TRIALS)])
        rows.append([size, float(met.mean()), float(met.any(axis=1).mean())])
    return Table(["configurations", "each is said to meet it", "somebody is"], rows, _FEW_TRIALS)


def losses() -> Table:
    """One of eight metrics truly lost the smallest effect, of 1 sd of the paired differences; the others nothing."""
    rng, rows = generator(33), list[list[Cell]]()
    for n in (3, 5, 10, 20):
        told = np.zeros((2, 3))
        for _ in range(TRIALS):
            values = rng.normal(size=(8, n))
            values[0] -= 1.0
            raw = [
                stated(Difference(float(row.mean()), verdict=Verdict.NOT_SHOWN), one_mean(row), _RULES)
                for row in values
            ]
            metrics = [Metric(f"m{place}", _METRIC.direction, smallest_effect=1.0) for place in range(8)]
            found = {
                own.metric.name: own.lost
                for own in regressions(
                    [(*pair, 1.0) for pair in zip(metrics, decided(raw, metrics, _RULES), strict=True)]
                )
            }
            for kind, names in enumerate((("m0",), tuple(f"m{place}" for place in range(1, 8)))):
                said = [found.get(name) for name in names]
                told[kind] += [said.count(answer) / len(said) for answer in (True, False, None)]
        rows.append([n, *(told / TRIALS).ravel().tolist()])
    parts = ("shown worse", "cannot be excluded", "excluded")
    return Table(["n pairs", *(f"{truth}: {part}" for truth in ("lost", "kept") for part in parts)], rows, TRIALS)


def _status(values: np.ndarray) -> Status:
    """Of scores whose true mean the threshold, "> 0", is held against."""
    sample = Sample("it", "", tuple(Replicate((), (float(value),)) for value in values))
    interval = one_mean(values).interval(LEVEL)
    own = Side(sample, float(values.mean()), float(values.std(ddof=1)), interval)
    (found,) = judged((Criterion("m", "", Limit(">", 0.0), 1.0),), (_METRIC,), (own,), _RULES)
    return found.status


def _share(found: Sequence[Status], status: Status) -> float:
    return found.count(status) / len(found)
