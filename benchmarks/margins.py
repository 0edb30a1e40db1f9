"""What is claimed of margins where the truth is known: false claims at the margin's edge, and what plans promise."""

import numpy as np
from benchmarks.tables import Cell, Table

from assay.analysis.comparison.claims import weighed
from assay.analysis.planning import kept
from assay.analysis.student import one_mean, welch
from assay.model.comparison.question import Aim, Rules

TRIALS = 3000
_MARGIN = 1.0
_NO_WORSE = Rules(aim=Aim.NO_WORSE, allowed=(-_MARGIN, np.inf))
_SAME = Rules(aim=Aim.SAME, allowed=(-_MARGIN, _MARGIN))


def false_claims() -> Table:
    """Claims of no worse and of the same where the true difference lies exactly at the margin of one sd."""
    rng, rows = np.random.default_rng(21), list[list[Cell]]()
    for n in (3, 5, 10, 20):
        normal = [_claims(rng.normal(size=n) - _MARGIN, None) for _ in range(TRIALS)]
        apart = [_claims(rng.normal(size=n) - _MARGIN, rng.normal(size=n)) for _ in range(TRIALS)]
        skewed = [_claims(1.0 - rng.exponential(size=n) - _MARGIN, None) for _ in range(TRIALS)]
        rows.append([n, *(float(share) for found in (normal, apart, skewed) for share in np.mean(found, axis=0))])
    columns = ["n", "n pairs: no worse", "the same", "n per side: no worse", "the same"]
    return Table([*columns, "skewed pairs: no worse", "the same"], rows, TRIALS)


def plans() -> Table:
    """Pairs that a margin needs, and how often simulated experiments of that size show that it is kept."""
    rng, rows = np.random.default_rng(22), list[list[Cell]]()
    for margin, loss in ((1.0, 0.0), (2.0, 0.0), (1.0, 0.5), (3.0, 1.0)):
        for both in (False, True):
            n = _enough(margin, -loss, both=both)
            aim, high = (Aim.SAME, margin) if both else (Aim.NO_WORSE, np.inf)
            rules = Rules(aim=aim, allowed=(-margin, high))
            shown = [_shown(rng.normal(size=n) - loss, None, rules) for _ in range(TRIALS)]
            rows.append(
                [f"{margin:g} sd", f"{loss:g} sd", "the same" if both else "no worse", n, float(np.mean(shown))]
            )
    return Table(["margin", "true loss", "to show", "pairs needed", "shown with them"], rows, TRIALS)


def _enough(margin: float, gain: float, *, both: bool) -> int:
    """By the sd itself, as power is; a plan takes its upper limit."""
    return next(n for n in range(2, 10_000) if kept(margin, gain, n, 1.0, both=both) >= 0.8)


def _claims(first: np.ndarray, second: np.ndarray | None) -> tuple[bool, bool]:
    return _shown(first, second, _NO_WORSE), _shown(first, second, _SAME)


def _shown(first: np.ndarray, second: np.ndarray | None, rules: Rules) -> bool:
    p, _ = weighed(one_mean(first) if second is None else welch(first, second), rules)
    return p is not None and p < rules.threshold
