"""What intervals of shares cover and how often McNemar's test errs, calculated wherever the binomial law allows it."""

import numpy as np
from benchmarks.coverage import LEVEL
from benchmarks.tables import ALPHA, Cell, Table
from scipy.special import bdtr

from assay.analysis.proportions import Agreement, mcnemar, newcombe, newcombe_paired, wilson
from assay.analysis.sample import Array, generator

TRIALS = 3000


def shares() -> Table:
    """Wilson's coverage, calculated, by n and true share."""
    truths = (0.5, 0.8, 0.9, 0.97, 0.99)
    rows = [[n, *(_wilson_coverage(n, p) for p in truths)] for n in (10, 20, 50, 100, 500, 2000)]
    return Table(["examples", *(f"{100 * p:.0f} % right" for p in truths)], rows, 0)


def _wilson_coverage(n: int, truth: float) -> float:
    inside = np.array([wilson(k, n, LEVEL).low <= truth <= wilson(k, n, LEVEL).high for k in range(n + 1)])
    return float(_binomial(n, truth) @ inside)


def differences() -> Table:
    """Newcombe's coverage, calculated, and the paired one's, simulated; McNemar's size, calculated."""
    rng, rows = generator(3), list[list[Cell]]()
    for n in (20, 50, 100, 200):
        apart = [_newcombe_coverage(n, p, q) for p, q in ((0.9, 0.9), (0.95, 0.85))]
        drawn = rng.multinomial(n, (0.82, 0.1, 0.03, 0.05), TRIALS)
        found = [newcombe_paired(Agreement(*map(int, row)), LEVEL) for row in drawn]
        together = float(np.mean([i.low <= 0.07 <= i.high for i in found]))
        rows.append([n, *apart, together, _mcnemar_size(n, 0.1), _mcnemar_size(n, 0.3)])
    columns = ["examples", "Newcombe, 90 % and 90 %", "95 % and 85 %", "paired, 92 % and 85 %"]
    return Table([*columns, "McNemar false alarms, 10 % change", "30 % change"], rows, TRIALS)


def _newcombe_coverage(n: int, p: float, q: float) -> float:
    found = [[newcombe(a, n, b, n, LEVEL) for b in range(n + 1)] for a in range(n + 1)]
    inside = np.array([[i.low <= p - q + 1e-12 and p - q - 1e-12 <= i.high for i in row] for row in found])
    return float(_binomial(n, p) @ inside @ _binomial(n, q))


def _mcnemar_size(n: int, changing: float) -> float:
    rejected = [
        float(_binomial(d, 0.5) @ np.array([mcnemar(k, d - k) < ALPHA for k in range(d + 1)])) for d in range(n + 1)
    ]
    return float(_binomial(n, changing) @ np.array(rejected))


def _binomial(n: int, p: float) -> Array:
    return np.diff(bdtr(np.arange(n + 1), n, p), prepend=0.0)
