"""Are more held-out rows equal to training rows than a split at random would make?"""

from functools import lru_cache

import numpy as np

from assay.model.evidence.splits import Copies

SURE = 1e-4
"""One-sided; the same for both tests."""
_BEYOND = 3.719016485455709  # standard deviations of a normal that SURE lies beyond


def expected(found: Copies) -> tuple[float, float]:
    """How many held-out rows would equal a training row if these rows were split at random; mean and sd, both exact.

    A row that stands m times in all is found unless all m are held out, with a probability q(m) that is a ratio of
    falling factorials; so are those of two rows together.
    """
    return _at_random(found.multiplicities, found.held.of, found.among)


@lru_cache(maxsize=256)
def _at_random(multiplicities: tuple[tuple[int, int], ...], of: int, among: int) -> tuple[float, float]:
    """Kept, for two checks ask it of each run, and runs share splits."""
    m, c = (np.array(part, dtype=np.float64) for part in zip(*multiplicities, strict=True))
    held, rows = float(of), float(of + among)
    lost = _all_held(m, held, rows)
    weights = c * m
    mean = held - float(weights @ lost)
    pairs = _all_held(m[:, None] + m[None, :], held, rows) - np.outer(lost, lost)
    # The covariance of two different rows for all pairs, put right where a row meets itself.
    own = weights * m @ (lost - _all_held(2 * m, held, rows))
    return mean, float(np.sqrt(max(0.0, float(weights @ pairs @ weights) + own)))


def _all_held(m: np.ndarray, held: float, rows: float) -> np.ndarray:
    """The probability that m given rows are all among the `held` of `rows`."""
    from scipy.special import gammaln

    possible = m <= held
    m = np.where(possible, m, 0.0)
    log = gammaln(held + 1) - gammaln(held - m + 1) - gammaln(rows + 1) + gammaln(rows - m + 1)
    return np.where(possible, np.exp(log), 0.0)


def excess(found: Copies) -> bool:
    """Whether held-out rows are copies more often than training rows are, by Fisher's exact test, and than chance.

    Fisher takes rows for independent, which copies are not: where every row stands twice it would be wrong in 0.2 to
    0.5 % of honest splits instead of 0.01 %. So what was found is also held against a split of the same rows at random.
    """
    from scipy.stats import hypergeom

    n, of = found.held.n, found.held.of
    alike = n + found.repeats
    if float(hypergeom.sf(n - 1, of + found.among, alike, of)) >= SURE:
        return False
    mean, std = expected(found)
    return n - 0.5 > mean + _BEYOND * std
