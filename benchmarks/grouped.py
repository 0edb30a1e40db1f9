"""False alarms over examples that come in clusters, ignored and minded, for the page on clusters."""

import numpy as np
from benchmarks.tables import ALPHA, Cell, Table
from scipy.special import stdtr

from assay.analysis.examples.clustered import ClusteredScores, columns, paired
from assay.analysis.examples.clusters import Clusters, alike, robust
from assay.analysis.examples.two_way import two_way
from assay.analysis.inference import two_sided
from assay.analysis.sample import Array
from assay.analysis.statistics import Codes
from assay.model.comparison.question import Method, Rules

TRIALS = 3000
_AT_ONCE = 300
_CHANGED = 1.2


def clusters() -> Table:
    """False alarms by the number of clusters, their size and the intraclass correlation."""
    rng, rows = np.random.default_rng(12), list[list[Cell]]()
    for what, sizes, icc in _SETTINGS:
        alarms = np.zeros(6)
        told = 0
        for _ in range(TRIALS // _AT_ONCE):
            values = _drawn(rng, sizes, icc, _AT_ONCE)
            alarms[:2] += _alarms(values, sizes)
            alarms[2:4] += _alarms(np.sign(values) * (np.abs(values) > _CHANGED), sizes)
        codes = np.repeat(np.arange(sizes.size), sizes)
        for trial in range(TRIALS):
            values = _drawn(rng, sizes, icc, 1)[0]
            rules = Rules(method=Method.PERCENTILE, resamples=999, seed=trial)
            made, _ = paired(ClusteredScores(values, codes), rules, 1.0)
            alarms[4] += made.p_value is not None and made.p_value < ALPHA
            found = alike(_entries(values[None, :], sizes))
            told += found is not None and found.p < 0.01
        rates = [*(alarms[:4] / TRIALS).tolist(), float(alarms[4] / TRIALS), told / TRIALS]
        rows.append([what, f"{icc:g}", *rates])
    names = ["clusters × examples", "ICC", "ignored", "minded", "right or wrong: ignored", "minded"]
    return Table([*names, "percentile bootstrap of clusters", "F test tells"], rows, TRIALS)


def both() -> Table:
    """Seeds × clusters: false alarms of the two-way t over examples, and over clusters in their place."""
    rng, rows = np.random.default_rng(13), list[list[Cell]]()
    for what, sizes, icc in _SETTINGS[:5]:
        codes, alarms = np.repeat(np.arange(sizes.size), sizes), np.zeros(2)
        for _ in range(TRIALS // 3):
            by_example = _drawn(rng, sizes, icc, 1)
            table = by_example + 0.02 * rng.normal(size=(5, 1)) + rng.normal(size=(5, codes.size))
            for place, matrix in enumerate((table, columns(table, codes))):
                found = two_way(matrix)
                alarms[place] += found is not None and two_sided(found) < ALPHA
        rows.append([what, f"{icc:g}", *(3 * alarms / TRIALS).tolist()])
    return Table(["clusters × examples", "ICC", "5 seeds × examples", "5 seeds × clusters"], rows, TRIALS // 3)


def _drawn(rng: np.random.Generator, sizes: Codes, icc: float, trials: int) -> Array:
    place = np.repeat(np.arange(sizes.size), sizes)
    common = rng.normal(size=(trials, sizes.size))[:, place]
    return np.asarray(icc**0.5 * common + (1 - icc) ** 0.5 * rng.normal(size=common.shape))


def _alarms(values: Array, sizes: Codes) -> Array:
    """How many of the rows are called different from 0, as if they were independent, and by clusters."""
    made = robust(_entries(values, sizes))
    plain = np.sqrt((made.between + made.within) / (made.n - 1) / made.n)
    ends = ((made.n - 1, plain), (made.freedom, made.error))
    return np.array([np.sum(2 * stdtr(freedom, -np.abs(made.mean / error)) < ALPHA) for freedom, error in ends])


def _entries(values: Array, sizes: Codes) -> Clusters:
    starts = np.append(0, np.cumsum(sizes)[:-1])
    sums, squares = (np.add.reduceat(v, starts, axis=1).ravel() for v in (values, values**2))
    trials = len(values)
    owner = np.repeat(np.arange(trials), sizes.size)
    return Clusters(np.tile(sizes, trials).astype(float), sums, squares, 0.0, owner, trials)


def _uneven(number: int) -> Codes:
    """Sizes from 1 on, the largest thirty times the smallest or more."""
    return np.maximum(1, np.round(np.exp(np.linspace(0.0, 3.4, number)))).astype(np.int64)


_SETTINGS: tuple[tuple[str, Codes, float], ...] = (
    ("20 × 5", np.full(20, 5), 0.2),
    ("20 × 5", np.full(20, 5), 0.5),
    ("50 × 20", np.full(50, 20), 0.1),
    ("50 × 20", np.full(50, 20), 0.3),
    ("10 × 100", np.full(10, 100), 0.05),
    ("10 × 1 to 30", _uneven(10), 0.0),
    ("10 × 1 to 30", _uneven(10), 0.3),
    ("20 × 1 to 30", _uneven(20), 0.3),
    ("5 × 20", np.full(5, 20), 0.3),
)
