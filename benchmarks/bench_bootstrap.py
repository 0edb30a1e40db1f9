"""Percentile bootstrap intervals of a mean beside scipy's: `python -m benchmarks.bench_bootstrap [--full]`."""

import sys
import time
import warnings
from collections.abc import Callable
from itertools import product

import duckdb
import numpy as np
import pyarrow as pa
from benchmarks.exactness import errors
from benchmarks.hostile import TIMEOUTS
from benchmarks.results import Row, markdown
from scipy.stats import bootstrap as scipy_bootstrap

from assay.analysis.bootstrap.convolution import gridded
from assay.analysis.bootstrap.cornish_fisher import Slices, central, slices
from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.sample import Array

LEVEL = 0.95
RESAMPLES, LONG = 10_000, 500_000
UNKIND_SIZES = (9, 12, 20, 60, 200, 1000)
GOALS = {5: 15, 1_000: 300, 100_000: 10_000, 1_000_000: 15_000}
SLICES, ROWS = 1_000, 1_000_000
SLICES_GOAL = 3_000
# Unless asked for all, scipy is timed on a part of its work, which grows in proportion, and its time scaled up.
SHORT = {100_000: 500, 1_000_000: 50}
SHORT_SLICES = 10
# scipy is quickest with some hundred thousand numbers at a time; its default at n = 100,000 asks for 8 GB.
BATCH = 300_000


def fastest(work: Callable[[], object], times: int) -> float:
    """Seconds of the quickest of several calls."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def scipy_interval(values: Array, resamples: int) -> Array:
    """scipy's percentile interval."""
    batch = max(1, BATCH // values.size)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = scipy_bootstrap(
            (values,), np.mean, n_resamples=resamples, batch=batch, method="percentile", rng=np.random.default_rng(1)
        ).confidence_interval
    return np.array([found.low, found.high])


def true_ends(values: Array) -> Array:
    """The endpoints themselves: every resample listed at n = 5, else a convolution good to .001 SE."""
    tails = np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    if values.size <= 5:
        means = np.array([np.mean(picked) for picked in product(values, repeat=values.size)])
        return np.asarray(np.quantile(means, tails, method="inverted_cdf"))
    law = gridded((values,))
    return np.array([law.lower(tails[0]), law.upper(tails[0])])


def worst(found: Array, true: Array, values: Array) -> float:
    """Distance in standard errors."""
    return float(np.abs(found - true).max() / (values.std() / values.size**0.5))


def one_mean(n: int, full: bool) -> Row:
    """Ours against scipy's on one sample of paired differences."""
    values = np.random.Generator(np.random.SFC64(n)).gamma(4.0, size=n)
    resamples = RESAMPLES if full else SHORT.get(n, RESAMPLES)
    ours = fastest(lambda: percentile((values,), LEVEL), 200 if n <= 1_000 else 20)
    theirs = fastest(lambda: scipy_interval(values, resamples), 3 if n <= 1_000 else 1) * RESAMPLES / resamples
    true, found = true_ends(values), percentile((values,), LEVEL)
    errors = f"endpoint error {worst(np.array([found.low, found.high]), true, values):.4f} SE"
    if resamples == RESAMPLES:
        errors += f", scipy's {worst(scipy_interval(values, resamples), true, values):.4f}"
    else:
        errors += f"; scipy timed on {resamples} resamples"
    what = f"Percentile interval of {n:,} values ({errors})"
    return Row(what, ours, "scipy.stats.bootstrap", theirs, f"{GOALS[n]:,} ×")


def many_slices(full: bool) -> Row:
    """A thousand slices of a million rows: one GROUP BY and four moments, against scipy slice by slice."""
    rng = np.random.Generator(np.random.SFC64(7))
    slice_ids, values = rng.integers(0, SLICES, ROWS, dtype=np.int32), rng.gamma(4.0, size=ROWS)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.register("made", pa.table({"slice": slice_ids, "value": values}))
        connection.execute("CREATE TABLE scores AS SELECT * FROM made")
        ours = fastest(lambda: grouped(connection), 5)
        found = grouped(connection)
    groups = [values[slice_ids == i] for i in range(SLICES if full else SHORT_SLICES)]
    began = time.perf_counter()
    drawn = [scipy_interval(group, RESAMPLES) for group in groups]
    theirs = (time.perf_counter() - began) * SLICES / len(groups)
    true = [true_ends(group) for group in groups]
    ends = np.array([found.low, found.high]).T
    errors = max(worst(e, t, g) for e, t, g in zip(ends, true, groups, strict=False))
    their_errors = max(worst(d, t, g) for d, t, g in zip(drawn, true, groups, strict=True))
    part = "" if full else f"; scipy timed on {SHORT_SLICES} slices"
    what = f"{SLICES:,} slices of {ROWS:,} rows (endpoint error {errors:.4f} SE, scipy's {their_errors:.4f}{part})"
    return Row(what, ours, "scipy.stats.bootstrap", theirs, f"{SLICES_GOAL:,} ×")


def grouped(connection: duckdb.DuckDBPyConnection) -> Slices:
    """Every slice's interval from one pass over the table."""
    near, *_ = connection.execute("SELECT avg(value) FROM (SELECT value FROM scores LIMIT 1000)").fetchone() or (0.0,)
    found = connection.execute(
        """SELECT count(*)::DOUBLE AS n, sum(d), sum(q), sum(q * d), sum(q * q)
           FROM (SELECT slice, d, d * d AS q FROM (SELECT slice, value - $near AS d FROM scores))
           GROUP BY slice ORDER BY slice""",
        {"near": near},
    ).fetchnumpy()
    n, *sums = (np.asarray(column, dtype=np.float64) for column in found.values())
    first, second, third, fourth = (total / n for total in sums)
    return slices(n, near + first, *central(first, second, third, fourth), LEVEL)


def unkind() -> Row:
    """Seventeen short times and three timeouts beside as many of scipy's resamples as are as exact."""
    ours = fastest(lambda: percentile((TIMEOUTS,), LEVEL), 20)
    theirs = fastest(lambda: scipy_interval(TIMEOUTS, RESAMPLES), 3) * LONG / RESAMPLES
    found = [one.computed for one in errors(1, UNKIND_SIZES)]
    what = f"17 short times and 3 timeouts (worst end of {len(found)} unkind samples {max(found):.4f} SE off)"
    return Row(what, ours, f"scipy.stats.bootstrap, {LONG:,} resamples", theirs)


def measure(full: bool = False) -> list[Row]:
    """Every comparison; `full` lets scipy do all its work, which takes two minutes."""
    return [*(one_mean(n, full) for n in GOALS), many_slices(full), unkind()]


if __name__ == "__main__":
    sys.stdout.write(markdown(measure("--full" in sys.argv[1:])) + "\n")
