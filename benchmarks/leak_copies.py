"""Two tests of copied rows where the truth is known: how often each is wrong of honest splits, and what both find."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from benchmarks.tables import Cell, Table
from scipy.stats import hypergeom, norm

from assay.analysis.evidence.copies import SURE, excess, expected
from assay.analysis.evidence.splits import checks
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.splits import Copies, PairFacts, Shared, Sizes, SplitFacts, SplitRole

MANY_TRIALS = 20_000
TRIALS = 1000
_ROWS, _HELD = 1000, 200
_SHARES = (0.0, 0.01, 0.03, 0.06, 0.1, 0.15)

Codes = npt.NDArray[np.int64]
TABLES: Mapping[str, Codes] = {
    "distinct rows": np.ones(_ROWS, np.int64),
    "one row in ten twice": np.append(np.full(_ROWS // 20, 2), np.ones(9 * _ROWS // 10, np.int64)),
    "every row twice": np.full(_ROWS // 2, 2),
    "every row three times": np.append(np.full(_ROWS // 3, 3), 1),
    "every row ten times": np.full(_ROWS // 10, 10),
    "half once, half of 20 kinds": np.append(np.ones(_ROWS // 2, np.int64), np.full(20, _ROWS // 40)),
}
"""Of each different row how often it stands."""


def alarms() -> Table:
    """Random splits of tables whose rows repeat: which are called copied by each test alone, and by both."""
    rng, rows = np.random.default_rng(63), list[list[Cell]]()
    for name, often in [*TABLES.items()][1:]:
        for held in (_HELD, _ROWS // 2):
            tested = rng.multivariate_hypergeometric(often, held, MANY_TRIALS, method="marginals")
            trained = often - tested
            found = (tested * (trained > 0)).sum(axis=1)
            repeats = (trained * (trained > 1)).sum(axis=1)
            fisher = hypergeom.sf(found - 1, _ROWS, found + repeats, held) < SURE
            mean, std = expected(_counted(often, held, 1, 0))
            exact = found - 0.5 > mean + norm.isf(SURE) * std
            pairs, at = np.unique([found, repeats], axis=1, return_inverse=True)
            both = np.array([excess(_counted(often, held, n, again)) for n, again in pairs.T.tolist()])[at]
            rows.append([name, held, *(f"{100 * one.mean():.3f} %" for one in (fisher, exact, both))])
    columns = ["rows", "held out of 1,000", "Fisher alone", "exact mean and sd alone", "both"]
    return Table(columns, rows, MANY_TRIALS)


def _counted(often: Codes, held: int, n: int, repeats: int) -> Copies:
    return Copies(Shared(n, held), repeats, int(often.sum()) - held, _multiplicities(often))


def _multiplicities(often: Codes) -> tuple[tuple[int, int], ...]:
    values, counts = np.unique(often[often > 0], return_counts=True)
    return tuple(zip(values.tolist(), counts.tolist(), strict=True))


def power() -> Table:
    """Copies of training rows in place of test rows, in tables with and without rows that repeat anyway."""
    rng, rows = np.random.default_rng(64), list[list[Cell]]()
    for share in _SHARES:
        row: list[Cell] = [f"{100 * share:.0f} %"]
        for often in [*TABLES.values()][:4]:
            found = [_checked(_copied(rng, often, round(share * _HELD))) for _ in range(TRIALS)]
            row += [float(np.mean([one is status for one in found])) for status in (CheckStatus.FAIL, CheckStatus.WARN)]
        rows.append(row)
    columns = [f"{name}: {status}" for name in [*TABLES][:4] for status in ("fails", "warns")]
    return Table([f"of {_HELD} test rows are copies", *columns], rows, TRIALS)


def _copied(rng: np.random.Generator, often: Codes, copies: int) -> Copies:
    """Split at random, then so many test rows overwritten with training rows."""
    rows = rng.permutation(np.repeat(np.arange(often.size), often))
    rows[:copies] = rng.choice(rows[_HELD:], copies, replace=False)
    return _between(rows[:_HELD], rows[_HELD:], often.size)


def _between(test: Codes, train: Codes, kinds: int) -> Copies:
    tested, trained = (np.bincount(side, minlength=kinds) for side in (test, train))
    n, repeats = int(tested[trained > 0].sum()), int(trained[trained > 1].sum())
    return Copies(Shared(n, _HELD), repeats, _ROWS - _HELD, _multiplicities(tested + trained) if n else ())


def drift() -> Table:
    """Honest splits by time of rows that become plainer: all but the new ones are one of 50 kinds."""
    rng, rows = np.random.default_rng(70), list[list[Cell]]()
    for later in (0.3, 0.25, 0.2, 0.15, 0.1):
        found = [_checked(_parted(_drawn(rng, _HELD, later), _drawn(rng, _ROWS - _HELD, 0.3))) for _ in range(TRIALS)]
        rows.append([f"{100 * later:.0f} %", float(np.mean([one is CheckStatus.FAIL for one in found]))])
    return Table(["new among the test rows (30 % of the training rows are)", "fails"], rows, TRIALS)


def _drawn(rng: np.random.Generator, n: int, new: float) -> Codes:
    return np.where(rng.random(n) < new, rng.integers(50, 2**60, n), rng.integers(0, 50, n))


def _parted(tested: Codes, trained: Codes) -> Copies:
    _, kinds = np.unique(np.concatenate([tested, trained]), return_inverse=True)
    return _between(kinds[: tested.size], kinds[tested.size :], kinds.max() + 1)


def _checked(found: Copies) -> CheckStatus:
    pair = PairFacts(SplitRole.TRAIN, SplitRole.TEST, Shared(of=_HELD), found)
    facts = SplitFacts(_ROWS, (Sizes("", _ROWS - _HELD, 0, _HELD),), {}, {}, (pair,))
    return next(one.status for one in checks(facts, LeakagePolicy()) if one.check == LeakageCheck.DUPLICATE_ROWS)
