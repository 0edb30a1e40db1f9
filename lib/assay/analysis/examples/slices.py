"""The differences of many slices at once, from their counts and moments; worst regression first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import bdtr, ndtr, stdtr, stdtrit

from assay.analysis.bootstrap import cornish_fisher
from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.intervals import BOOTSTRAPS, by_law
from assay.analysis.comparison.verdicts import corrected, verdict
from assay.analysis.examples.means import FEWEST
from assay.analysis.inference import two_sided
from assay.analysis.permutation import smallest_p
from assay.analysis.proportions import Agreement, newcombe_paired
from assay.analysis.sample import Array
from assay.model.comparison.difference import Verdict
from assay.model.comparison.examples import Slice
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Method, Rules
from assay.model.metric import Direction, Metric
from assay.model.note import note

_TINY = float(np.finfo(np.float64).tiny)
_ROUNDING = 1e-12
_EXPANDED_FROM = 30
_STEPS = 60
_STUDENT = Procedure(Technique.PAIRED_T)
_EXPANDED = Procedure(Technique.PERCENTILE, "Cornish–Fisher")
_EXACT = Procedure(Technique.MCNEMAR, prefix="exact")


@dataclass(frozen=True, slots=True)
class SliceMoments:
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


def slice_moments(
    column: str,
    categories: Sequence[str],
    n: Array,
    baseline: Array,
    powers: tuple[Array, Array, Array, Array],
    centre: float,
) -> SliceMoments:
    """From what one GROUP BY gives: `powers` are the means of (difference − centre)¹ … ⁴."""
    second, third, fourth = cornish_fisher.central(*powers)
    mean, second = powers[0] + centre, np.maximum(second, 0.0)
    return SliceMoments(column, tuple(categories), n, baseline, mean, second, third, fourth)


def rough(found: SliceMoments, rules: Rules) -> tuple[str, ...]:
    """The categories for which moments do not do: their values have to be looked at themselves."""
    if rules.method not in BOOTSTRAPS:
        return ()
    made = cornish_fisher.slices(found.n, found.mean, found.second, found.third, found.fourth, rules.level)
    here = (found.n >= _EXPANDED_FROM) & _varying(found) & ~made.reliable
    return tuple(found.categories[i] for i in np.flatnonzero(here))


def slices(found: SliceMoments, values: Mapping[str, Array], rules: Rules) -> tuple[Slice, ...]:
    """A row per category, not yet corrected; `values`: the differences in the categories that are `rough`."""
    low, high, p, methods = _from_moments(found, rules)
    varying = _varying(found)
    rows = []
    for i, category in enumerate(found.categories):
        row = _row(found, i)
        if found.n[i] < FEWEST:
            rows.append(_too_few(row))
        elif not varying[i]:
            rows.append(replace(row, reason=note(Says.SLICE_ALIKE, n=row.n)))
        elif category in values:
            rows.append(_from_values(row, values[category], rules))
        else:
            made = _STUDENT if methods[i] else _EXPANDED
            reach = Interval(float(low[i]), float(high[i]), rules.level, made)
            test = made if methods[i] else made.as_test
            rows.append(replace(row, interval=reach, p_value=float(p[i]), test=test))
    return tuple(rows)


def decided(rows: Sequence[Slice], metrics: Sequence[Metric], rules: Rules) -> tuple[Slice, ...]:
    """All rows shown together with p corrected over them and verdicts."""
    adjusted = corrected([row.p_value for row in rows], rules)
    return tuple(
        replace(row, p_adjusted=p, verdict=verdict(row.difference, p, metric, rules, row.verdict))
        for row, p, metric in zip(rows, adjusted, metrics, strict=True)
    )


def ordered(rows: Sequence[Slice], direction: Direction) -> tuple[Slice, ...]:
    """Worst regressions first: those shown to be worse, then by the difference; too small ones last."""

    def place(row: Slice) -> tuple[bool, bool, float, str, str]:
        shown = row.verdict is Verdict.WORSE
        return row.verdict is Verdict.TOO_FEW, not shown, direction.gain(row.difference), row.column, row.category

    return tuple(sorted(rows, key=place))


def _from_moments(found: SliceMoments, rules: Rules) -> tuple[Array, Array, Array, np.ndarray]:
    """Ends and p by t (the last array says where), by four moments from 30 examples on where a bootstrap was named."""
    student = (found.n < _EXPANDED_FROM) | (rules.method not in BOOTSTRAPS)
    made = cornish_fisher.slices(found.n, found.mean, found.second, found.third, found.fourth, rules.level)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(found.second / (found.n - 1.0))
        half = stdtrit(found.n - 1.0, 0.5 + rules.level / 2) * error
        t_p = 2.0 * stdtr(found.n - 1.0, -np.abs(found.mean / error))
        p = np.where(student, t_p, _inverted(found))
    low, high = np.where(student, found.mean - half, made.low), np.where(student, found.mean + half, made.high)
    return low, high, np.clip(p, _TINY, 1.0), student


def _inverted(found: SliceMoments) -> Array:
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
    made = by_law((values,), law((values,)), Method.PERCENTILE)
    # Where no resample crosses 0 the bootstrap's p is as good as 0, which no test of n values can give.
    p = max(two_sided(made), smallest_p((values,)))
    return replace(row, interval=made.interval(rules.level), p_value=p, test=made.test)


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
        row = Slice(column, category, int(n[i]), *means)
        if row.n < FEWEST:
            rows.append(_too_few(row))
            continue
        cells = Agreement(int(both[i]), int(gained[i]), int(lost[i]), int(n[i] - both[i] - changed[i]))
        reach = newcombe_paired(cells, rules.level)
        rows.append(replace(row, interval=reach, p_value=float(p[i]), test=_EXACT))
    return tuple(rows)


def _varying(found: SliceMoments) -> np.ndarray:
    size = np.maximum(np.abs(found.baseline), np.abs(found.baseline + found.mean))
    return found.second > (_ROUNDING * size) ** 2


def _row(found: SliceMoments, i: int) -> Slice:
    before, mean = float(found.baseline[i]), float(found.mean[i])
    return Slice(found.column, found.categories[i], int(found.n[i]), before, before + mean, mean)


def _too_few(row: Slice) -> Slice:
    return replace(row, verdict=Verdict.TOO_FEW, reason=note(Says.SLICE_OF_FEW, n=row.n, needed=FEWEST))
