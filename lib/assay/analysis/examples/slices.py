"""The differences of many slices at once, from their counts and moments; worst regression first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.special import bdtr, ndtr, stdtr, stdtrit

from assay.analysis.bootstrap import cornish_fisher
from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.intervals import by_law
from assay.analysis.comparison.rules import Rules
from assay.analysis.comparison.verdicts import verdict
from assay.analysis.examples.means import BOOTSTRAP_FROM, FEWEST
from assay.analysis.multiplicity import holm
from assay.analysis.permutation import smallest_p
from assay.analysis.proportions import Agreement, newcombe_paired
from assay.analysis.sample import Array
from assay.model.comparison import Direction, Interval, Method, Verdict
from assay.model.examples import Slice

_TINY = float(np.finfo(np.float64).tiny)
_ROUNDING = 1e-12
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Every category of one column; arrays have one entry per category.

    `mean`: of the differences. `second`, `third`, `fourth`: their central moments (1/n).
    """

    column: str
    categories: tuple[str, ...]
    n: Array
    baseline: Array
    mean: Array
    second: Array
    third: Array
    fourth: Array


def table(
    column: str,
    categories: Sequence[str],
    n: Array,
    baseline: Array,
    powers: tuple[Array, Array, Array, Array],
    centre: float,
) -> Table:
    """From what one GROUP BY gives: `powers` are the means of (difference − centre)¹ … ⁴."""
    second, third, fourth = cornish_fisher.central(*powers)
    return Table(column, tuple(categories), n, baseline, powers[0] + centre, np.maximum(second, 0.0), third, fourth)


def rough(found: Table, rules: Rules) -> tuple[str, ...]:
    """The categories for which moments do not do: their values have to be looked at themselves."""
    if rules.method is Method.T:
        return ()
    made = cornish_fisher.slices(found.n, found.mean, found.second, found.third, found.fourth, rules.level)
    here = (found.n >= BOOTSTRAP_FROM) & _varying(found) & ~made.reliable
    return tuple(found.categories[i] for i in np.flatnonzero(here))


def slices(found: Table, values: Mapping[str, Array], rules: Rules) -> tuple[Slice, ...]:
    """A row per category, not yet corrected; `values`: the differences in the categories that are `rough`."""
    low, high, p, methods = _from_moments(found, rules)
    varying = _varying(found)
    rows = []
    for i, category in enumerate(found.categories):
        row = _row(found, i)
        if found.n[i] < FEWEST:
            rows.append(_too_few(row))
        elif not varying[i]:
            rows.append(replace(row, reason=f"no variation seen in {row.n:,} examples"))
        elif category in values:
            rows.append(_from_values(row, values[category], rules))
        else:
            name = "paired t" if methods[i] else "percentile bootstrap, Cornish–Fisher"
            reach = Interval(float(low[i]), float(high[i]), rules.level, name)
            p_method = name if methods[i] else f"{name}, inverted"
            rows.append(replace(row, interval=reach, p_value=float(p[i]), p_method=p_method))
    return tuple(rows)


def decided(rows: Sequence[Slice], rules: Rules, correction: Literal["holm", "none"]) -> tuple[Slice, ...]:
    """All rows shown together with p corrected over them and verdicts."""
    p_values = [row.p_value for row in rows]
    adjusted = holm(p_values) if correction == "holm" else p_values
    return tuple(
        replace(row, p_adjusted=p, verdict=verdict(row.difference, p, rules, row.verdict))
        for row, p in zip(rows, adjusted, strict=True)
    )


def ordered(rows: Sequence[Slice], direction: Direction) -> tuple[Slice, ...]:
    """Worst regressions first: those shown to be worse, then by the difference; too small ones last."""
    sign = 1.0 if direction is Direction.MAXIMIZE else -1.0
    return tuple(
        sorted(
            rows,
            key=lambda r: (
                r.verdict is Verdict.TOO_FEW, r.verdict is not Verdict.WORSE, sign * r.difference, r.column, r.category
            ),
        )
    )  # fmt: skip


