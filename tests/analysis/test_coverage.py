"""The measured table, and that the methods still behave as it says."""

import json

import numpy as np
import pytest
from benchmarks.simulations import SIMULATED

from assay.analysis import coverage
from assay.analysis.coverage import OVER_TASKS, OVER_TASKS_ALL_DRAWN
from assay.analysis.measured import COVERAGE, PAIRED_ALARMS, TRIALS, UNPAIRED_ALARMS
from assay.model.comparison.difference import Verdict
from assay.model.comparison.question import Method
from seeded import answered, only, sample

TRIALS_HERE = 1500


def error(share: float, *trials: int) -> float:
    """The Monte-Carlo standard error of a simulated share, or of the gap between two simulations of it."""
    return float((share * (1.0 - share) * sum(1 / n for n in trials or (TRIALS,))) ** 0.5)


def test_student_covers_more_than_the_percentile_bootstrap_at_five_seeds() -> None:
    t, percentile = coverage.of(Method.AUTO, 5), coverage.of(Method.PERCENTILE, 5)
    assert t is not None
    assert percentile is not None
    assert t == coverage.of(Method.T, 5) == coverage.of(Method.PERMUTATION, 5)
    assert t.high == pytest.approx(0.95, abs=4 * error(0.95))
    assert percentile.high == pytest.approx(0.84, abs=4 * error(0.84))
    assert percentile.high < t.low


def test_no_figure_is_given_where_none_was_simulated() -> None:
    assert coverage.of(Method.T, 2) is None
    assert coverage.false_alarms(Method.T, 1, "paired") is None


def test_sizes_between_simulated_ones_are_interpolated_and_larger_ones_clamped() -> None:
    at = [coverage.of(Method.PERCENTILE, n) for n in (20, 25, 30, 10**6)]
    lows = [found.low for found in at if found]
    assert min(lows[0], lows[2]) <= lows[1] <= max(lows[0], lows[2])
    largest = max(COVERAGE["percentile"])
    assert at[3] == coverage.of(Method.PERCENTILE, largest)


def test_the_paired_bootstrap_raises_false_alarms_at_five_seeds_and_t_does_not() -> None:
    bootstrap = coverage.false_alarms(Method.PERCENTILE, 5, "paired")
    assert bootstrap == pytest.approx(0.165, abs=4 * error(0.165))
    assert coverage.false_alarms(Method.T, 5, "paired") == pytest.approx(0.05, abs=4 * error(0.05))
    welch = coverage.false_alarms(Method.T, 5, "unpaired")
    assert welch is not None
    assert welch < 0.07


def simulated(n: int, seed: int, *, unpaired: bool) -> tuple[float, float]:
    """The baseline interval's coverage and the share of verdicts where there is no difference, by `auto`."""
    rng = np.random.default_rng(seed)
    covered = claims = 0
    for _ in range(TRIALS_HERE):
        found = answered(*(sample(label, rng.normal(size=n)) for label in ("base", "other")), unpaired=unpaired)
        interval = found.baseline.interval
        assert interval is not None
        covered += interval.low <= 0.0 <= interval.high
        claims += only(found).difference.verdict in {Verdict.BETTER, Verdict.WORSE}
    return covered / TRIALS_HERE, claims / TRIALS_HERE


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 5, 10])
@pytest.mark.parametrize("unpaired", [False, True])
def test_auto_covers_and_errs_as_the_table_says(n: int, unpaired: bool) -> None:
    covered, claims = simulated(n, n, unpaired=unpaired)
    table = UNPAIRED_ALARMS if unpaired else PAIRED_ALARMS
    for measured, expected in ((covered, COVERAGE["t"][n][0]), (claims, table["t"][n])):
        assert measured == pytest.approx(expected, abs=3.5 * error(expected, TRIALS_HERE, TRIALS))


@pytest.mark.slow
def test_ten_identical_variants_at_five_seeds_are_rarely_told_apart() -> None:
    rng = np.random.default_rng(0)
    wolf = 0
    for _ in range(400):
        found = answered(*(sample(str(k), rng.normal(size=5), None) for k in range(11)))
        wolf += any(c.difference.verdict in {Verdict.BETTER, Verdict.WORSE} for c in found.candidates)
    assert wolf / 400 < 0.06


def test_what_is_said_over_tasks_is_what_was_simulated() -> None:
    rows = json.loads(SIMULATED.read_text(encoding="utf-8"))["over-tasks"]["rows"]
    for n in (3, 5, 10):
        same = [row[2:5] for row in rows if row[1] == n]
        assert OVER_TASKS_ALL_DRAWN[n] == (min(row[0] for row in same), max(row[0] for row in same))
        own = [share for row in same for share in row[1:]]
        assert OVER_TASKS[n] == (min(own), max(own))
    assert coverage.over_tasks(2) is None
    assert coverage.over_tasks(1000) == coverage.over_tasks(10)
