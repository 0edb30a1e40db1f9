"""What is claimed of fronts where the truth is known: equal configurations, and some that are truly on it."""

from collections.abc import Sequence

import numpy as np
from benchmarks.tables import ALPHA, Cell, Table

from assay.analysis.inference import two_sided
from assay.analysis.student import one_mean
from assay.analysis.tradeoffs.draws import Replicated
from assay.analysis.tradeoffs.front import front
from assay.analysis.tradeoffs.probability import HARDLY, SURE, place, probabilities
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Replicate
from assay.model.criteria import Objective
from assay.model.metric import Direction, Metric
from assay.model.runs.name import Name
from assay.model.tradeoffs.front import Front, Place, Point, Trade
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.tradeoffs.seen import seen as looked_at

TRIALS = 2000
_SOME_TRIALS = 1000
_COSTLY_TRIALS = 600
_FEW_TRIALS = 300
_FEWEST_TRIALS = 100
_SPREADS = {0.0: "equal", 0.2: "0.2 sd of a training apart"}
_DRAWS = 1000
_CONFIGURATIONS, _OBJECTIVES = 10, 2
_BETTER = Direction.MAXIMIZE


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
            [_BETTER], fewest=3, seed=trial, draws=_DRAWS,
        ).shares.max()
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


def objectives() -> Table:
    """How little it takes to be called on the front where there are many objectives."""
    rng, rows = np.random.default_rng(54), list[list[Cell]]()
    for wide in (2, 3, 4, 5, 8):
        pairs = rng.normal(size=(_SOME_TRIALS, 2, 5, wide)) - np.array([0.0, 0.3])[:, None, None]
        worse = [_chances(pair, trial)[1] >= SURE for trial, pair in enumerate(pairs)]
        chances, truly, _ = (
            np.concatenate(parts)
            for parts in zip(*(_drawn(rng, 5, wide=wide) for _ in range(_SOME_TRIALS)), strict=True)
        )
        rows.append([wide, float(np.mean(worse)), float(truly.mean()), float((chances >= SURE).mean())])
    columns = ["objectives", "the worse of two: called on the front", "of ten: truly on it", "of ten: called on it"]
    return Table(columns, rows, _SOME_TRIALS)


def missing() -> Table:
    """How well the better of two is seen over ten seeds that both share, and where the other one lacks the last."""
    rng, rows = np.random.default_rng(55), list[list[Cell]]()
    for spread in (0, 3, 10, 30):
        hits = np.zeros(4)
        for trial in range(_SOME_TRIALS):
            worse, better = rng.normal(size=(2, 10, 1)) + spread * rng.normal(size=(10, 1))
            for at, other in enumerate((worse, worse[:-1])):
                gains = (better + 1.7)[: len(other), 0] - other[:, 0]
                shown = gains.mean() > 0 and two_sided(one_mean(gains)) < ALPHA
                hits[2 * at : 2 * at + 2] += _chances((other, better + 1.7), trial)[1] >= SURE, shown
        rows.append([spread, *(hits / _SOME_TRIALS).tolist()])
    columns = [f"{seeds}: {what}" for seeds in ("10 and 10 seeds", "10 and 9") for what in ("sure", "shown better")]
    return Table(["sd between seeds, in sd of a training", *columns], rows, _SOME_TRIALS)


def singles() -> Table:
    """How often a configuration of five seeds is called beaten by equal ones that ran once, or as often."""
    rng, rows = np.random.default_rng(56), list[list[Cell]]()
    for others in (1, 5, 20):
        beaten = np.zeros(2)
        for trial in range(_SOME_TRIALS):
            own = rng.normal(size=(5, _OBJECTIVES))
            for at, n in enumerate((1, 5)):
                scores = [own, *rng.normal(size=(others, n, _OBJECTIVES))]
                beaten[at] += _points(scores, _chances(scores, trial))[0].place is Place.BEATEN
        rows.append([others, *(beaten / _SOME_TRIALS).tolist()])
    columns = ["equal others", "beaten by single runs", "by others of five seeds"]
    return Table(columns, rows, _SOME_TRIALS)


def baselines() -> Table:
    """How often one of many is shown better than a baseline that all of them equal."""
    rng, rows = np.random.default_rng(57), list[list[Cell]]()
    for size in (10, 40, 60):
        found = [_better(rng.normal(size=(size + 1, 5, _OBJECTIVES)), trial) for trial in range(_COSTLY_TRIALS)]
        rows.append([size, float(np.mean(found)) / size, float(np.mean(np.array(found) > 0))])
    return Table(["configurations", "each is shown better", "somebody is"], rows, _COSTLY_TRIALS)


def _drawn(
    rng: np.random.Generator, n: int, size: int = _CONFIGURATIONS, spread: float = 1.0, wide: int = _OBJECTIVES
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each configuration its probability, whether it truly is on the front, and whether its means are."""
    true = spread * rng.normal(size=(size, 1, wide))
    scores = true + rng.normal(size=(size, n, wide))
    found = _chances(scores, int(rng.integers(1_000_000)))
    return found, front(true[:, 0], [_BETTER] * wide), front(scores.mean(axis=1), [_BETTER] * wide)


def _chances(scores: Sequence[np.ndarray] | np.ndarray, seed: int) -> np.ndarray:
    """Of configurations whose rows are those of the first seeds, (seeds, objectives) each."""
    own = [Replicated(str(at), rows, tuple(map(str, range(len(rows))))) for at, rows in enumerate(scores)]
    return probabilities(own, [_BETTER] * scores[0].shape[1], fewest=3, seed=seed, draws=_DRAWS).shares


def _better(scores: np.ndarray, seed: int) -> int:
    """How many of those that may be on the front are shown better than the first."""
    names = [f"m{at}" for at in range(scores.shape[2])]
    asked, metrics = FrontQuestion(tuple(map(Objective, names))), tuple(Metric(name, _BETTER) for name in names)
    answer = Front(asked, Rules(), metrics, _points(scores, _chances(scores, seed)), baseline=0)
    found = looked_at(answer, {at: _replicates(scores[at]) for at in {0, *answer.hopeful}})
    return [own.trade for own in found.values()].count(Trade.BETTER)


def _points(scores: Sequence[np.ndarray] | np.ndarray, chances: np.ndarray) -> tuple[Point, ...]:
    means = np.array([rows.mean(axis=0) for rows in scores])
    on = front(means, [_BETTER] * means.shape[1]).tolist()
    known = [None if np.isnan(chance) else float(chance) for chance in chances]
    return tuple(
        Point(Name(), {}, "", "", (), len(rows), tuple(mean), first, place(chance, mean_on=first), chance)
        for rows, mean, first, chance in zip(scores, means.tolist(), on, known, strict=True)
    )


def _replicates(rows: np.ndarray) -> tuple[tuple[Replicate, ...], ...]:
    """Once for every objective."""
    return tuple(
        tuple(Replicate((str(at),), (value,), str(at)) for at, value in enumerate(own)) for own in rows.T.tolist()
    )