def _from_moments(found: Table, rules: Rules) -> tuple[Array, Array, Array, np.ndarray]:
    """Ends and p by t below 30 examples (the last array says where), by four moments from there on."""
    student = (found.n < BOOTSTRAP_FROM) | (rules.method is Method.T)
    made = cornish_fisher.slices(found.n, found.mean, found.second, found.third, found.fourth, rules.level)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(found.second / (found.n - 1.0))
        half = stdtrit(found.n - 1.0, 0.5 + rules.level / 2) * error
        t_p = 2.0 * stdtr(found.n - 1.0, -np.abs(found.mean / error))
        p = np.where(student, t_p, _inverted(found))
    low, high = np.where(student, found.mean - half, made.low), np.where(student, found.mean + half, made.high)
    return low, high, np.clip(p, _TINY, 1.0), student


def _inverted(found: Table) -> Array:
    """The two-sided p that a Cornish–Fisher interval inverts to, for every slice at once."""
    skew = found.third / found.second**1.5 / np.sqrt(found.n)
    excess = (found.fourth / found.second**2 - 3.0) / found.n
    x = -found.mean / np.sqrt(found.second / found.n)
    low, high = np.full(x.shape, -8.0), np.full(x.shape, 8.0)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        below = cornish_fisher.expanded(middle, skew, excess) < x
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    z = np.where(np.abs(x) < 8.0, (low + high) / 2, x)
    return np.asarray(2.0 * ndtr(-np.abs(z)))


def _from_values(row: Slice, values: Array, rules: Rules) -> Slice:
    made = by_law((values,), law((values,)), Method.PERCENTILE, rules.level)
    # Where no resample crosses 0 the bootstrap's p is 0, which no test of n values can give.
    p = min(max(made.p_value, smallest_p((values,)), _TINY), 1.0)
    return replace(row, interval=made.interval, p_value=p, p_method=f"{made.interval.method}, inverted")


def shares(
    column: str, categories: Sequence[str], counts: tuple[Array, Array, Array, Array], rules: Rules
) -> tuple[Slice, ...]:
    """A row per category for scores of 0 and 1 from one run a side, not yet corrected.

    `counts`: examples, right under the baseline, under the candidate, and under both.
    """
    n, before, after, both = counts
    gained, lost = after - both, before - both
    changed = gained + lost
    p = np.clip(2.0 * bdtr(np.minimum(gained, lost), changed.astype(np.int64), 0.5), _TINY, 1.0)
    rows = []
    for i, category in enumerate(categories):
        means = (float(before[i] / n[i]), float(after[i] / n[i]), float((gained[i] - lost[i]) / n[i]))
        row = Slice(column, category, int(n[i]), *means, None, None, None, None, Verdict.NOT_SHOWN)
        if row.n < FEWEST:
            rows.append(_too_few(row))
            continue
        cells = Agreement(int(both[i]), int(gained[i]), int(lost[i]), int(n[i] - both[i] - changed[i]))
        reach = newcombe_paired(cells, rules.level)
        rows.append(replace(row, interval=reach, p_value=float(p[i]), p_method="exact McNemar"))
    return tuple(rows)


def _varying(found: Table) -> np.ndarray:
    size = np.maximum(np.abs(found.baseline), np.abs(found.baseline + found.mean))
    return found.second > (_ROUNDING * size) ** 2


def _row(found: Table, i: int) -> Slice:
    before, mean = float(found.baseline[i]), float(found.mean[i])
    return Slice(
        found.column, found.categories[i], int(found.n[i]), before, before + mean, mean, None, None, None, None,
        Verdict.NOT_SHOWN,
    )  # fmt: skip


def _too_few(row: Slice) -> Slice:
    why = f"{row.n} example{'' if row.n == 1 else 's'}, fewer than the {FEWEST} that a verdict may rest on"
    return replace(row, verdict=Verdict.TOO_FEW, reason=why)
