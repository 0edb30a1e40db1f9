"""Means of rows that come in clusters: the cluster-robust t, and how alike the rows of a cluster are.

Every formula takes counts and sums per cluster, so that one GROUP BY serves a mean and a thousand slices alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import fdtrc, stdtrit

from assay.analysis.sample import Array
from assay.analysis.student import Student
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.note import Note, note

FEWEST = 5
"""Clusters that a verdict needs."""

FEWEST_TO_SEE = 12
"""Clusters from which a column can show that its rows are alike; ten are most often the classes of a task."""

ROWS_EACH = 1.5
"""Rows that they must then hold on average."""

WIDER = 1.1
"""Times the interval of independent rows from which clusters are worth a word."""

_CHANCE = 0.01
ROUNDING = 1e-12
_SMALLEST = 1e-60

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """One entry per cluster: `n` rows, and the sums of their values and squares about `centre`.

    `owner`: to which of `means` means, such as slices, a cluster's rows belong, from 0. A cluster of several slices
    is an entry in each.
    """

    n: Array
    sums: Array
    squares: Array
    centre: float
    owner: Codes
    means: int = 1


@dataclass(frozen=True, slots=True)
class Robust:
    """One entry per mean: `clusters` of `n` rows; NaN where there are fewer than two.

    `error` is Bell and McCaffrey's (CR2), `freedom` Satterthwaite's. `between`, `within`: sums of squares of clusters
    about the mean, and of rows about their cluster's.
    """

    n: Array
    clusters: Array
    mean: Array
    error: Array
    freedom: Array
    between: Array
    within: Array


@dataclass(frozen=True, slots=True)
class Alike:
    """What a column tells of rows that share a value of it: `wider`: times the interval of independent rows."""

    clusters: int
    icc: float
    p: float
    wider: float


def clusters(values: Array, codes: npt.NDArray[np.integer]) -> Clusters:
    """Of values (n,), n ≥ 1, and the clusters that they belong to, as whole numbers of any size."""
    _, place = np.unique(codes, return_inverse=True)
    centre = float(values.mean())
    about = values - centre
    n, sums, squares = (np.bincount(place, weights).astype(np.float64) for weights in (None, about, about * about))
    return Clusters(n, sums, squares, centre, np.zeros(n.size, dtype=np.int64))


def robust(found: Clusters) -> Robust:
    """All means at once, each of which weighs its rows alike, however many a cluster holds.

    A cluster with the share f of all rows is left with 1 − f of its sum's variance, by which its square is divided.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        groups, n = _per_mean(found, np.ones(found.n.size)), _per_mean(found, found.n)
        shift = _per_mean(found, found.sums) / n
        residual = found.sums - found.n * shift[found.owner]
        between = _per_mean(found, residual * residual / found.n)
        within = np.maximum(_per_mean(found, found.squares) - n * shift * shift - between, 0.0)
        share = found.n / n[found.owner]
        error = np.sqrt(_per_mean(found, residual * residual / (1.0 - share))) / n
        beside = share * share / (1.0 - share)
        pairs = _per_mean(found, beside) ** 2 - _per_mean(found, beside * beside)
        freedom = 1.0 / (_per_mean(found, share * share) + pairs)
    several = groups > 1
    error, freedom = (np.where(several, value, np.nan) for value in (error, freedom))
    return Robust(n, groups, found.centre + shift, error, freedom, between, within)


def one_mean(found: Clusters) -> Student | None:
    """Of the only mean; None below two clusters, or where their sums vary by no more than rounding."""
    made = robust(found)
    if not made.error[0] > _rounding(found):
        return None
    return Student(float(made.mean[0]), float(made.error[0]), float(made.freedom[0]), Technique.CLUSTERED_T)


def apart(first: Clusters, second: Clusters) -> Student | None:
    """Of mean(first) − mean(second), the sides independent; None where one has a single cluster or neither varies."""
    made = [robust(side) for side in (first, second)]
    error = float(np.hypot(*(side.error[0] for side in made)))
    if not error > max(_rounding(first), _rounding(second)):
        return None
    freedom = 1.0 / sum(float((side.error[0] / error) ** 4 / side.freedom[0]) for side in made)
    return Student(float(made[0].mean[0] - made[1].mean[0]), error, freedom, Technique.CLUSTERED_T)


def linear(found: Clusters) -> Array:
    """One value per cluster of the only mean, whose mean is that mean and whose spread is that of the clusters' sums.

    Of clusters of equal sizes their means; of others what moves the mean, as far as it is linear in the clusters.
    """
    rows, groups = float(found.n.sum()), found.n.size
    shift = float(found.sums.sum()) / rows
    return np.asarray(found.centre + shift + (found.sums - found.n * shift) * (groups / rows))


def alike(found: Clusters, level: float = 0.95) -> Alike | None:
    """What the clusters of one mean tell; None where each is a single row, there is only one, or nothing varies.

    `icc`: the intraclass correlation of a one-way analysis of variance with unequal sizes. `p`: of its F test.
    """
    rows, groups = float(found.n.sum()), found.n.size
    made = robust(found)
    between, within, error = float(made.between[0]), float(made.within[0]), float(made.error[0])
    if not 1 < groups < rows or not error > _rounding(found):
        return None
    above, below = between / (groups - 1), within / (rows - groups)
    typical = (rows - float((found.n**2).sum()) / rows) / (groups - 1)
    icc = (above - below) / (above + (typical - 1.0) * below)
    p = float(fdtrc(groups - 1, rows - groups, above / below)) if below > 0.0 else 0.0
    plain = ((between + within) / (rows - 1) / rows) ** 0.5
    reach = float(stdtrit(made.freedom[0], 0.5 + level / 2) / stdtrit(rows - 1, 0.5 + level / 2))
    return Alike(groups, icc, p, reach * error / plain)


def telling(columns: Mapping[str, Clusters], level: float = 0.95) -> tuple[str, Alike] | None:
    """The column by which ignoring clusters flatters most, where the likeness is none of chance; None without one.

    Of clusters that are many and large enough to show it. p is corrected for the columns that were looked at.
    """
    fit = {name: c for name, c in columns.items() if FEWEST_TO_SEE <= c.n.size <= c.n.sum() / ROWS_EACH}
    found = {name: known for name, own in fit.items() if (known := alike(own, level))}
    shown = [(name, one) for name, one in found.items() if one.p < _CHANCE / len(fit) and one.wider > WIDER]
    return max(shown, key=lambda entry: entry[1].wider, default=None)


def refused(number: int) -> Note | None:
    """Why so few clusters carry no verdict."""
    if number == 1:
        return note(Says.ONE_CLUSTER, needed=FEWEST)
    return note(Says.FEW_CLUSTERS, n=number, needed=FEWEST) if number < FEWEST else None


def _rounding(found: Clusters) -> float:
    """How large an error may come from nothing but rounding."""
    size = max(abs(found.centre), float(np.sqrt((found.squares / found.n).max(initial=0.0))))
    return max(ROUNDING * size, _SMALLEST)


def _per_mean(found: Clusters, values: Array) -> Array:
    return np.asarray(np.bincount(found.owner, values, minlength=found.means), dtype=np.float64)
