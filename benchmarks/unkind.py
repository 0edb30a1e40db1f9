"""False alarms where data are unkind: Welch's t on uneven, skewed sides, t and the bootstrap on skewed examples."""

from collections.abc import Callable

import numpy as np
from benchmarks.coverage import LEVEL, near_ceiling
from benchmarks.tables import ALPHA, Cell, Table

from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.inference import two_sided
from assay.analysis.student import one_mean, welch

TRIALS = 10_000
_DRAWS: tuple[Callable[[np.random.Generator, int], np.ndarray], ...] = (
    lambda rng, n: rng.normal(size=n),
    lambda rng, n: rng.exponential(size=n) - 1.0,
    near_ceiling,
)


def welch_sides() -> Table:
    """How often Welch's t calls sides of equal mean different at 5 %."""
    rng, rows = np.random.default_rng(31), list[list[Cell]]()
    for one, two, wide in ((3, 10, 1.0), (3, 10, 4.0), (5, 5, 4.0), (5, 20, 4.0), (10, 10, 4.0)):
        alarms = [
            np.mean([two_sided(welch(wide * draw(rng, one), draw(rng, two))) < ALPHA for _ in range(TRIALS)])
            for draw in _DRAWS
        ]
        wider = f"{one} runs" if wide == 1 else f"{one} runs, {wide:.0f} times the spread"
        rows.append([f"{wider}, against {two}", *map(float, alarms)])
    return Table(["sides", "normal", "exponential", "near a ceiling"], rows, TRIALS)


def skewed_examples() -> Table:
    """How often a difference of 0 over paired examples is called one at 5 %, by t and by the percentile bootstrap."""
    rng, rows, trials = np.random.default_rng(32), list[list[Cell]](), TRIALS // 5
    draws: dict[str, Callable[[int], np.ndarray]] = {
        "normal": lambda n: rng.normal(size=n),
        "exponential": lambda n: rng.exponential(size=n) - 1.0,
        "log-normal, σ 1.5": lambda n: np.exp(1.5 * rng.normal(size=n)) - np.exp(1.125),
    }
    for name, draw in draws.items():
        cells: list[Cell] = []
        for n in (10, 29, 30, 100, 300):
            found = [draw(n) for _ in range(trials)]
            cells.append(float(np.mean([two_sided(one_mean(values)) < ALPHA for values in found])))
            cells.append(float(np.mean([_left_out(values) for values in found])))
        rows.append([name, *cells])
    columns = ["differences", *(f"n = {n}, {by}" for n in (10, 29, 30, 100, 300) for by in ("t", "percentile"))]
    return Table(columns, rows, trials)


def _left_out(values: np.ndarray) -> bool:
    found = percentile((np.sort(values),), LEVEL)
    return not found.low <= 0.0 <= found.high
