"""How many configurations were scored on the same test rows?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri

from assay.analysis.evidence.verdicts import Verdicts, status_of, statuses
from assay.analysis.planning import optimism
from assay.model.evidence.check import Check
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import ScoreNote as Says
from assay.model.evidence.policy import LeakagePolicy
from assay.model.note import note


@dataclass(frozen=True, slots=True)
class Looks:
    """The configurations of one test set, over so many experiments.

    `luck`: how far the best of them, were all equally good, would stand above them in `metric`, in its unit and its
    `share`: whether that is one of 1; None where no noise is known. `by_digest`: whether MLflow's digest alone tells
    these test rows from others.
    """

    data: str
    configurations: int
    experiments: int
    metric: str = ""
    luck: float | None = None
    share: bool = False
    by_digest: bool = False


def luck(std: npt.ArrayLike, n: npt.ArrayLike) -> float | None:
    """How far the best of equally good configurations would stand above them by the noise of their trainings.

    `std` (ddof 1) over `n` trainings of each configuration; None without one that varies. The noise is that of the
    configuration in the middle: spreads may differ by a factor of twenty, and the noisiest seldom are the best.
    """
    spread, count = np.asarray(std, dtype=float), np.asarray(n, dtype=float)
    several = np.isfinite(spread) & (count >= 2)
    if not several.any() or len(count) < 2:
        return None
    freedom = float(np.median(count[several])) - 1
    # The median of a variance lies below its mean.
    middle = float(np.median(spread[several] ** 2)) * freedom / float(chdtri(freedom, 0.5))
    return optimism(len(count), int(np.median(count))) * sqrt(middle) if middle > 0 else None


def test_looks(looks: Sequence[Looks], which: npt.NDArray[np.int64], rules: LeakagePolicy) -> Verdicts:
    """`which`: of each run the place among `looks`, −1 where its test data are not logged."""
    counts = np.array([one.configurations for one in looks] or [0])
    often = np.where(which >= 0, counts[which], 0)
    status = statuses(len(which), not_logged=which < 0, warn=often > rules.test_looks)

    def say(at: int) -> Check:
        check, limit = LeakageCheck.TEST_LOOKS, rules.test_looks
        if which[at] < 0:
            return Check(check, status_of(status[at]), note(Says.NO_TEST_DATA))
        one = looks[which[at]]
        code = Says.LOOKED_OFTEN if status[at] else Says.LOOKED_SELDOM
        said = note(code, data=one.data, n=one.configurations, experiments=one.experiments, limit=limit,
                    metric=one.metric, luck=one.luck, share=one.share, by_digest=one.by_digest)  # fmt: skip
        return Check(check, status_of(status[at]), said, one.configurations, limit, (one.data,))

    return Verdicts(status, np.where(which >= 0, counts[which], np.nan), say)
